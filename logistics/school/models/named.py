"""What departments, buildings and rooms share: a name, and a key that makes two ways of writing it one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.base.names import name_key

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
