"""School years and terms: entering and changing them, closing a term, opening it again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base.changes import because, change
from logistics.base.locks import hold
from logistics.school.models import Person, SchoolYear, Term
from logistics.school.rules import can_reopen
from logistics.school.services.closing import CALENDAR
from logistics.school.services.days import fill_days


@transaction.atomic
def save_year(*, year: SchoolYear | None = None, **fields: Any) -> SchoolYear:
    """Enter or change a school year (name, first_day, last_day) and fill its days.

    Raises ValidationError: see ``SchoolYear.clean``.
    """
    hold(CALENDAR)
    year = year or SchoolYear()
    change(year, **fields)
    fill_days(year=year)
    return year


@transaction.atomic
def save_term(*, term: Term | None = None, **fields: Any) -> Term:
    """Enter or change a term (year, number, first_day, last_day) and fill the days of its year.

    Raises ValidationError: see ``Term.clean``.
    """
    hold(CALENDAR)
    term = term or Term()
    change(term, **fields)
    fill_days(year=term.year)
    return term


@transaction.atomic
def close_term(*, term: Term, person: Person) -> Term:
    """Close a term that is over, in order of time: nothing is dated in it or before it any more.

    Raises ValidationError when it is not over, when an earlier one is still open, or when it is closed already.
    """
    hold(CALENDAR)
    term = Term.objects.select_related("year").get(pk=term.pk)
    if term.closed:
        raise ValidationError(_("This term is closed already."))
    if timezone.localdate() < term.last_day:
        raise ValidationError(
            _("This term runs until %(day)s. It can be closed from that day on."), params={"day": term.last_day}
        )
    if earlier := Term.objects.filter(closed_at=None, last_day__lt=term.first_day).order_by("first_day").first():
        raise ValidationError(_("Close “%(term)s” first."), params={"term": earlier})
    term.closed_at, term.closed_by = timezone.now(), person
    term.save()
    return term


@transaction.atomic
def reopen_term(*, term: Term, person: Person, reason: str) -> Term:
    """Open the latest closed term again; the reason stays in its history. Raises ValidationError otherwise."""
    hold(CALENDAR)
    term = Term.objects.select_related("year").get(pk=term.pk)
    if not can_reopen(person, term):
        raise ValidationError(_("Only the principal opens a term again, and only the latest that is closed."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the term is opened again.")})
    term.closed_at = term.closed_by = None
    because(term, reason.strip()[:200])
    term.save()
    return term
