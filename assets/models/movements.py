"""The papers that write into the ledger, and the ledger's entries. Both are written once and never altered."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.choices import MovementKind
from assets.models.cards import Card
from assets.models.classes import PropertyClass
from logistics.base.fields import MoneyField
from logistics.base.sealed import Sealed
from logistics.school.models import Department, Person, Room


class Movement(Sealed):
    """A numbered, dated paper: entry, transfer, change of person, split, correction, reversal."""

    number = models.CharField(_("paper number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=MovementKind.choices)
    date = models.DateField(_("date"))
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("made by"), related_name="+")
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)  # as in the trail, e.g. import:12
    once = models.CharField(max_length=32, blank=True, editable=False)  # of a filled-in form that may be sent twice
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Meta(Sealed.Meta):
        ordering = ["-date", "-id"]
        verbose_name = _("movement of property")
        verbose_name_plural = _("movements of property")
        permissions = [("view_ledger", "See the ledgers")]
        indexes = [models.Index(fields=["date"]), models.Index(fields=["source"])]
        constraints = [models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="form_written_once")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("assets:movement-detail", args=[self.pk])


class LedgerEntry(Sealed):
    """So many pieces and so much value come to (+) or leave (−) one place, person, department and class.

    A transfer is two entries that cancel out; the sums by any column are the general ledger and every
    sub-ledger, as of any date, so they cannot differ (A01).
    """

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="entries")
    card = models.ForeignKey(Card, models.PROTECT, related_name="entries")
    date = models.DateField(_("date"))  # the paper's, repeated for the index
    property_class = models.ForeignKey(PropertyClass, models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    custodian = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    quantity = models.IntegerField(_("quantity"))
    value = MoneyField(_("value"))

    class Meta(Sealed.Meta):
        ordering = ["date", "movement_id", "id"]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0, value=0), name="entry_moves_something"),
        ]
        indexes = [models.Index(fields=["room", "date"]), models.Index(fields=["property_class", "date"])]
