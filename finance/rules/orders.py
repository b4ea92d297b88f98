"""What may be ordered, compared and accepted, and why not (forms.md, Finance: "Never"). Reads only."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.choices import Category, ComparisonState, OrderState, PurchaseState
from finance.models import Acceptance, AcceptanceLine, Comparison, Order, PurchaseRequest, Quote, RequestLine
from finance.queries.purchases import route_of
from finance.rules import Refused
from finance.rules.claims import claimed
from logistics.approvals.choices import RouteState
from logistics.base.money import money_text, quantity_text
from logistics.school.models import Person

Wanted = tuple[RequestLine, Decimal, Decimal]  # the approved line, how much of it, yuan each


def refuse_without(person: Person, permission: str) -> None:
    """Raises Refused unless a role held today gives ``permission``; being an administrator is no role."""
    if permission not in person.get_all_permissions():
        raise Refused(_("Your roles do not include this."))


def refuse_unapproved(requests: Iterable[PurchaseRequest]) -> None:
    """Raises Refused when one of the requests is not approved, or no longer."""
    for purchase in requests:
        if purchase.state != PurchaseState.APPROVED:
            state = purchase.get_state_display()
            raise Refused(_("%(purchase)s is %(state)s.") % {"purchase": purchase, "state": state})


def refuse_mixed(requests: Iterable[PurchaseRequest]) -> None:
    """Raises Refused when canteen goods would stand on one paper with others: other people accept and sign them."""
    canteen = {purchase.category == Category.CANTEEN for purchase in requests}
    if len(canteen) > 1:
        raise Refused(_("Canteen goods are ordered on a paper of their own."))


def refuse_beyond_request(lines: Sequence[Wanted]) -> None:
    """Raises Refused for more than is left of an approved line (ordered ≤ approved)."""
    for line, quantity, price in lines:
        if quantity <= 0 or price < 0:
            raise Refused(_("%(line)s: enter how much, and at what price.") % {"line": line})
        if line.ordered + quantity > line.quantity:
            left = quantity_text(line.quantity - line.ordered)
            text = _("%(line)s: of what was approved only %(left)s %(unit)s are left to order.")
            raise Refused(text % {"line": line, "left": left, "unit": line.unit})


def quotes_wanted(requests: Iterable[PurchaseRequest]) -> int:
    """How many quotes the rules of these requests ask for; the most that one of them asks."""
    routes = (route_of(purchase) for purchase in requests)
    asked = [int(route.demands.get("quotes") or 0) for route in routes if route and route.state == RouteState.APPROVED]
    return max(asked, default=0)


def refuse_without_comparison(lines: Sequence[Wanted], comparison: Comparison | None, wanted: int) -> None:
    """Raises Refused when quotes are asked for and no decided comparison covers these lines."""
    if comparison is None:
        if wanted:
            text = _("The rule asks for %(count)d quotes. Compare quotes first, then order from the one chosen.")
            raise Refused(text % {"count": wanted})
        return
    if comparison.state != ComparisonState.DECIDED:
        raise Refused(_("%(comparison)s is not decided yet.") % {"comparison": comparison})


def refuse_unlike_winner(lines: Sequence[Wanted], comparison: Comparison, winner: Quote) -> None:
    """Raises Refused when the order says another price, or more, than the quote that was chosen."""
    compared = {row.request_line_id: row for row in comparison.lines.all()}
    prices = {row.line.request_line_id: row.price for row in winner.prices.select_related("line")}
    for line, quantity, price in lines:
        row = compared.get(line.pk)
        if row is None:
            raise Refused(_("%(line)s was not compared in %(comparison)s.") % {"line": line, "comparison": comparison})
        ordered = sum(
            (o.quantity for o in line.orders.filter(order__comparison=comparison)), Decimal(0)
        )  # what was ordered from this comparison already
        if ordered + quantity > row.quantity:
            raise Refused(_("%(line)s: more than was compared.") % {"line": line})
        if price != prices.get(line.pk):
            text = _("%(line)s: the quote that was chosen says ¥%(price)s.")
            raise Refused(text % {"line": line, "price": money_text(prices.get(line.pk, Decimal(0)))})


def refuse_choice(person: Person, comparison: Comparison, quote: Quote, reason: str, reason_few: str) -> None:
    """Raises Refused: who asked the prices does not choose; few quotes, or not the lowest, only with a reason."""
    refuse_without(person, "finance.choose_supplier")
    if comparison.state != ComparisonState.OPEN:
        state = comparison.get_state_display()
        raise Refused(_("%(comparison)s is %(state)s.") % {"comparison": comparison, "state": state})
    refuse_asker(comparison, person, person.principal_for("finance.choose_supplier"))
    amounts = list(comparison.quotes.values_list("amount", flat=True))
    if len(amounts) < comparison.quotes_wanted and not reason_few:
        text = _("The rule asks for %(wanted)d quotes, here are %(count)d. Say why there are fewer.")
        raise Refused({"reason_few": text % {"wanted": comparison.quotes_wanted, "count": len(amounts)}})
    if quote.amount > min(amounts) and not reason:
        raise Refused({"reason": _("This is not the lowest quote. Say why it is chosen.")})
    if comparison.control_price is not None and quote.amount > comparison.control_price:
        limit = money_text(comparison.control_price)
        raise Refused(_("The quote lies above the price limit of ¥%(limit)s.") % {"limit": limit})


def refuse_asker(comparison: Comparison, *choosers: Person | None) -> None:
    """Raises Refused when one of those who choose, or in whose place they do, asked for prices or entered a quote."""
    entries = Quote.history.filter(comparison_id=comparison.pk).values_list("history_user", "history_on_behalf_of")
    asked = {comparison.asked_by_id, *(key for pair in entries for key in pair)}
    if asked & {chooser.pk for chooser in choosers if chooser}:
        raise Refused(_("Who asked for the prices does not choose the supplier."))


def acceptance_permission(order: Order) -> str:
    """Canteen goods are accepted by the receiver, all others by the keeper."""
    return "finance.accept_canteen_goods" if order.category == Category.CANTEEN else "finance.accept_goods"


def refuse_acceptance(person: Person, order: Order) -> None:
    """Raises Refused: not the keeper, the one who bought or his deputy, or nothing is to come any more (F06)."""
    refuse_without(person, permission := acceptance_permission(order))
    keepers = {keeper.pk for keeper in (person, person.principal_for(permission)) if keeper}
    if keepers & {order.bought_by_id, order.on_behalf_of_id}:
        raise Refused(_("Who bought it does not accept it."))
    if order.state != OrderState.OPEN:
        raise Refused(_("%(order)s is %(state)s.") % {"order": order, "state": order.get_state_display()})


def refuse_voiding(acceptance: Acceptance, order: Order, lines: Iterable[AcceptanceLine]) -> None:
    """Raises Refused while something of an acceptance is in a book, or was claimed or paid."""
    lines = list(lines)
    paid = any(line.order_line.accepted_amount - line.amount < line.order_line.paid for line in lines)
    if any(line.stored for line in lines):
        raise Refused(
            _("Some of %(paper)s is in the books. Have the keeper reverse that first.") % {"paper": acceptance}
        )
    if paid or order.accepted - acceptance.amount < max(claimed(order), order.paid):
        text = _("What %(paper)s accepted is claimed already. Have the claim withdrawn or rejected first.")
        raise Refused(text % {"paper": acceptance})


def may_accept(person: Person, order: Order) -> bool:
    try:
        refuse_acceptance(person, order)
    except Refused:
        return False
    return True
