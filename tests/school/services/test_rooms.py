"""Departments, buildings, rooms and classes."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from logistics.school.models import Building, Department, Room, SchoolClass, SchoolYear
from logistics.school.services import classes, people, rooms
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01")]


def test_a_room_is_entered_with_its_person(keeper):
    room = rooms.create_room(name="科学实验室", responsible=keeper)
    assert (room.name_sort[:2], room.history.count()) == ("ke", 1)


def test_two_ways_of_writing_are_one_room():
    rooms.create_room(name="六年级（2）班")
    with pytest.raises(ValidationError, match="六年级（2）班"):
        rooms.create_room(name="六(2)班")
    assert Room.objects.count() == 1


def test_the_same_for_departments_and_buildings():
    rooms.save_department(name="总务处")
    rooms.save_building(name="教学楼")
    with pytest.raises(ValidationError):
        rooms.save_department(name="总务 处")
    with pytest.raises(ValidationError):
        rooms.save_building(name="教学楼 ")
    assert (Department.objects.count(), Building.objects.count()) == (1, 1)


def test_a_renamed_room_is_found_under_its_new_name():
    room = rooms.update_room(room=rooms.create_room(name="101"), name="美术室")
    assert (room.key, room.name_sort[:3]) == ("美术室", "mei")


def test_the_person_responsible_may_be_filled_in_but_not_changed(keeper, teacher):
    room = rooms.create_room(name="音乐室")
    rooms.update_room(room=room, responsible=keeper)
    for person in (teacher, None):
        with pytest.raises(ValidationError):
            rooms.update_room(room=room, responsible=person)
    room.refresh_from_db()
    assert room.responsible == keeper


@pytest.mark.requirement("A03")
def test_a_hand_over_changes_it(keeper, teacher, director):
    room = rooms.create_room(name="音乐室", responsible=keeper)
    assert rooms.put_responsible(room=room, person=teacher).responsible == teacher
    people.leave(person=keeper, actor=director)
    keeper.refresh_from_db()
    with pytest.raises(ValidationError):
        rooms.put_responsible(room=room, person=keeper)


@pytest.fixture
def years(db) -> tuple[SchoolYear, SchoolYear]:
    cast.term()
    later = SchoolYear.objects.create(name="2027", first_day=dt.date(2027, 9, 1), last_day=dt.date(2028, 8, 31))
    return SchoolYear.objects.get(name="2026—2027学年"), later


def test_classes_move_up_with_teacher_and_room(years, teacher):
    now, later = years
    room = cast.room()
    classes.create_class(year=now, grade=5, number=2, homeroom_teacher=teacher, room=room, pupil_keeper="小明")
    classes.create_class(year=now, grade=6, number=1)
    made = classes.copy_classes(from_year=now, to_year=later)
    assert [(c.grade, c.number, c.homeroom_teacher, c.room, c.pupil_keeper) for c in made] == [
        (6, 2, teacher, room, "小明")
    ]


def test_classes_there_already_stay(years):
    now, later = years
    classes.create_class(year=now, grade=1, number=1)
    classes.create_class(year=later, grade=2, number=1, pupil_keeper="小红")
    with pytest.raises(ValidationError):
        classes.copy_classes(from_year=now, to_year=later)
    assert SchoolClass.objects.get(year=later).pupil_keeper == "小红"


def test_classes_do_not_move_back(years):
    now, later = years
    classes.create_class(year=later, grade=1, number=1)
    with pytest.raises(ValidationError):
        classes.copy_classes(from_year=later, to_year=now)


def test_who_left_is_not_taken_over(years, teacher, director):
    now, later = years
    classes.create_class(year=now, grade=1, number=1, homeroom_teacher=teacher)
    people.leave(person=teacher, actor=director)
    assert classes.copy_classes(from_year=now, to_year=later)[0].homeroom_teacher is None


@pytest.mark.parametrize(("grade", "number"), [(1, 1), (0, 1), (10, 1)])
def test_a_class_is_there_once_and_has_a_grade(years, grade, number):
    classes.create_class(year=years[0], grade=1, number=1)
    with pytest.raises(ValidationError):
        classes.create_class(year=years[0], grade=grade, number=number)


def objection(save, **fields) -> str:
    with pytest.raises(ValidationError) as caught:
        save(active=False, **fields)
    return " ".join(caught.value.messages)


def test_a_room_in_which_something_stands_or_somebody_sits_stays_in_use(keeper, stranger):
    cast.term()
    room = cast.room("科学实验室")
    stock.card(keeper, room=room)
    assert "1 张卡片" in objection(rooms.update_room, room=room)
    office = rooms.create_room(name="办公室")
    people.update_person(person=stranger, office=office)
    assert "冯一平" in objection(rooms.update_room, room=office)
    sitting = cast.school_class(place=rooms.create_room(name="602"))
    assert "六年级(2)班" in objection(rooms.update_room, room=sitting.room)
    assert Room.objects.filter(active=True).count() == 3
    empty = rooms.create_room(name="旧库房")
    assert not rooms.update_room(room=empty, active=False).active


def test_a_department_with_people_rooms_or_property_stays_in_use(keeper, stranger):
    department = cast.department()
    people.update_person(person=stranger, department=department)
    assert "冯一平" in objection(rooms.save_department, department=department)
    people.update_person(person=stranger, department=None)
    room = rooms.create_room(name="库房", department=department)
    assert "库房" in objection(rooms.save_department, department=Department.objects.get())
    rooms.update_room(room=room, department=None)
    stock.card(keeper, department=department)
    assert "1 张卡片" in objection(rooms.save_department, department=Department.objects.get())


def test_nobody_who_left_is_named_for_a_room_class_or_department(director, stranger):
    cast.term()
    people.leave(person=stranger, actor=director)
    gone = type(stranger).objects.get(pk=stranger.pk)
    for save, field in (
        (lambda **given: rooms.update_room(room=cast.room(), **given), "responsible"),
        (lambda **given: rooms.save_department(department=cast.department(), **given), "head"),
        (lambda **given: classes.update_class(school_class=cast.school_class(), **given), "homeroom_teacher"),
    ):
        with pytest.raises(ValidationError, match="冯一平"):
            save(**{field: gone})
