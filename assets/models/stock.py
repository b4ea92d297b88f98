"""The store (仓库): kinds of goods, the papers that bring and take them, entries, and what lies there."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.choices import StockKind
from assets.models.issues import Issue
from finance.models import Acceptance, AcceptanceLine
from logistics.base.fields import MoneyField, QuantityField
from logistics.base.history import history
from logistics.base.names import name_key
from logistics.base.sealed import Sealed
from logistics.school.models import Person, Room


class StockItem(models.Model):
    """One kind of goods; two spellings of a name are one, another specification or unit is another."""

    name = models.CharField(_("name of goods"), max_length=80)
    key = models.CharField(max_length=80, editable=False)
    specification = models.CharField(_("specification"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=10, default="个")
    active = models.BooleanField(_("in use"), default=True)

    history = history()

    class Meta:
        ordering = ["key", "pk"]
        verbose_name = _("item of the store")
        verbose_name_plural = _("items of the store")
        default_permissions = ()
        permissions = [("view_stock", "See the store"), ("keep_stock", "Keep the store")]
        constraints = [models.UniqueConstraint(fields=["key", "specification", "unit"], name="stock_item_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.specification}".strip()

    def get_absolute_url(self) -> str:
        return reverse("assets:stock-item", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = name_key(self.name)[:80]
        super().save(*args, **kwargs)


class StockPaper(Sealed):
    """A numbered, dated paper of one store room: goods in (入库单), goods out (by an issue slip), or a reversal."""

    number = models.CharField(_("paper number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=StockKind.choices)
    day = models.DateField(_("date"))
    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("store"), related_name="+")
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    acceptance = models.ForeignKey(Acceptance, models.PROTECT, null=True, related_name="+")
    issue = models.OneToOneField(Issue, models.PROTECT, null=True, related_name="stock_paper")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    made_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("made by"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta(Sealed.Meta):
        ordering = ["-day", "-pk"]
        verbose_name = _("paper of the store")
        verbose_name_plural = _("papers of the store")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StockKind.IN, acceptance__isnull=False, issue__isnull=True, reverses__isnull=True)
                | Q(kind=StockKind.OUT, acceptance__isnull=True, issue__isnull=False, reverses__isnull=True)
                | Q(kind=StockKind.REVERSAL, acceptance__isnull=True, issue__isnull=True, reverses__isnull=False),
                name="stock_paper_has_its_source",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("assets:stock-paper", args=[self.pk])


class StockEntry(Sealed):
    """So much of an item, worth so many yuan, comes to (+) or leaves (−) a store room."""

    paper = models.ForeignKey(StockPaper, models.PROTECT, related_name="entries")
    item = models.ForeignKey(StockItem, models.PROTECT, related_name="entries")
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    day = models.DateField(_("date"))
    quantity = QuantityField(_("quantity"))
    amount = MoneyField(_("value"))
    acceptance_line = models.ForeignKey(AcceptanceLine, models.PROTECT, null=True, related_name="+")

    class Meta(Sealed.Meta):
        ordering = ["day", "paper_id", "pk"]
        verbose_name = _("entry of the store")
        verbose_name_plural = _("entries of the store")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount__gte=0) | Q(quantity__lt=0, amount__lte=0),
                name="stock_entry_moves_something",
            )
        ]
        indexes = [models.Index(fields=["item", "room", "day"])]


class StockBalance(models.Model):
    """What lies in a store room now: the sum of its entries, never below zero, no value without goods."""

    item = models.ForeignKey(StockItem, models.PROTECT, verbose_name=_("item"), related_name="balances")
    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("store"), related_name="+")
    quantity = QuantityField(_("quantity"), default=0)
    amount = MoneyField(_("value"), default=0)

    class Meta:
        ordering = ["item", "room"]
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["item", "room"], name="stock_balance_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0, amount__gte=0), name="stock_not_below_zero"),
            models.CheckConstraint(condition=Q(quantity__gt=0) | Q(amount=0), name="no_value_without_stock"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.room}"
