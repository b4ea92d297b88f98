"""The list of rooms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from logistics.base.names import name_key
from logistics.importing.choices import Trouble
from logistics.importing.columns import Column, Row
from logistics.importing.lookups import BuildingWidget, DepartmentWidget, PersonWidget
from logistics.importing.school.lists import SchoolSpec
from logistics.importing.widgets import CellWidget, ChoiceWidget, CodeWidget, IntegerWidget, words_of
from logistics.school.choices import RoomKind
from logistics.school.models import Room
from logistics.school.services.rooms import create_room, update_room


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
