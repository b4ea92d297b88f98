"""The staff list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from logistics.base.history import now_acting
from logistics.importing.choices import Trouble
from logistics.importing.cleaning import CellProblem
from logistics.importing.columns import Column, Row
from logistics.importing.lookups import DepartmentWidget, RoomWidget
from logistics.importing.school.lists import SchoolSpec
from logistics.importing.widgets import CellWidget, CodeWidget, Reading
from logistics.school.models import Person
from logistics.school.rules import can_manage
from logistics.school.services.people import create_person, update_person


class EmailWidget(CellWidget):
    def parse(self, value: Any, reading: Reading) -> str | None:
        text = super().parse(value, reading)
        try:
            if text is not None:
                validate_email(text)
        except ValidationError:
            raise CellProblem(_("an e-mail address")) from None
        return None if text is None else str(text)


class StaffSpec(SchoolSpec):
    """The staff list: found by staff number, else by a name that only one person has."""

    slug, title = "staff", _("Staff list")
    about = _("Everybody who works at the school, with department and office")
    permission = undo_permission = "school.manage_people"
    export_permission = "school.export_people"
    keys = ("staff_number", "name")
    named_by = ("staff_number", "name")
    page = "school:person-detail"
    sentences = {
        "admin": _("nothing: this person’s entry is kept by the administrator"),
        "left": _("nothing: this person has left the school"),
    }

    staff_number = Column(
        "工号",
        _("staff number"),
        "职工号、教工号、编号、教师编号、员工编号、人员编号、staff number",
        attribute="staff_number",
        widget=CodeWidget(20),
    )
    name = Column(
        "姓名", _("name"), "名字、教师姓名、教职工姓名、name", attribute="name", widget=CellWidget(40), required=True
    )
    department = Column(
        "部门", _("department"), "科室、处室、所在部门、department", attribute="department", widget=DepartmentWidget()
    )
    position = Column(
        "职务", _("position"), "岗位、职位、任教学科、position", attribute="position", widget=CellWidget(40)
    )
    phone = Column(
        "手机",
        _("mobile phone"),
        "手机号、手机号码、联系电话、电话、联系方式、phone",
        attribute="phone",
        widget=CodeWidget(30),
        width=16,
    )
    extension = Column(
        "办公电话", _("office phone"), "分机、座机、短号、extension", attribute="extension", widget=CodeWidget(30)
    )
    email = Column(
        "邮箱",
        _("e-mail"),
        "电子邮箱、电子邮件、邮件、email、e-mail",
        attribute="email",
        widget=EmailWidget(),
        width=24,
    )
    office = Column("办公室", _("office"), "办公地点、房间、office", attribute="office", widget=RoomWidget())

    class Meta:
        model = Person
        fields = ("staff_number", "name", "department", "position", "phone", "extension", "email", "office")

    def existing(self, column: str, texts: Sequence[str]) -> Mapping[str, Sequence[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in Person.objects.filter(**{f"{column}__in": texts}).order_by("-is_active", "pk"):
            found[getattr(person, column)].append(person)
        return found

    def find(self, row: Row, found: Mapping[str, Mapping[str, Sequence[Person]]]) -> Person | None:
        """A new number for a name: the one of that name who has no number yet, else a new colleague."""
        number, namesakes = row.values.get("staff_number"), list(found["name"].get(row.values.get("name", ""), ()))
        if number:
            if there := found["staff_number"].get(number):
                return there[0]
            namesakes = [person for person in namesakes if not person.staff_number]
        if len(namesakes) > 1:
            row.fault("name", Trouble.AMBIGUOUS)
        return namesakes[0] if len(namesakes) == 1 else None

    def forbid(self, rows: Sequence[Row]) -> None:
        actor = now_acting().person
        for row in rows:
            if row.instance is None:
                continue
            if not row.instance.is_active:
                row.fault("name", Trouble.RULE, rule="left")
            elif row.instance.is_superuser and not (actor and can_manage(actor, row.instance)):
                row.fault("name", Trouble.RULE, rule="admin")

    def create(self, given: dict[str, Any]) -> Person:
        return create_person(**given)

    def update(self, record: Person, given: dict[str, Any]) -> None:
        update_person(person=record, **given)

    def export_rows(self) -> QuerySet[Person]:
        people: QuerySet[Person] = Person.objects.working().order_by("name_sort", "pk")
        return people
