"""Classes of property and their useful lives."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assets.choices import Scheme
from logistics.base.history import history
from logistics.base.names import SORT_KEY_LENGTH, sort_key

LONGEST_LIFE = 1200  # months; buildings have 600
DEEPEST = 6  # four depths of the standard and two of the school's own


class PropertyClass(models.Model):
    """A class of GB/T 14885 or the school's own. The tree is read in three depths: class, subclass, item."""

    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme.choices, default=Scheme.GB2022)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    name_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("belongs to"), null=True, blank=True, related_name="children"
    )
    level = models.PositiveSmallIntegerField(_("depth"), editable=False, default=1)
    top_code = models.CharField(max_length=20, editable=False, default="")  # its 大类, e.g. A02
    sub_code = models.CharField(max_length=20, editable=False, default="")  # its 中类, e.g. A0201; a top class has none
    unit = models.CharField(_("unit"), max_length=10, blank=True)
    depreciable = models.BooleanField(_("is depreciated"), default=True)
    active = models.BooleanField(_("in use"), default=True)

    history = history()

    class Meta:
        ordering = ["scheme", "code"]
        verbose_name = _("class of property")
        verbose_name_plural = _("classes of property")
        permissions = [("manage_classes", "Keep the classes of property and useful lives")]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="class_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("assets:class-detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError where it, or what stands below it, would stand deeper than a ledger reads."""
        if self.parent and self.parent.level + self.height() > DEEPEST:
            text = _("Classes stand at most %(most)d deep, one below the other.")
            raise ValidationError({"parent": text % {"most": DEEPEST}})

    def height(self) -> int:
        """How many depths it takes up with the classes below it."""
        found, depths = [self.pk], 0
        while found and depths <= DEEPEST:
            depths += 1
            found = list(PropertyClass.objects.filter(parent__in=found).values_list("pk", flat=True)) if self.pk else []
        return depths

    def place_in_tree(self) -> None:
        """Set depth and the codes of the class and subclass above from ``parent``."""
        above = self.parent
        self.level = above.level + 1 if above else 1
        self.top_code = above.top_code if above else self.code
        self.sub_code = (above.sub_code or self.code) if above else ""
        self.name_sort = sort_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.place_in_tree()
        new = self._state.adding
        super().save(*args, **kwargs)
        for child in [] if new else self.children.all():
            before = (child.level, child.top_code, child.sub_code)
            child.parent = self
            child.place_in_tree()
            if before != (child.level, child.top_code, child.sub_code):
                child.save()  # and so on downwards


class UsefulLifeQuerySet(models.QuerySet["UsefulLife"]):
    def in_force(self, day: dt.date) -> "UsefulLifeQuerySet":
        """Rules that have begun on ``day``, latest first."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from")


class UsefulLife(models.Model):
    """The least useful life of a class in months from a day on; a class without a rule takes its parent's."""

    property_class = models.ForeignKey(
        PropertyClass, models.PROTECT, verbose_name=_("class of property"), related_name="useful_lives"
    )
    months = models.PositiveSmallIntegerField(
        _("months"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_LIFE)]
    )
    in_force_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=200)

    objects = UsefulLifeQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["property_class__code", "-in_force_from"]
        verbose_name = _("useful life")
        verbose_name_plural = _("useful lives")
        constraints = [
            models.UniqueConstraint(fields=["property_class", "in_force_from"], name="life_once_a_day"),
            models.CheckConstraint(condition=Q(months__gt=0), name="life_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.property_class} {self.months}"
