"""What may be done with purchase requests and why not (forms.md, 申购单). Reads only."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.choices import EDITABLE, ComparisonState, PurchaseState
from finance.models import BudgetLine, ComparisonLine, PurchaseRequest, RequestLine
from finance.rules import Refused
from logistics.base.fields import MOST_YUAN
from logistics.base.money import money_text
from logistics.school.models import Person

MOST_LINES = 100  # three pages of the form; more is a list of its own, to be attached
MOST_OF_ONE = Decimal(100_000_000)  # yuan; more is a slip of the hand


def may_edit(person: Person, purchase: PurchaseRequest) -> bool:
    return purchase.applicant_id == person.pk and purchase.state in EDITABLE and person.is_active


def refuse_editing(person: Person, purchase: PurchaseRequest) -> None:
    """Raises Refused unless the request is his and neither on its way nor signed."""
    if purchase.applicant_id != person.pk:
        raise Refused(_("Only %(person)s changes this request.") % {"person": purchase.applicant})
    if not person.is_active:
        raise Refused(_("%(thing)s no longer works here.") % {"thing": person})
    if purchase.state not in EDITABLE:
        raise Refused(_("%(purchase)s is %(state)s and is not changed any more.") % _words(purchase))


def refuse_submission(person: Person, purchase: PurchaseRequest, lines: Sequence[RequestLine]) -> None:
    """Raises Refused, by field, for what a request still lacks."""
    refuse_editing(person, purchase)
    if not purchase.purpose.strip():
        raise Refused({"purpose": _("Say what it is for.")})
    if not lines:
        raise Refused(_("Write at least one line: what is to be bought, and how much."))
    if purchase.needed_by is None:
        raise Refused({"needed_by": _("Say by when it is needed.")})
    if purchase.needed_by < timezone.localdate():
        raise Refused({"needed_by": _("This day has passed.")})
    if purchase.budget_line is None:
        raise Refused({"budget_line": _("Choose the budget item it is paid from.")})
    if not usable(purchase.budget_line, purchase):
        raise Refused({"budget_line": _("%(line)s is out of use or of another year.") % {"line": purchase.budget_line}})
    if sum((line.amount for line in lines), Decimal(0)) <= 0:
        raise Refused(_("Enter the estimated prices: the whole comes to nothing."))


def usable(line: BudgetLine, purchase: PurchaseRequest) -> bool:
    """In use, and of this year or of the year in which the goods are needed."""
    years = {timezone.localdate().year, (purchase.needed_by or timezone.localdate()).year}
    return line.active and line.year in years


def is_over(purchase: PurchaseRequest) -> bool:
    """Whether it asks for more than its budget line has left."""
    return purchase.budget_line is not None and purchase.total > purchase.budget_line.available


def refuse_over_without_reason(purchase: PurchaseRequest) -> None:
    """Raises Refused at its field: more than is left needs a reason (F12)."""
    if is_over(purchase) and not purchase.overspend_reason.strip():
        line = purchase.budget_line
        text = _("%(line)s has only ¥%(left)s left, and this comes to ¥%(amount)s. Say why it has to be more.")
        left = money_text(line.available) if line else ""
        raise Refused({"overspend_reason": text % {"line": line, "left": left, "amount": money_text(purchase.total)}})


def refuse_many_lines(count: int) -> None:
    if count > MOST_LINES:
        raise Refused(_("A request has at most %(most)d lines. Attach a longer list as a file.") % {"most": MOST_LINES})


def refuse_too_much(amounts: Iterable[Decimal]) -> None:
    """Raises Refused for lines that come to more yuan than an amount may be: a slip of the hand."""
    if sum(amounts, Decimal(0)) > MOST_YUAN:
        text = _("This comes to more than ¥%(most)s. Look at the quantities and prices again.")
        raise Refused(text % {"most": money_text(MOST_YUAN)})


def why_not_taken_back(person: Person, purchase: PurchaseRequest) -> str:
    """Why an approved request cannot be taken back; empty when it can."""
    if purchase.applicant_id != person.pk:
        return _("Only %(person)s changes this request.") % {"person": purchase.applicant}
    if purchase.state != PurchaseState.APPROVED:
        return _("%(purchase)s is %(state)s.") % _words(purchase)
    if purchase.lines.filter(Q(ordered__gt=0) | Q(orders__isnull=False)).exists():  # also orders that were ended
        return _("Some of it is ordered already. What is not ordered yet can be given up by closing the request.")
    open_states = [ComparisonState.OPEN, ComparisonState.RUNNING, ComparisonState.DECIDED]
    comparing = ComparisonLine.objects.filter(request_line__request=purchase, comparison__state__in=open_states)
    if found := comparing.select_related("comparison").first():
        return _("Quotes are being compared for it in %(comparison)s.") % {"comparison": found.comparison}
    return ""


def why_not_closed(person: Person, purchase: PurchaseRequest) -> str:
    """Why the rest of a request cannot be given up; empty when it can."""
    if purchase.applicant_id != person.pk and not person.has_perm("finance.close_purchase"):
        return _("Only %(person)s or general affairs closes this request.") % {"person": purchase.applicant}
    if purchase.state != PurchaseState.APPROVED:
        return _("%(purchase)s is %(state)s.") % _words(purchase)
    return ""


def _words(purchase: PurchaseRequest) -> dict[str, str]:
    return {"purchase": str(purchase), "state": purchase.get_state_display()}
