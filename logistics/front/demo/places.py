"""The demo school's buildings, forty rooms, eighteen classes, two school years."""

import datetime as dt

from logistics.school.choices import DayKind, RoomKind, TermNumber
from logistics.school.models import (
    Building,
    Department,
    Person,
    Room,
    SchoolClass,
    SchoolYear,
    Term,
)
from logistics.school.models.years import GRADE_NAMES
from logistics.school.services.days import correct_days, fill_days

GRADES, CLASSES_A_GRADE = 6, 3

# building, name, door number, floor, kind, department, person responsible
SPECIAL_ROOMS = [
    ("综合楼", "计算机室", "101", 1, RoomKind.SPECIAL, "教导处", "李秀英"),
    ("综合楼", "科学实验室", "102", 1, RoomKind.LABORATORY, "综合组", "黄海燕"),
    ("综合楼", "音乐教室", "201", 2, RoomKind.SPECIAL, "综合组", "萧玉兰"),
    ("综合楼", "美术教室", "202", 2, RoomKind.SPECIAL, "综合组", "邓晓岚"),
    ("综合楼", "图书室", "203", 2, RoomKind.LIBRARY, "教导处", "田淑芬"),
    ("综合楼", "录播教室", "204", 2, RoomKind.SPECIAL, "教导处", "徐明"),
    ("综合楼", "校长室", "301", 3, RoomKind.OFFICE, "校长室", "林慧敏"),
    ("综合楼", "教导处", "302", 3, RoomKind.OFFICE, "教导处", "王建国"),
    ("综合楼", "总务处", "303", 3, RoomKind.OFFICE, "总务处", "周志强"),
    ("综合楼", "财务室", "304", 3, RoomKind.OFFICE, "财务室", "吴晓红"),
    ("综合楼", "会议室", "305", 3, RoomKind.OTHER, "校长室", "徐明"),
    ("综合楼", "心理辅导室", "306", 3, RoomKind.SPECIAL, "德育处", "曹文静"),
    ("综合楼", "档案室", "307", 3, RoomKind.STORE, "校长室", "李秀英"),
    ("综合楼", "语文组办公室", "103", 1, RoomKind.OFFICE, "语文组", "张敏"),
    ("综合楼", "数学组办公室", "104", 1, RoomKind.OFFICE, "数学组", "陈静"),
    ("综合楼", "综合组办公室", "105", 1, RoomKind.OFFICE, "综合组", "黄海燕"),
    ("食堂", "食堂操作间", "", 1, RoomKind.CANTEEN, "食堂", "欧阳雪梅"),
    ("食堂", "食堂餐厅", "", 1, RoomKind.CANTEEN, "食堂", "欧阳雪梅"),
    ("宿舍楼", "教工宿舍201", "201", 2, RoomKind.DORMITORY, "总务处", "周志强"),
    ("宿舍楼", "学生宿舍101", "101", 1, RoomKind.DORMITORY, "德育处", "吴晓红"),
    ("校园", "门卫室", "", 1, RoomKind.GATE, "安保组", "马占军"),
    ("校园", "体育器材室", "", 1, RoomKind.STORE, "综合组", "冯国栋"),
    ("校园", "总务仓库", "", 1, RoomKind.STORE, "总务处", "李秀英"),
]
BUILDINGS = [("教学楼", 3), ("综合楼", 3), ("食堂", 1), ("宿舍楼", 2), ("校园", 1)]


def first_year_of(day: dt.date) -> int:
    """The calendar year in which the school year that ``day`` falls in began (1 September)."""
    return day.year if (day.month, day.day) >= (9, 1) else day.year - 1


def build_years(start: int) -> list[SchoolYear]:
    """Last year and this one, two terms each, with their days; nothing is closed yet."""
    years = []
    for first in (start - 1, start):
        year = SchoolYear.objects.create(
            name=f"{first}—{first + 1}学年", first_day=dt.date(first, 9, 1), last_day=dt.date(first + 1, 8, 31)
        )
        Term.objects.create(
            year=year, number=TermNumber.FIRST, first_day=dt.date(first, 9, 1), last_day=dt.date(first + 1, 1, 31)
        )
        Term.objects.create(
            year=year, number=TermNumber.SECOND, first_day=dt.date(first + 1, 2, 15), last_day=dt.date(first + 1, 7, 10)
        )
        fill_days(year=year)
        years.append(year)
    correct_days(
        first_day=dt.date(start, 11, 5), last_day=dt.date(start, 11, 6), kind=DayKind.TEACHING, note="校园运动会"
    )
    return years


def build_rooms(departments: dict[str, Department], people: dict[str, Person]) -> dict[str, Room]:
    """All rooms by name; the classrooms get their teacher with the classes."""
    buildings = {
        name: Building.objects.create(name=name, floors=floors, order=i)
        for i, (name, floors) in enumerate(BUILDINGS, 1)
    }
    rooms: dict[str, Room] = {}
    for grade in range(1, GRADES + 1):
        for number in range(1, CLASSES_A_GRADE + 1):
            name = f"{GRADE_NAMES[grade - 1]}年级({number})班"
            floor = (grade + 1) // 2
            rooms[name] = Room.objects.create(
                name=name,
                building=buildings["教学楼"],
                number=f"{floor}{(grade - 1) % 2 * CLASSES_A_GRADE + number:02d}",
                floor=floor,
                kind=RoomKind.CLASSROOM,
                department=departments["德育处"],
            )
    for building, name, door, floor, kind, department, responsible in SPECIAL_ROOMS:
        rooms[name] = Room.objects.create(
            name=name,
            building=buildings[building],
            number=door,
            floor=floor,
            kind=kind,
            department=departments[department],
            responsible=people[responsible],
        )
    return rooms


def build_classes(
    years: list[SchoolYear], rooms: dict[str, Room], people: dict[str, Person], pupils: list[str]
) -> None:
    """Eighteen classes in each year, with homeroom teacher and pupil property keeper."""
    teachers = [people[name] for name in ("张敏", "陈静", "孙桂芳")] + [
        person for person in people.values() if person.username.startswith("jiaoshi") and len(person.username) > 7
    ]
    for year in years:
        for i in range(GRADES * CLASSES_A_GRADE):
            grade, number = i // CLASSES_A_GRADE + 1, i % CLASSES_A_GRADE + 1
            room = rooms[f"{GRADE_NAMES[grade - 1]}年级({number})班"]
            SchoolClass.objects.create(
                year=year,
                grade=grade,
                number=number,
                homeroom_teacher=teachers[i],
                pupil_keeper=pupils[i],
                pupils=36 + i % 7,
                room=room,
            )
            if year is years[-1]:
                room.responsible = teachers[i]
                room.save()
