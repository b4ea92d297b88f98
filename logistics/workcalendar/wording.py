"""A recurrence in words, as a school says it."""

from collections.abc import Callable

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.school.choices import TermNumber
from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.recurrence import LAST, Recurrence


def rule_in_words(rule: Recurrence) -> str:
    """One line: every week of the term, on Friday."""
    return WORDS[Rhythm(rule.rhythm)](rule)


def _terms(rule: Recurrence) -> str:
    """Which terms, where it is not both."""
    return "" if len(rule.terms) == 2 else _(" (%(terms)s)") % {"terms": TermNumber(rule.terms[0]).label}


def _weekday(rule: Recurrence) -> str:
    return "" if rule.weekday is None else _(", %(weekday)s") % {"weekday": WEEKDAYS[rule.weekday]}


def _months(rule: Recurrence) -> str:
    if not rule.months:
        return _("every month")
    return _("in month %(months)s") % {"months": "、".join(str(month) for month in _in_order(rule.months))}


def _in_order(months: tuple[int, ...]) -> list[int]:
    """As they follow each other: 9, 10, 1 and 7, 8, beginning after the longest gap."""
    rows = sorted(months)
    gaps = [(month - rows[at - 1]) % 12 or 12 for at, month in enumerate(rows)]
    begins = gaps.index(max(gaps))
    return rows[begins:] + rows[:begins]


def _term_week(rule: Recurrence) -> str:
    if rule.week == LAST:
        return _("last week of the term") + _weekday(rule) + _terms(rule)
    if rule.week < 0:
        return _("week %(week)d before the end of the term") % {"week": -rule.week} + _weekday(rule) + _terms(rule)
    return _("week %(week)d of the term") % {"week": rule.week} + _weekday(rule) + _terms(rule)


def _weekly(rule: Recurrence) -> str:
    said = _("every week") if rule.every == 1 else _("every %(count)d weeks") % {"count": rule.every}
    return said + _weekday(rule) + _terms(rule)


def _month_weekday(rule: Recurrence) -> str:
    which = {1: _("the first"), 2: _("the second"), 3: _("the third"), 4: _("the fourth"), LAST: _("the last")}
    weekday = WEEKDAYS[rule.weekday or 0]
    return _("%(months)s, %(which)s %(weekday)s") % {
        "months": _months(rule),
        "which": which[rule.ordinal],
        "weekday": weekday,
    }


def _term_start(rule: Recurrence) -> str:
    days = abs(rule.offset)
    if rule.offset == 0:
        return _("first day of the term") + _terms(rule)
    before = ngettext("%(days)d day before the term", "%(days)d days before the term", days)
    after = ngettext("%(days)d day into the term", "%(days)d days into the term", days)
    return (before if rule.offset < 0 else after) % {"days": days} + _terms(rule)


def _term_end(rule: Recurrence) -> str:
    days = abs(rule.offset)
    if rule.offset < 0:
        said = ngettext("%(days)d day before the term ends", "%(days)d days before the term ends", days) % {
            "days": days
        }
    elif rule.offset > 0:
        said = ngettext("%(days)d day after the term", "%(days)d days after the term", days) % {"days": days}
    else:
        said = _("last day of the term")
    return said + _terms(rule)


WORDS: dict[Rhythm, Callable[[Recurrence], str]] = {
    Rhythm.TERM_WEEK: _term_week,
    Rhythm.WEEKLY: _weekly,
    Rhythm.SCHOOL_DAY: lambda rule: _("every school day") + _terms(rule),
    Rhythm.MONTH: _months,
    Rhythm.MONTH_DAY: lambda rule: _("%(months)s, day %(day)d") % {"months": _months(rule), "day": rule.day},
    Rhythm.MONTH_WEEKDAY: _month_weekday,
    Rhythm.BEFORE_HOLIDAY: lambda rule: (
        _("last school day before %(holiday)s") % {"holiday": rule.holiday or _("a holiday")}
    ),
    Rhythm.TERM_START: _term_start,
    Rhythm.TERM_END: _term_end,
}
