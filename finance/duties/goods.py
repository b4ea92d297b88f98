"""What waits for a person about goods: quotes to choose among, deliveries to accept."""

from collections.abc import Iterator

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.choices import Category, ComparisonState, OrderState
from finance.models import Comparison, Order
from logistics.base.duties import Duty
from logistics.school.models import Person


def waiting_for(person: Person) -> Iterator[Duty]:
    """For the purchasing group comparisons with enough quotes; for who accepts, orders that wait for delivery."""
    if "finance.choose_supplier" in person.get_all_permissions():
        yield from _to_choose(person)
    permissions = person.get_all_permissions()
    if "finance.accept_goods" in permissions:
        yield from _to_accept(person, canteen=False)
    if "finance.accept_canteen_goods" in permissions:
        yield from _to_accept(person, canteen=True)


def _to_choose(person: Person) -> Iterator[Duty]:
    collecting = Comparison.objects.filter(state=ComparisonState.OPEN).exclude(asked_by=person)
    ready = collecting.annotate(count=Count("quotes")).filter(count__gte=F("quotes_wanted"))
    for comparison in ready.order_by("pk"):
        yield Duty(
            title=_("Choose among the quotes for %(what)s") % {"what": comparison.title},
            url=comparison.get_absolute_url(),
            detail=comparison.number,
            since=timezone.localtime(comparison.made_at).date(),
        )


def _to_accept(person: Person, *, canteen: bool) -> Iterator[Duty]:
    orders = Order.objects.filter(state=OrderState.OPEN).exclude(bought_by=person)
    orders = orders.filter(category=Category.CANTEEN) if canteen else orders.exclude(category=Category.CANTEEN)
    found = orders.order_by().aggregate(count=Count("pk"), due=Min("due"), since=Min("day"))
    if found["count"]:
        title = ngettext("%(count)d order waits for delivery", "%(count)d orders wait for delivery", found["count"])
        yield Duty(
            title=title % {"count": found["count"]},
            url=f"{reverse('finance:order-list')}?state={OrderState.OPEN}",
            detail=_("Accept what has come."),
            since=found["since"],
            due=found["due"],
        )
