"""What the tests of the work calendar are told with: a school year with its days, tasks, recurring tasks."""

import datetime as dt

from logistics.school.choices import TermNumber
from logistics.school.models import Person, SchoolYear
from logistics.school.services import terms
from logistics.workcalendar.models import Series, Task
from logistics.workcalendar.services.series import save_series
from logistics.workcalendar.services.tasks import save_task

TODAY = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 11, 27)


def year(first: int = 2026) -> SchoolYear:
    """A school year with two terms and its days."""
    year = terms.save_year(
        name=f"{first}—{first + 1}学年", first_day=dt.date(first, 9, 1), last_day=dt.date(first + 1, 8, 31)
    )
    for number, begins, ends in (
        (TermNumber.FIRST, dt.date(first, 9, 1), dt.date(first + 1, 1, 22)),
        (TermNumber.SECOND, dt.date(first + 1, 2, 22), dt.date(first + 1, 7, 2)),
    ):
        terms.save_term(year=year, number=number, first_day=begins, last_day=ends)
    return year


def task(director: Person, title: str = "检查消防器材", owner: Person | None = None, **fields) -> Task:
    given = {"starts": dt.date(2026, 11, 23), "due": FRIDAY, **fields}
    return save_task(person=director, title=title, owner=owner, **given)


def series(director: Person, rhythm: str, title: str = "安全检查", **fields) -> Series:
    given = {"first_day": dt.date(2026, 9, 1), **fields}
    return save_series(person=director, title=title, rhythm=rhythm, **given)
