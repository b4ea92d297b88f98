"""The page of the integrity checks."""

import pytest

from assets.models import Card
from logistics.base.checks import Check, Problem
from logistics.front.views import books
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01")]


def test_all_is_right(as_person, director):
    text = as_person(director).get("/checks/").content.decode()
    assert "账目相符" in text
    assert "需要处理" not in text


def test_what_is_wrong_stands_on_top_with_its_remedy(as_person, director, keeper):
    card = stock.card(keeper)
    Card.objects.filter(pk=card.pk).update(quantity=30)
    answer = as_person(director).get("/checks/")
    first = answer.context["outcomes"][0]
    assert first.problems[0].url == card.get_absolute_url()
    assert f'href="{card.get_absolute_url()}"' in answer.content.decode()
    assert str(first.check.remedy) in answer.content.decode()
    assert not answer.context["outcomes"][1].problems


def test_no_more_than_a_hundred_are_shown(as_person, director, monkeypatch):
    many = Check("many", "look", lambda: (Problem(f"<{n}>") for n in range(101)))
    monkeypatch.setattr(books, "offered", lambda name: [type("Module", (), {"CHECKS": [many]})])
    text = as_person(director).get("/checks/").content.decode()
    assert "&lt;99&gt;" in text
    assert "&lt;100&gt;" not in text
    assert "只列出前面的" in text


@pytest.mark.parametrize("who", ["teacher", "keeper"])
def test_refused(as_person, who):
    assert as_person(getattr(cast, who)()).get("/checks/").status_code == 403
