"""The school's own lists: staff, rooms, classes. They stand here because the school lies below the engine."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.history import now_acting
from logistics.base.names import CLASS_NAME, name_key, number_of
from logistics.importing.choices import Trouble
from logistics.importing.cleaning import CellProblem
from logistics.importing.columns import Column, ImportSpec, Paper, Row
from logistics.importing.lookups import BuildingWidget, DepartmentWidget, PersonWidget, RoomWidget
from logistics.importing.restoring import restore
from logistics.importing.widgets import CellWidget, ChoiceWidget, CodeWidget, IntegerWidget, Reading, words_of
from logistics.school.choices import RoomKind
from logistics.school.models import Person, Room, SchoolClass, SchoolYear
from logistics.school.models.years import GRADE_NAMES
from logistics.school.rules import can_manage
from logistics.school.services.classes import create_class, update_class
from logistics.school.services.people import create_person, update_person
from logistics.school.services.rooms import create_room, update_room


class SchoolSpec(ImportSpec):
    """What the three lists share: one permission, writing record by record through the school's services."""

    permission = "school.import_school"
    undo_permission = "school.import_school"
    export_permission = "school.view_structure"
    page = ""

    def create(self, given: dict[str, Any]) -> Any:
        raise NotImplementedError

    def update(self, record: Any, given: dict[str, Any]) -> None:
        raise NotImplementedError

    def commit(self, rows: Sequence[Row]) -> list[Paper]:
        for row in rows:
            given = {path.removesuffix("_id"): value for path, value in self.records(row.given).items()}
            try:
                if row.instance is None:
                    row.record.target = self.create(given).pk
                else:
                    self.update(row.instance, given)
            except ValidationError as error:
                place = _("Row %(row)d: %(problem)s")
                raise ValidationError(
                    [str(place) % {"row": row.record.number, "problem": problem} for problem in error.messages]
                ) from error
        return []

    def records(self, given: dict[str, Any]) -> dict[str, Any]:
        """The ids of other records as the records themselves, which the services want."""
        found = dict(given)
        for column in self.lookups.values():
            if found.get(column.path) is not None:
                model: Any = self._meta.model._meta.get_field(str(column.attribute)).related_model
                found[column.path] = model.objects.get(pk=found[column.path])
        return found

    def undo(self) -> list[Paper]:
        restore(self._meta.model, self.run.source if self.run else "")
        return []

    def target_url(self, pk: int) -> str:
        return reverse(self.page, args=[pk])


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
    export_permission = "school.import_school"
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


class RoomSpec(SchoolSpec):
    """The rooms: found by name, however it is written."""

    slug, title = "rooms", _("Rooms")
    about = _("Rooms and other places with the person responsible")
    keys = ("name",)
    named_by = ("name",)
    page = "school:room-detail"
    sentences = {"responsible": _("{now}; the person responsible changes by a hand-over of the room")}

    name = Column(
        "房间名称",
        _("name"),
        "名称、房间、室名、教室、场所、地点、场室名称、功能室、room",
        attribute="name",
        widget=CellWidget(60),
        required=True,
        width=20,
    )
    number = Column(
        "门牌号", _("door number"), "房号、房间号、门号、室号、number", attribute="number", widget=CodeWidget(20)
    )
    building = Column(
        "楼栋", _("building"), "楼、所在楼、建筑、教学楼、楼宇、building", attribute="building", widget=BuildingWidget()
    )
    floor = Column(
        "楼层", _("floor"), "层、所在楼层、层数、floor", attribute="floor", widget=IntegerWidget(-9, 99), width=8
    )
    kind = Column(
        "类别",
        _("kind"),
        "房间类别、类型、用途、房间类型、kind",
        attribute="kind",
        widget=ChoiceWidget(
            RoomKind,
            words_of(
                [
                    (RoomKind.CLASSROOM, "普通教室、教室、班级教室"),
                    (RoomKind.OFFICE, "办公室、行政办公室、教师办公室"),
                    (RoomKind.LABORATORY, "实验室"),
                    (RoomKind.SPECIAL, "专用教室、功能室、活动室、功能教室"),
                    (RoomKind.LIBRARY, "图书室、图书馆、阅览室"),
                    (RoomKind.CANTEEN, "食堂、食堂用房、厨房、餐厅"),
                    (RoomKind.DORMITORY, "宿舍、学生宿舍"),
                    (RoomKind.STORE, "库房、仓库、储藏室、保管室"),
                    (RoomKind.GATE, "门卫室、门卫、传达室"),
                    (RoomKind.OTHER, "其他、其他场所、其它"),
                ]
            ),
        ),
    )
    department = Column(
        "使用部门", _("department"), "部门、所属部门、department", attribute="department", widget=DepartmentWidget()
    )
    responsible = Column(
        "责任人",
        _("person responsible"),
        "负责人、管理员、室管理员、保管人、管理人、责任教师、responsible",
        attribute="responsible",
        widget=PersonWidget(),
    )

    class Meta:
        model = Room
        fields = ("name", "number", "building", "floor", "kind", "department", "responsible")

    def existing(self, column: str, texts: Sequence[str]) -> Mapping[str, Sequence[Room]]:
        rooms = {room.key: room for room in Room.objects.filter(key__in={name_key(text) for text in texts})}
        return {text: [rooms[name_key(text)]] for text in texts if name_key(text) in rooms}

    def check(self, row: Row) -> None:
        """Another way of writing the name is no change of it."""
        if row.instance is not None and "name" in row.values:
            row.values["name"] = row.instance.name

    def key_text(self, column: str, text: str) -> str:
        return name_key(text)

    def forbid(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.instance is not None and row.instance.responsible_id and "responsible_id" in row.given:
                now = self.columns["responsible"].widget.shown(row.instance.responsible_id)
                row.fault("responsible", Trouble.RULE, rule="responsible", now=now)

    def create(self, given: dict[str, Any]) -> Room:
        return create_room(**given)

    def update(self, record: Room, given: dict[str, Any]) -> None:
        update_room(room=record, **given)

    def export_rows(self) -> QuerySet[Room]:
        return Room.objects.filter(active=True).order_by("building__order", "floor", "number", "name_sort")


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
