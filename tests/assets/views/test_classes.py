"""Classes of property and useful lives on their pages."""

import datetime as dt

import pytest

from assets.choices import Scheme
from assets.models import PropertyClass, UsefulLife
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]

CLASSES = "/assets/classes/"


def test_the_tree_begins_with_the_top_classes(as_person, keeper):
    rows = as_person(keeper).get(CLASSES).context["object_list"]
    assert rows
    assert {row.level for row in rows} == {1}


@pytest.mark.parametrize("asked", ["A02010105", "台式计算机"])
def test_search_goes_through_all_depths(as_person, keeper, asked):
    rows = as_person(keeper).get(CLASSES, {"q": asked, "scheme": "gb2022"}).context["object_list"]
    assert stock.property_class() in rows


def test_a_class_counts_the_cards_below_it_and_the_standard_in_force_comes_first(as_person, keeper):
    stock.card(keeper, property_class=stock.property_class())
    client = as_person(keeper)
    rows = client.get(CLASSES).context["object_list"]
    assert rows[0].scheme == Scheme.GB2022
    assert {row.code: row.cards_in_it for row in rows if row.cards_in_it} == {"A02000000": 1}
    assert [row.code for row in client.get(CLASSES, {"used": "1"}).context["object_list"]] == ["A02010105"]


def test_the_list_as_excel(as_person, keeper):
    answer = as_person(keeper).get(CLASSES, {"export": "xlsx", "q": "A02010105", "scheme": "gb2022"})
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_class_shows_what_stands_above_below_and_in_it(as_person, keeper):
    stock.card(keeper, property_class=stock.property_class())
    above = stock.property_class().parent
    answer = as_person(keeper).get(above.get_absolute_url())
    assert answer.context["cards"] == 1
    assert stock.property_class() in answer.context["children"]
    assert above.parent in answer.context["line"]
    assert answer.context["months"] == 72


def test_the_school_adds_its_own_below_one_of_the_standard(as_person, keeper):
    above = stock.property_class()
    typed = {"code": "xx01", "name": "学生一体机", "parent": above.code, "unit": "台", "depreciable": "on"}
    as_person(keeper).post(f"{CLASSES}new/", typed)
    own = PropertyClass.objects.get(code="XX01")
    assert (own.scheme, own.parent, own.top_code) == (Scheme.SCHOOL, above, "A02000000")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "A02010105", "name": "重复"}, "code"),
        ({"code": "", "name": "无代码"}, "code"),
        ({"code": "XX1", "name": ""}, "name"),
        ({"code": "XX1", "name": "上级不对", "parent": "没有的类"}, "parent"),
    ],
)
def test_own_class_refused(as_person, keeper, typed, field):
    answer = as_person(keeper).post(f"{CLASSES}new/", typed)
    assert list(answer.context["form"].errors) == [field]


def test_a_class_never_stands_below_itself(as_person, keeper):
    upper = PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="XX1", name="上")
    PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="XX11", name="下", parent=upper)
    typed = {"code": "XX1", "name": "上", "parent": "XX11"}
    answer = as_person(keeper).post(f"{upper.get_absolute_url()}edit/", typed)
    assert list(answer.context["form"].errors) == ["parent"]


def test_the_standards_classes_are_not_rewritten(as_person, keeper):
    assert as_person(keeper).get(f"{stock.property_class().get_absolute_url()}edit/").status_code == 404


def test_switched_off_it_is_no_longer_offered(as_person, keeper):
    client = as_person(keeper)
    client.post(f"{stock.property_class().get_absolute_url()}switch/")
    assert not stock.property_class().active
    assert "A02010105" not in client.get("/assets/lookups/class/", {"c": "A02010105"}).content.decode()
    client.post(f"{stock.property_class().get_absolute_url()}switch/")
    assert stock.property_class().active


def test_a_rule_of_useful_life_holds_from_its_day(as_person, keeper):
    typed = {"property_class": "A02010105", "months": "60", "in_force_from": "2027-01-01", "source": "本校规定"}
    as_person(keeper).post(f"{CLASSES}lives/new/", typed)
    rule = UsefulLife.objects.get(source="本校规定")
    assert (rule.months, rule.in_force_from) == (60, dt.date(2027, 1, 1))
    page = as_person(keeper).get(f"{CLASSES}lives/", {"q": "A02010105"}).content.decode()
    assert "本校规定" in page


@pytest.mark.parametrize("missing", ["property_class", "months", "in_force_from", "source"])
def test_a_rule_needs_its_day_and_its_source(as_person, keeper, missing):
    typed = {"property_class": "A02010105", "months": "60", "in_force_from": "2027-01-01", "source": "本校规定"}
    answer = as_person(keeper).post(f"{CLASSES}lives/new/", {**typed, missing: ""})
    assert list(answer.context["form"].errors) == [missing]


@pytest.mark.parametrize("address", ["", "lives/", "1/"])
def test_looking_is_not_for_other_staff(as_person, teacher, address):
    assert as_person(teacher).get(f"{CLASSES}{address}").status_code == 403


@pytest.mark.parametrize("address", ["new/", "lives/new/", "1/edit/"])
def test_keeping_them_is_not_the_principals(as_person, principal, address):
    assert as_person(principal).get(f"{CLASSES}{address}").status_code == 403


def test_switching_is_not_the_principals(as_person, principal):
    assert as_person(principal).post(f"{stock.property_class().get_absolute_url()}switch/").status_code == 403


def test_own_classes_stand_no_deeper_than_a_ledger_reads(as_person, keeper):
    client, above = as_person(keeper), "A02010105"
    for code in ("X1", "X2"):
        assert client.post(f"{CLASSES}new/", {"code": code, "name": code, "parent": above}).status_code == 302
        above = code
    answer = client.post(f"{CLASSES}new/", {"code": "X3", "name": "X3", "parent": above})
    assert list(answer.context["form"].errors) == ["parent"]
    top = PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="Y1", name="Y1")
    PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="Y2", name="Y2", parent=top)
    answer = client.post(f"{CLASSES}{top.pk}/edit/", {"code": "Y1", "name": "Y1", "parent": "X1"})
    assert list(answer.context["form"].errors) == ["parent"]


@pytest.mark.parametrize("months", ["0", "1201", "-1"])
def test_a_useful_life_that_cannot_be(as_person, keeper, months):
    typed = {"property_class": "A02010105", "months": months, "in_force_from": "2026-09-01", "source": "校"}
    assert list(as_person(keeper).post(f"{CLASSES}lives/new/", typed).context["form"].errors) == ["months"]
