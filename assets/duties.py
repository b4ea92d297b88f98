"""What waits for a person in property: the list to bring in, rooms to confirm, disputes. And the month's figures."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.models import Card, Movement, RoomConfirmation
from assets.queries.stock import lines_to_enter
from logistics.base.duties import Duty, Fact
from logistics.base.money import money_text
from logistics.school.models import Person, Room


def waiting_for(person: Person) -> Iterator[Duty]:
    """The rooms whose property this person is asked to confirm; for who asks, what somebody does not agree with.

    In a school that has its rooms and not a single card: to bring in the list it has.
    """
    if person.has_perm("assets.import_card") and not Card.objects.exists() and Room.objects.exists():
        yield Duty(
            title=_("Bring in the list of property the school has"),
            url=reverse("importing:run-create", args=["cards"]),
            detail=_("An Excel file as it is. Nothing is entered before you have looked at it."),
        )
    for asked in RoomConfirmation.objects.waiting_for(person).select_related("room"):
        yield Duty(
            title=_("Confirm the property in %(room)s") % {"room": asked.room},
            url=reverse("assets:confirmation-detail", args=[asked.pk]),
            detail=asked.reason,
            since=timezone.localtime(asked.asked_at).date(),
        )
    if person.has_perm("assets.keep_stock"):
        yield from _to_enter()
    if not person.has_perm("assets.ask_confirmation"):
        return
    for disputed in RoomConfirmation.objects.unsettled().select_related("room", "person"):
        yield Duty(
            title=_("%(person)s does not agree with the list of %(room)s")
            % {"person": disputed.person, "room": disputed.room},
            url=reverse("assets:confirmation-detail", args=[disputed.pk]),
            detail=disputed.note,
            since=timezone.localtime(disputed.answered_at).date(),
        )


def _to_enter() -> Iterator[Duty]:
    """Goods that were accepted and stand in no book yet; one statement."""
    found = lines_to_enter().order_by().aggregate(count=Count("pk"), since=Min("acceptance__day"))
    if count := found["count"]:
        title = ngettext(
            "Enter %(count)d accepted line in the books", "Enter %(count)d accepted lines in the books", count
        )
        yield Duty(title % {"count": count}, reverse("assets:to-enter"), since=found["since"])


def facts_for(person: Person) -> Iterator[Fact]:
    """This month's papers and by how many yuan they changed the ledger, for who sees the ledgers; one statement."""
    if not person.has_perm("assets.view_ledger"):
        return
    today = timezone.localdate()
    month = Movement.objects.filter(date__range=(today.replace(day=1), today))
    sums = month.aggregate(papers=Count("pk", distinct=True), value=Sum("entries__value"))
    address = f"{reverse('assets:changes')}?month={today:%Y-%m}"
    yield Fact(_("Papers of property"), str(sums["papers"]), address)
    yield Fact(_("Value more or less, yuan"), money_text(sums["value"] or Decimal()), address)
