"""When two ways of writing a name are the same name."""

import pytest

from logistics.base.names import name_key, sort_key

pytestmark = pytest.mark.requirement("A02")


@pytest.mark.parametrize(
    "name", ["六(2)班", "六年级（2）班", "六年级2班", "六 (２) 班", "6年级2班", "6(2)班", "六(二)班"]
)
def test_same_class(name):
    assert name_key(name) == name_key("六年级(2)班")


@pytest.mark.parametrize("name", ["六(12)班", "五(2)班", "六(2)班办公室", "六二"])
def test_other_class(name):
    assert name_key(name) != name_key("六年级(2)班")


def test_door_number():
    assert name_key("101室") == name_key(" 101 ") == name_key("１０１室")
    assert name_key("科学室") != name_key("科学")


def test_sorts_by_pinyin_in_context():
    assert sorted(["张三", "重庆", "阿明", "陈一"], key=sort_key) == ["阿明", "陈一", "重庆", "张三"]
