"""Classes of a school year, and a whole year's classes taken over into the next."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from logistics.base.changes import change
from logistics.school.models import SchoolClass, SchoolYear

LAST_GRADE = 6


@transaction.atomic
def create_class(*, year: SchoolYear, grade: int, number: int, **fields: Any) -> SchoolClass:
    """Enter a class. Raises ValidationError when the year has it already."""
    made = SchoolClass()
    change(made, year=year, grade=grade, number=number, **fields)
    return made


@transaction.atomic
def update_class(*, school_class: SchoolClass, **fields: Any) -> SchoolClass:
    """Change a class. Raises ValidationError."""
    school_class = SchoolClass.objects.select_for_update(of=("self",)).get(pk=school_class.pk)
    change(school_class, **fields)
    return school_class


@transaction.atomic
def copy_classes(*, from_year: SchoolYear, to_year: SchoolYear, last_grade: int = LAST_GRADE) -> list[SchoolClass]:
    """Take the classes of a year over into the next: each a grade higher, with teacher, pupil keeper and room.

    Those of ``last_grade`` leave. Classes that ``to_year`` has already stay as they are.
    Raises ValidationError when ``to_year`` does not come after ``from_year`` or when nothing is left to take over.
    """
    if to_year.first_day <= from_year.last_day:
        raise ValidationError(_("Classes move up into a later school year."))
    there = set(to_year.classes.values_list("grade", "number"))
    made = [
        create_class(
            year=to_year,
            grade=old.grade + 1,
            number=old.number,
            homeroom_teacher=old.homeroom_teacher if old.homeroom_teacher and old.homeroom_teacher.is_active else None,
            pupil_keeper=old.pupil_keeper,
            pupils=old.pupils,
            room=old.room,
        )
        for old in from_year.classes.select_related("homeroom_teacher", "room", "year").order_by("grade", "number")
        if old.grade < last_grade and (old.grade + 1, old.number) not in there
    ]
    if not made:
        raise ValidationError(_("There is no class left to move up."))
    return made
