"""The reimbursement (报销单) with its list of invoices as a paper, from its frozen facts."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from finance.choices import ClaimKind
from finance.models import Claim
from logistics.approvals.boxes import boxes_of, maker_box
from logistics.approvals.models import Route
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature
from logistics.school.models import School

LEAST_LINES = 5


def claim_form(claim: Claim) -> Paper:
    """报销单 as it was handed in, with the signatures as they stand. Raises DoesNotExist before that."""
    route = Route.objects.of(claim).latest("version")
    facts: dict[str, Any] = route.facts
    canteen = facts["kind"] == ClaimKind.CANTEEN
    return Paper(
        title=pgettext("paper", "Canteen reimbursement") if canteen else pgettext("paper", "Reimbursement"),
        school=School.current().name,
        number=facts["number"],
        day=dt.date.fromisoformat(facts["day"]),
        look=Look.FORM,
        facts_per_row=2,
        facts=(
            Fact(_("Claimant"), facts["claimant"]),
            Fact(_("Department"), facts["department"]),
            Fact(_("Reason"), facts["purpose"], wide=True),
            Fact(_("Expense item"), facts["item"]),
            Fact(_("Number of vouchers"), len(facts["invoices"]), Kind.COUNT),
            Fact(_("Order number"), facts["order"]),
            Fact(_("Acceptance numbers"), "、".join(facts["acceptances"])),
            Fact(_("Set off against advance"), ""),
            Fact(_("To be paid"), Decimal(facts["total"]), Kind.MONEY),
            Fact(_("Payee"), facts["payee"]),
            Fact(_("Payee's account"), " ".join(filter(None, (facts["bank"], facts["account"])))),
        ),
        columns=(
            Column(_("Line"), 0.6, centred=True),
            Column(_("Invoice number"), 2.6, Kind.CODE),
            Column(_("Invoice code"), 1.6, Kind.CODE),
            Column(_("Date"), 1.4, Kind.CODE),
            Column(_("Seller"), 3),
            Column(_("Amount (yuan)"), 1.6, Kind.MONEY, Carry.SUM),
        ),
        lines=tuple(
            Line((n, row["number"], row["code"], row["day"], row["seller"], Decimal(row["amount"])))
            for n, row in enumerate(facts["invoices"], 1)
        ),
        lines_title=_("Invoices"),
        least_lines=LEAST_LINES,
        capitals_of=Decimal(facts["total"]),
        signatures=(
            maker_box(_("Purchaser") if canteen else _("Handled by"), route),
            *boxes_of(route),
            _cashier(claim),
        ),
        bookmark=facts["number"],
    )


def _cashier(claim: Claim) -> Signature:
    last = claim.payments.select_related("paid_by").order_by("-pk").first()
    return Signature(_("Cashier"), last.paid_by.name, last.day) if last else Signature(_("Cashier"))
