"""The purchase order (采购订单): approved lines of many requests, to one supplier."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.choices import Category, OrderState
from finance.models.comparisons import Comparison
from finance.models.purchases import LEAST, RequestLine
from finance.models.suppliers import Supplier
from logistics.base.fields import MoneyField, QuantityField
from logistics.base.history import history
from logistics.base.money import line_amount
from logistics.school.models import Person


class Order(models.Model):
    """Written once; later only how far it is changes. ``facts`` is the order as it was sent out.

    paid is never more than accepted or invoiced, accepted never more than ordered: held by the database (F05).
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, verbose_name=_("supplier"), related_name="orders")
    comparison = models.ForeignKey(
        Comparison, models.PROTECT, verbose_name=_("comparison of quotes"), null=True, blank=True, related_name="orders"
    )
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    bought_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("bought by"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(_("ordered on"), default=timezone.localdate)
    due = models.DateField(_("delivery by"), null=True, blank=True)
    note = models.CharField(_("remarks"), max_length=300, blank=True)
    reason = models.CharField(_("why it is bought so"), max_length=300, blank=True)  # e.g. without a comparison
    state = models.CharField(_("state"), max_length=8, choices=OrderState.choices, default=OrderState.OPEN)
    facts = models.JSONField(default=dict, editable=False)
    amount = MoneyField(_("amount"), default=0, editable=False)
    accepted = MoneyField(_("accepted"), default=0, editable=False)
    invoiced = MoneyField(_("invoiced"), default=0, editable=False)
    paid = MoneyField(_("paid"), default=0, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    history = history()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        default_permissions = ()
        permissions = [("view_order", "See orders"), ("order_goods", "Order goods")]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted__gte=0, accepted__lte=F("amount"), invoiced__gte=0)
                & Q(paid__gte=0, paid__lte=F("accepted"))
                & Q(paid__lte=F("invoiced")),
                name="order_amounts_in_order",
            ),
        ]
        indexes = [models.Index(fields=["state", "-day"]), models.Index(fields=["supplier", "day"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("finance:order-detail", args=[self.pk])


class OrderLine(models.Model):
    """So much of one approved line at one price. ``quantity`` falls to what was accepted when the order is closed."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="lines")
    request_line = models.ForeignKey(RequestLine, models.PROTECT, related_name="orders")
    quantity = QuantityField(_("quantity"), validators=[MinValueValidator(LEAST)])
    price = MoneyField(_("price"), validators=[MinValueValidator(0)])  # yuan each
    amount = MoneyField(_("amount"), default=0, editable=False)
    accepted = QuantityField(_("accepted"), default=0, editable=False)
    accepted_amount = MoneyField(_("accepted amount"), default=0, editable=False)
    paid = MoneyField(_("paid"), default=0, editable=False)

    history = history()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("line of an order")
        verbose_name_plural = _("lines of orders")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0, price__gte=0), name="order_line_not_negative"),
            models.CheckConstraint(
                condition=Q(accepted__gte=0, accepted__lte=F("quantity")), name="accepted_not_above_ordered"
            ),
            models.CheckConstraint(
                condition=Q(accepted_amount__lte=F("amount"), paid__gte=0, paid__lte=F("accepted_amount")),
                name="line_paid_not_above_accepted",
            ),
        ]

    def __str__(self) -> str:
        return str(self.request_line)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.amount = line_amount(self.quantity, self.price)
        super().save(*args, **kwargs)
