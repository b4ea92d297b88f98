"""What waits for those who keep the school's structure."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.base.duties import Duty
from logistics.school.filters import nobody_answers
from logistics.school.models import Building, Department, Person, Room, School, SchoolClass, SchoolYear, Term
from logistics.school.queries import year_of_today


def waiting_for(person: Person) -> Iterator[Duty]:
    """What a new school enters first, rooms nobody answers for, classes without a teacher, terms to enter or close."""
    if person.has_perm("school.manage_structure"):
        yield from _first_steps()
        yield from _gaps()
    if person.has_perm("school.close_term"):
        yield from _terms_to_close()


def _first_steps() -> Iterator[Duty]:
    """What an empty school still lacks, in the order in which one thing needs the other; nothing once it has rooms."""
    if Room.objects.exists():
        return
    steps = [
        (School, _("Enter the school's name"), "school"),
        (SchoolYear, _("Enter the school year and its terms"), "year-list"),
        (Department, _("Enter the departments"), "department-list"),
        (Building, _("Enter the buildings"), "building-list"),
    ]
    for model, title, page in steps:
        if not model._default_manager.exists():
            yield Duty(title, reverse(f"school:{page}"))
    told = _("One by one, or all at once from Excel.")
    if Person.objects.count() == 1:
        yield Duty(_("Enter the staff and give them their roles"), reverse("school:person-list"), told)
    yield Duty(_("Enter the rooms, then the classes"), reverse("school:room-list"), told)


def _gaps() -> Iterator[Duty]:
    if rooms := Room.objects.filter(nobody_answers(), active=True).count():
        title = ngettext(
            "%(count)s room has no person responsible", "%(count)s rooms have no person responsible", rooms
        )
        yield Duty(title % {"count": rooms}, f"{reverse('school:room-list')}?state=nobody")
    year = year_of_today()
    if year is None and not SchoolYear.objects.exists():
        return  # a first step
    if year is None or year.last_day < timezone.localdate():
        yield Duty(_("Enter the school year that has begun"), reverse("school:year-list"))
        return
    classes = SchoolClass.objects.filter(year=year).exclude(homeroom_teacher__is_active=True).count()
    if classes:
        title = ngettext(
            "%(count)s class has no homeroom teacher", "%(count)s classes have no homeroom teacher", classes
        )
        yield Duty(title % {"count": classes}, reverse("school:class-list"))


def _terms_to_close() -> Iterator[Duty]:
    """The earliest term that is over and open, once the next has begun: until then late papers come in."""
    over = Term.objects.filter(closed_at=None, last_day__lt=timezone.localdate()).select_related("year")
    term = over.order_by("first_day").first()
    if term and Term.objects.filter(first_day__gt=term.last_day, first_day__lte=timezone.localdate()).exists():
        yield Duty(
            _("Close “%(term)s”") % {"term": term},
            reverse("school:term-close", args=[term.pk]),
            since=term.last_day + dt.timedelta(days=1),
        )
