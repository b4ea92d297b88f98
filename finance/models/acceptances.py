"""The acceptance (验收单): what came, what is good, what was rejected."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.choices import AcceptanceState, Disposal, Nature
from finance.models.orders import Order, OrderLine
from logistics.base.fields import MoneyField, QuantityField
from logistics.base.history import history
from logistics.school.models import Person


class Acceptance(models.Model):
    """forms.md, 验收单. By the keeper (canteen goods: the receiver), never by who bought. Written once; where a later
    signer does not agree it is void, its lines count no more and the delivery is accepted anew.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, verbose_name=_("order"), related_name="acceptances")
    day = models.DateField(_("accepted on"), default=timezone.localdate)
    accepted_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("accepted by"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    quality = models.CharField(_("quality"), max_length=200, blank=True)
    amount = MoneyField(_("accepted amount"), default=0, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=AcceptanceState.choices, default=AcceptanceState.SIGNING, editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)

    history = history()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("acceptance of goods")
        verbose_name_plural = _("acceptances of goods")
        default_permissions = ()
        permissions = [
            ("view_acceptance", "See acceptances"),
            ("accept_goods", "Accept goods"),
            ("accept_canteen_goods", "Accept canteen goods"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("finance:acceptance-detail", args=[self.pk])


class AcceptanceLine(models.Model):
    """delivered = accepted + rejected; ``stored`` (entered in a book) is at most ``accepted``, held by the database."""

    acceptance = models.ForeignKey(Acceptance, models.PROTECT, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.PROTECT, related_name="acceptances")
    delivered = QuantityField(_("delivered"))
    accepted = QuantityField(_("accepted"))
    rejected = QuantityField(_("rejected"), default=0)
    amount = MoneyField(_("accepted amount"), default=0)
    nature = models.CharField(_("becomes"), max_length=10, choices=Nature.choices)
    reason = models.CharField(_("reason for rejecting"), max_length=200, blank=True)
    disposal = models.CharField(_("what happens to them"), max_length=8, choices=Disposal.choices, blank=True)
    stored = QuantityField(_("entered in the books"), default=0, editable=False)

    history = history()

    class Meta:
        ordering = ["acceptance", "pk"]
        verbose_name = _("line of an acceptance")
        verbose_name_plural = _("lines of acceptances")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted__gte=0, rejected__gte=0, delivered=F("accepted") + F("rejected")),
                name="delivered_is_accepted_and_rejected",
            ),
            models.CheckConstraint(condition=Q(delivered__gt=0), name="something_was_delivered"),
            models.CheckConstraint(
                condition=Q(rejected=0) | ~Q(reason="") & ~Q(disposal=""), name="rejected_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(stored__gte=0, stored__lte=F("accepted")), name="stored_not_above_accepted"
            ),
        ]
        indexes = [
            models.Index(fields=["nature"], condition=Q(stored__lt=F("accepted")), name="acceptance_line_to_store")
        ]

    def __str__(self) -> str:
        return str(self.order_line)
