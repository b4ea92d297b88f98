"""Integrity of property: whether books, numbers, rooms and people still agree. The roof collects ``CHECKS``."""

from collections.abc import Iterator

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.choices import PREFIXES, CardState, MovementKind
from assets.models import Card, LedgerEntry, Movement, StockBalance, StockEntry
from assets.standing import ATTRIBUTES, LEDGER_FIELDS
from finance.models import AcceptanceLine
from logistics.base.checks import Check, Problem
from logistics.school.models import Person, Room

PLACES = ("property_class_id", "department_id", "room_id", "custodian_id")


def cards_unlike_entries() -> Iterator[Problem]:
    """Each card that stands otherwise than its entries say; two statements."""
    booked = _booked()
    columns = [ATTRIBUTES[name] for name in LEDGER_FIELDS]
    for pk, number, name, state, quantity, value, *place in Card.objects.order_by("number").values_list(
        "pk", "number", "name", "state", *columns
    ):
        expected = [(tuple(place), quantity, value)] if state == CardState.IN_LEDGER else []
        if booked.pop(pk, []) != expected:
            text = _("%(number)s %(name)s: the card does not say what its ledger entries add up to.")
            yield Problem(text % {"number": number, "name": name}, reverse("assets:card-detail", args=[pk]))


def _booked() -> dict[int, list[tuple[object, ...]]]:
    """By card id, where its entries say that something stands."""
    sums = (
        LedgerEntry.objects.order_by("card_id")
        .values_list("card_id", *PLACES)
        .annotate(q=Sum("quantity"), v=Sum("value"))
        .filter(~Q(q=0) | ~Q(v=0))
    )
    found: dict[int, list[tuple[object, ...]]] = {}
    for card_id, *place, quantity, value in sums:
        found.setdefault(card_id, []).append((tuple(place), quantity, value))
    return found


def gaps_in_numbers() -> Iterator[Problem]:
    """Each kind and year whose papers are not numbered 1, 2, 3 … to the last; one statement."""
    series = Movement.objects.values("kind", year=ExtractYear("date")).annotate(papers=Count("pk"), last=Max("number"))
    for row in series.order_by("kind", "year"):
        first = f"{PREFIXES[MovementKind(row['kind'])]}{row['year']}-"
        if row["last"] != f"{first}{row['papers']:05d}":
            text = _("%(last)s is the last number, but there are %(papers)d papers.")
            address = f"{reverse('assets:movement-list')}?kind={row['kind']}"
            yield Problem(text % {"last": row["last"], "papers": row["papers"]}, address)


def rooms_out_of_use() -> Iterator[Problem]:
    """Rooms that are out of use while property stands in them; one statement."""
    yield from _rooms(Room.objects.filter(active=False), _("%(room)s is out of use and holds %(cards)d cards."))


def rooms_without_anybody() -> Iterator[Problem]:
    """Rooms with property for which nobody answers, or somebody who has left; one statement."""
    nobody = Q(responsible=None) | Q(responsible__is_active=False)
    rooms = Room.objects.filter(nobody, active=True)
    yield from _rooms(rooms, _("%(room)s holds %(cards)d cards, and nobody answers for them."))


def _rooms(rooms: QuerySet[Room], text: str) -> Iterator[Problem]:
    standing = Card.objects.in_ledger().filter(room=OuterRef("pk")).order_by().values("room")
    for room in rooms.annotate(cards=Subquery(standing.annotate(n=Count("pk")).values("n"))).filter(cards__gt=0):
        address = reverse("assets:room-detail", args=[room.pk])
        yield Problem(text % {"room": room, "cards": room.cards}, address)


def people_who_left() -> Iterator[Problem]:
    """People who have left and are still the custodians of property; one statement."""
    kept = Card.objects.in_ledger().filter(custodian=OuterRef("pk")).order_by().values("custodian")
    gone = Person.objects.filter(is_active=False).annotate(cards=Subquery(kept.annotate(n=Count("pk")).values("n")))
    for person in gone.filter(cards__gt=0):
        text = _("%(person)s has left and is still the keeper on %(cards)d cards.")
        yield Problem(
            text % {"person": person, "cards": person.cards}, reverse("assets:person-ledger", args=[person.pk])
        )


def stock_unlike_entries() -> Iterator[Problem]:
    """Balances of the store that are not what their entries add up to."""
    sums = {
        (row["item"], row["room"]): (row["pieces"], row["worth"])
        for row in StockEntry.objects.order_by()
        .values("item", "room")
        .annotate(pieces=Sum("quantity"), worth=Sum("amount"))
    }
    for balance in StockBalance.objects.select_related("item", "room"):
        if sums.pop((balance.item_id, balance.room_id), (0, 0)) != (balance.quantity, balance.amount):
            text = _("%(item)s in %(room)s: the balance is not what its entries add up to.")
            said = {"item": balance.item, "room": balance.room}
            yield Problem(text % said, balance.item.get_absolute_url())


def accepted_unlike_books() -> Iterator[Problem]:
    """Accepted lines that say more or less is in the books than the store's entries and the cards do."""
    entering = Q(movement__kind=MovementKind.ENTRY) | Q(movement__reverses__kind=MovementKind.ENTRY)
    in_store = StockEntry.objects.filter(acceptance_line=OuterRef("pk")).order_by().values("acceptance_line")
    on_cards = LedgerEntry.objects.filter(entering, card__acceptance_line=OuterRef("pk")).order_by()
    lines = AcceptanceLine.objects.select_related("acceptance", "order_line__request_line").annotate(
        in_store=Subquery(in_store.annotate(pieces=Sum("quantity")).values("pieces")),
        on_cards=Subquery(on_cards.values("card__acceptance_line").annotate(pieces=Sum("quantity")).values("pieces")),
    )
    for line in lines.iterator(2000):
        if line.stored != (line.in_store or 0) + (line.on_cards or 0):
            text = _("%(paper)s, %(line)s: what is entered in the books is not what the acceptance says.")
            yield Problem(text % {"paper": line.acceptance, "line": line}, line.acceptance.get_absolute_url())


CHECKS = [
    Check(
        gettext_lazy("Each card says what its ledger entries add up to"),
        gettext_lazy("The ledgers are read from the entries and right. Have the administrator look at the cards."),
        cards_unlike_entries,
    ),
    Check(
        gettext_lazy("The papers of property are numbered without gaps"),
        gettext_lazy("A paper is missing or was altered past the program. Compare with the prints and a backup."),
        gaps_in_numbers,
    ),
    Check(
        gettext_lazy("No property stands in a room that is out of use"),
        gettext_lazy("Move the property to the room where it stands, or put the room into use again."),
        rooms_out_of_use,
    ),
    Check(
        gettext_lazy("Somebody answers for each room with property"),
        gettext_lazy("Hand the room over to the person who answers for it from now on."),
        rooms_without_anybody,
    ),
    Check(
        gettext_lazy("What lies in the store is what its entries add up to"),
        gettext_lazy("The book is read from the entries and right. Have the administrator look at the balances."),
        stock_unlike_entries,
    ),
    Check(
        gettext_lazy("What was accepted and entered stands in the books"),
        gettext_lazy("Compare the acceptance with the cards and the store's papers."),
        accepted_unlike_books,
    ),
    Check(
        gettext_lazy("No property is kept by somebody who has left"),
        gettext_lazy("Change the keeper of these cards."),
        people_who_left,
    ),
]
