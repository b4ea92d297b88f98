"""What departments, buildings and rooms share: a name with a key that makes two ways of writing it one, rules."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.base.names import name_key
from logistics.base.objections import objections_to

KEY_LENGTH = 80


class Named(models.Model):
    """Models with ``name`` and a unique ``key`` of it."""

    name: Any
    key: Any

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)

    def set_key(self) -> None:
        self.key = name_key(self.name)[:KEY_LENGTH]

    def clean(self) -> None:
        """Raises ValidationError when another one has this name, written in whatever way."""
        super().clean()
        self.set_key()
        twins: models.QuerySet[Any] = type(self)._default_manager.all()
        twin = twins.filter(key=self.key).exclude(pk=self.pk).first()
        if self.name and twin:
            raise ValidationError({"name": _("There is “%(name)s” already.") % {"name": twin}})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_key()
        super().save(*args, **kwargs)


def demand_unused(record: Any, before: Any) -> None:
    """Raise ValidationError when ``record`` goes out of use while an app has something in it."""
    if before and before.active and not record.active and (objections := objections_to(record)):
        raise ValidationError({"active": objections})


def demand_working(record: Any, before: Any, field: str) -> None:
    """Raise ValidationError when ``field`` newly names somebody who has left."""
    person = getattr(record, field)
    if person and not person.is_active and getattr(before, f"{field}_id", None) != person.pk:
        raise ValidationError({field: _("%(person)s no longer works here.") % {"person": person}})
