"""The papers of purchases and money (forms.md, Finance), each with who may print it. Their facts are beside, by noun.

Parameters are what JSON holds. An id that a person may not see, or that is not there, raises DoesNotExist.
"""

from django.utils.translation import gettext_lazy as _

from finance.forms.budget import month_of
from finance.printing import budget, claims, procurement, purchases
from finance.queries.purchases import purchases_seen_by
from finance.queries.scope import acceptances_seen_by, claims_seen_by, comparisons_seen_by, orders_seen_by
from logistics.printing.catalogue import paper_form
from logistics.printing.papers import Paper
from logistics.school.models import Person


@paper_form(title=_("Purchase request"), permission="finance.file_purchase")
def purchase_request(person: Person, *, purchase: int) -> Paper:
    """申购单, in two copies, as it was submitted, with the signatures as they stand."""
    rows = purchases_seen_by(person).select_related("applicant", "department", "budget_line")
    return purchases.request_form(rows.get(pk=purchase))


@paper_form(title=_("Purchase register"), permission="finance.view_purchase")
def purchase_register(person: Person, *, month: str) -> Paper:
    """采购登记簿 of a month such as 2026-09."""
    year, number = month.split("-")
    return purchases.register(*month_of(int(year), int(number)))


@paper_form(title=_("Budget execution"), permission="finance.view_budget")
def budget_execution(person: Person, *, year: int) -> Paper:
    """预算执行表 of a year as it stands now."""
    return budget.execution_table(year)


@paper_form(title=_("Comparison of quotes"), permission="school.view_contacts")
def quote_comparison(person: Person, *, comparison: int) -> Paper:
    """比价表, as the purchasing group signed it."""
    return procurement.comparison_form(comparisons_seen_by(person).get(pk=comparison))


@paper_form(title=_("Purchase order"), permission="school.view_contacts")
def purchase_order(person: Person, *, order: int) -> Paper:
    """采购订单, as it was sent out."""
    return procurement.order_form(orders_seen_by(person).get(pk=order))


@paper_form(title=_("Acceptance of goods"), permission="school.view_contacts")
def acceptance(person: Person, *, acceptance: int) -> Paper:
    """验收单, three copies, with the signatures as they stand."""
    return procurement.acceptance_form(acceptances_seen_by(person).get(pk=acceptance))


@paper_form(title=_("Reimbursement"), permission="school.view_contacts")
def reimbursement(person: Person, *, claim: int) -> Paper:
    """报销单 with its invoices and the signatures as they stand."""
    return claims.claim_form(claims_seen_by(person).get(pk=claim))
