"""Pages of plan drafts: what was typed stays, what is wrong is said at its line, two at once lose nothing."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from logistics.workcalendar.models import PlanDraft, Series, Task
from logistics.workcalendar.services import drafts, proposing
from tests import cast
from tests.workcalendar import plans
from tests.workcalendar.services.test_drafts import TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K02", "K03")]


@pytest.fixture(autouse=True)
def in_august():
    with time_machine.travel(dt.datetime(2026, 8, 20, 4, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def year(db):
    return plans.year()


@pytest.fixture
def boss(as_person, director):
    return as_person(director)


@pytest.fixture
def draft(year, director) -> PlanDraft:
    return proposing.read_text(person=director, name="工作计划", text=TEXT, term=year.terms.get(number=1))


def url(name: str, *args: object) -> str:
    return reverse(f"workcalendar:{name}", args=args)


def entered(page, **changes: str) -> dict[str, str]:
    """What the page's form would send, with some of it changed."""
    formset = page.context["formset"]
    sent = {"lines-TOTAL_FORMS": str(len(formset.forms)), "lines-INITIAL_FORMS": str(len(formset.forms))}
    for form in formset:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                sent[field.html_name] = "on" if value is True else str(value)
    return {**sent, **changes}


def number_of(page, title: str) -> str:
    """The prefix of the line with this title."""
    return next(form.prefix for form in page.context["formset"] if form["title"].value() == title)


class TestReading:
    def test_pasted(self, boss, year):
        answer = boss.post(url("draft-read"), {"term": year.terms.get(number=1).pk, "text": TEXT})
        draft = PlanDraft.objects.get()
        assert answer.url == draft.get_absolute_url()
        assert "2026-08-20" in draft.name

    def test_a_file(self, boss, year):
        upload = SimpleUploadedFile("2026 总务计划.txt", TEXT.encode("gb18030"))
        boss.post(url("draft-read"), {"term": year.terms.get(number=1).pk, "file": upload})
        assert PlanDraft.objects.get().name == "2026 总务计划"

    @pytest.mark.parametrize(
        ("given", "at"),
        [
            ({}, "text"),
            ({"text": "我们努力工作。"}, "text"),
            ({"text": TEXT, "file": b"x"}, "text"),
            ({"file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Word"}, "file"),
            ({"file": b"PK\x03\x04 no archive"}, "file"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_text_stays(self, boss, year, given, at):
        sent = {name: SimpleUploadedFile("a.doc", value) if name == "file" else value for name, value in given.items()}
        page = boss.post(url("draft-read"), {"term": year.terms.get(number=1).pk, **sent})
        assert page.status_code == 200
        assert page.context["form"].errors[at]
        assert (page.context["form"]["text"].value() or "") == given.get("text", "")
        assert not PlanDraft.objects.exists()


class TestLines:
    def test_kept_without_entering_anything(self, boss, draft, teacher):
        page = boss.get(draft.get_absolute_url())
        line = number_of(page, "发放教材")
        boss.post(
            draft.get_absolute_url(),
            entered(page, **{f"{line}-title": "发放新教材", f"{line}-owner": teacher.name, "verb": "keep"}),
        )
        row = draft.proposals.get(title="发放新教材")
        assert row.owner == teacher
        assert not Task.objects.exists()

    def test_taken_over(self, boss, draft):
        page = boss.get(draft.get_absolute_url())
        line = number_of(page, "定期召开会议")
        sent = entered(page, **{f"{line}-chosen": "on", f"{line}-rule": "week", "verb": "take"})
        assert boss.post(draft.get_absolute_url(), sent).status_code == 302
        assert Task.objects.filter(series=None).count() == 3
        assert set(Series.objects.values_list("title", "rhythm")) == {
            ("定期召开会议", "weekly"),
            ("值周教师每天检查校园安全", "school_day"),
        }
        after = boss.get(draft.get_absolute_url())
        assert [form["title"].value() for form in after.context["formset"]] == ["其它工作"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", ""),
            ("owner", "查无此人"),
            ("starts", ""),
            ("due", "2026-02-01"),
            ("due", "13月"),
            ("title", "长" * 121),
        ],
    )
    def test_a_faulty_line_keeps_everything_typed(self, boss, draft, field, value):
        page = boss.get(draft.get_absolute_url())
        line, other = number_of(page, "发放教材"), number_of(page, "食堂人员体检")
        sent = entered(page, **{f"{line}-{field}": value, f"{other}-title": "体检改期", "verb": "take"})
        again = boss.post(draft.get_absolute_url(), sent)
        assert again.status_code == 200
        assert again.context["formset"].total_error_count() == 1
        assert "体检改期" in again.content.decode()
        assert not Task.objects.exists()

    def test_two_at_once(self, boss, draft, director):
        """What a colleague has taken over meanwhile is not taken over again."""
        page = boss.get(draft.get_absolute_url())
        drafts.take_over(person=director, draft=draft)
        count = Task.objects.count()
        boss.post(draft.get_absolute_url(), entered(page, verb="take"))
        assert Task.objects.count() == count

    def test_lines_of_another_draft(self, boss, draft, year, director):
        other = proposing.read_text(person=director, name="另一份", text=TEXT, term=year.terms.get(number=1))
        sent = entered(boss.get(other.get_absolute_url()), verb="take")
        boss.post(draft.get_absolute_url(), sent)
        assert not Task.objects.exists()

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"lines-TOTAL_FORMS": "x"},
            {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0"},
            {"lines-TOTAL_FORMS": "99999", "lines-INITIAL_FORMS": "0"},
        ],
    )
    def test_nonsense_changes_nothing(self, boss, draft, sent):
        assert boss.post(draft.get_absolute_url(), {**sent, "verb": "take"}).status_code == 302
        assert not Task.objects.exists()

    def test_two_colleagues_with_one_name(self, boss, draft):
        office = cast.department("教导处")
        first, second = cast.person("w1", "王伟"), cast.person("w2", "王伟", department=office)
        page = boss.get(draft.get_absolute_url())
        line = number_of(page, "发放教材")
        refused = boss.post(draft.get_absolute_url(), entered(page, **{f"{line}-owner": "王伟", "verb": "keep"}))
        assert refused.status_code == 200
        boss.post(draft.get_absolute_url(), entered(page, **{f"{line}-owner": "王伟（教导处）", "verb": "keep"}))
        assert draft.proposals.get(title="发放教材").owner == second != first

    def test_the_page_costs_the_same_however_long(self, boss, draft, year, director, django_assert_max_num_queries):
        long = "\n".join(["九月份", *(f"{number}、整理第{number}间仪器室" for number in range(1, 90))])
        other = proposing.read_text(person=director, name="长", text=long, term=year.terms.get(number=1))
        with django_assert_max_num_queries(14):
            assert boss.get(other.get_absolute_url()).status_code == 200


def test_the_text_has_its_lines(boss, draft):
    page = boss.get(url("draft-text", draft.pk)).content.decode()
    assert 'id="line-5">1、发放教材' in page


def test_from_an_earlier_year(boss, year, director):
    old = plans.year(2025)
    plans.task(director, "核对财产", director, starts=dt.date(2025, 9, 9), due=dt.date(2025, 9, 9))
    form = boss.get(url("draft-copy")).context["form"]
    assert (form.initial["old"], form.initial["year"]) == (old, year)
    answer = boss.post(url("draft-copy"), {"old": old.pk, "year": year.pk, "number": ""})
    page = boss.get(answer.url).content.decode()
    assert "2025-09-09" in page
    assert 'value="2026-09-08"' in page


def test_back_and_away(boss, draft, director):
    drafts.take_over(person=director, draft=draft)
    assert boss.post(url("draft-throw-away", draft.pk)).status_code == 200
    assert PlanDraft.objects.exists()
    boss.post(url("draft-take-back", draft.pk))
    assert not Task.objects.open().exists()
    boss.post(url("draft-throw-away", draft.pk))
    assert not PlanDraft.objects.exists()
    assert boss.get(url("draft-list")).status_code == 200
