"""Committing once and wholly, what changed meanwhile, work that died, taking back."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from assets.models import Card, Movement
from assets.services.movements import correct
from logistics.base.history import acting
from logistics.importing.choices import RunState, Verdict
from logistics.importing.models import ImportRow, ImportRun
from logistics.importing.services import commits, states
from logistics.school.models import Room
from tests.importing import lists
from tests.importing.lists import CARD_HEADS, check, faults

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]
DAY = dt.date(2026, 9, 1)


@pytest.fixture
def card(keeper):
    return lists.known_card(keeper)


def only_row(run, number):
    return ImportRow.objects.get(run=run, number=number)


# Committing


def test_nothing_is_written_before_the_commit(keeper, card):
    check(keeper, ("SY1", "书柜", 5, None, 9, None, None, None, "新"), ("SY2", "书柜", 1, None, 860))
    assert list(Card.objects.values_list("name", "quantity")) == [("学生课桌", 2)]
    assert Movement.objects.count() == 1


def test_a_run_is_committed_once(keeper):
    run = check(keeper, ("SY1", "课桌", 1, None, 1))
    commits.ask_commit(run=run, whole=True)
    with pytest.raises(ValidationError):
        commits.ask_commit(run=ImportRun.objects.get(pk=run.pk), whole=True)
    lists.done(keeper, run, "commit")
    run = lists.done(keeper, run, "commit")
    assert (run.state, Card.objects.count()) == (RunState.COMMITTED, 1)


def test_two_people_with_the_same_file_make_no_doubles(keeper, director):
    data = lists.workbook(("SY1", "课桌", 1, None, 1), (None, "无号椅子", 1, None, 1), heads=CARD_HEADS)
    first, second = lists.checked(keeper, data), lists.checked(director, data)
    lists.committed(keeper, first)
    second = lists.committed(director, second)
    assert Card.objects.count() == 2
    rows = {row.number: row for row in ImportRow.objects.filter(run=second)}
    assert (rows[2].verdict, rows[3].faults[0][1]) == (Verdict.SAME, "twin")
    assert second.message


def test_what_changed_since_the_preview_goes_back_to_be_looked_at(keeper, card):
    run = check(keeper, ("SY1", "课桌甲"), ("SY2", "书柜", 1, None, 860))
    Card.objects.filter(pk=card.pk).update(name="课桌乙")
    run = lists.committed(keeper, run)
    card.refresh_from_db()
    assert (run.state, card.name) == (RunState.PARTLY, "课桌乙")
    assert faults(run) == [(2, "", "stale")]
    states.move(run, RunState.CHECKING)
    run = lists.done(keeper, run, "again")
    assert only_row(run, 2).changes == {"name": ["课桌乙", "课桌甲"]}


def test_a_failure_half_way_writes_nothing(keeper, card, monkeypatch):
    from assets.imports.cards import CardSpec

    def broken(self, rows):
        raise RuntimeError

    monkeypatch.setattr(CardSpec, "_describe", broken)
    run = check(keeper, ("SY1", "课桌甲"), ("SY2", "书柜", 1, None, 860))
    run = lists.committed(keeper, run)
    assert (run.state, Card.objects.count()) == (RunState.PREVIEW, 1)
    assert run.message
    assert {row.verdict for row in ImportRow.objects.filter(run=run)} == {Verdict.NEW, Verdict.CHANGED}


def test_work_that_died_is_taken_back_and_its_late_end_is_refused(keeper):
    run = check(keeper, ("SY1", "课桌", 1, None, 1))
    run = commits.ask_commit(run=run, whole=True)
    attempt = run.attempt
    with pytest.raises(ValidationError):
        states.release(run)
    ImportRun.objects.filter(pk=run.pk).update(touched_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    run.refresh_from_db()
    states.release(run)
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW
    run.attempt = attempt
    with pytest.raises(states.Superseded):
        states.finish(run, RunState.COMMITTED)


# Undoing


def test_undo_restores_what_was_there(keeper, card):
    before = Card.objects.values().get(pk=card.pk)
    Room.objects.create(name="二年级(1)班")
    run = check(keeper, ("SY1", "课桌甲", 3, None, 500, "二(1)班", None, None, "新"), ("SY2", "柜", 1, None, 860))
    run = lists.undone(keeper, lists.committed(keeper, run))
    assert (run.state, run.message) == (RunState.UNDONE, "")
    assert Card.objects.values().get(pk=card.pk) == before
    assert not Card.objects.in_ledger().filter(number="SY2").exists()


def test_undo_names_what_hinders_and_leaves_nothing_half_undone(keeper):
    run = lists.committed(keeper, check(keeper, ("SY1", "课桌", 1, None, 1), ("SY2", "柜", 1, None, 860)))
    card = Card.objects.get(number="SY2")
    paper = None
    with acting(keeper):
        paper = correct(person=keeper, card=card, quantity=1, value=Decimal(900), date=run.date, summary="估价有误")
    run = lists.undone(keeper, run)
    assert run.state == RunState.COMMITTED
    assert "SY2" in run.message
    assert paper.number in run.message
    assert Card.objects.in_ledger().count() == 2
