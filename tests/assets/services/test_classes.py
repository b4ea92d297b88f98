"""The reference classes enter once and never overwrite what the school changed."""

import datetime as dt

import pytest

from assets.choices import Scheme
from assets.models import PropertyClass, UsefulLife
from assets.queries.lives import useful_life
from assets.services.classes import above, load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]
TODAY = dt.date(2026, 9, 1)


def test_the_classes_stand_in_their_tree():
    computer = PropertyClass.objects.get(code="A02010105")

    assert computer.parent.code == "A02010100"
    assert (computer.level, computer.top_code, computer.sub_code) == (4, "A02000000", "A02010000")
    assert PropertyClass.objects.get(code="A02000000").parent is None
    assert PropertyClass.objects.filter(scheme=Scheme.GB2010).exists()
    assert computer.history.get().history_type == "+"


def test_loading_again_changes_nothing(django_assert_max_num_queries):
    classes, lives = PropertyClass.objects.count(), UsefulLife.objects.count()
    with django_assert_max_num_queries(8):
        load_reference()

    assert (PropertyClass.objects.count(), UsefulLife.objects.count()) == (classes, lives)


def test_what_the_school_changed_stays():
    computer = PropertyClass.objects.get(code="A02010105")
    computer.name, computer.active = "学生电脑", False
    computer.save()
    load_reference()
    computer.refresh_from_db()

    assert (computer.name, computer.active) == ("学生电脑", False)


def test_the_schools_own_class_takes_the_life_of_the_class_above():
    tablet = PropertyClass.objects.create(
        scheme=Scheme.SCHOOL, code="X01", name="学生平板", parent=PropertyClass.objects.get(code="A02010105")
    )

    assert (tablet.top_code, tablet.sub_code, tablet.level) == ("A02000000", "A02010000", 5)
    assert useful_life(tablet, TODAY) == 72


def test_a_class_that_moves_takes_the_classes_below_along():
    computers, furniture = (PropertyClass.objects.get(code=code) for code in ("A02010100", "A05010000"))
    own = PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="X01", name="平板", parent=computers)
    below = PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="X0101", name="学生平板", parent=own)
    own.parent = furniture
    own.save()
    below.refresh_from_db()

    assert (below.level, below.top_code, below.sub_code) == (4, "A05000000", "A05010000")


def test_a_life_is_the_rule_of_its_day():
    sports = PropertyClass.objects.get(code="A02320200")

    assert useful_life(sports, dt.date(2018, 6, 1)) == 60
    assert useful_life(sports, dt.date(2019, 1, 1)) == 120
    assert useful_life(sports, dt.date(2015, 1, 1)) == 60  # older property began to wear with the first rule


def test_the_schools_own_rule_holds_from_its_day():
    computer = PropertyClass.objects.get(code="A02010105")
    UsefulLife.objects.create(property_class=computer, months=96, in_force_from=TODAY, source="本校规定")

    assert useful_life(computer, dt.date(2026, 8, 31)) == 72
    assert useful_life(computer, TODAY) == 96


def test_books_are_not_depreciated():
    assert useful_life(PropertyClass.objects.get(code="A04010101"), TODAY) is None


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("A02010105", "A02010100"),
        ("A02010100", "A02010000"),
        ("A02000000", ""),
        ("2010104", "2010100"),
        ("2010000", "2000000"),
        ("2000000", ""),
    ],
)
def test_the_code_above(code: str, parent: str):
    assert above(code) == parent
