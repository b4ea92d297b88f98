"""Filters of lists that a person keeps under a name."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.school.models import Person

PASSING = {"page", "export"}  # where one is in a list, not which list it is


def query_to_keep(query: str) -> str:
    """The part of a list's query string that is worth keeping."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in PASSING])


class KeptFilterQuerySet(models.QuerySet["KeptFilter"]):
    def of(self, person: Any) -> "KeptFilterQuerySet":
        """What this person keeps."""
        return self.filter(person=person)

    def keep(self, person: Any, *, path: str, name: str, query: str) -> None:
        """Keep a filter; one of the same name for the same list gives way."""
        self.update_or_create(person=person, path=path, name=name, defaults={"query": query})


class KeptFilter(models.Model):
    """A list (``path``) with its filters and order (``query``), kept by one person under a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(_("name of the filter"), max_length=40)
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=1000)

    objects = KeptFilterQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["path", "name"]
        verbose_name = _("kept filter")
        verbose_name_plural = _("kept filters")
        constraints = [models.UniqueConstraint(fields=["person", "path", "name"], name="filter_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.path}?{self.query}"
