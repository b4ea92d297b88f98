"""The asset card (固定资产卡片): one piece of property or one batch that stands in one place."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.choices import Acquisition, CardState, Condition, Procurement, ValueKind
from assets.models.classes import LONGEST_LIFE, PropertyClass
from finance.models import AcceptanceLine
from logistics.base.fields import MoneyField
from logistics.base.history import history
from logistics.base.names import SORT_KEY_LENGTH, sort_key
from logistics.school.models import Department, Person, Room, SchoolClass, SchoolYear


def classes_now() -> models.QuerySet[SchoolClass]:
    """The school's classes (班级) of the latest year that has begun and has any."""
    begun = SchoolYear.objects.filter(classes__isnull=False, first_day__lte=timezone.localdate())
    return SchoolClass.objects.filter(year=begun.order_by("-first_day").values("pk")[:1]).order_by()


class CardQuerySet(models.QuerySet["Card"]):
    def in_ledger(self) -> "CardQuerySet":
        """Cards that stand in the ledger now."""
        return self.filter(state=CardState.IN_LEDGER)

    def answered_for_by(self, person: Person) -> "CardQuerySet":
        """Cards this person keeps, or that stand in a room he answers for (A03)."""
        classes = classes_now().filter(homeroom_teacher=person).values("room")
        rooms = Room.objects.filter(Q(responsible=person) | Q(pk__in=classes)).order_by()
        return self.filter(Q(custodian=person) | Q(room__in=rooms.values("pk")))


class Card(models.Model):
    """``quantity``, ``value`` and the five "where" columns repeat what the ledger entries add up to.

    They change only together with entries, in ``services``; everything else is the card's own description.
    """

    number = models.CharField(_("asset number"), max_length=40)
    state = models.CharField(
        _("state"), max_length=12, choices=CardState.choices, default=CardState.IN_LEDGER, editable=False
    )
    name = models.CharField(_("asset name"), max_length=80)
    name_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)

    # What the ledger entries add up to.
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    value = MoneyField(_("value"), default=0)  # yuan, of the whole batch
    property_class = models.ForeignKey(
        PropertyClass, models.PROTECT, verbose_name=_("class of property"), null=True, blank=True, related_name="cards"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("using department"), null=True, blank=True, related_name="+"
    )
    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("place"), null=True, blank=True, related_name="+")
    custodian = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("keeper"), null=True, blank=True, related_name="+"
    )

    # Description.
    unit = models.CharField(_("unit"), max_length=10, default="件")
    brand = models.CharField(_("brand"), max_length=60, blank=True)
    specification = models.CharField(_("specification"), max_length=120, blank=True)
    serial_number = models.CharField(_("serial number"), max_length=60, blank=True)
    manufacturer = models.CharField(_("manufacturer"), max_length=80, blank=True)
    dealer = models.CharField(_("dealer"), max_length=80, blank=True)
    condition = models.CharField(_("condition"), max_length=12, choices=Condition.choices, default=Condition.IN_USE)
    managing_department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("managing department"), null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    # How it came, and its money.
    acquisition = models.CharField(
        _("acquired by"), max_length=12, choices=Acquisition.choices, default=Acquisition.PURCHASE
    )
    acquired_on = models.DateField(_("acquired on"), null=True, blank=True)
    in_use_from = models.DateField(_("in use from"), null=True, blank=True)
    procurement = models.CharField(_("way of purchasing"), max_length=12, choices=Procurement.choices, blank=True)
    budget_item = models.CharField(_("budget item"), max_length=60, blank=True)
    value_kind = models.CharField(_("kind of value"), max_length=10, choices=ValueKind.choices, default=ValueKind.COST)
    fiscal_funds = MoneyField(_("of it from the treasury"), null=True, blank=True)
    other_funds = MoneyField(_("of it from other funds"), null=True, blank=True)
    booked_on = models.DateField(_("booked on"), null=True, blank=True)
    voucher_number = models.CharField(_("accounting voucher"), max_length=40, blank=True)
    life_months = models.PositiveSmallIntegerField(
        _("useful life in months"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_LIFE)],
        help_text=_(
            "From the rule for its class on the day it was acquired, unless you enter another. 0: not depreciated."
        ),
    )
    contract_number = models.CharField(_("contract number"), max_length=60, blank=True)
    invoice_number = models.CharField(_("invoice number"), max_length=60, blank=True)
    warranty_until = models.DateField(_("under warranty until"), null=True, blank=True)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="parts")
    acceptance_line = models.ForeignKey(
        AcceptanceLine, models.PROTECT, null=True, editable=False, related_name="+"
    )  # what it was accepted with; set once, where it is entered

    created_at = models.DateTimeField(auto_now_add=True)

    objects = CardQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["number", "id"]
        verbose_name = _("asset card")
        verbose_name_plural = _("asset cards")
        default_permissions = ("add", "change", "view")  # a card is never deleted
        permissions = [
            ("view_own_cards", "See the property one answers for"),
            ("move_card", "Write movements of property"),
            ("export_card", "Export the asset list"),
            ("import_card", "Import asset lists"),
            ("undo_import", "Undo an import of assets"),
            ("print_labels", "Print labels"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(state=CardState.VOID),
                name="card_number_once",
                violation_error_message=_("Another card has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.IN_LEDGER) | Q(quantity__gt=0),
                name="card_in_ledger_has_pieces",
                violation_error_message=_("A card in the ledger has at least one piece."),
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.IN_LEDGER) | Q(quantity=0, value=0),
                name="card_out_of_ledger_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="card_value_not_negative",
                violation_error_message=_("The value is below zero."),
            ),
            models.CheckConstraint(
                condition=Q(life_months__isnull=True) | Q(life_months__lte=LONGEST_LIFE), name="card_life_is_sensible"
            ),
        ]
        constraints += [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 0}),
                name=f"card_{name}_not_negative",
                violation_error_message=_("The amount is below zero."),
            )
            for name in ("fiscal_funds", "other_funds")
        ]
        indexes = [
            models.Index(fields=["state", "number", "room"]),  # a room's cards in their order, without reading others
            models.Index(fields=["state", "name_sort"]),
            models.Index(fields=["state", "quantity", "value"]),  # the totals of the list, without reading the rows
            models.Index(fields=["serial_number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("assets:card-detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_sort = sort_key(self.name)
        super().save(*args, **kwargs)
