"""Whose rows a person sees: all of them, or only the property he answers for (others' rows: 404)."""

from django.db.models import Q, QuerySet

from assets.models import Card, Movement
from assets.models.cards import CardQuerySet, classes_now
from logistics.school.models import Person, Room


def cards_seen_by(person: Person) -> CardQuerySet:
    """Every card for those who may look at the list; for others the cards they answer for."""
    if person.has_perm("assets.view_card"):
        return Card.objects.all()
    return Card.objects.answered_for_by(person)


def movements_seen_by(person: Person) -> QuerySet[Movement]:
    """Every paper for those who may look at the ledgers; for others the papers on cards they answer for."""
    papers: QuerySet[Movement] = Movement.objects.all()
    if person.has_perm("assets.view_ledger"):
        return papers
    return papers.filter(entries__card__in=Card.objects.answered_for_by(person).values("pk")).distinct()


def rooms_answered_for_by(person: Person) -> QuerySet[Room]:
    """The rooms a person is responsible for, his class's room among them."""
    classes = classes_now().filter(homeroom_teacher=person)
    return Room.objects.filter(Q(responsible=person) | Q(pk__in=classes.values("room")))


def rooms_seen_by(person: Person) -> QuerySet[Room]:
    """Every room for those who may look at the list; for others the rooms they answer for."""
    return Room.objects.all() if person.has_perm("assets.view_card") else rooms_answered_for_by(person)
