"""The purchase request as a paper that travels: its first rules, its signing card, what a new version changed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance.choices import Category, Funds, Method
from finance.models import PurchaseRequest
from finance.queries.purchases import KIND, purchases_seen_by
from finance.queries.splitting import rolling_sums
from finance.rules.purchases import is_over
from finance.services.purchases import settle
from logistics.approvals.kinds import Demand, Difference, FirstRule, PaperKind, StepSpec
from logistics.approvals.models import Route
from logistics.base.money import money_text
from logistics.records import attachments
from logistics.school.choices import Role
from logistics.school.models import Person

OUR_OWN = "本校规定"
CHAINS = (
    (Category.TEACHING, "教学用品", (Role.ACADEMIC, Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL)),
    (Category.CANTEEN, "食堂用品", (Role.CANTEEN_MANAGER, Role.DIRECTOR, Role.PRINCIPAL)),
    ("", "其他采购", (Role.LEADER, Role.DIRECTOR, Role.PRINCIPAL)),
)
BANDS = (
    (Decimal(20_000), "（2万元以上）", True, {"quotes": 3, "method": Method.COMPARISON.value}),
    (Decimal(5_000), "（5000元以上）", False, {"quotes": 3, "method": Method.COMPARISON.value}),
    (Decimal(0), "", False, {"quotes": 0, "method": Method.DIRECT.value}),
)


def first_rules() -> tuple[FirstRule, ...]:
    """Each chain in three bands, the largest first, as of several rules the first that fits holds."""
    return tuple(
        FirstRule(
            name=name + band,
            steps=tuple(StepSpec(role) for role in chain),
            source=OUR_OWN,
            category=str(category),
            amount_from=amount,
            meeting=meeting,
            together=amount == 0,
            demands=demands,
        )
        for category, name, chain in CHAINS
        for amount, band, meeting, demands in BANDS
    )


def may_see(person: Person, purchase: Any) -> bool:
    return purchases_seen_by(person).filter(pk=purchase.pk).exists()


def context(person: Person, route: Route) -> dict[str, Any]:
    """What the signing card shows besides the facts that are signed: the budget and the sums as they stand now."""
    purchase = PurchaseRequest.objects.select_related("budget_line", "applicant", "department").get(pk=route.object_id)
    return {
        "purchase": purchase,
        "facts": route.facts,
        "total": Decimal(route.facts["total"]),
        "over": is_over(purchase),
        "sums": rolling_sums(purchase, purchase.lines.all()),
        "files": attachments.shown(
            purchase,
            lambda file: reverse("finance:purchase-file", args=[purchase.pk, file.pk]),
            lambda file: reverse("finance:purchase-file-small", args=[purchase.pk, file.pk]),
        ),
    }


HEADS = {
    "category": gettext_lazy("category"),
    "purpose": gettext_lazy("what for"),
    "budget": gettext_lazy("budget item"),
    "needed_by": gettext_lazy("needed by"),
    "overspend_reason": gettext_lazy("reason for going over the budget"),
}


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Heads that say otherwise; lines added, taken out or changed, told by name and specification; total, files."""
    changed = [
        Difference(str(label), before.get(key, ""), after.get(key, ""))
        for key, label in HEADS.items()
        if before.get(key, "") != after.get(key, "")
    ]
    was, now = _lines(before), _lines(after)
    changed += [
        Difference(name, was.get(name, ""), now.get(name, ""))
        for name in dict.fromkeys([*was, *now])
        if was.get(name, "") != now.get(name, "")
    ]
    if before["total"] != after["total"]:
        figures = (money_text(Decimal(facts["total"])) for facts in (before, after))
        changed.append(Difference(_("Estimated amount"), *figures))
    files = ["、".join(file["name"] for file in facts["files"]) for facts in (before, after)]
    if before["files"] != after["files"]:
        changed.append(Difference(_("Pictures and files"), *files))
    return changed


def _lines(facts: dict[str, Any]) -> dict[str, str]:
    """By name and specification, what is said of it; two lines of one thing are said together."""
    said: dict[str, str] = {}
    for line in facts["lines"]:
        name = f"{line['name']} {line['specification']}".strip()
        text = f"{line['quantity']}{line['unit']} × ¥{line['price']} = ¥{line['amount']}"
        said[name] = f"{said[name]}；{text}" if name in said else text
    return said


PURCHASE = PaperKind(
    key=KIND,
    label=gettext_lazy("Purchase request"),
    model="finance.PurchaseRequest",
    card="finance/purchase/_card.html",
    settle=settle,
    context=context,
    differences=differences,
    may_see=may_see,
    categories=Category.choices,
    funds=Funds.choices,
    demands=(
        Demand(
            "quotes",
            lambda: forms.IntegerField(label=_("How many quotes"), min_value=0, max_value=10, initial=0),
            default=0,
        ),
        Demand(
            "method",
            lambda: forms.ChoiceField(label=_("Purchasing method"), choices=Method.choices, initial=Method.DIRECT),
            default=Method.DIRECT.value,
        ),
    ),
    first_rules=first_rules(),
)
