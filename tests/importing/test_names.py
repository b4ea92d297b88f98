"""Names of classes, rooms and people as lists write them."""

import pytest

from logistics.importing.names import nearest, normalise_name

pytestmark = pytest.mark.requirement("A02")
ROOMS = [
    "六(1)班",
    "六(2)班",
    "六(12)班",
    "五(2)班",
    "101室",
    "102室",
    "音乐室",
    "美术室",
    "计算机室",
    "食堂操作间",
    "总务处",
]


@pytest.mark.parametrize(
    "written",
    ["六(2)班", "六年级（2）班", "六年级2班", "六 (２) 班", "6年级2班", "六年级二班", "六(二)班", "六（二）班",
     "六2班", "6(2)班",
     "六年级（２）班", "六年级 2 班", "六【2】班", "6.2班", "六年2班", "6-2班"],
)  # fmt: skip
def test_one_class(written):
    assert normalise_name(written) == normalise_name("六(2)班")


@pytest.mark.parametrize("other", ["六(12)班", "六(1)班", "五(2)班", "六(22)班", "2020级2班", "六(2)", "二(6)班"])
def test_other_classes(other):
    assert normalise_name(other) != normalise_name("六(2)班")


def test_rooms():
    assert len({normalise_name(n) for n in ("101室", "101", "１０１室", "101教室", " 101 室", "101号")}) == 1
    assert normalise_name("第二会议室") == normalise_name("第2会议室") != normalise_name("会议室")
    assert normalise_name("三楼会议室") == normalise_name("3楼会议室")
    assert normalise_name("音乐室") != normalise_name("音乐")


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("六年级3班", "六(1)班"),
        ("计算机教室", "计算机室"),
        ("音乐教室", "音乐室"),
        ("食堂", "食堂操作间"),
        ("103室", "101室"),
    ],
)
def test_nearest(written, first):
    found = nearest(written, ROOMS)
    assert first in found
    assert len(found) <= 3


def test_nearest_knows_when_nothing_is_near():
    assert nearest("游泳池", ROOMS) == []
    assert nearest("", ROOMS) == []
    assert nearest("音乐室", []) == []


def test_the_same_name_comes_first():
    assert nearest("六年级（2）班", ROOMS)[0] == "六(2)班"


def test_people():
    assert nearest("李秀瑛", ["李秀英", "王秀兰", "张三"])[0] == "李秀英"
    assert nearest("欧阳雪", ["欧阳雪梅", "欧阳修"])[0] == "欧阳雪梅"
