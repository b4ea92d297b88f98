"""Entering cards into the ledger and changing what describes them. Where they stand is changed in ``movements``."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from assets.choices import CARD_PREFIX, CardState, MovementKind
from assets.models import Card, Movement
from assets.models.classes import LONGEST_LIFE
from assets.queries.lives import LifeTable
from assets.rules import Refused, batches, listed, out_of_ledger, refuse_out_of_use
from assets.services.papers import CARD_RELATIONS, demand_day, locked, new_paper, pass_on, signed, write_entries
from assets.standing import LEDGER_FIELDS, PLACE_FIELDS, Standing, Step
from logistics.base import history
from logistics.base.changes import change
from logistics.base.locks import hold
from logistics.base.names import sort_key
from logistics.records.numbers import take
from logistics.school.models import Person

GOVERNED = frozenset(
    {"id", "number", "state", "name_sort", "split_from", "acceptance_line", "created_at", *LEDGER_FIELDS}
)
DESCRIPTION_FIELDS = tuple(f.name for f in Card._meta.concrete_fields if f.name not in GOVERNED)
TEXTS = [
    (field.attname, field.max_length, field.verbose_name)
    for field in Card._meta.concrete_fields
    if isinstance(field, models.CharField) and field.editable and field.max_length
]


@transaction.atomic
def enter_card(*, person: Person, date: dt.date, summary: str = "", once: str = "", **fields: Any) -> Card:
    """Enter one card (fields of forms.md, 固定资产卡片; value in yuan of the whole batch) and return it.

    Without ``number`` it gets the next of the series ZC. With the same ``once`` (a key of the filled-in form) a second
    time, nothing is entered and the first card is returned. Raises Refused (day closed or to come, number taken)
    and ValidationError by field.
    """
    if once:
        hold(f"assets.once.{once}")
        if entered := Card.objects.filter(entries__movement__once=once, entries__movement__made_by=person).first():
            return entered
    card = Card(**fields)
    card.clean_fields(exclude=[*CARD_RELATIONS, "number"])
    enter_cards(person=person, date=date, cards=[card], summary=summary, once=once)
    return card


@transaction.atomic
def enter_cards(*, person: Person, date: dt.date, cards: Sequence[Card], summary: str = "", once: str = "") -> Movement:
    """Enter unsaved cards with one paper, in statements by the batch.

    Fills in what is left open: number, day booked, useful life by the rules. Raises Refused.
    """
    if not cards:
        raise Refused(_("There is nothing to enter."))
    demand_day(date)
    _complete(cards, date)
    _refuse_faulty(cards)
    refuse_out_of_use(cards, PLACE_FIELDS)
    with signed(person):
        _number(cards, date.year)
        create(cards)
        paper = new_paper(person=person, kind=MovementKind.ENTRY, date=date, summary=summary, once=once)
        write_entries(paper, ((card, Step(*_amount(card))) for card in cards))
    return paper


@transaction.atomic
def change_description(*, person: Person, card: Card, reason: str = "", **fields: Any) -> bool:
    """Change what describes a card, not what the ledger says; whether anything differed.

    Raises Refused for a written-off or void card, ValidationError by field.
    """
    _refuse_governed(fields)
    (held,) = _held_in_ledger([card])
    with signed(person):
        differed = change(held, reason=reason, **fields)
    pass_on([held], [card], [*fields, "name_sort"])
    return differed


@transaction.atomic
def change_descriptions(*, person: Person, changes: Mapping[Card, Mapping[str, Any]]) -> int:
    """The same for many cards in statements by the batch; how many were changed. The values have been checked."""
    names = sorted({name for values in changes.values() for name in values})
    _refuse_governed(names)
    held = _held_in_ledger(changes)
    new = {card.pk: values for card, values in changes.items()}
    differing = [card for card in held if any(getattr(card, n) != v for n, v in new[card.pk].items())]
    for card in differing:
        for name, value in new[card.pk].items():
            setattr(card, name, value)
        card.name_sort = sort_key(card.name)
    _refuse_faulty(differing)
    with signed(person):
        history.bulk_update(differing, [*names, "name_sort"])
    pass_on(held, changes, [*names, "name_sort"])
    return len(differing)


def create(cards: Sequence[Card]) -> None:
    """Write new cards. Raises Refused when somebody gave one of their numbers to another card at the same moment."""
    try:
        with transaction.atomic():
            history.bulk_create(cards)
    except IntegrityError as error:
        if "number" in str(error):
            raise Refused(_("Another card has this number.")) from error
        raise


def free_numbers(year: int, count: int) -> list[str]:
    """The next numbers of the card series that no card bears; some may have been given by hand or by an import."""
    free: list[str] = []
    while len(free) < count:
        taken = take(CARD_PREFIX, year, count - len(free))
        used = numbers_in_use(taken)
        free += [number for number in taken if number not in used]
    return free


def numbers_in_use(numbers: Iterable[str]) -> set[str]:
    """Those of ``numbers`` that a card bears; a void card's number is free again."""
    used: set[str] = set()
    for batch in batches(numbers):
        cards = Card.objects.filter(number__in=batch).exclude(state=CardState.VOID)
        used.update(cards.order_by().values_list("number", flat=True))
    return used


def _complete(cards: Sequence[Card], date: dt.date) -> None:
    lives = LifeTable.read()
    for card in cards:
        card.state = CardState.IN_LEDGER
        card.number = card.number.strip()
        card.name_sort = sort_key(card.name)
        card.value = Decimal(card.value)
        card.booked_on = card.booked_on or date
        if card.life_months is None:
            card.life_months = lives.card_months(card, date)


def _refuse_faulty(cards: Iterable[Card]) -> None:
    """Raises Refused for what the database would refuse or, on SQLite, take in silently."""
    found = []
    for card in cards:
        if not card.name.strip():
            found.append(_("A card needs a name."))
        if card.quantity < 1:
            found.append(_("%(card)s: the quantity is at least one.") % {"card": card})
        if card.value < 0:
            found.append(_("%(card)s: the value is below zero.") % {"card": card})
        if (card.life_months or 0) > LONGEST_LIFE:
            found.append(_("%(card)s: nothing lasts %(months)d months.") % {"card": card, "months": card.life_months})
        for attname, most, label in TEXTS:
            if len(getattr(card, attname)) > most:
                text = _("%(card)s: %(field)s has more than %(most)d characters.")
                found.append(text % {"card": card, "field": label, "most": most})
    if found:
        raise Refused(listed(found))


def _number(cards: Sequence[Card], year: int) -> None:
    given = [card.number for card in cards if card.number]
    doubles = {number for number in given if given.count(number) > 1} if len(set(given)) < len(given) else set()
    if taken := sorted(doubles | numbers_in_use(given)):
        text = _("There is another card with the number %(number)s.")
        raise Refused(listed([text % {"number": number} for number in taken]))
    unnumbered = [card for card in cards if not card.number]
    while unnumbered:
        for card, number in zip(unnumbered, free_numbers(year, len(unnumbered)), strict=True):
            card.number = "" if number in given else number
        unnumbered = [card for card in unnumbered if not card.number]


def _amount(card: Card) -> tuple[Any, int, Decimal]:
    standing = Standing.of(card)
    return standing.place, standing.quantity, standing.value


def _refuse_governed(names: Iterable[str]) -> None:
    if wrong := sorted(set(names) - set(DESCRIPTION_FIELDS)):
        raise TypeError(f"changed by a paper only: {', '.join(wrong)}")


def _held_in_ledger(cards: Iterable[Card]) -> list[Card]:
    held = locked(cards)
    if problems := [problem for card in held if (problem := out_of_ledger(card))]:
        raise Refused(listed(problems))
    return held
