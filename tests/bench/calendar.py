"""Years of the work calendar in bulk: duties of every day and week, and everybody's single tasks, most of them done."""

import datetime as dt

from django.utils import timezone

from logistics.base.names import name_key
from logistics.school.models import Person, SchoolYear, Term
from logistics.school.services.days import fill_days
from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models import Series, Task

PEOPLE = 200
DAILY, WEEKLY, EACH = 3, 8, 6  # duties of every school day, of every week, single tasks a person and year
DAY = dt.timedelta(days=1)
BATCH = 2000


def build_calendar(years: int, people: int = PEOPLE) -> None:
    """So many school years up to this one, with their tasks; what lies before today is done but for one in fifty."""
    today = timezone.localdate()
    staff = _staff(people)
    first = today.year if today.month >= 9 else today.year - 1
    series = _series(staff)
    tasks = [task for number in range(years) for task in _year(first - number, staff, series)]
    for task in tasks:
        if task.due < today and task.pk_number % 50:
            task.state, task.closed_at, task.closed_by = TaskState.DONE, timezone.now(), task.owner
    for start in range(0, len(tasks), BATCH):
        Task.objects.bulk_create(tasks[start : start + BATCH])


def _staff(count: int) -> list[Person]:
    """The school's people, filled up to ``count``."""
    there = list(Person.objects.working())
    more = [
        Person(username=f"yuangong{n}", name=f"员工{n}", name_sort=name_key(f"员工{n}"), password="!")
        for n in range(count - len(there))
    ]
    return there + Person.objects.bulk_create(more)


def _series(staff: list[Person]) -> list[Series]:
    rhythms = [Rhythm.SCHOOL_DAY] * DAILY + [Rhythm.WEEKLY] * WEEKLY
    return Series.objects.bulk_create(
        Series(title=f"常规工作{n}", rhythm=rhythm, owner=staff[n], first_day=dt.date(2010, 9, 1))
        for n, rhythm in enumerate(rhythms)
    )


def _year(first: int, staff: list[Person], series: list[Series]):
    begins, ends = dt.date(first, 9, 1), dt.date(first + 1, 7, 2)
    if not SchoolYear.objects.filter(first_day=begins).exists():
        year = SchoolYear.objects.create(
            name=f"{first}—{first + 1}学年", first_day=begins, last_day=dt.date(first + 1, 8, 31)
        )
        Term.objects.create(year=year, number=1, first_day=begins, last_day=dt.date(first + 1, 1, 22))
        Term.objects.create(year=year, number=2, first_day=dt.date(first + 1, 2, 22), last_day=ends)
        fill_days(year=year)
    days = [begins + n * DAY for n in range((ends - begins).days)]
    taught = [day for day in days if day.weekday() < 5]
    number = 0
    for row in series:
        for day in taught if row.rhythm == Rhythm.SCHOOL_DAY else taught[4::5]:
            number += 1
            yield _task(number, row.title, row.owner, day, day, series=row, occasion=day.isoformat())
    for at, person in enumerate(staff):
        for n in range(EACH):
            number += 1
            due = days[(at * 7 + n * 45) % len(days)]
            yield _task(number, f"{person.name}第{n + 1}项工作", person, due - 6 * DAY, due)


def _task(number: int, title: str, owner: Person | None, starts: dt.date, due: dt.date, **more) -> Task:
    task = Task(title=title, owner=owner, starts=starts, due=due, **more)
    task.pk_number = number
    return task
