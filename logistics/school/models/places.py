"""Buildings and rooms."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.base.names import SORT_KEY_LENGTH, sort_key
from logistics.school.choices import RoomKind
from logistics.school.models.named import Named, demand_unused, demand_working
from logistics.school.models.people import Department, Person


class Building(Named):
    name = models.CharField(_("name"), max_length=40)
    key = models.CharField(max_length=80, unique=True, editable=False)
    floors = models.PositiveSmallIntegerField(_("floors"), default=1)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    history = history()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("building")
        verbose_name_plural = _("buildings")

    def get_absolute_url(self) -> str:
        return reverse("school:building-detail", args=[self.pk])


class Room(Named):
    """A room or another place where property stands. ``key`` makes two ways of writing the name one room."""

    name = models.CharField(_("name"), max_length=60)
    key = models.CharField(max_length=120, unique=True, editable=False)
    name_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    number = models.CharField(_("door number"), max_length=20, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, verbose_name=_("building"), null=True, blank=True, related_name="rooms"
    )
    floor = models.SmallIntegerField(_("floor"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=RoomKind.choices, default=RoomKind.OTHER)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="rooms"
    )
    responsible = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person responsible"), null=True, blank=True, related_name="rooms"
    )
    active = models.BooleanField(_("in use"), default=True)

    history = history()

    class Meta:
        ordering = ["building__order", "floor", "number", "name_sort"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def get_absolute_url(self) -> str:
        return reverse("school:room-detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError when the person responsible, once set, would change without a hand-over.

        Also when he has left, and when the room would go out of use while it still is in use.
        """
        super().clean()
        before = Room._base_manager.filter(pk=self.pk).first()
        if before and before.responsible_id and before.responsible_id != self.responsible_id:
            raise ValidationError({"responsible": _("The person responsible changes by a hand-over of the room.")})
        demand_working(self, before, "responsible")
        demand_unused(self, before)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_sort = sort_key(self.name)
        super().save(*args, **kwargs)
