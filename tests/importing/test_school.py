"""Staff, rooms, classes and school days from Excel (O01)."""

import datetime as dt

import pytest
from django.urls import reverse

from logistics.base.history import acting
from logistics.importing.choices import RunState, Verdict
from logistics.importing.models import ImportRow
from logistics.school.models import Building, Department, Person, Room, SchoolClass, SchoolDay
from logistics.school.services import terms
from logistics.school.services.rooms import update_room
from tests import cast
from tests.importing import lists

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01", "A02")]
STAFF = ("工号", "姓名", "部门", "手机号码", "邮箱")
ROOMS = ("房间", "门牌号", "楼栋", "楼层", "类型", "负责人")
CLASSES = ("班级", "班主任", "小保管员", "人数", "教室")


def check(person, kind, heads, *rows):
    return lists.checked(person, lists.workbook(*rows, heads=heads), kind)


def faults(run):
    return [(row.number, fault[0], fault[1]) for row in ImportRow.objects.filter(run=run) for fault in row.faults]


def test_staff(director):
    Department.objects.create(name="教导处")
    known = Person.objects.create_user("old", "张三")
    run = check(
        director, "staff", STAFF,
        ("T1", "李四", "教导处", 10000000001, "li@example.com"),
        ("T2", "张三", None, "100 0000 0002", None),
        ("T3", "王五", "没有处", None, "nonsense"),
    )  # fmt: skip
    assert faults(run) == [(4, "email", "cell"), (4, "department", "unknown")]
    run = lists.committed(director, run)
    assert run.state == RunState.PARTLY, run.message
    known.refresh_from_db()
    assert (known.staff_number, known.phone) == ("T2", "10000000002")
    new = Person.objects.get(name="李四")
    assert (new.username, new.department.name, new.phone) == ("lisi", "教导处", "10000000001")
    assert not new.has_usable_password()
    assert new.history.get().history_source == run.source


def test_namesakes_are_told_apart_by_number(director):
    for number in ("T1", "T2"):
        Person.objects.create_user(number, "王芳", staff_number=number)
    run = check(director, "staff", STAFF, (None, "王芳", None, "1", None), ("T3", "王芳", None, "2", None))
    assert faults(run) == [(2, "name", "ambiguous")]
    assert ImportRow.objects.get(run=run, number=3).verdict == Verdict.NEW


def test_an_administrators_entry_is_not_changed_by_others(director):
    Person.objects.create_superuser("root")
    run = check(director, "staff", STAFF, (None, "root", None, "110", None))
    assert faults(run) == [(2, "name", "rule")]


def test_rooms(keeper):
    Building.objects.create(name="教学楼")
    teacher = cast.teacher()
    known = Room.objects.create(name="六年级(2)班", responsible=teacher)
    run = check(
        keeper, "rooms", ROOMS,
        ("六（2）班", 301, "教学楼", "3层", "教室", None),
        ("图书室", "205", "教学楼", 2, "图书室", teacher.name),
        ("六2班", None, None, None, None, keeper.name),
    )  # fmt: skip
    assert ("number", "double") in {f[1:] for f in faults(run)} or (4, "name", "double") in faults(run)
    lists.committed(keeper, run)
    known.refresh_from_db()
    assert (known.name, known.number, known.floor, known.kind) == ("六年级(2)班", "301", 3, "classroom")
    assert Room.objects.get(name="图书室").responsible == teacher


def test_the_person_responsible_changes_by_a_hand_over_only(keeper):
    Room.objects.create(name="图书室", responsible=cast.teacher())
    run = check(keeper, "rooms", ROOMS, ("图书室", None, None, None, None, keeper.name))
    assert faults(run) == [(2, "responsible", "rule")]


def test_classes_of_this_year(keeper):
    cast.term()
    teacher = cast.teacher()
    Room.objects.create(name="六年级(2)班")
    known = cast.school_class()
    run = check(
        keeper, "classes", CLASSES,
        ("六（2）班", teacher.name, "小明", 45, "六(2)班"),
        ("6.3班", None, None, "42人", None),
        ("六年级", None, None, None, None),
    )  # fmt: skip
    assert faults(run) == [(4, "name", "cell")]
    run = lists.committed(keeper, run)
    known.refresh_from_db()
    assert (known.homeroom_teacher, known.pupil_keeper, known.pupils) == (teacher, "小明", 45)
    assert SchoolClass.objects.get(number=3).pupils == 42


def test_classes_need_a_year(keeper):
    from django.core.exceptions import ValidationError

    from logistics.importing.services.commits import ask_commit

    run = check(keeper, "classes", CLASSES, ("六（2）班", None, None, 45, None))
    with pytest.raises(ValidationError):
        ask_commit(run=run, whole=True)


def test_undo_deletes_what_was_new_and_puts_back_what_was_changed(keeper):
    known = Room.objects.create(name="图书室", number="1")
    run = lists.committed(keeper, check(keeper, "rooms", ROOMS, ("图书室", "2"), ("新室", "3")))
    run = lists.undone(keeper, run)
    assert (run.state, run.message) == (RunState.UNDONE, "")
    known.refresh_from_db()
    assert known.number == "1"
    assert not Room.objects.filter(name="新室").exists()


def test_undo_is_refused_as_a_whole_when_something_depends_on_it(keeper):
    known = Room.objects.create(name="图书室", number="1")
    run = lists.committed(keeper, check(keeper, "rooms", ROOMS, ("图书室", "2"), ("新室", "3"), ("旧室", "4")))
    Person.objects.filter(pk=keeper.pk).update(office=Room.objects.get(name="新室"))
    with acting(keeper):
        update_room(room=Room.objects.get(name="旧室"), number="9")
    run = lists.undone(keeper, run)
    assert run.state == RunState.COMMITTED
    assert "新室" in run.message
    assert "旧室" in run.message
    known.refresh_from_db()
    assert known.number == "2"


@pytest.mark.requirement("O02")
def test_the_staff_list_is_read_in_by_who_keeps_it(as_person, keeper, director):
    """The keeper reads in rooms and classes; people he enters only by name, where his property list names them."""
    start = {kind: reverse("importing:run-create", args=[kind]) for kind in ("staff", "rooms", "classes")}
    client = as_person(keeper)
    assert [client.get(start[kind]).status_code for kind in start] == [403, 200, 200]
    assert client.get(reverse("importing:export", args=["staff", "xlsx"])).status_code == 403
    assert as_person(director).get(start["staff"]).status_code == 200


DAYS = ("日期", "类型", "说明")


@pytest.mark.requirement("K07")
def test_days_as_announced(keeper):
    year = terms.save_year(name="2026—2027学年", first_day=dt.date(2026, 9, 1), last_day=dt.date(2027, 8, 31))
    terms.save_term(year=year, number=2, first_day=dt.date(2027, 2, 22), last_day=dt.date(2027, 7, 2))
    run = check(
        keeper, "days", DAYS,
        ("2027-04-05", "放假", "清明节"),
        ("2027年4月10日", "调休上课", "补星期五的课"),
        ("2027.5.6", "正常上课", None),
        ("2028-04-05", "放假", "不在学年内"),
        ("不知道", "放假", None),
    )  # fmt: skip
    assert faults(run) == [(5, "day", "rule"), (6, "day", "cell")]
    run = lists.committed(keeper, run)
    assert run.state == RunState.PARTLY, run.message
    made_up = SchoolDay.objects.get(day=dt.date(2027, 4, 10))
    assert (made_up.kind, made_up.note, made_up.corrected, made_up.provisional) == (
        "make_up", "补星期五的课", True, False,
    )  # fmt: skip
    lists.undone(keeper, run)
    made_up.refresh_from_db()
    assert (made_up.kind, made_up.corrected) == ("rest", False)


@pytest.mark.requirement("K07")
def test_days_of_a_closed_term_are_refused(keeper):
    year = terms.save_year(name="2025—2026学年", first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 8, 31))
    term = terms.save_term(year=year, number=1, first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 1, 23))
    terms.close_term(term=term, person=keeper)
    assert faults(check(keeper, "days", DAYS, ("2025-11-05", "放假", None))) == [(2, "day", "rule")]
