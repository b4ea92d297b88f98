"""Reads across the school's tables."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from logistics.school.models import RoleAssignment, SchoolYear


def year_of_today(day: dt.date | None = None) -> SchoolYear | None:
    """The school year of ``day`` (today); in the holidays between two, the one before."""
    return SchoolYear.objects.filter(first_day__lte=day or timezone.localdate()).order_by("-first_day").first()


def deputies_today() -> QuerySet[RoleAssignment]:
    """Who stands in for whom today."""
    rows: QuerySet[RoleAssignment] = RoleAssignment.objects.in_force().filter(deputy_for__isnull=False)
    return rows.select_related("person", "deputy_for")
