"""Pages of the store answer to those who keep or see it."""

import pytest
from django.urls import reverse

from assets.models import Card, Issue, StockBalance, StockPaper
from finance.choices import Nature
from tests import cast
from tests.assets import received

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05")]


def test_the_keeper_enters_and_issues_on_pages(client):
    keeper, teacher = cast.keeper(), cast.teacher()
    client.force_login(keeper)
    store = received.store()
    goods = received.accepted(keeper, teacher)
    thing = received.accepted(keeper, teacher, name="投影仪", quantity=2, nature=Nature.PROPERTY)
    for name, args in [("to-enter", []), ("enter-store", [goods.acceptance_id]), ("enter-cards", [thing.pk])]:
        assert client.get(reverse(f"assets:{name}", args=args)).status_code == 200
    day = goods.acceptance.day.isoformat()
    client.post(reverse("assets:enter-store", args=[goods.acceptance_id]), {"room": store.pk, "day": day})
    client.post(reverse("assets:enter-cards", args=[thing.pk]), {"pieces": 2, "one_card_each": "on", "date": day})
    assert Card.objects.count() == 2
    item = StockBalance.objects.get().item
    lines = {"lines-TOTAL_FORMS": 1, "lines-INITIAL_FORMS": 0, "lines-0-item": item.pk}
    lines |= {"lines-0-asked": "2", "lines-0-issued": "1"}
    head = {"recipient": teacher.name, "room": store.pk, "purpose": "教学用"}
    client.post(reverse("assets:issue-new"), {**head, **lines})
    issue = Issue.objects.get()
    pages = [reverse("assets:stock-list"), reverse("assets:issue-list"), reverse("assets:issue-new")]
    pages += [row.get_absolute_url() for row in (item, StockPaper.objects.get(), issue)]
    for page in pages:
        assert client.get(page).status_code == 200
    client.force_login(teacher)
    assert client.get(issue.get_absolute_url()).status_code == 200
    assert client.get(reverse("assets:stock-list")).status_code == 403
