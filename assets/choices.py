"""The fixed choices of this app (asset card: forms.md, 固定资产卡片)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scheme(TextChoices):
    """Which list a class code is from; the same look means other things in other lists."""

    GB2022 = "gb2022", "GB/T 14885-2022"
    GB2010 = "gb2010", "GB/T 14885-2010"
    SCHOOL = "school", _("The school's own")


class Acquisition(TextChoices):
    """取得方式."""

    PURCHASE = "purchase", _("Bought")
    BUILT = "built", _("Built or made")
    DONATION = "donation", _("Donated")
    ALLOCATION = "allocation", _("Allocated free of charge")
    SURPLUS = "surplus", _("Found in stock-take")
    OTHER = "other", _("Other")


class Procurement(TextChoices):
    """采购组织形式."""

    CENTRAL = "central", _("Government central purchasing")
    DEPARTMENT = "department", _("Department's central purchasing")
    DISPERSED = "dispersed", _("Dispersed purchasing")
    OWN = "own", _("Bought by the school itself")


class ValueKind(TextChoices):
    """价值类型."""

    COST = "cost", _("Original cost")
    ESTIMATE = "estimate", _("Provisional estimate")
    APPRAISED = "appraised", _("Appraised value")
    NOMINAL = "nominal", _("Nominal amount")


class Condition(TextChoices):
    """使用状况."""

    IN_USE = "in_use", _("In use")
    IDLE = "idle", _("Idle")
    TO_REPAIR = "to_repair", _("To be repaired")
    TO_SCRAP = "to_scrap", _("To be written off")
    LENT = "lent", _("Lent or rented out")


class CardState(TextChoices):
    """Whether a card stands in the ledger."""

    IN_LEDGER = "in_ledger", _("In the ledger")
    WRITTEN_OFF = "written_off", _("Written off")
    VOID = "void", _("Void")


class MovementKind(TextChoices):
    """The papers that write into the ledger; the prefix of each one's number series stands in ``PREFIXES``."""

    ENTRY = "entry", _("Entry")
    TRANSFER = "transfer", _("Transfer between rooms")
    CUSTODY = "custody", _("Change of person")
    SPLIT = "split", _("Split of a batch")
    CORRECTION = "correction", _("Correction of value or quantity")
    RECLASSIFICATION = "reclassification", _("Change of class")
    REVERSAL = "reversal", _("Reversal")


PREFIXES = {
    MovementKind.ENTRY: "RZ",
    MovementKind.TRANSFER: "DB",
    MovementKind.CUSTODY: "BG",
    MovementKind.SPLIT: "CF",
    MovementKind.CORRECTION: "GZ",
    MovementKind.RECLASSIFICATION: "FL",
    MovementKind.REVERSAL: "CX",
}
CARD_PREFIX = "ZC"


class ConfirmationState(TextChoices):
    """Whether the person responsible has confirmed a room's property."""

    WAITING = "waiting", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    DISPUTED = "disputed", _("Does not agree")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StockKind(TextChoices):
    """The papers of the store."""

    IN = "in", _("Goods in")
    OUT = "out", _("Goods out")
    REVERSAL = "reversal", _("Reversal")


STOCK_IN_PREFIX = "RK"  # 入库
STOCK_REVERSAL_PREFIX = "KC"  # 库存冲销
ISSUE_PREFIX = "LY"  # 领用; the paper that takes the goods out bears the slip's number


class IssueState(TextChoices):
    WAITING = "waiting", _("waits for the recipient's signature")
    SIGNED = "signed", _("signed for")
    CANCELLED = "cancelled", _("cancelled")
    REVERSED = "reversed", _("taken back into the store")


ISSUE_TONES = {
    IssueState.WAITING: "wait",
    IssueState.SIGNED: "good",
    IssueState.CANCELLED: "plain",
    IssueState.REVERSED: "warn",
}
