"""What is closed stays closed: no paper is dated on a closed day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from logistics.base.locks import hold
from logistics.school.models import Term
from logistics.school.rules import closed_on

CALENDAR = "school.calendar"


class ClosedError(ValidationError):
    """A paper is dated on a day that is closed."""


def demand_open(day: dt.date) -> None:
    """Raise ClosedError when ``day`` is closed.

    Inside a transaction it also keeps terms from being closed until the paper is written.
    """
    if connection.in_atomic_block:
        hold(CALENDAR, shared=True)
    if closed_on(day):
        raise ClosedError(
            _("The term with %(day)s is closed. Date the paper after %(through)s."),
            code="closed",
            params={"day": day, "through": Term.closed_through()},
        )
