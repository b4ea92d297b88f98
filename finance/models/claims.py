"""Reimbursement (报销单), its invoices, and payments."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.choices import ClaimKind, ClaimState, PaymentMethod
from finance.models.orders import Order, OrderLine
from logistics.base.fields import MoneyField
from logistics.base.history import history
from logistics.base.sealed import Sealed
from logistics.school.models import Person


class Claim(models.Model):
    """forms.md, 报销单: one or several invoices to one order."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, verbose_name=_("order"), related_name="claims")
    kind = models.CharField(_("kind"), max_length=8, choices=ClaimKind.choices, default=ClaimKind.ORDINARY)
    claimant = models.ForeignKey(Person, models.PROTECT, verbose_name=_("claimant"), related_name="+")
    purpose = models.CharField(_("what for"), max_length=200)
    item = models.CharField(_("expense item"), max_length=60, blank=True)
    payee = models.CharField(_("payee"), max_length=80)
    bank = models.CharField(_("bank"), max_length=80, blank=True)
    account = models.CharField(_("bank account"), max_length=40, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.DRAFT, editable=False
    )
    amount = MoneyField(_("amount"), default=0, editable=False)  # yuan, the sum of its invoices
    paid = MoneyField(_("paid"), default=0, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)

    history = history()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("reimbursement")
        verbose_name_plural = _("reimbursements")
        default_permissions = ()
        permissions = [
            ("file_claim", "File reimbursements"),
            ("view_claim", "See all reimbursements"),
            ("pay", "Pay"),
            ("view_payment", "See payments"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(paid__gte=0, paid__lte=F("amount")), name="paid_not_above_claimed"),
            models.CheckConstraint(
                condition=Q(paid=0) | Q(state__in=["approved", "paid"]), name="only_signed_claim_is_paid"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["claimant", "-id"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("finance:claim-detail", args=[self.pk])

    @property
    def rest(self) -> Decimal:
        """Yuan still to be paid."""
        return Decimal(self.amount) - Decimal(self.paid)


class Invoice(models.Model):
    """An invoice is claimed once: by number (with code, for old types) and by its file (F08).

    ``void``: its claim was rejected or given up, so that it may be claimed again.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="invoices")
    number = models.CharField(_("invoice number"), max_length=20)
    code = models.CharField(_("invoice code"), max_length=12, blank=True)
    day = models.DateField(_("invoice date"))
    amount = MoneyField(_("invoice amount"), validators=[MinValueValidator(0)])
    seller = models.CharField(_("seller"), max_length=80)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)  # of the file as it was uploaded
    void = models.BooleanField(default=False, editable=False)

    history = history()

    class Meta:
        ordering = ["claim", "day", "pk"]
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"],
                condition=Q(void=False),
                name="invoice_claimed_once",
                violation_error_message=_("This invoice has been claimed already."),
            ),
            models.UniqueConstraint(
                fields=["sha256"], condition=Q(void=False) & ~Q(sha256=""), name="invoice_file_claimed_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_amount_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class Payment(Sealed):
    """What the cashier paid on a signed claim. Who signed the claim does not pay it. One that came back from the bank,
    or was written wrongly, is reversed by another of the same amount below zero.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="payments")
    amount = MoneyField(_("amount"))
    day = models.DateField(_("paid on"), default=timezone.localdate)
    method = models.CharField(
        _("paid by way of"), max_length=8, choices=PaymentMethod.choices, default=PaymentMethod.TRANSFER
    )
    voucher = models.CharField(_("voucher or serial number"), max_length=60, blank=True)
    note = models.CharField(_("remarks"), max_length=200, blank=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("paid by"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")

    class Meta(Sealed.Meta):
        ordering = ["-day", "-pk"]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses__isnull=True) | Q(amount__lt=0, reverses__isnull=False),
                name="payment_is_positive",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("finance:payment-detail", args=[self.pk])


class PaymentShare(Sealed):
    """How much of a payment is for which line of the order, and so for which budget item."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="shares")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="payments")
    amount = MoneyField(_("amount"))

    class Meta(Sealed.Meta):
        ordering = ["payment", "line"]
        verbose_name = _("share of a payment")
        verbose_name_plural = _("shares of payments")
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="payment_share_is_something")]

    def __str__(self) -> str:
        return str(self.amount)
