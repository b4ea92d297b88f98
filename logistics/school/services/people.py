"""The staff list: entering and changing people, first passwords, leaving."""

import datetime as dt
import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from pypinyin import lazy_pinyin

from logistics.base.changes import because, change
from logistics.base.locks import hold
from logistics.school.models import Person, RoleAssignment
from logistics.school.rules import can_leave, can_reset_password

EASY = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that are taken for figures: it is written on a slip of paper
PEOPLE = "school.people"


def free_username(name: str) -> str:
    """A login name for ``name`` that nobody has: its pinyin, with a number when somebody has that."""
    base = slugify("".join(lazy_pinyin(name)))[:40] or "user"
    taken = set(Person.objects.filter(username__startswith=base).values_list("username", flat=True))
    numbers = (int(n) for name in taken if (n := name.removeprefix(base)).isdecimal())
    return base if base not in taken else f"{base}{max(numbers, default=1) + 1}"


@transaction.atomic
def create_person(*, name: str, username: str = "", **fields: Any) -> Person:
    """Enter a member of staff. Without ``username`` one is made from the pinyin of the name.

    There is no password yet: ``reset_password`` gives the first one. Raises ValidationError.
    """
    hold(PEOPLE)
    person = Person()
    person.set_unusable_password()
    change(person, name=name, username=username or free_username(name), **fields)
    return person


@transaction.atomic
def update_person(*, person: Person, **fields: Any) -> Person:
    """Change a person's entry. Leaving and passwords have services of their own. Raises ValidationError."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    change(person, **fields)
    return person


@transaction.atomic
def give_first_password(*, person: Person) -> str:
    """A new random password that the person must replace at the next sign-in; given back once, kept only as a hash.

    Whoever is signed in as this person is signed out. Raises nothing; who may ask for it is ``can_reset_password``.
    """
    password = "-".join("".join(secrets.choice(EASY) for _n in range(4)) for _part in range(3))
    validate_password(password, person)
    person.set_password(password)
    person.must_change_password = True
    because(person, gettext_noop("A first password was given"))
    person.save()
    return password


def reset_password(*, person: Person, actor: Person) -> str:
    """Give a colleague who forgot it a new first password. Raises ValidationError."""
    if not can_reset_password(actor, person):
        raise ValidationError(
            _("Somebody whose roles give more than yours gets a new password from the administrator.")
        )
    return give_first_password(person=person)


@transaction.atomic
def leave(*, person: Person, actor: Person) -> Person:
    """Write down that a person has left: no sign-in and no role from this moment; all records stay.

    What the person still answers for is shown as waiting for a successor. Raises ValidationError.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not can_leave(actor, person):
        raise ValidationError(
            _("Who holds a role that gives more than yours leaves after it has ended, or through the administrator.")
        )
    standing = RoleAssignment.objects.standing()
    for assignment in [*standing.filter(person=person), *standing.filter(deputy_for=person)]:
        end_at_once(assignment)
    person.is_active = False
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def come_back(*, person: Person) -> Person:
    """A person who had left works here again, without roles and without a password."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    change(person, is_active=True)
    return person


def end_at_once(assignment: RoleAssignment) -> None:
    """End a role now: yesterday was its last day, or it is withdrawn when it did not begin before today."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    if assignment.first_day > yesterday:
        assignment.withdrawn_at = timezone.now()
    else:
        assignment.last_day = yesterday
    assignment.save()
