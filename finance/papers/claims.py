"""The reimbursement as a paper that travels: its first rules (F08) and its signing card."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import ClaimKind
from finance.models import Claim
from finance.queries.scope import claims_seen_by
from finance.services.claims import KIND, settle
from logistics.approvals.kinds import Difference, FirstRule, PaperKind, StepSpec
from logistics.approvals.models import Route
from logistics.base.money import money_text
from logistics.records import attachments
from logistics.school.choices import Role
from logistics.school.models import Person

OUR_OWN = "本校规定"
HEADS = {
    "purpose": gettext_lazy("what for"),
    "item": gettext_lazy("expense item"),
    "payee": gettext_lazy("payee"),
    "account": gettext_lazy("bank account"),
}


def may_see(person: Person, claim: Any) -> bool:
    return claims_seen_by(person).filter(pk=claim.pk).exists()


def context(person: Person, route: Route) -> dict[str, Any]:
    """The claim as it is signed, with its invoices' files."""
    claim = Claim.objects.select_related("order").get(pk=route.object_id)
    return {"facts": route.facts, "claim": claim, "files": files_of(claim)}


def files_of(claim: Claim) -> list[attachments.Shown]:
    """The files of all its invoices."""
    return [
        shown
        for invoice in claim.invoices.filter(void=False)
        for shown in attachments.shown(
            invoice,
            lambda file, key=invoice.pk: reverse("finance:invoice-file", args=[claim.pk, key, file.pk]),  # type: ignore[misc]
            lambda file, key=invoice.pk: reverse("finance:invoice-file-small", args=[claim.pk, key, file.pk]),  # type: ignore[misc]
        )
    ]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Heads, invoices and total that say otherwise."""
    found = [
        Difference(str(label), before[key], after[key]) for key, label in HEADS.items() if before[key] != after[key]
    ]
    was, now = (
        {row["number"]: money_text(Decimal(row["amount"])) for row in facts["invoices"]} for facts in (before, after)
    )
    found += [
        Difference(_("Invoice %(number)s") % {"number": number}, was.get(number, ""), now.get(number, ""))
        for number in dict.fromkeys([*was, *now])
        if was.get(number) != now.get(number)
    ]
    if before["total"] != after["total"]:
        found.append(Difference(_("Amount"), *(money_text(Decimal(facts["total"])) for facts in (before, after))))
    return found


CLAIM = PaperKind(
    key=KIND,
    label=gettext_lazy("Reimbursement"),
    model="finance.Claim",
    card="finance/claim/_card.html",
    settle=settle,
    context=context,
    differences=differences,
    may_see=may_see,
    categories=ClaimKind.choices,
    first_rules=(
        FirstRule(
            name="食堂物资报销",
            steps=(
                StepSpec(Role.RECEIVER, "验货人"),
                StepSpec(Role.CANTEEN_MANAGER, "事务长"),
                StepSpec(Role.PRINCIPAL, "校长"),
            ),
            source=OUR_OWN,
            category=ClaimKind.CANTEEN.value,
        ),
        FirstRule(
            name="一般报销",
            steps=(
                StepSpec(Role.KEEPER, "保管（验收）员"),
                StepSpec(Role.BOOKKEEPER, "审核"),
                StepSpec(Role.PRINCIPAL, "校长"),
            ),
            source=OUR_OWN,
            category=ClaimKind.ORDINARY.value,
        ),
    ),
)
