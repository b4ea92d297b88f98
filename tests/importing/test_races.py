"""Two people at once: one list makes no doubles, one import is entered once. Proved on PostgreSQL."""

import pytest
from django.utils import timezone

from assets.checks import cards_unlike_entries
from assets.models import Card, Movement
from assets.services.movements import transfer
from logistics.importing.choices import RunState, Verdict
from logistics.importing.models import ImportRow, ImportRun
from tests import cast
from tests.assets.services.test_races import at_once
from tests.importing import lists

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.requirement("A02")]
HEADS = ("资产编号", "资产名称", "数量", "金额", "备注")


def test_the_same_list_by_two_people(keeper):
    director = cast.director()
    rows = [(f"SY{n}", "课桌", 1, 168, None) for n in range(30)] + [(None, "无号椅子", 1, 50, None)] * 3
    data = lists.workbook(*rows, heads=HEADS)
    runs = [(person, lists.checked(person, data)) for person in (keeper, director)]

    at_once(*(lambda person=person, run=run: lists.committed(person, run) for person, run in runs))

    assert Card.objects.count() == 33
    assert Movement.objects.count() == 1
    entered = [ImportRow.objects.filter(run=run, verdict=Verdict.COMMITTED).count() for _person, run in runs]
    assert sorted(entered) == [0, 33]


def test_one_import_entered_by_two_people(keeper):
    director = cast.director()
    run = lists.checked(keeper, lists.workbook(("SY1", "课桌", 1, 168, None), heads=HEADS))
    mine, theirs = (ImportRun.objects.get(pk=run.pk) for _ in range(2))

    at_once(lambda: lists.committed(keeper, mine), lambda: lists.committed(director, theirs))

    run.refresh_from_db()
    assert (run.state, Card.objects.count(), Movement.objects.count()) == (RunState.COMMITTED, 1, 1)


def test_a_card_changed_by_two_lists(keeper):
    director = cast.director()
    lists.committed(keeper, lists.checked(keeper, lists.workbook(("SY1", "课桌", 1, 168, "旧"), heads=HEADS)))
    runs = [
        (person, lists.checked(person, lists.workbook(("SY1", None, None, value, note), heads=HEADS)))
        for person, value, note in ((keeper, 200, "甲"), (director, 300, "乙"))
    ]

    at_once(*(lambda person=person, run=run: lists.committed(person, run) for person, run in runs))

    verdicts = sorted(ImportRow.objects.filter(run__in=[run for _p, run in runs]).values_list("verdict", flat=True))
    assert verdicts == [Verdict.COMMITTED, Verdict.FAULTY]
    card = Card.objects.get()
    assert (int(card.value), card.note) in {(200, "甲"), (300, "乙")}
    assert sum(entry.value for entry in card.entries.all()) == card.value


def test_a_card_is_moved_while_a_list_changes_it(keeper):
    lists.committed(keeper, lists.checked(keeper, lists.workbook(("SY1", "课桌", 1, 168, "旧"), heads=HEADS)))
    run = lists.checked(keeper, lists.workbook(("SY1", None, None, 200, None), heads=HEADS))
    card, room = Card.objects.get(), cast.room("音乐室")

    at_once(
        lambda: lists.committed(keeper, run),
        lambda: transfer(person=keeper, cards=[card], room=room, date=timezone.localdate()),
    )

    assert not list(cards_unlike_entries())
    fresh = Card.objects.get()
    assert fresh.value == 200 or fresh.room == room
