"""The fixed choices of this app, and how its papers are numbered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(TextChoices):
    """类别 of a purchase; rules may name it."""

    TEACHING = "teaching", _("Teaching goods")
    OFFICE = "office", _("Office supplies")
    EQUIPMENT = "equipment", _("Equipment and furniture")
    CANTEEN = "canteen", _("Canteen goods")
    REPAIR = "repair", _("Repairs and services")
    OTHER = "other", _("Other goods")


class Funds(TextChoices):
    """经费来源."""

    PUBLIC = "public", _("Public funds per pupil")
    SPECIAL = "special", _("Earmarked funds")
    MEALS = "meals", _("Meal money")
    OTHER = "other", _("Other money")


class PurchaseState(TextChoices):
    """How far a request is with the signatures; how far with the goods its amounts say."""

    DRAFT = "draft", _("draft")
    RUNNING = "running", _("being signed")
    RETURNED = "returned", _("returned")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    APPROVED = "approved", _("approved")
    CLOSED = "closed", pgettext_lazy("purchase", "closed")


EDITABLE = frozenset({PurchaseState.DRAFT, PurchaseState.RETURNED, PurchaseState.WITHDRAWN})


PURCHASE_TONES = {
    PurchaseState.DRAFT: "plain",
    PurchaseState.RUNNING: "wait",
    PurchaseState.RETURNED: "warn",
    PurchaseState.REJECTED: "bad",
    PurchaseState.WITHDRAWN: "plain",
    PurchaseState.APPROVED: "good",
    PurchaseState.CLOSED: "plain",
}


class Stage(TextChoices):
    """How far the goods of an approved request are, as its amounts say."""

    TO_ORDER = "to_order", _("to be ordered")
    ORDERED = "ordered", _("ordered")
    PARTLY = "partly", _("partly delivered")
    DELIVERED = "delivered", _("delivered, to be paid")
    PAID = "paid", _("paid")


class Method(TextChoices):
    """采购方式."""

    DIRECT = "direct", _("Direct purchase")
    COMPARISON = "comparison", _("Comparison of quotes")
    ENQUIRY = "enquiry", _("Price enquiry")
    CENTRAL = "central", _("Government central purchasing")
    FRAMEWORK = "framework", _("Framework agreement, online mall")
    TENDER = "tender", _("Public tender")


class QuoteSource(TextChoices):
    """来源 of a quote."""

    PAPER = "paper", _("Written quote")
    SHOP = "shop", _("In the shop")
    ONLINE = "online", _("Online shop")
    PHONE = "phone", _("By telephone")


class ComparisonState(TextChoices):
    OPEN = "open", _("collecting quotes")
    RUNNING = "running", _("being signed")
    DECIDED = "decided", _("decided")
    DROPPED = "dropped", _("dropped")


class OrderState(TextChoices):
    OPEN = "open", _("waiting for delivery")
    DONE = "done", _("all delivered")
    CLOSED = "closed", _("closed, the rest will not come")


class AcceptanceState(TextChoices):
    """What was accepted counts from the keeper's signature on, until somebody of the round does not agree."""

    SIGNING = "signing", _("waiting for signatures")
    SIGNED = "signed", _("signed by all")
    VOID = "void", _("void, counts no more")


class Nature(TextChoices):
    """What becomes of accepted goods."""

    PROPERTY = "property", _("property: asset cards")
    CONSUMABLE = "consumable", _("consumable: into the store")
    CANTEEN = "canteen", _("canteen goods: the canteen's book")
    SERVICE = "service", _("service: nothing to store")


class Disposal(TextChoices):
    """处理 of rejected pieces."""

    RETURN = "return", _("sent back")
    REPLACE = "replace", _("to be replaced")
    DESTROY = "destroy", _("destroyed")


class ClaimKind(TextChoices):
    """Which chain signs a reimbursement (F08)."""

    ORDINARY = "ordinary", _("ordinary")
    CANTEEN = "canteen", _("canteen goods")


class ClaimState(TextChoices):
    DRAFT = "draft", _("draft")
    RUNNING = "running", _("being signed")
    RETURNED = "returned", _("returned")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    APPROVED = "approved", _("to be paid")
    PAID = "paid", _("paid")


class PaymentMethod(TextChoices):
    TRANSFER = "transfer", _("Bank transfer")
    CARD = "card", _("Official card")
    CASH = "cash", _("Cash")


class BudgetEntryKind(TextChoices):
    ORIGINAL = "original", _("budget of the year")
    ADJUSTMENT = "adjustment", _("adjustment")
    COMMITMENT = "commitment", _("committed")
    RELEASE = "release", _("released")
    SPENDING = "spending", _("spent")


class Prefix:
    """The number series of this app's papers."""

    REQUEST = "SG"  # 申购
    COMPARISON = "BJ"  # 比价
    ORDER = "DD"  # 订单
    ACCEPTANCE = "YS"  # 验收
    CLAIM = "BX"  # 报销
    PAYMENT = "ZF"  # 支付


COMPARISON_TONES = {
    ComparisonState.OPEN: "wait",
    ComparisonState.RUNNING: "wait",
    ComparisonState.DECIDED: "good",
    ComparisonState.DROPPED: "plain",
}
ORDER_TONES = {OrderState.OPEN: "wait", OrderState.DONE: "good", OrderState.CLOSED: "plain"}
ACCEPTANCE_TONES = {
    AcceptanceState.SIGNING: "wait",
    AcceptanceState.SIGNED: "good",
    AcceptanceState.VOID: "bad",
}
CLAIM_TONES = {
    ClaimState.DRAFT: "plain",
    ClaimState.RUNNING: "wait",
    ClaimState.RETURNED: "warn",
    ClaimState.REJECTED: "bad",
    ClaimState.WITHDRAWN: "plain",
    ClaimState.APPROVED: "wait",
    ClaimState.PAID: "good",
}
