"""Quotes of several suppliers compared (比价表, 货比三家)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.choices import ComparisonState, Method, QuoteSource
from finance.models.purchases import LEAST, RequestLine
from finance.models.suppliers import Supplier
from logistics.base.fields import MoneyField, QuantityField
from logistics.base.history import history
from logistics.school.models import Person


class Comparison(models.Model):
    """forms.md, 比价表. Who asked the prices does not choose; the purchasing group does, two or more of it."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    title = models.CharField(_("what is bought"), max_length=120)
    method = models.CharField(_("purchasing method"), max_length=12, choices=Method.choices, default=Method.COMPARISON)
    control_price = MoneyField(_("price limit"), null=True, blank=True)  # 控制价, yuan of the whole
    asked_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("prices asked by"), related_name="+")
    state = models.CharField(
        _("state"), max_length=8, choices=ComparisonState.choices, default=ComparisonState.OPEN, editable=False
    )
    winner = models.ForeignKey(
        "Quote", models.PROTECT, verbose_name=_("chosen quote"), null=True, editable=False, related_name="+"
    )
    reason = models.CharField(_("reason for the choice"), max_length=300, blank=True)
    reason_few = models.CharField(_("why fewer quotes than the rule asks"), max_length=300, blank=True)
    quotes_wanted = models.PositiveSmallIntegerField(_("quotes the rule asks for"), default=3)
    made_at = models.DateTimeField(auto_now_add=True)

    history = history()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("comparison of quotes")
        verbose_name_plural = _("comparisons of quotes")
        default_permissions = ()
        permissions = [
            ("ask_prices", "Collect quotes"),
            ("choose_supplier", "Choose among quotes"),
            ("view_comparison", "See comparisons"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="decided") | Q(winner__isnull=False), name="decided_has_winner"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("finance:comparison-detail", args=[self.pk])


class ComparisonLine(models.Model):
    """An approved line that is compared, and how much of it."""

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="lines")
    request_line = models.ForeignKey(RequestLine, models.PROTECT, related_name="compared")
    quantity = QuantityField(_("quantity"), validators=[MinValueValidator(LEAST)])

    history = history()

    class Meta:
        ordering = ["comparison", "pk"]
        verbose_name = _("line of a comparison")
        verbose_name_plural = _("lines of comparisons")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["comparison", "request_line"], name="compared_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="compared_quantity_positive"),
        ]

    def __str__(self) -> str:
        return str(self.request_line)


class Quote(models.Model):
    """What one supplier asks for all of it; ``amount`` (yuan) is the sum over its prices."""

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="quotes")
    supplier = models.ForeignKey(Supplier, models.PROTECT, verbose_name=_("supplier"), related_name="quotes")
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    quoted_on = models.DateField(_("quoted on"), default=timezone.localdate)
    source = models.CharField(_("quote from"), max_length=8, choices=QuoteSource.choices, default=QuoteSource.PAPER)
    note = models.CharField(_("remarks"), max_length=200, blank=True)
    amount = MoneyField(_("quoted amount"), default=0, editable=False)

    history = history()

    class Meta:
        ordering = ["comparison", "pk"]
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "supplier"],
                name="quote_once",
                violation_error_message=_("This supplier has quoted already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.supplier)


class QuotePrice(models.Model):
    """The price of one line in one quote, yuan each."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="prices")
    line = models.ForeignKey(ComparisonLine, models.PROTECT, related_name="prices")
    price = MoneyField(_("price"), validators=[MinValueValidator(0)])

    history = history()

    class Meta:
        ordering = ["quote", "line"]
        verbose_name = _("quoted price")
        verbose_name_plural = _("quoted prices")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["quote", "line"], name="quoted_price_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="quoted_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.price}"
