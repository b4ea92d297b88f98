"""Drafts of a plan: read or copied, taken over once, taken back; what is done stays."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError

from logistics.notices.models import Notice
from logistics.school.choices import Role
from logistics.school.models import Person
from logistics.workcalendar.choices import Rhythm, TaskState
from logistics.workcalendar.models import PlanDraft, Proposal, Series, Task
from logistics.workcalendar.queries import offered_to
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services import drafts, proposing
from logistics.workcalendar.services.tasks import drop, finish, hand_on
from tests import cast
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K02", "K03")]

TEXT = """一、日常工作
值周教师每天检查校园安全。定期召开会议。
二、具体安排
九月份：
1、发放教材
2、检查消防器材（责任人：李老师）
3、其它工作
十月份：
1、食堂人员体检"""


@pytest.fixture(autouse=True)
def in_august():
    with time_machine.travel(dt.datetime(2026, 8, 20, 4, tzinfo=dt.UTC)) as clock:
        yield clock


@pytest.fixture
def year(db):
    return plans.year()


@pytest.fixture
def draft(year, director) -> PlanDraft:
    return proposing.read_text(person=director, name="工作计划", text=TEXT, term=year.terms.get(number=1))


def lines(draft: PlanDraft) -> dict[str, Proposal]:
    return {line.title: line for line in draft.proposals.all()}


def test_a_text_becomes_lines_and_nothing_is_in_the_calendar(draft):
    found = lines(draft)
    assert [(line.title, f"{line.starts:%m-%d}", f"{line.due:%m-%d}") for line in found.values() if line.due] == [
        ("发放教材", "09-01", "09-30"),
        ("检查消防器材", "09-01", "09-30"),
        ("其它工作", "09-01", "09-30"),
        ("食堂人员体检", "10-01", "10-30"),
    ]
    assert {line.title: line.recurrence.rhythm for line in found.values() if line.comes_round} == {
        "值周教师每天检查校园安全": Rhythm.SCHOOL_DAY,
        "定期召开会议": Rhythm.MONTH,
    }
    assert not Task.objects.exists()
    assert not Series.objects.exists()


def test_what_the_plan_reports_is_offered_unticked(year, director):
    text = "开学前完成了学生暖气维修，每周检查一次锅炉。"
    found = lines(proposing.read_text(person=director, name="计划", text=text))
    assert {title: line.chosen for title, line in found.items()} == {
        "开学前完成了学生暖气维修": False,
        "开学前完成了学生暖气维修，每周检查一次锅炉": True,
    }


def test_what_is_vague_is_not_ticked(draft):
    assert {title for title, line in lines(draft).items() if not line.chosen} == {"其它工作", "定期召开会议"}


def test_likely_owners(year, director):
    """A name the plan gives, else who holds the role that the words tell; nobody where two have the name."""
    named = cast.person("li", "李老师")
    keeper = cast.keeper()
    found = lines(proposing.read_text(person=director, name="计划", text=TEXT, term=year.terms.get(number=1)))
    assert found["检查消防器材"].owner == named
    assert found["发放教材"].owner == keeper
    cast.person("li2", "李老师")
    again = lines(proposing.read_text(person=director, name="计划", text=TEXT, term=year.terms.get(number=1)))
    assert again["检查消防器材"].owner != named


def test_a_department_named_gives_its_head(year, director, teacher):
    office = cast.department("德育处")
    office.head = teacher
    office.save()
    text = "月份\t工作内容\t责任部门\n九月\t布置教室\t德育处"
    line = proposing.read_text(person=director, name="计划", text=text, term=year.terms.get(number=1)).proposals.get()
    assert (line.owner, line.department) == (teacher, office)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第二学期总务工作计划\n第3周\n1、登记", 2),
        ("2027年春季工作计划\n第3周\n1、登记", 2),
        ("2026学年上学期行事历\n第3周\n1、登记", 1),
        ("三月\n1、植树\n四月\n1、防汛", 2),
        ("第3周\n1、登记", 1),  # it says nothing: the one that comes
    ],
)
def test_the_term_is_the_one_the_plan_names(year, director, text, number):
    draft = proposing.read_text(person=director, name="计划", text=text)
    assert (draft.year, draft.term.number) == (year, number)
    line = draft.proposals.first()
    assert line.starts >= draft.term.first_day
    chosen = proposing.read_text(person=director, name="计划", text=text, term=year.terms.get(number=3 - number))
    assert chosen.term.number == 3 - number


def test_without_any_term_it_is_said_what_to_do(db, director):
    with pytest.raises(Refused) as refused:
        proposing.read_text(person=director, name="计划", text=TEXT)
    assert "term" in refused.value.error_dict


@pytest.mark.parametrize("text", ["", "我们将努力工作。", "第一章"])
def test_a_text_without_times_is_refused(year, director, text):
    with pytest.raises(Refused):
        proposing.read_text(person=director, name="计划", text=text, term=year.terms.get(number=1))
    assert not PlanDraft.objects.exists()


def test_taking_over_enters_what_is_ticked_once(draft, director, teacher):
    fire = lines(draft)["检查消防器材"]
    drafts.mend(person=director, draft=draft, lines={fire.pk: {"owner": teacher, "title": "检查灭火器"}})
    assert drafts.take_over(person=director, draft=draft) == drafts.Taken(3, 1)
    assert set(Task.objects.filter(series=None).values_list("title", flat=True)) == {
        "发放教材",
        "检查灭火器",
        "食堂人员体检",
    }
    task = Task.objects.get(title="检查灭火器")
    assert (task.owner, task.source) == (teacher, "2、检查消防器材")
    assert Series.objects.get().tasks.exists()
    with pytest.raises(Refused):
        drafts.take_over(person=director, draft=draft)
    assert Task.objects.filter(series=None).count() == 3


def test_owners_are_told_once(draft, director, teacher):
    rows = lines(draft)
    mine = {rows[title].pk: {"owner": teacher} for title in ("检查消防器材", "食堂人员体检")}
    drafts.mend(person=director, draft=draft, lines=mine)
    drafts.take_over(person=director, draft=draft)
    notice = Notice.objects.get(person=teacher)
    assert "2" in notice.text
    assert "工作计划" in notice.text


def test_reading_the_same_plan_again_proposes_nothing_twice(draft, director, year):
    drafts.take_over(person=director, draft=draft)
    again = proposing.read_text(person=director, name="again", text=TEXT, term=year.terms.get(number=1))
    assert not again.proposals.filter(chosen=True).exists()


def test_taking_back_leaves_what_is_done(draft, director, year):
    drafts.take_over(person=director, draft=draft)
    finish(person=director, task=Task.objects.get(title="发放教材"), note="已发")
    drafts.take_back(person=director, draft=draft)
    states = dict(Task.objects.filter(series=None).values_list("title", "state"))
    assert states == {
        "发放教材": TaskState.DONE,
        "检查消防器材": TaskState.DROPPED,
        "食堂人员体检": TaskState.DROPPED,
    }
    assert not Task.objects.open().exists()
    assert not Series.objects.filter(last_day=None).exists()
    assert drafts.take_over(person=director, draft=draft) == drafts.Taken(2, 1)
    assert Task.objects.open().filter(series=None).count() == 2
    assert Task.objects.open().exclude(series=None).exists()


def test_what_was_offered_waits_no_more_once_it_is_taken_back(draft, director, teacher):
    rows = lines(draft)
    drafts.mend(person=director, draft=draft, lines={rows["发放教材"].pk: {"owner": teacher}})
    drafts.take_over(person=director, draft=draft)
    hand_on(person=teacher, task=Task.objects.get(title="发放教材"), to=director)
    assert offered_to(director).count() == 1
    drafts.take_back(person=director, draft=draft)
    assert not offered_to(director).exists()


def test_a_series_taken_back_stays_away(draft, director, year):
    from logistics.workcalendar.services.series import make_tasks

    drafts.take_over(person=director, draft=draft)
    drafts.take_back(person=director, draft=draft)
    make_tasks(year=year)
    assert not Task.objects.open().exists()


def test_nothing_to_take_back(draft, director):
    with pytest.raises(Refused):
        drafts.take_back(person=director, draft=draft)


def test_a_draft_in_the_calendar_is_not_thrown_away(draft, director):
    drafts.take_over(person=director, draft=draft)
    with pytest.raises(Refused):
        drafts.throw_away(person=director, draft=draft)
    drafts.take_back(person=director, draft=draft)
    drafts.throw_away(person=director, draft=draft)
    assert not PlanDraft.objects.exists()


def test_somebody_who_left_gets_no_task(draft, director, teacher):
    line = lines(draft)["发放教材"]
    drafts.mend(person=director, draft=draft, lines={line.pk: {"owner": teacher}})
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    with pytest.raises(Refused, match=teacher.name):
        drafts.take_over(person=director, draft=draft)
    assert not Task.objects.exists()


def test_days_in_the_wrong_order_are_not_kept(draft, director):
    line = lines(draft)["发放教材"]
    with pytest.raises(ValidationError):
        drafts.mend(person=director, draft=draft, lines={line.pk: {"due": dt.date(2026, 8, 1)}})


def test_only_the_keeper_of_the_calendar(draft, year, teacher):
    for call in (
        lambda: proposing.read_text(person=teacher, name="x", text=TEXT, term=draft.term),
        lambda: proposing.copy_year(person=teacher, old=year, year=year),
        lambda: drafts.mend(person=teacher, draft=draft, lines={}),
        lambda: drafts.take_over(person=teacher, draft=draft),
        lambda: drafts.take_back(person=teacher, draft=draft),
        lambda: drafts.throw_away(person=teacher, draft=draft),
    ):
        with pytest.raises(Refused):
            call()


class TestCopying:
    """A year's single tasks go to the next by their rule."""

    @pytest.fixture
    def old(self, db, director):
        year = plans.year(2025)
        for title, starts, due in (
            ("核对财产", dt.date(2025, 9, 8), dt.date(2025, 9, 9)),
            ("食堂体检", dt.date(2025, 10, 1), dt.date(2025, 10, 31)),
            ("期末检查", dt.date(2026, 1, 20), dt.date(2026, 1, 20)),
            ("植树", dt.date(2026, 3, 12), dt.date(2026, 3, 12)),
            ("发教材", dt.date(2025, 8, 28), dt.date(2025, 8, 30)),
        ):
            plans.task(director, title, director, starts=starts, due=due)
        return year

    def test_by_their_rule(self, old, year, director):
        draft = proposing.copy_year(person=director, old=old, year=year)
        assert [(line.title, f"{line.due}") for line in draft.proposals.all()] == [
            ("发教材", "2026-08-30"),
            ("核对财产", "2026-09-08"),
            ("食堂体检", "2026-10-30"),
            ("期末检查", "2027-01-19"),
            ("植树", "2027-03-12"),
        ]
        assert all(line.why and line.heading for line in draft.proposals.all())

    @pytest.mark.parametrize(("number", "titles"), [(1, 4), (2, 1)])
    def test_one_term(self, old, year, director, number, titles):
        assert proposing.copy_year(person=director, old=old, year=year, number=number).proposals.count() == titles

    def test_recurring_and_dropped_ones_are_not_copied(self, old, year, director):
        plans.series(director, Rhythm.WEEKLY, first_day=dt.date(2025, 9, 1))
        drop(person=director, task=Task.objects.get(title="植树"))
        assert proposing.copy_year(person=director, old=old, year=year).proposals.count() == 4

    def test_copied_twice_it_is_entered_once(self, old, year, director):
        drafts.take_over(person=director, draft=proposing.copy_year(person=director, old=old, year=year))
        assert Task.objects.filter(due__gte=dt.date(2026, 8, 1)).count() == 5
        again = proposing.copy_year(person=director, old=old, year=year)
        assert not again.proposals.filter(chosen=True).exists()

    def test_who_left_has_none(self, old, year, director, teacher):
        Task.objects.filter(title="植树").update(owner=teacher)
        Person.objects.filter(pk=teacher.pk).update(is_active=False)
        line = proposing.copy_year(person=director, old=old, year=year).proposals.get(title="植树")
        assert (line.owner, line.chosen) == (None, True)
        assert teacher.name in line.remark

    def test_a_term_to_the_next(self, old, year, director):
        """What was in week 2 of the first term comes in week 2 of the second, on the same weekday."""
        draft = proposing.copy_year(person=director, old=old, year=old, number=1, to=2)
        found = lines(draft)
        assert f"{found['核对财产'].due}" == "2026-02-24"
        assert f"{found['期末检查'].due}" == "2026-06-30"
        assert f"{found['发教材'].due}" == "2026-02-20"
        assert all(line.chosen for line in found.values())
        assert "第二学期" in draft.name
        with pytest.raises(Refused):
            proposing.copy_year(person=director, old=old, year=old, number=1, to=1)
        with pytest.raises(Refused):
            proposing.copy_year(person=director, old=old, year=year, to=2)

    def test_the_same_year_and_an_empty_one_are_refused(self, old, year, director):
        for source, target in ((old, old), (year, old)):
            with pytest.raises(Refused):
                proposing.copy_year(person=director, old=source, year=target)


def test_the_six_plans_cost_few_statements(year, director, django_assert_max_num_queries):
    """76 lines are read, mended and taken over by the batch."""
    cast.person("safety", "安老师", Role.SAFETY_GROUP)
    text = (Path(__file__).parents[1] / "data" / "work-plans.txt").read_text(encoding="utf-8")
    with django_assert_max_num_queries(20):
        draft = proposing.read_text(person=director, name="六份计划", text=text, term=year.terms.get(number=1))
    assert draft.proposals.count() > 70
    with django_assert_max_num_queries(20):
        drafts.mend(
            person=director,
            draft=draft,
            lines={line.pk: {"chosen": line.rule is None} for line in draft.proposals.all()},
        )
    with django_assert_max_num_queries(20):
        assert drafts.take_over(person=director, draft=draft).tasks == 39
