"""The purchase request (申购单) and its lines."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.choices import Category, PurchaseState, Stage
from finance.models.budget import BudgetLine
from logistics.base.fields import MoneyField, QuantityField
from logistics.base.history import history
from logistics.base.money import line_amount
from logistics.base.names import name_key
from logistics.school.models import Department, Person

LEAST = Decimal("0.001")


class PurchaseRequest(models.Model):
    """forms.md, 申购单. Written only while it is a draft, returned or withdrawn; what was signed is in its routes.

    ``ordered``, ``accepted`` and ``paid`` (yuan) say how far the goods are; each is held below the one before it (F05).
    """

    number = models.CharField(_("number"), max_length=20, unique=True, null=True, editable=False)
    applicant = models.ForeignKey(Person, models.PROTECT, verbose_name=_("applicant"), related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    category = models.CharField(_("category"), max_length=10, choices=Category.choices, default=Category.TEACHING)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    budget_line = models.ForeignKey(
        BudgetLine, models.PROTECT, verbose_name=_("budget item"), null=True, blank=True, related_name="purchases"
    )
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    overspend_reason = models.CharField(_("reason for going over the budget"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PurchaseState.choices, default=PurchaseState.DRAFT, editable=False
    )
    total = MoneyField(_("estimated amount"), default=0, editable=False)  # yuan, approved once it is approved
    ordered = MoneyField(_("ordered"), default=0, editable=False)
    accepted = MoneyField(_("accepted"), default=0, editable=False)
    paid = MoneyField(_("paid"), default=0, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    once = models.CharField(max_length=36, unique=True, null=True, editable=False)  # of the form it was begun in

    history = history()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("purchase request")
        verbose_name_plural = _("purchase requests")
        default_permissions = ()
        permissions = [
            ("file_purchase", "File purchase requests"),
            ("view_purchase", "See all purchases"),
            ("close_purchase", "Close a purchase whose rest is not bought"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid__gte=0, paid__lte=F("accepted"))
                & Q(accepted__lte=F("ordered"))
                & Q(ordered__lte=F("total")),
                name="purchase_amounts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ordered=0) | Q(state__in=["approved", "closed"]), name="only_approved_is_ordered"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft"]) | Q(number__isnull=False), name="submitted_has_number"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-submitted_at"]),
            models.Index(fields=["applicant", "-id"]),
            models.Index(fields=["department", "category", "submitted_at"]),
        ]

    def __str__(self) -> str:
        return self.number or str(_("draft"))

    def get_absolute_url(self) -> str:
        return reverse("finance:purchase-detail", args=[self.pk])

    @property
    def stage(self) -> Stage | None:
        """How far the goods are; None before it is approved, or when nothing was bought."""
        if self.state not in {PurchaseState.APPROVED, PurchaseState.CLOSED}:
            return None
        if not self.ordered:
            return Stage.TO_ORDER if self.state == PurchaseState.APPROVED else None
        if self.accepted < self.ordered:
            return Stage.PARTLY if self.accepted else Stage.ORDERED
        return Stage.PAID if self.paid == self.accepted else Stage.DELIVERED


class RequestLine(models.Model):
    """One thing asked for. ``ordered`` (pieces) is held at or below ``quantity`` by the database."""

    request = models.ForeignKey(PurchaseRequest, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name of goods"), max_length=80)
    key = models.CharField(max_length=80, editable=False)
    specification = models.CharField(_("specification"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=10, default="个")
    quantity = QuantityField(_("quantity"), validators=[MinValueValidator(LEAST)])
    price = MoneyField(_("estimated price"), validators=[MinValueValidator(0)])  # yuan each
    amount = MoneyField(_("amount"), editable=False, default=0)
    ordered = QuantityField(_("ordered"), default=0, editable=False)

    history = history()

    class Meta:
        ordering = ["request", "position", "pk"]
        verbose_name = _("line of a request")
        verbose_name_plural = _("lines of requests")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0, price__gte=0), name="request_line_is_positive"),
            models.CheckConstraint(
                condition=Q(ordered__gte=0, ordered__lte=F("quantity")), name="ordered_not_above_requested"
            ),
        ]
        indexes = [models.Index(fields=["key", "-id"])]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reckon()
        super().save(*args, **kwargs)

    def reckon(self) -> None:
        """Set what follows from the rest: the key of the name, the amount."""
        self.key = name_key(self.name)[:80]
        self.amount = line_amount(self.quantity, self.price)
