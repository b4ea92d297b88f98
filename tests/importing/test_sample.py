"""The school's own list, as it lies in data/: exactly what its answer says."""

from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from assets.models import Card, LedgerEntry
from logistics.importing.choices import RunState, Verdict
from logistics.importing.models import ImportRow
from logistics.importing.services import mending
from tests.importing import lists

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]
COLUMN = {"资产编号": "number", "购置日期": "acquired_on", "数量": "quantity"}
TROUBLE = {"number used twice in the file": "double", "no such month": "cell", "not a number": "cell"}


def faults(run):
    rows = ImportRow.objects.filter(run=run, verdict=Verdict.FAULTY)
    return sorted((run.tables[r.table]["sheet"], r.number, f[0], f[1]) for r in rows for f in r.faults)


def expected():
    return sorted((p["sheet"], p["row"], COLUMN[p["column"]], TROUBLE[p["why"]]) for p in lists.ANSWER["problems"])


def demand_answer(run):
    """Cards, pieces and value of each sheet."""
    for sheet, answer in lists.ANSWER["sheets"].items():
        tables = [at for at, table in enumerate(run.tables) if table["sheet"] == sheet]
        ids = ImportRow.objects.filter(run=run, table__in=tables, verdict=Verdict.COMMITTED).values("target")
        cards = Card.objects.filter(pk__in=ids)
        sums = cards.aggregate(cards=Count("pk"), pieces=Sum("quantity"), value=Sum("value"))
        assert sums == {"cards": answer["cards"], "pieces": answer["pieces"], "value": Decimal(answer["value"])}
        entries = LedgerEntry.objects.filter(card__in=ids).aggregate(pieces=Sum("quantity"), value=Sum("value"))
        assert entries == {"pieces": answer["pieces"], "value": Decimal(answer["value"])}


def test_in_a_school_that_knows_all_names(keeper):
    lists.school_of_sample()
    run = lists.checked(keeper, lists.SAMPLE)
    assert run.state == RunState.PREVIEW, run.message
    assert faults(run) == expected()
    assert not Card.objects.exists()
    run = lists.committed(keeper, run)
    assert run.state == RunState.PARTLY, run.message
    demand_answer(run)
    assert faults(run) == expected()


def test_after_creating_the_unknown_names_from_the_page(keeper):
    run = lists.checked(keeper, lists.SAMPLE)
    assert set(faults(run)) > set(expected())
    names = lists.names_of_sample()
    choices = {(kind, text): mending.CREATE for kind in names for text in names[kind]}
    assert mending.settle_names(run=run, person=keeper, choices=choices) == []
    run.refresh_from_db()
    run = lists.done(keeper, run, "again")
    assert faults(run) == expected()
    run = lists.committed(keeper, run)
    demand_answer(run)
