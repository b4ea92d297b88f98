"""The list of classes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.names import CLASS_NAME, name_key, number_of
from logistics.importing.cleaning import CellProblem
from logistics.importing.columns import Column, Paper, Row
from logistics.importing.lookups import PersonWidget, RoomWidget
from logistics.importing.school.lists import SchoolSpec
from logistics.importing.widgets import CellWidget, IntegerWidget, Reading
from logistics.school.models import SchoolClass, SchoolYear
from logistics.school.models.years import GRADE_NAMES
from logistics.school.services.classes import create_class, update_class


class ClassNameWidget(CellWidget):
    """六(2)班 in any spelling, as 六年级(2)班."""

    def parse(self, value: Any, reading: Reading) -> str | None:
        text = super().parse(value, reading)
        if text is None:
            return None
        if not re.fullmatch(r"[1-9]\.\d{1,2}班", name_key(text)):
            raise CellProblem(_("a class, such as 六年级(2)班"))
        grade, number = grade_and_number(text)
        return f"{GRADE_NAMES[grade - 1]}年级({number})班"


def grade_and_number(name: str) -> tuple[int, int]:
    """6 and 2 of 六年级(2)班. Raises ValueError."""
    match = re.fullmatch(r"(\d)\.(\d{1,2})班", name_key(name)) or CLASS_NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    return number_of(match[1]), number_of(match[2])


class ClassSpec(SchoolSpec):
    """The classes of the present school year: found by name, however it is written."""

    slug, title = "classes", _("Classes")
    about = _("The classes of this school year with homeroom teacher and pupil keeper")
    keys = ("name",)
    named_by = ("name",)
    page = "school:class-detail"

    name = Column(
        "班级",
        _("class"),
        "班级名称、班名、班别、class",
        attribute="",
        widget=ClassNameWidget(),
        required=True,
        width=14,
    )
    homeroom_teacher = Column(
        "班主任",
        _("homeroom teacher"),
        "班主任姓名、班主任老师、homeroom teacher",
        attribute="homeroom_teacher",
        widget=PersonWidget(),
    )
    pupil_keeper = Column(
        "小保管员",
        _("pupil property keeper"),
        "学生保管员、财产保管员、小管家",
        attribute="pupil_keeper",
        widget=CellWidget(40),
    )
    pupils = Column(
        "学生人数",
        _("pupils"),
        "人数、学生数、班级人数、在籍人数、pupils",
        attribute="pupils",
        widget=IntegerWidget(0, 999),
        width=9,
    )
    room = Column("教室", _("room"), "房间、所在教室、room", attribute="room", widget=RoomWidget())

    class Meta:
        model = SchoolClass
        fields = ("name", "homeroom_teacher", "pupil_keeper", "pupils", "room")

    def year(self) -> SchoolYear | None:
        """The school year of today, else the one that begins next."""
        today = timezone.localdate()
        begun = SchoolYear.objects.filter(first_day__lte=today).order_by("-first_day").first()
        return begun or SchoolYear.objects.order_by("first_day").first()

    def problem_of_date(self) -> str:
        return "" if self.year() else str(_("Enter the school year first."))

    def existing(self, column: str, texts: Sequence[str]) -> Mapping[str, Sequence[SchoolClass]]:
        classes = {row.name: row for row in SchoolClass.objects.filter(year=self.year())}
        return {text: [classes[text]] for text in texts if text in classes}

    def commit(self, rows: Sequence[Row]) -> list[Paper]:
        for row in rows:
            if row.instance is None:
                row.given["grade"], row.given["number"] = grade_and_number(row.values["name"])
        return super().commit(rows)

    def create(self, given: dict[str, Any]) -> SchoolClass:
        year = self.year()
        if year is None:
            raise ValidationError(_("Enter the school year first."))
        return create_class(year=year, **given)

    def update(self, record: SchoolClass, given: dict[str, Any]) -> None:
        update_class(school_class=record, **given)

    def dehydrate_name(self, record: SchoolClass) -> str:
        return record.name

    def export_rows(self) -> QuerySet[SchoolClass]:
        return SchoolClass.objects.filter(year=self.year()).order_by("grade", "number")
