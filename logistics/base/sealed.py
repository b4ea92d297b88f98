"""Tables that are written once: papers, entries, signatures. Corrections are rows of their own."""

from typing import Any

from django.db import models


class SealedError(RuntimeError):
    """A sealed row was about to be altered; corrections are papers of their own."""


class SealedQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise SealedError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SealedError


class Sealed(models.Model):
    """Written once: no update, no deletion, by any route. It needs no history, it is its own."""

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("view",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SealedError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise SealedError
