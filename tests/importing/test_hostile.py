"""Files that nobody should send, and lists that nobody should keep: a sentence, or a page that stays small."""

import datetime as dt

import pytest
from django.urls import reverse

from logistics.importing.models import ImportRow, ImportRun
from tests.importing import lists
from tests.importing.test_pages import MOST_BYTES, confirm, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]


def way_through(client, data, name="list.csv"):
    """Upload, columns, preview, each tab, names: whatever the file is, every page answers."""
    answer = send(client, data, name=name)
    if answer.status_code == 422:
        assert "invalid-feedback" in answer.content.decode() or "wrong" in answer.content.decode()
        return None
    run = ImportRun.objects.latest("pk")
    answer = confirm(client, run)
    assert answer.status_code in (302, 422)
    run.refresh_from_db()
    for page in ("run-detail", "row-list", "run-names", "run-columns", "run-marked"):
        answer = client.get(url(page, run.pk), follow=True)
        assert answer.status_code == 200, page
        assert page == "run-marked" or len(answer.content) < MOST_BYTES, (page, len(answer.content))
    return run


def test_cells_that_no_database_takes(as_person, keeper):
    rows = "资产编号,资产名称,数量,金额,备注\nS1,课\ud800桌,1,1,x\n".encode("utf-8", "surrogatepass")
    way_through(as_person(keeper), rows)
    way_through(as_person(keeper), "资产编号,资产名称,数量,金额\nS1,课\u0000桌,1,1\n".encode())


def test_very_long_cells(as_person, keeper):
    line = ",".join(["S1", "课" * 9000, "x" * 9000, "y" * 9000, "注" * 9000])
    data = "资产编号,资产名称,数量,金额,备注\n" + "\n".join([line] * 60)
    run = way_through(as_person(keeper), data.encode())
    assert ImportRow.objects.filter(run=run).count() == 60


def test_a_list_with_every_cell_wrong(as_person, keeper):
    from assets.imports import CardSpec

    heads = [column.head for column in CardSpec().columns.values()]
    data = "\n".join([",".join(heads)] + [",".join(f"错{n}{at}" * 9 for at, _ in enumerate(heads)) for n in range(120)])
    way_through(as_person(keeper), data.encode())


def test_many_unknown_names(as_person, keeper):
    data = "资产编号,资产名称,数量,金额,存放地点,保管人,使用部门\n" + "\n".join(
        f"S{n},桌,1,1,某处{n}号地方,某人{n},某部门{n}" for n in range(400)
    )
    way_through(as_person(keeper), data.encode())


@pytest.mark.parametrize("heads", [("甲", "乙"), ("1", "2"), ("资产名称",) * 5, ("",), ("资产编号", "资产编号")])
def test_headers_that_say_nothing(as_person, keeper, heads):
    data = ",".join(heads) + "\n" + "\n".join(",".join("x" for _ in heads) for _ in range(5))
    way_through(as_person(keeper), data.encode())


def test_values_at_the_edges(as_person, keeper):
    heads = ("资产编号", "资产名称", "数量", "单价", "金额", "购置日期", "保修截止")
    rows = [
        ("S1", "桌", 2**31, 1e300, 1e15, dt.datetime(9999, 12, 31), 1e9),
        ("S2", True, 1e20, 0.001, -1, dt.date(1900, 1, 1), -5),
        ("S3", 5, 1.5, "1e9", "∞", "0000-00-00", "31/12/2020"),
        ("S4", "桌", 2147483647, "9999999999.99", None, None, None),
        ("S5", "桌", 1, "0", "0", None, None),
    ]
    run = way_through(as_person(keeper), lists.workbook(*rows, heads=heads), "list.xlsx")
    client = as_person(keeper)
    client.post(reverse("importing:run-commit", args=[run.pk]), {"date": "2026-11-20"})
    run.refresh_from_db()
    assert run.message == ""
    verdicts = dict(ImportRow.objects.filter(run=run).values_list("number", "verdict"))
    assert verdicts[5] == "faulty"
    assert verdicts[6] == "committed"
