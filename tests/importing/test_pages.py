"""The pages of an import: the way through them, then every refusal."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from assets.models import Card
from logistics.importing.choices import RunState, Verdict
from logistics.importing.models import ImportRow, ImportRun, RememberedMatch
from logistics.school.models import Department, Person, Room
from tests import cast
from tests.importing import lists

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A02")]
MOST_BYTES = 200 * 1024


def url(name, *args):
    return reverse(f"importing:{name}", args=args)


def send(client, data, kind="cards", name="list.xlsx"):
    return client.post(url("run-create", kind), {"file": lists.upload(data, name)})


def confirm(client, run):
    """The columns page sent as it was shown."""
    page = client.get(url("run-columns", run.pk)).content.decode()
    data = dict.fromkeys(re.findall(r'name="(use-\d+)" checked', page), "on")
    for name, options in re.findall(r'<select[^>]*name="(column-[\d-]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="(\w+)" selected', options)
        data[name] = chosen[1] if chosen else ""
    data |= dict(re.findall(r'name="(header-\d+)" value="(\d*)"', page))
    return client.post(url("run-columns", run.pk), data)


def uploaded(client, *rows, **kwargs):
    send(client, lists.workbook(*rows, **kwargs))
    run = ImportRun.objects.latest("pk")
    confirm(client, run)
    run.refresh_from_db()
    return run


GOOD = ("SY1", "学生课桌", 2, 168, 336, "2020-09-01", None, None)


def test_the_whole_way_with_the_sample(as_person, keeper):
    lists.school_of_sample()
    client = as_person(keeper)
    assert client.get(url("run-list")).status_code == 200
    answer = send(client, lists.SAMPLE, name="asset-list-2026.xlsx")
    run = ImportRun.objects.get()
    assert answer.url == url("run-columns", run.pk)
    assert confirm(client, run).url == run.get_absolute_url()
    page = client.get(run.get_absolute_url(), follow=True)
    text = page.content.decode()
    assert len(page.content) < MOST_BYTES
    for sheet, row in (("教学楼", 96), ("综合楼", 23), ("食堂及其他", 71)):
        assert re.search(rf"{sheet}.{{1,6}}{row}\b", text)
    assert not Card.objects.exists()
    for tab in Verdict.values:
        assert client.get(url("row-list", run.pk), {"tab": tab, "size": 100}).status_code == 200
    new = client.get(url("row-list", run.pk), {"tab": "new", "size": 100})
    assert len(new.content) < MOST_BYTES

    answer = client.post(url("run-commit", run.pk), {"date": "2026-11-20", "summary": "全校清查"})
    assert answer.status_code == 302, answer.content.decode()
    run.refresh_from_db()
    assert run.state == RunState.PARTLY
    assert Card.objects.in_ledger().count() == sum(s["cards"] for s in lists.ANSWER["sheets"].values())
    result = client.get(run.get_absolute_url()).content.decode()
    assert run.papers[0]["text"] in result

    assert client.get(url("run-undo", run.pk)).status_code == 200
    client.post(url("run-undo", run.pk))
    run.refresh_from_db()
    assert (run.state, run.message) == (RunState.UNDONE, "")
    assert not Card.objects.in_ledger().exists()


def test_a_cell_is_mended_and_what_was_typed_comes_back_while_it_is_wrong(as_person, keeper):
    client = as_person(keeper)
    run = uploaded(
        client, ("SY1", "学生课桌", "若干", 168, None, "2020-09-01", None, None), GOOD[:0] or ("SY2", *GOOD[1:])
    )
    row = ImportRow.objects.get(verdict=Verdict.FAULTY)
    page = client.post(url("row-mend", run.pk, row.pk), {"cell-quantity": "很多张"}, headers={"HX-Request": "true"})
    assert "很多张" in page.content.decode()
    row.refresh_from_db()
    assert row.verdict == Verdict.FAULTY
    page = client.post(url("row-mend", run.pk, row.pk), {"cell-quantity": "３张"}, headers={"HX-Request": "true"})
    row.refresh_from_db()
    assert (row.verdict, row.values["quantity"], row.values["value"]) == (Verdict.NEW, 3, "504.00")
    assert "hx-swap-oob" in page.content.decode()


def test_mending_without_scripts_leads_back_to_the_same_page(as_person, keeper):
    client = as_person(keeper)
    run = uploaded(client, ("SY1", "学生课桌", "若干", 168, None, "2020-09-01", None, None))
    row = ImportRow.objects.get()
    answer = client.post(url("row-mend", run.pk, row.pk), {"cell-quantity": "3", "back": "tab=faulty&column=quantity"})
    assert answer.url == url("row-list", run.pk) + f"?tab=faulty&column=quantity#row-{row.pk}"


def test_a_double_is_cured_by_leaving_the_first_one_out(as_person, keeper):
    client = as_person(keeper)
    run = uploaded(client, GOOD, ("SY1", "文件柜", 1, 700, 700, "2020-09-01", None, None))
    first, second = ImportRow.objects.order_by("number")
    assert (first.verdict, second.verdict) == (Verdict.NEW, Verdict.FAULTY)
    assert second.faults == [["number", "double", {"table": 0, "row": 2}]]
    client.post(url("row-mend", run.pk, first.pk), {"out": "1"})
    second.refresh_from_db()
    assert second.verdict == Verdict.NEW
    client.post(url("row-mend", run.pk, first.pk), {"out": "0"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.verdict, second.verdict) == (Verdict.NEW, Verdict.FAULTY)


def test_names_are_settled_once_for_all_rows(as_person, keeper):
    Room.objects.create(name="六年级(2)班")
    Person.objects.create_user("wang1", "王芳", staff_number="T012")
    Person.objects.create_user("wang2", "王芳", staff_number="T045")
    client = as_person(keeper)
    rows = [(f"SY{n}", "课桌", 1, 168, 168, "2020-09-01", "六二班教室", "王芳") for n in range(3)]
    run = uploaded(client, *rows, ("SY9", "课桌", 1, 168, 168, "2020-09-01", "新仓库", None))
    page = client.get(url("run-names", run.pk)).content.decode()
    assert "六年级(2)班" in page
    assert "王芳 T012" in page
    names = dict(re.findall(r'name="text-(\d+)" value="([^"]+)"', page))
    kinds = dict(re.findall(r'name="kind-(\d+)" value="([^"]+)"', page))
    want = {"六二班教室": "near:六年级(2)班", "王芳": "near:王芳 T045", "新仓库": "create"}
    data = {f"text-{n}": text for n, text in names.items()} | {f"kind-{n}": kind for n, kind in kinds.items()}
    data |= {f"choice-{n}": want[text] for n, text in names.items()}
    client.post(url("run-names", run.pk), data)
    assert set(ImportRow.objects.values_list("verdict", flat=True)) == {Verdict.NEW}
    assert Room.objects.filter(name="新仓库").exists()
    client.post(url("run-commit", run.pk), {"date": "2026-11-20"})
    cards = Card.objects.order_by("number").values_list("room__name", "custodian__username")
    assert list(cards) == [("六年级(2)班", "wang2")] * 3 + [("新仓库", None)]


def test_a_column_put_right_is_remembered(as_person, keeper):
    client = as_person(keeper)
    heads = ("资产编号", "宝贝叫啥", "数量", "金额")
    send(client, lists.workbook(("SY1", "课桌", 1, 168), heads=heads))
    run = ImportRun.objects.get()
    data = {"use-0": "on", "header-0": "1", "column-0-0": "number", "column-0-1": "name", "column-0-2": "quantity"}
    client.post(url("run-columns", run.pk), {**data, "column-0-3": "value"})
    assert ImportRow.objects.get().verdict == Verdict.NEW
    assert RememberedMatch.objects.values_list("head", "column").get() == ("宝贝叫啥", "name")
    send(client, lists.workbook(("SY2", "课桌", 1, 168), heads=heads))
    assert ImportRun.objects.latest("pk").tables[0]["map"]["1"] == "name"


@pytest.mark.parametrize(
    "change",
    [{}, {"use-0": "on", "column-0-1": "number"}, {"use-0": "on", "column-0-1": ""}],
    ids=["no sheet", "a column twice", "no name"],
)
def test_columns_that_do_not_do(as_person, keeper, change):
    client = as_person(keeper)
    send(client, lists.workbook(("SY1", "课桌", 1, 168), heads=("名字一", "资产名称", "数量", "金额")))
    run = ImportRun.objects.get()
    data = {"header-0": "1", "column-0-0": "", "column-0-1": "name", "column-0-2": "number", "column-0-3": "value"}
    data |= {"column-0-2": ""} if change.get("column-0-1") == "" else {}
    answer = client.post(url("run-columns", run.pk), {**data, **change})
    assert answer.status_code == 422
    run.refresh_from_db()
    assert run.state == RunState.COLUMNS


def test_another_header_row(as_person, keeper):
    client = as_person(keeper)
    send(
        client, lists.workbook(("甲", "乙", "丙"), ("编号", "物", "个"), ("SY1", "课桌", 1), heads=("某校", None, None))
    )
    run = ImportRun.objects.get()
    client.post(url("run-columns", run.pk), {"use-0": "on", "header-0": "3"})
    run.refresh_from_db()
    assert run.tables[0]["header"] == [3]


def test_the_marked_copy_is_mended_and_uploaded_again(as_person, keeper):
    client = as_person(keeper)
    run = uploaded(
        client,
        GOOD,
        ("SY2", "文件柜", "若干", 700, 700, "2019年13月", None, None),
        ("SY3", "文件柜", "若干", 700, 700, "2019-01", None, None),
    )
    third = ImportRow.objects.get(number=4)
    client.post(url("row-mend", run.pk, third.pk), {"cell-quantity": "1"})
    client.post(url("run-commit", run.pk), {"date": "2026-11-20"})
    answer = client.get(url("run-marked", run.pk))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    page = book.worksheets[0]
    assert "2019年13月" in str(page.cell(3, page.max_column).value)
    page.cell(3, 3).value, page.cell(3, 6).value = 1, "2019-12"
    file = io.BytesIO()
    book.save(file)
    client.post(url("run-again", run.pk), {"file": lists.upload(file.getvalue())})
    run.refresh_from_db()
    assert run.state == RunState.PARTLY, run.message
    client.post(url("run-commit", run.pk), {"date": "2026-11-20", "whole": "1"})
    run.refresh_from_db()
    assert run.state == RunState.COMMITTED, run.message
    assert sorted(Card.objects.values_list("number", flat=True)) == ["SY1", "SY2", "SY3"]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + b"0" * 99, b"PK\x03\x04nothing"])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(as_person, keeper, data):
    answer = send(as_person(keeper), data)
    assert answer.status_code == 422
    assert not ImportRun.objects.exists()


def test_others_do_not_see_it(as_person, keeper):
    run = uploaded(as_person(keeper), GOOD)
    pages = ("run-detail", "run-columns", "row-list", "run-names", "run-file", "run-marked", "run-commit", "run-undo")
    client = as_person(cast.stranger())
    for name in pages:
        assert client.get(url(name, run.pk)).status_code in (403, 404), name
    assert client.get(url("run-list")).status_code == 403
    assert client.post(url("run-commit", run.pk), {"date": "2026-11-20"}).status_code in (403, 404)
    assert not Card.objects.exists()


def test_who_may_import_the_kind_sees_the_imports_of_others(as_person, keeper):
    run = uploaded(as_person(keeper), GOOD)
    assert as_person(cast.director()).get(run.get_absolute_url(), follow=True).status_code == 200


def test_unknown_kinds_and_forms(as_person, keeper):
    client = as_person(keeper)
    assert client.get(url("run-create", "os")).status_code == 404
    assert client.get(url("export", "cards", "exe")).status_code == 404
    assert client.get(url("template", "cards")).status_code == 200


def test_a_person_without_the_schools_permission_creates_no_names(as_person, keeper, monkeypatch):
    from logistics.school import roles

    monkeypatch.setitem(roles.ROLES, "keeper", roles.ROLES["keeper"] - {"school.import_school"})
    client = as_person(keeper)
    run = uploaded(client, ("SY9", "课桌", 1, 168, 168, "2020-09-01", "新仓库", None))
    data = {"kind-0": "room", "text-0": "新仓库", "choice-0": "create"}
    assert client.post(url("run-names", run.pk), data).status_code == 403
    assert not Room.objects.exists()


def test_an_import_is_dropped(as_person, keeper):
    client = as_person(keeper)
    run = uploaded(client, GOOD)
    client.post(url("run-drop", run.pk))
    run.refresh_from_db()
    assert run.state == RunState.DROPPED
    assert client.post(url("run-commit", run.pk), {"date": "2026-11-20"}).status_code == 302
    assert not Card.objects.exists()


def test_it_waits_on_home_until_it_is_done(as_person, keeper):
    client = as_person(keeper)
    run = uploaded(client, GOOD)
    assert run.get_absolute_url() in client.get("/").content.decode()
    client.post(url("run-commit", run.pk), {"date": "2026-11-20"})
    assert run.get_absolute_url() not in client.get("/").content.decode()


def test_department_names_are_offered(as_person, keeper):
    Department.objects.create(name="总务处")
    client = as_person(keeper)
    heads = ("资产编号", "资产名称", "数量", "金额", "使用部门")
    run = uploaded(client, ("SY1", "课桌", 1, 168, "总务科"), heads=heads)
    assert "总务处" in client.get(url("row-list", run.pk)).content.decode()


def test_the_rest_is_left_out_and_the_import_is_done(as_person, keeper):
    client = as_person(keeper)
    bad = [(f"SY{n}", "课桌", "若干", 168, 1, "2020-09-01", None, None) for n in range(2, 5)]
    run = uploaded(client, GOOD, *bad)
    client.post(url("run-commit", run.pk), {"date": "2026-11-20"})
    client.post(url("row-mend", run.pk, ImportRow.objects.filter(verdict=Verdict.FAULTY).first().pk), {"out": "1"})
    run.refresh_from_db()
    assert run.state == RunState.PARTLY
    client.post(url("run-leave", run.pk))
    run.refresh_from_db()
    assert run.state == RunState.COMMITTED
    assert Card.objects.get().number == "SY1"


def test_long_lists_are_worked_on_by_the_worker(as_person, keeper, monkeypatch, django_capture_on_commit_callbacks):
    from logistics.importing.services import work

    monkeypatch.setattr(work, "AT_ONCE", 0)
    client = as_person(keeper)
    send(client, lists.workbook(GOOD))
    run = ImportRun.objects.get()
    with django_capture_on_commit_callbacks() as waiting:
        confirm(client, run)
    run.refresh_from_db()
    assert run.state == RunState.CHECKING
    page = client.get(run.get_absolute_url())
    assert page["Refresh"]
    assert "<progress" in page.content.decode()
    assert client.get(url("run-progress", run.pk), headers={"HX-Request": "true"}).status_code == 200
    assert client.post(url("run-check", run.pk)).status_code == 302
    waiting[0]()
    run.refresh_from_db()
    assert run.state == RunState.PREVIEW
    answer = client.get(url("run-progress", run.pk), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == run.get_absolute_url()


def test_sheets_without_rows(as_person, keeper):
    client = as_person(keeper)
    send(client, lists.workbook())
    run = ImportRun.objects.get()
    client.post(url("run-columns", run.pk), {"use-0": "on", "column-0-0": "number", "column-0-1": "name"})
    run.refresh_from_db()
    assert (run.state, bool(run.message)) == (RunState.COLUMNS, True)
