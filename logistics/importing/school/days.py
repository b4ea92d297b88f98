"""The list of school days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.importing.choices import Trouble
from logistics.importing.columns import Column, Row
from logistics.importing.school.lists import SchoolSpec
from logistics.importing.widgets import CellWidget, ChoiceWidget, DateWidget, words_of
from logistics.school.choices import DayKind
from logistics.school.models import SchoolDay, SchoolYear, Term
from logistics.school.queries import year_of_today
from logistics.school.services.days import correct_days


class DaySpec(SchoolSpec):
    """Days that are not what terms and holidays make them: found by date; each becomes a correction."""

    slug, title = "days", _("School days")
    about = _("Days off, make-up days and moved lessons, as announced")
    keys = ("day",)
    named_by = ("day",)
    sentences = {
        "outside": _("this day lies in no school year; enter the school year first"),
        "closed": _("the term of this day is closed"),
    }

    day = Column("日期", _("day"), "时间、年月日、date、day", attribute="day", widget=DateWidget(), required=True)
    kind = Column(
        "类别",
        _("kind"),
        "类型、性质、安排、上课或放假、kind",
        attribute="kind",
        widget=ChoiceWidget(
            DayKind,
            words_of(
                [
                    (DayKind.TEACHING, "教学日、上课、正常上课、工作日、上班"),
                    (DayKind.MAKE_UP, "补课日、补课、调休上班、调休上课、补班"),
                    (DayKind.REST, "休息日、休息、停课、周末、双休日"),
                    (DayKind.HOLIDAY, "法定节假日、节假日、放假、假日、法定假日、节日"),
                ]
            ),
        ),
        required=True,
    )
    note = Column("说明", _("note"), "备注、节日名称、名称、事由、note", attribute="note", widget=CellWidget(60))

    class Meta:
        model = SchoolDay
        fields = ("day", "kind", "note")

    def existing(self, column: str, texts: Sequence[Any]) -> Mapping[Any, Sequence[SchoolDay]]:
        days = [text for text in texts if isinstance(text, dt.date)]
        return {row.day: [row] for row in SchoolDay.objects.filter(day__in=days)}

    def forbid(self, rows: Sequence[Row]) -> None:
        closed = Term.closed_through()
        for row in rows:
            if row.instance is None:
                row.fault("day", Trouble.RULE, rule="outside")
            elif closed and row.instance.day <= closed:
                row.fault("day", Trouble.RULE, rule="closed")

    def create(self, given: dict[str, Any]) -> SchoolDay:
        raise ValidationError(_("A day of this span lies in no school year. Enter the school year first."))

    def update(self, record: SchoolDay, given: dict[str, Any]) -> None:
        correct_days(first_day=record.day, last_day=record.day, **{"kind": record.kind, "note": record.note, **given})

    def target_url(self, pk: int) -> str:
        return ""

    def export_rows(self) -> QuerySet[SchoolDay]:
        year = year_of_today() or SchoolYear(first_day=dt.date.max, last_day=timezone.localdate())
        return SchoolDay.objects.between(year.first_day, year.last_day)
