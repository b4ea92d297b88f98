"""The issue slip (领用单): goods and property handed to somebody who signs for them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.choices import IssueState
from assets.models.cards import Card
from finance.models import PurchaseRequest
from logistics.base.fields import QuantityField
from logistics.base.history import history
from logistics.school.models import Department, Person, Room


class Issue(models.Model):
    """forms.md, 领用单. Written by the keeper; the goods leave the store when the recipient has signed."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    recipient = models.ForeignKey(Person, models.PROTECT, verbose_name=_("recipient"), related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(_("what for"), max_length=200)
    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("store"), related_name="+")
    purchase = models.ForeignKey(
        PurchaseRequest, models.PROTECT, verbose_name=_("purchase request"), null=True, blank=True, related_name="+"
    )
    to_return = models.BooleanField(_("to be returned"), default=False)
    old_for_new = models.BooleanField(_("old one handed in"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=IssueState.choices, default=IssueState.WAITING, editable=False
    )
    day = models.DateField(_("written on"), default=timezone.localdate)
    made_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("keeper"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    history = history()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("issue slip")
        verbose_name_plural = _("issue slips")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(made_by=F("recipient")), name="keeper_issues_to_others"),
        ]
        indexes = [models.Index(fields=["state", "-id"]), models.Index(fields=["recipient", "-id"])]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("assets:issue-detail", args=[self.pk])


class IssueLine(models.Model):
    """So much of an item of the store, or one card handed over. ``issued`` is at most ``asked``."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="lines")
    item = models.ForeignKey("assets.StockItem", models.PROTECT, null=True, related_name="+")
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="+")
    asked = QuantityField(_("asked for"))
    issued = QuantityField(_("issued"))

    history = history()

    class Meta:
        ordering = ["issue", "pk"]
        verbose_name = _("line of an issue slip")
        verbose_name_plural = _("lines of issue slips")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, card__isnull=True) | Q(item__isnull=True, card__isnull=False),
                name="issue_line_is_item_or_card",
            ),
            models.CheckConstraint(condition=Q(issued__gt=0, issued__lte=F("asked")), name="issued_not_above_asked"),
            models.UniqueConstraint(fields=["issue", "item"], name="item_once_on_an_issue"),
            models.UniqueConstraint(fields=["issue", "card"], name="card_once_on_an_issue"),
        ]

    def __str__(self) -> str:
        return str(self.item or self.card)
