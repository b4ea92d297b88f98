"""Lists: search, filters in the address, sorting, totals, deep pages, bulk actions, export, and what they cost."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logistics.base.views.paging import Page
from logistics.school.models import Department, Person
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.base.pages")]
NAMES = ["陈静", "陈思远", "李明", "王建国", "重庆", "赵丽华"]


@pytest.fixture
def listed(as_person):
    cast.school()
    cast.term()
    first, second = Department.objects.create(name="教导处", order=1), Department.objects.create(name="总务处", order=2)
    for i, name in enumerate(NAMES):
        cast.person(f"p{i}", name, department=first if i % 2 else second, staff_number=f"A{i:03}")
    client = as_person(cast.stranger())

    def get(address: str = "/people/", **query: object):
        return client.get(address, query)

    return get


def names(answer) -> list[str]:
    return [person.name for person in answer.context["object_list"]]


def test_orders_by_pinyin(listed):
    assert names(listed()) == ["陈静", "陈思远", "重庆", "冯一平", "李明", "王建国", "赵丽华"]


@pytest.mark.requirement("R05")
@pytest.mark.parametrize(
    ("words", "found"), [("陈静", ["陈静"]), ("a002", ["李明"]), ("Ａ００２", ["李明"]), ("陈 A001", ["陈思远"])]
)
def test_search_ignores_case_and_width_and_wants_every_word(listed, words, found):
    assert names(listed(q=words)) == found


def test_search_for_nothing_finds_all(listed):
    assert len(names(listed(q="   "))) == 7


def test_filter_picks_a_row_and_stays_in_the_links(listed):
    office = Department.objects.get(name="总务处")
    answer = listed(department=office.pk)
    assert names(answer) == ["陈静", "重庆", "李明"]
    assert f"?department={office.pk}&amp;sort=name_sort" in answer.content.decode()


def test_unknown_choice_is_said_and_filters_nothing(listed):
    answer = listed(department="99999")
    assert len(names(answer)) == 7
    assert 'class="wrong"' in answer.content.decode()


def test_nothing_fits_offers_the_way_back(listed):
    assert 'href="/people/"' in listed(q="没有这个人").content.decode()


@pytest.mark.parametrize(("sort", "first"), [("name_sort", "陈静"), ("-name_sort", "赵丽华")])
def test_sorts_both_ways(listed, sort, first):
    assert names(listed(sort=sort))[0] == first


@pytest.mark.parametrize("sort", ["password", "-password", "department__head__password", "?", "pk"])
def test_sorts_by_nothing_but_its_columns(listed, sort):
    assert names(listed(sort=sort))[0] == "陈静"


def test_totals_are_of_all_that_is_filtered(listed):
    office = Department.objects.get(name="总务处")
    assert listed().context["totals"][2][1] == 3 * 1 + 3 * 2
    assert listed(department=office.pk).context["totals"][2][1] == 6


def test_bulk_actions_are_those_one_may_use(listed):
    assert [action.label for action, url in listed().context["bulk_actions"]] == ["Remember"]


def test_columns_say_once_how_their_cells_look(listed):
    assert listed().context["table_class"] == "wide-3 num-4"


@pytest.mark.requirement("R03")
def test_export_holds_what_is_filtered_and_no_formula(listed):
    Person.objects.filter(name="李明").update(name="=1+1")
    office = Department.objects.get(name="总务处")
    answer = listed(department=office.pk, export="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows())
    assert [[cell.value for cell in row] for row in rows] == [
        ["Name", "Department", "Order"],
        ["陈静", "总务处", 3],
        ["重庆", "总务处", 3],
        ["=1+1", "总务处", 3],
    ]
    assert rows[3][0].data_type == "s"


@pytest.mark.requirement("O02")
def test_export_asks_for_its_own_permission(listed):
    assert listed("/people-kept/").status_code == 200
    assert "export=xlsx" not in listed("/people-kept/").content.decode()
    assert listed("/people-kept/", export="xlsx").status_code == 403


def many(count: int) -> None:
    Person.objects.bulk_create(
        Person(username=f"x{i}", name=f"某{i:05}", name_sort=f"mou {i:05}", password="x") for i in range(count)
    )


@pytest.mark.parametrize("rows", [10, 1000])
def test_a_page_costs_the_same_queries_however_long_the_list(listed, rows):
    many(rows)
    with CaptureQueriesContext(connection) as spent:
        answer = listed(size=100)
    assert answer.status_code == 200
    assert len(spent) == 8  # session, person, roles, school and term; picks, count and sums, keys, rows


def test_pages_neither_overlap_nor_miss_a_row(listed):
    many(500)
    Person.objects.filter(username__startswith="x").update(name_sort="mou")  # all alike: only the key tells them apart
    seen = [name for number in range(1, 12) for name in names(listed(page=number))]
    assert len(seen) == len(set(seen)) == 507


@pytest.mark.parametrize("asked", ["0", "-1", "999999999999999999", "x", "²", ""])
def test_a_page_that_is_not_there_gives_the_nearest(listed, asked):
    assert listed(page=asked).status_code == 200


def test_the_end_of_a_list_is_read_from_its_end(listed):
    many(300)
    with CaptureQueriesContext(connection) as spent:
        last = listed(page=7)
    keys = next(q["sql"] for q in spent if "LIMIT 7" in q["sql"])
    assert "DESC" in keys
    assert names(last) == sorted(names(last), key=lambda n: Person.objects.get(name=n).name_sort)
    assert names(last)[-1] == "赵丽华"


def test_page_numbers_leave_out_the_middle():
    assert Page(250, 100, 50_000).numbers == [1, None, 248, 249, 250, 251, 252, None, 500]
    assert Page(1, 50, 0).numbers == [1]
    assert (Page.at("9", 50, 0).first_row, Page.at("9", 50, 0).last_row) == (0, 0)


def test_days_in_the_export_are_days(as_person):
    from logistics.base.views.sheets import sheet_response

    answer = sheet_response("账", ["日", "时"], [[dt.date(2026, 9, 1), dt.datetime(2026, 9, 1, 16, tzinfo=dt.UTC)]])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]] == [dt.datetime(2026, 9, 1), dt.datetime(2026, 9, 2)]
    assert re.search(r"filename\*=utf-8''", answer["Content-Disposition"])


def test_a_sheet_is_ready_to_print_and_to_read():
    from logistics.base.views.sheets import sheet_response

    answer = sheet_response("账", ["名"], [["=1+1"], ["多功能高清触控一体化教学平板显示终端"]])
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.column_dimensions["A"].width > 36
    assert sheet["A2"].data_type == "s"
