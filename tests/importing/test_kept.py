"""A file is opened once: its rows wait beside it until they are checked, and are read anew where they are gone."""

import pytest

from logistics.base.history import acting
from logistics.importing import kept
from logistics.importing.models import ImportRow
from logistics.importing.services import uploads
from tests.importing import lists

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]
ROWS = (("SY1", "课桌", 2, 168, 336, "2019-09-01"), ("SY2", "讲台", 1, 500, 500, None))


@pytest.fixture
def run(keeper):
    with acting(keeper):
        return uploads.begin(person=keeper, kind="cards", upload=lists.upload(lists.workbook(*ROWS)))


@pytest.fixture
def reads(monkeypatch):
    """How often a file is opened from now on."""
    counted, read = [], uploads.read
    monkeypatch.setattr(uploads, "read", lambda data: counted.append(1) or read(data))
    return counted


def cells(run):
    return list(ImportRow.objects.filter(run=run).values_list("number", "cells"))


def test_the_file_is_not_opened_a_second_time(keeper, run, reads):
    lists.confirmed(keeper, run)
    assert not reads
    assert [(number, row[:3]) for number, row in cells(run)] == [(2, ["SY1", "课桌", 2]), (3, ["SY2", "讲台", 1])]


def test_kept_rows_go_when_they_are_checked(keeper, run):
    assert kept.kept(run)
    lists.confirmed(keeper, run)
    assert kept.kept(run) is None


@pytest.mark.parametrize("lost", [True, False], ids=["gone", "of other tables"])
def test_without_kept_rows_the_file_says_the_same(keeper, run, reads, lost):
    lists.confirmed(keeper, run)
    before = cells(run)
    run.refresh_from_db()
    if not lost:
        run.tables[0]["header"] = [9]
        kept.keep(run, [None])
        run.refresh_from_db()
    lists.done(keeper, uploads.move(run, "checking"), "check")
    assert reads == [1]
    assert cells(run) == before


def test_other_header_rows_keep_other_rows(keeper, run, reads):
    with acting(keeper):
        uploads.look_again(run=run, headers={0: 2})
    assert reads == [1]
    assert [number for number, _cells in kept.kept(run)[0]] == [3]
