"""A room's property confirmed by the person responsible (A03: sees, confirms and signs for it)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.choices import ConfirmationState
from logistics.base.fields import MoneyField
from logistics.base.history import history
from logistics.school.models import Person, Room, Term


class RoomConfirmationQuerySet(models.QuerySet["RoomConfirmation"]):
    def waiting_for(self, person: Person) -> "RoomConfirmationQuerySet":
        """What this person has to confirm, oldest first."""
        return self.filter(person=person, state=ConfirmationState.WAITING).order_by("asked_at")

    def unsettled(self) -> "RoomConfirmationQuerySet":
        """Those disputed after which the room has not been asked for again, oldest first."""
        later = RoomConfirmation.objects.filter(room=OuterRef("room"), pk__gt=OuterRef("pk"))
        disputed = self.filter(~Exists(later.exclude(state=ConfirmationState.WITHDRAWN)))
        return disputed.filter(state=ConfirmationState.DISPUTED).order_by("answered_at")


class RoomConfirmation(models.Model):
    """Asked of the person responsible by the keeper, or by itself at a hand-over; signed with the list as it was."""

    room = models.ForeignKey(Room, models.PROTECT, verbose_name=_("room"), related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person responsible"), related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, verbose_name=_("term"), null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=ConfirmationState.choices, default=ConfirmationState.WAITING
    )
    reason = models.CharField(_("occasion"), max_length=120, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    cards = models.PositiveIntegerField(_("cards"), null=True)
    quantity = models.PositiveIntegerField(_("pieces"), null=True)
    value = MoneyField(_("value"), null=True)
    facts = models.JSONField(default=list)  # the list as signed: number, name, quantity, value

    objects = RoomConfirmationQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("room confirmation")
        verbose_name_plural = _("room confirmations")
        default_permissions = ("view",)
        permissions = [
            ("confirm_room", "Confirm the property of one's room"),
            ("ask_confirmation", "Ask for confirmation of rooms"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(state=ConfirmationState.WAITING), name="room_asked_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room} · {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("assets:confirmation-detail", args=[self.pk])
