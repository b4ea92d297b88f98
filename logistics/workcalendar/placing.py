"""Days in a school year: for what a written plan says of the time, and for a task of an earlier year.

Dates follow the rule, not the number: the week of the term and its weekday, the last weeks counted from the end; so
many school days before a holiday; a month; a day of the year that a title names. Nothing is read or written here.
"""

import calendar as months_of_the_world
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.school.calendar import DAY, SchoolCalendar, TermSpan
from logistics.workcalendar.reading.times import Moment, When, days_in

AUGUST = 8
LAST_WEEKS = 4  # of a term: they are counted from its end
NEAR_HOLIDAY = 5  # school days before a holiday within which a task belongs to it
BEGINS_WEEK = (0, 6)  # Monday, or Sunday
MOST_WEEKS = 5  # of a month
NEAR_TERM = 30  # days before or after a term within which a task belongs to it
OF_THE_DAY = {  # days of the year by their names, as titles of tasks have them
    "教师节": (9, 10),
    "建队": (10, 13),
    "消防": (11, 9),
    "一二·九": (12, 9),
    "学雷锋": (3, 5),
    "植树": (3, 12),
    "劳动节": (5, 1),
    "儿童节": (6, 1),
    "六一": (6, 1),
}


@dataclass(frozen=True)
class YearPlan:
    """The school year to plan: its calendar, first and last day, and the term that a number of a week means."""

    calendar: SchoolCalendar
    first: dt.date
    last: dt.date
    term: TermSpan | None = None

    @property
    def terms(self) -> list[TermSpan]:
        return [span for span in self.calendar.terms if span.first <= self.last and span.last >= self.first]

    def month(self, month: int, *, august_first: bool = True) -> tuple[dt.date, dt.date]:
        """First and last day of a month of this year; August is before its first term or after its last."""
        begins = self.first.year
        year = begins if month > AUGUST or (month == AUGUST and august_first) else begins + 1
        return dt.date(year, month, 1), dt.date(year, month, months_of_the_world.monthrange(year, month)[1])

    def day(self, month: int, day: int, *, august_first: bool = True) -> dt.date:
        """A day of this year; one the month does not have is its last."""
        first, last = self.month(month, august_first=august_first)
        return min(first + (day - 1) * DAY, last)


@dataclass(frozen=True)
class Placed:
    """First and last day of a task, and in words how they were found."""

    starts: dt.date
    due: dt.date
    why: str


def place(when: When, plan: YearPlan, *, august_first: bool = True) -> Placed:
    """The days of what a plan says. What it does not say, or what lies in no term, ends with the month or the year."""
    if when.days:
        first, last = (plan.day(*day, august_first=august_first) for day in when.days)
        if not when.weeks or first.weekday() in BEGINS_WEEK:  # else a week of another year: its number counts
            return _in_order(first, last, "")
    if when.weeks and (found := _weeks(when, plan, august_first)):
        return found
    if when.moment and (found := _moment(when, plan, august_first)):
        return found
    if when.months:
        return _before_holiday(when, plan) or _months(when, plan, august_first)
    return _in_order(plan.first, plan.last, _("The time was not understood"))


def _before_holiday(when: When, plan: YearPlan) -> Placed | None:
    """The last school days before a holiday of the year, where its calendar has it."""
    for start, _end, name in plan.calendar.holidays():
        taught = plan.calendar.between(start - 40 * DAY, start - DAY)
        if when.holiday and name.startswith(when.holiday) and plan.first <= start <= plan.last and taught:
            return _in_order(taught[-NEAR_HOLIDAY:][0], taught[-1], "")
    return None


def _months(when: When, plan: YearPlan, august_first: bool) -> Placed:
    """Months, a third of one or a week of one."""
    first, last = plan.month(when.months[0], august_first=august_first)
    until = max(plan.month(month, august_first=august_first)[1] for month in when.months)
    if when.week:
        first, last = _week_of_month(first, last, when.week)
        return _in_order(first, _last_taught(plan.calendar, first, last), "")
    if when.part:
        first, last = first + (when.part - 1) * 10 * DAY, first + (when.part * 10 - 1) * DAY
        return _in_order(first, last if when.part < 3 else until, "")
    return _in_order(first, _last_taught(plan.calendar, until.replace(day=1), until), "")


def _week_of_month(first: dt.date, last: dt.date, week: int) -> tuple[dt.date, dt.date]:
    """Monday to Sunday of that week of the month, as far as they lie in it; a mere weekend before is no week."""
    monday = first - first.weekday() * DAY if first.weekday() < 5 else first + (7 - first.weekday()) * DAY
    if week < 0:
        monday = last - last.weekday() * DAY
    monday = min(monday + max(week - 1, 0) * 7 * DAY, last - last.weekday() * DAY)
    return max(monday, first), min(monday + 6 * DAY, last)


def august_comes_first(times: Iterable[When]) -> bool:
    """Whether August is the one before the year: it stands with September, or no month of the second term is named."""
    rows = list(times)
    if any({AUGUST, 9} <= set(when.months) for when in rows):
        return True
    return not any(2 <= month < AUGUST for when in rows for month in when.months)


def into_term(plan: YearPlan, number: int, to: int) -> YearPlan:
    """The year with its term ``to`` alone, as ``number``: what was in that term of another year lands in this one."""
    spans = tuple(replace(span, number=number) for span in plan.terms if span.number == to)
    calendar = SchoolCalendar(spans, plan.calendar.kinds, plan.calendar.notes)
    return replace(plan, calendar=calendar, term=spans[0] if spans else None)


def moved_by_week(title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan) -> Placed:
    """As ``moved``, from one term to the other: by its week or its days before or after the term, nothing else."""
    for rule in (_as_week, _as_near_term):
        if found := rule(title, starts, due, old, new):
            return Placed(found[0] - (due - starts), *found)
    day = new.term.last if new.term else new.last
    return Placed(day - (due - starts), day, _("the end of the term"))


def moved(title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan) -> Placed:
    """The days in ``new`` of a task that had these days in ``old``."""
    for rule in (_as_named_day, _as_month, _as_before_holiday, _as_week, _as_near_term):
        if found := rule(title, starts, due, old, new):
            day, why = found
            return Placed(_begins(starts, due, day), day, why)
    day = new.day(due.month, due.day, august_first=due < old.first + NEAR_TERM * DAY)
    return Placed(_begins(starts, due, day), day, _("the same day of the year"))


def _begins(starts: dt.date, due: dt.date, day: dt.date) -> dt.date:
    """The first day that goes with the moved last one: the first of a month stays one, else as many days before."""
    if starts.day == 1 and (due - starts).days > 7:
        months = (due.year - starts.year) * 12 + due.month - starts.month
        number = day.year * 12 + day.month - 1 - months
        return dt.date(number // 12, number % 12 + 1, 1)
    return day - (due - starts)


def _as_named_day(
    title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan
) -> tuple[dt.date, str] | None:
    """A title with a day of the year: that day."""
    when = days_in(title)
    named = (
        when.days[1] if when and when.days else next((OF_THE_DAY[name] for name in OF_THE_DAY if name in title), None)
    )
    if named is None or (due.month, due.day) != named:
        return None
    return new.day(*named), _("on the day that it names")


def _as_month(title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan) -> tuple[dt.date, str] | None:
    """From the first of a month to its last school day, or of one after it: the same months."""
    ends = dt.date(due.year, due.month, months_of_the_world.monthrange(due.year, due.month)[1])
    if starts.day != 1 or due not in (ends, _last_taught(old.calendar, due.replace(day=1), ends)):
        return None
    first, last = new.month(due.month, august_first=due < old.first + 2 * NEAR_TERM * DAY)
    return _last_taught(new.calendar, first, last), _("within month %(month)d") % {"month": due.month}


def _as_before_holiday(
    title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan
) -> tuple[dt.date, str] | None:
    """Few school days before a holiday, with its name in the title or on the very last: as many before it."""
    for begins, _ends, name in old.calendar.holidays():
        if not name or not due < begins <= due + 14 * DAY:
            continue
        ahead = len(old.calendar.between(due + DAY, begins - DAY))
        if not (ahead == 0 or (ahead <= NEAR_HOLIDAY and name[:2] in title)) or not old.calendar.taught(due):
            continue
        for start, _end, other in new.calendar.holidays():
            taught = new.calendar.between(start - 40 * DAY, start - DAY)
            if other == name and new.first <= start <= new.last and len(taught) > ahead:
                words = ngettext(
                    "%(days)d school day before %(holiday)s", "%(days)d school days before %(holiday)s", ahead + 1
                )
                return taught[-1 - ahead], words % {"days": ahead + 1, "holiday": name}
    return None


def _as_week(title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan) -> tuple[dt.date, str] | None:
    """In a term: the same week of the same term and weekday, its last weeks from the end, on a school day."""
    then = old.calendar.term_of(due)
    now = next((span for span in new.terms if then and span.number == then.number), None)
    if then is None or now is None:
        return None
    week = then.week_of(due)
    number = week if week <= then.weeks - LAST_WEEKS else week - then.weeks - 1
    if number > now.weeks:
        number = -1
    first, last = now.week(number if abs(number) <= now.weeks else 1)
    day = min(max(first - first.weekday() * DAY + due.weekday() * DAY, first), last)
    if old.calendar.taught(due) and not new.calendar.taught(day):
        near = new.calendar.between(first, last) or new.calendar.between(now.first, now.last)
        day = min(near, key=lambda other: abs(other - day)) if near else day
    names = {"week": now.week_of(day), "weekday": WEEKDAYS[day.weekday()]}
    if number < 0:
        return day, _("week %(count)d before the end: %(weekday)s") % {**names, "count": -number}
    return day, _("week %(week)d, %(weekday)s") % names


def _as_near_term(
    title: str, starts: dt.date, due: dt.date, old: YearPlan, new: YearPlan
) -> tuple[dt.date, str] | None:
    """In the holidays: as many days before the term that follows, or after the one before."""
    spans = {span.number: span for span in new.terms}
    for then in old.terms:
        now = spans.get(then.number)
        if now is None:
            continue
        ahead, after = (then.first - due).days, (due - then.last).days
        if 0 < ahead <= NEAR_TERM:
            words = ngettext("%(days)d day before the term", "%(days)d days before the term", ahead)
            return now.first - ahead * DAY, words % {"days": ahead}
        if 0 < after <= NEAR_TERM:
            words = ngettext("%(days)d day after the term", "%(days)d days after the term", after)
            return now.last + after * DAY, words % {"days": after}
    return None


def _weeks(when: When, plan: YearPlan, august_first: bool) -> Placed | None:
    """Weeks of the term that the months lie in, else of the plan's; a week the term does not have is its last.

    Weeks that are counted anew each month (十月, 第2周) are those of the month.
    """
    term = _term_of(when, plan, august_first)
    if term is None or when.weeks is None:
        return None
    first, _last = term.week(min(when.weeks[0], term.weeks))
    _first, last = term.week(min(when.weeks[1], term.weeks))
    months = [plan.month(month, august_first=august_first) for month in when.months]
    if (
        months
        and not when.days
        and when.weeks[1] <= MOST_WEEKS
        and not any(first <= end and last >= begin for begin, end in months)
    ):
        first = _week_of_month(*months[0], when.weeks[0])[0]
        last = _week_of_month(*months[0], when.weeks[1])[1]
    return _in_order(first, _last_taught(plan.calendar, first, last), "")


def _term_of(when: When, plan: YearPlan, august_first: bool) -> TermSpan | None:
    """The term that a week or moment means: the one its months lie in, else the plan's, else the first."""
    term = plan.term or (plan.terms[0] if plan.terms else None)
    if when.months:
        middle = plan.month(when.months[0], august_first=august_first)[0] + 14 * DAY
        term = next((span for span in plan.terms if span.first <= middle <= span.last), term)
    return term


def _moment(when: When, plan: YearPlan, august_first: bool) -> Placed | None:
    term, moment = _term_of(when, plan, august_first), when.moment
    if term is None:
        return None
    later = [span.first for span in plan.terms if span.first > term.last]
    middle = max(term.weeks // 2, 1)
    spans = {
        Moment.BEFORE_TERM: (term.first - 14 * DAY, term.first - DAY),
        Moment.TERM_START: (term.first, term.week(min(2, term.weeks))[1]),
        Moment.MID_TERM: (term.week(middle)[0], term.week(min(middle + 1, term.weeks))[1]),
        Moment.TERM_END: (term.week(-min(2, term.weeks))[0], term.last),
        Moment.BEFORE_VACATION: (term.week(-1)[0], term.last),
        Moment.WINTER: (plan.terms[0].last + DAY, (min(later) if later else plan.terms[0].last + 25 * DAY) - DAY),
        Moment.SUMMER: (plan.terms[-1].last + DAY, plan.last),
    }
    first, last = spans[Moment(moment)]
    in_term = moment in (Moment.TERM_START, Moment.MID_TERM, Moment.TERM_END, Moment.BEFORE_VACATION)
    return _in_order(first, _last_taught(plan.calendar, first, last) if in_term else last, "")


def _last_taught(calendar: SchoolCalendar, first: dt.date, last: dt.date) -> dt.date:
    """The last school day of a span, or its last day where it has none."""
    taught = calendar.between(first, last)
    return taught[-1] if taught else last


def _in_order(first: dt.date, last: dt.date, why: str) -> Placed:
    """A span that ends before it begins crosses the new year the wrong way round: it is its last day."""
    return Placed(min(first, last), last if last >= first else first, why)
