"""Typing a room, a person or a class instead of scrolling for it."""

import pytest
from django import forms

from assets.choices import Scheme
from assets.forms.fields import LookupField
from assets.lookups import LOOKUPS, written
from assets.models import PropertyClass
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "R05")]


class Form(forms.Form):
    room = LookupField("room", required=False)
    person = LookupField("person", required=False)
    property_class = LookupField("class", required=False)


def errors(**typed):
    form = Form(typed)
    assert not form.is_valid()
    return str(form.errors)


@pytest.mark.parametrize("typed", ["六年级(2)班", "六(2)班", "六年级２班", " 六（2）班 "])
def test_every_way_of_writing_a_room_finds_it(typed):
    room = cast.room("六年级(2)班")
    form = Form({"room": typed})
    assert form.is_valid()
    assert form.cleaned_data["room"] == room


def test_a_room_that_does_not_exist_names_the_nearest():
    cast.room("科学实验室")
    assert "科学实验室" in errors(room="科学实验")
    assert "科学实验室" in errors(room="科学试验室")


def test_nothing_alike_says_it_is_not_known():
    assert "月球" in errors(room="月球")


def test_a_room_out_of_use_is_not_found():
    room = cast.room("旧仓库")
    room.active = False
    room.save()
    assert "旧仓库" in errors(room="旧仓库")


def test_two_people_of_one_name_are_told_apart_by_staff_number():
    first = cast.person("w1", "王芳", staff_number="101")
    cast.person("w2", "王芳", staff_number="102")
    assert "王芳 101、王芳 102" in errors(person="王芳")
    form = Form({"person": written(first)})
    assert form.is_valid()
    assert form.cleaned_data["person"] == first


def test_a_class_by_code_or_by_name():
    desktop = PropertyClass.objects.get(scheme=Scheme.GB2022, code="A02010105")
    for typed in ("A02010105", "a02010105", written(desktop)):
        form = Form({"property_class": typed})
        assert form.is_valid()
        assert form.cleaned_data["property_class"] == desktop


def test_where_two_schemes_share_a_code_the_scheme_stands_beside():
    other = PropertyClass.objects.create(code="A02010105", name="台式计算机", scheme=Scheme.GB2010)
    assert "GB/T 14885-2010" in written(other)
    assert LOOKUPS["class"].find(written(other)) == [other]
    assert written(other) in errors(property_class="A02010105")


def test_a_class_switched_off_is_not_found():
    PropertyClass.objects.filter(code="A02010105").update(active=False)
    assert "A02010105" in errors(property_class="A02010105")


def test_what_was_typed_comes_back():
    assert 'value="月球"' in str(Form({"room": "月球"})["room"])


def test_a_thing_is_shown_by_its_name():
    room = cast.room("音乐室")
    assert 'value="音乐室"' in str(Form(initial={"room": room})["room"])
    assert 'value="音乐室"' in str(Form(initial={"room": room.pk})["room"])


def test_suggestions(as_person, keeper):
    cast.room("音乐室")
    cast.room("美术室")
    answer = as_person(keeper).get("/assets/lookups/room/", {"to_room": "音"})
    assert answer.content.decode() == '<option value="音乐室">'


def test_suggestions_by_pinyin_of_a_person(as_person, keeper):
    cast.person("yan", "郑小燕")
    answer = as_person(keeper).get("/assets/lookups/person/", {"custodian": "zheng"})
    assert "郑小燕" in answer.content.decode()


def test_unknown_kind_is_not_found(as_person, keeper):
    assert as_person(keeper).get("/assets/lookups/planet/").status_code == 404


def test_suggestions_are_refused_to_other_staff(as_person, stranger):
    assert as_person(stranger).get("/assets/lookups/room/").status_code == 403
