"""What may be done with purchases and money and why not, in plain words (forms.md, Finance: "Never"), by noun."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.school.services.closing import demand_open


class Refused(ValidationError):
    """A rule forbids it; ``messages`` say why in the words of the school."""


def refuse_day(day: dt.date) -> None:
    """Raises Refused for a day to come, ClosedError for one in a closed term."""
    if day > timezone.localdate():
        raise Refused(
            _("%(day)s has not come yet. A paper bears today's date or an earlier one.") % {"day": day.isoformat()}
        )
    demand_open(day)
