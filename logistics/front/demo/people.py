"""The demo school's staff: sixty invented people, every role held by somebody. Same seed, same people."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password

from logistics.school.choices import Role
from logistics.school.models import Department, Person, RoleAssignment

PASSWORD = "zongwu-2026"  # noqa: S105  shown on the login page of the demo, and only there

DEPARTMENTS = ["校长室", "教导处", "德育处", "总务处", "财务室", "食堂", "安保组", "语文组", "数学组", "综合组"]
HEADS = {"校长室": "林慧敏", "教导处": "王建国", "总务处": "周志强", "财务室": "吴晓红", "食堂": "欧阳雪梅"} | {
    "安保组": "马占军",
    "语文组": "张敏",
    "数学组": "陈静",
    "综合组": "黄海燕",
}


@dataclass(frozen=True)
class Part:
    """A person with a part of his own in the demo; ``username`` is easy to type."""

    username: str
    name: str
    department: str
    position: str
    roles: tuple[str, ...] = ()
    superuser: bool = False


PARTS = [
    Part("xiaozhang", "林慧敏", "校长室", "校长", (Role.PRINCIPAL,)),
    Part("fuxiaozhang", "徐明", "校长室", "副校长", (Role.LEADER, Role.SAFETY_GROUP)),
    Part("zongwu", "周志强", "总务处", "总务主任", (Role.DIRECTOR, Role.SAFETY_GROUP)),
    Part("baoguan", "李秀英", "总务处", "校产保管员", (Role.KEEPER,)),
    Part("caigou", "刘洋", "总务处", "采购员", (Role.PURCHASER,)),
    Part("kuaiji", "吴晓红", "财务室", "报账员", (Role.BOOKKEEPER, Role.PURCHASING_GROUP)),
    Part("chuna", "赵丽华", "财务室", "出纳", (Role.CASHIER,)),
    Part("jiaodao", "王建国", "教导处", "教导主任", (Role.ACADEMIC, Role.PURCHASING_GROUP)),
    Part("shiguan", "黄海燕", "综合组", "科学教师", (Role.ROOM_KEEPER, Role.PURCHASING_GROUP)),
    Part("banzhuren", "张敏", "语文组", "语文教师"),
    Part("zhiri", "陈静", "数学组", "数学教师", (Role.DUTY_TEACHER,)),
    Part("jiaoshi", "孙桂芳", "语文组", "语文教师"),
    Part("shiwuzhang", "欧阳雪梅", "食堂", "事务长", (Role.CANTEEN_MANAGER,)),
    Part("yanhuo", "何秋菊", "食堂", "验货员", (Role.RECEIVER,)),
    Part("chushi", "高福生", "食堂", "厨师", (Role.CANTEEN_WORKER,)),
    Part("menwei", "马占军", "安保组", "门卫", (Role.GUARD,)),
    Part("guanli", "系统管理员", "总务处", "管理员", superuser=True),
]
TEACHERS = [
    "韩雨桐", "曹文静", "许佳宁", "邓晓岚", "冯国栋", "彭丹丹", "曾庆华", "萧玉兰", "田淑芬",
    "董思远", "袁美玲", "潘志刚", "蔡婷婷", "蒋雪峰", "余春燕", "杜明亮", "叶知秋", "程晓光",
    "苏红霞", "魏建平", "吕佩文", "丁宏伟", "任静怡", "沈一鸣", "姚秀珍", "卢海涛", "姜月华",
    "崔永强", "钟灵", "谭松林", "陆嘉怡", "汪桂香", "范成林", "金玉琴", "石磊", "廖春梅",
]  # fmt: skip
KITCHEN = ["贾桂兰", "夏国庆", "邹小翠", "熊大勇"]
GUARDS = ["孟铁柱", "龙四海", "万安平"]
SUBJECTS = [
    ("语文组", "语文教师"),
    ("数学组", "数学教师"),
    ("综合组", "英语教师"),
    ("综合组", "体育教师"),
    ("综合组", "音乐教师"),
]


def build_departments() -> dict[str, Department]:
    return {name: Department.objects.create(name=name, order=i) for i, name in enumerate(DEPARTMENTS, 1)}


def build_people(random: Random, departments: dict[str, Department], since: dt.date) -> dict[str, Person]:
    """All the staff by name; each shown part holds its roles from ``since``."""
    secret = make_password(PASSWORD)  # one slow hash for all
    people: dict[str, Person] = {}

    def add(username: str, name: str, department: str, position: str, superuser: bool = False) -> Person:
        people[name] = Person.objects.create(
            username=username,
            password=secret,
            name=name,
            staff_number=f"{len(people) + 1:03d}",
            department=departments[department],
            position=position,
            phone=f"1000000{random.randrange(1000, 9999)}",  # no mobile number begins with 100: nobody's phone rings
            extension=f"8{random.randrange(100, 999)}",
            is_superuser=superuser,
            is_staff=superuser,
        )
        return people[name]

    for part in PARTS:
        person = add(part.username, part.name, part.department, part.position, part.superuser)
        for role in part.roles:
            RoleAssignment.objects.create(person=person, role=role, first_day=since)
    for i, name in enumerate(TEACHERS):
        department, position = SUBJECTS[i % len(SUBJECTS)]
        add(f"jiaoshi{i + 1:02d}", name, department, position)
    for i, name in enumerate(KITCHEN, 1):
        RoleAssignment.objects.create(
            person=add(f"chushi{i}", name, "食堂", "食堂员工"), role=Role.CANTEEN_WORKER, first_day=since
        )
    for i, name in enumerate(GUARDS, 1):
        RoleAssignment.objects.create(
            person=add(f"menwei{i}", name, "安保组", "保安"), role=Role.GUARD, first_day=since
        )
    for name, head in HEADS.items():
        departments[name].head = people[head]
        departments[name].save()
    return people
