"""Checklists of a term: points with owners, ticked one by one, chased once a day; plans and summaries as files."""

import datetime as dt
import io
import zipfile

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from icalendar import Calendar

from logistics.notices.models import Notice
from logistics.records import attachments
from logistics.school.choices import Role
from logistics.school.models import Department, Person
from logistics.workcalendar.checklist_templates import point_templates
from logistics.workcalendar.choices import ChecklistKind, TaskState
from logistics.workcalendar.feeds import ical_of
from logistics.workcalendar.models import Checklist, Task
from logistics.workcalendar.queries.checklists import running_checklists, with_progress
from logistics.workcalendar.rules import Refused
from logistics.workcalendar.services import checklists
from logistics.workcalendar.services.feeds import feed_of
from logistics.workcalendar.services.tasks import drop, finish, hand_on, reopen
from tests import cast
from tests.records import pictures
from tests.workcalendar import plans

pytestmark = [pytest.mark.django_db]
FIRST = dt.date(2026, 9, 1)


@pytest.fixture(autouse=True)
def in_august():
    with time_machine.travel(dt.datetime(2026, 8, 20, 4, tzinfo=dt.UTC)) as clock:
        yield clock


@pytest.fixture
def term(db):
    return plans.year().terms.get(number=1)


def start_list(director: Person, term, **fields) -> Checklist:
    given = {
        "kind": ChecklistKind.TERM_START,
        "title": "开学检查表",
        "due": FIRST,
        "points": point_templates(ChecklistKind.TERM_START),
        **fields,
    }
    return checklists.make_checklist(person=director, term=term, **given)


def plan_list(director: Person, term, *departments: Department) -> Checklist:
    given = {"kind": ChecklistKind.PLANS, "title": "部门计划", "due": FIRST, "departments": departments}
    return checklists.make_checklist(person=director, term=term, **given)


def word_file(name: str = "计划.docx", text: str = "工作计划") -> SimpleUploadedFile:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(out)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.mark.requirement("K04")
class TestStartAndEnd:
    def test_points_go_to_who_holds_the_role_and_to_each_class(self, term, director, teacher):
        keeper, room = cast.keeper(), cast.room()
        each = cast.school_class(teacher, room)
        each.year = term.year
        each.save()
        row = start_list(director, term)
        owners = dict(row.tasks.values_list("title", "owner__name"))
        assert owners["发放清洁工具"] == keeper.name
        assert owners["校舍、水电、门窗检修"] == director.name
        assert owners[f"{each}：核查本班财产，与保管员核对签字"] == teacher.name
        assert owners["报警器、监控全面检测"] is None
        assert {task.due for task in row.tasks.all()} == {FIRST}

    @pytest.mark.parametrize("kind", [ChecklistKind.TERM_START, ChecklistKind.TERM_END])
    def test_every_template_has_role_and_source(self, kind):
        points = point_templates(kind)
        assert len(points) > 9
        assert all(point.role in Role.values and point.source.startswith("计划") for point in points)

    def test_owners_are_told_once(self, term, director):
        keeper = cast.keeper()
        start_list(director, term)
        assert Notice.objects.filter(person=keeper).count() == 1
        assert not Notice.objects.filter(person=director).exists()

    def test_progress(self, term, director):
        row = start_list(director, term)
        finish(person=director, task=row.tasks.first())
        drop(person=director, task=row.tasks.last())
        found = with_progress(Checklist.objects.all()).get()
        total = len(point_templates(ChecklistKind.TERM_START)) - 2  # no class to check, one dropped
        assert (found.done, found.points, found.left) == (1, total, total - 1)

    def test_running_lists_are_those_with_something_open(self, term, director, teacher):
        row = start_list(director, term)
        assert [each.pk for each in running_checklists()] == [row.pk]
        assert not running_checklists(teacher)
        for task in row.tasks.all():
            finish(person=director, task=task)
        assert not running_checklists()

    def test_a_term_has_a_list_once(self, term, director):
        start_list(director, term)
        with pytest.raises(ValidationError):
            start_list(director, term)
        assert Checklist.objects.count() == 1

    def test_without_points_there_is_no_list(self, term, director):
        with pytest.raises(Refused):
            start_list(director, term, points=())
        assert not Checklist.objects.exists()

    def test_one_more_point(self, term, director, teacher):
        row = start_list(director, term)
        checklists.add_point(person=director, checklist=row, title="检查体育器材", owner=teacher)
        assert row.tasks.get(title="检查体育器材").owner == teacher
        with pytest.raises(Refused):
            checklists.add_point(person=director, checklist=row, title="检查体育器材", owner=teacher)

    def test_another_day_moves_what_is_open(self, term, director):
        row = start_list(director, term)
        done = row.tasks.first()
        finish(person=director, task=done)
        checklists.change_checklist(person=director, checklist=row, title="开学检查", due=dt.date(2026, 9, 4))
        assert row.tasks.get(pk=done.pk).due == FIRST
        assert set(row.tasks.filter(state=TaskState.OPEN).values_list("due", flat=True)) == {dt.date(2026, 9, 4)}

    def test_thrown_away_only_while_nothing_is_ticked(self, term, director):
        row = start_list(director, term)
        finish(person=director, task=row.tasks.first())
        with pytest.raises(Refused):
            checklists.throw_away(person=director, checklist=row)
        other = start_list(director, term, title="另一份")
        checklists.throw_away(person=director, checklist=other)
        assert list(Checklist.objects.all()) == [row]

    def test_it_is_one_event_of_the_schools_feed(self, term, director):
        row = start_list(director, term)
        titles = [str(event["summary"]) for event in events(feed_of(None))]
        assert titles.count(row.title) == 1
        assert "发放清洁工具" not in titles
        mine = [str(event["summary"]) for event in events(feed_of(director))]
        assert "校舍、水电、门窗检修" in mine

    def test_it_costs_the_same_for_many_classes(self, term, director, teacher, django_assert_max_num_queries):
        for number in range(12):
            each = cast.school_class(teacher, cast.room(f"{number}室"))
            each.year, each.number = term.year, number + 20
            each.save()
        with django_assert_max_num_queries(24):
            assert start_list(director, term).tasks.count() > 20


@pytest.mark.requirement("K05")
class TestPlansAndSummaries:
    @pytest.fixture
    def office(self, teacher):
        row = cast.department("语文组")
        row.head = teacher
        row.save()
        return row

    def test_every_department_is_asked(self, term, director, teacher, office):
        other = cast.department("德育处")
        row = plan_list(director, term, office, other)
        assert set(row.tasks.values_list("department__name", "owner__name")) == {
            ("语文组", teacher.name),
            ("德育处", None),
        }
        assert "语文组" in Notice.objects.get(person=teacher).text

    def test_handed_in_as_a_file(self, term, director, teacher, office):
        task = plan_list(director, term, office).tasks.get()
        finish(person=teacher, task=task, uploads=[word_file()])
        task.refresh_from_db()
        assert task.state == TaskState.DONE
        file = attachments.of(task).get()
        assert (file.name, file.media_type.rsplit(".", 1)[-1]) == ("计划.docx", "document")

    def test_without_a_file_it_is_not_handed_in(self, term, director, teacher, office):
        task = plan_list(director, term, office).tasks.get()
        for person in (teacher, director):
            with pytest.raises(Refused):
                finish(person=person, task=task, note="写好了")
        task.refresh_from_db()
        assert task.is_open

    @pytest.mark.parametrize("wrong", ["old", "macros", "other", "damaged", "bomb", "program"])
    def test_files_that_are_not_taken(self, term, director, teacher, office, wrong):
        task = plan_list(director, term, office).tasks.get()
        with pytest.raises(ValidationError):
            finish(person=teacher, task=task, uploads=[SimpleUploadedFile("计划.docx", WRONG[wrong]())])
        task.refresh_from_db()
        assert task.is_open
        assert not attachments.of(task).exists()

    def test_office_files_are_no_proof_of_other_tasks(self, term, director):
        with pytest.raises(ValidationError):
            finish(person=director, task=plans.task(director), uploads=[word_file()])

    def test_a_photo_of_the_paper_will_do(self, term, director, teacher, office):
        task = plan_list(director, term, office).tasks.get()
        finish(person=teacher, task=task, uploads=[pictures.upload(pictures.photo(40, 30))])
        assert attachments.of(task).count() == 1

    def test_late_ones_are_chased_once_a_day(self, term, director, teacher, office, in_august):
        in_august.move_to(dt.datetime(2026, 9, 3, 4, tzinfo=dt.UTC))
        row = plan_list(director, term, office)
        Notice.objects.all().delete()
        assert checklists.chase(person=director, checklist=row) == [teacher]
        assert "语文组" in Notice.objects.get(person=teacher).text
        with pytest.raises(Refused):
            checklists.chase(person=director, checklist=row)
        in_august.move_to(dt.datetime(2026, 9, 4, 4, tzinfo=dt.UTC))
        assert checklists.chase(person=director, checklist=row) == [teacher]
        finish(person=teacher, task=row.tasks.get(), uploads=[word_file()])
        with pytest.raises(Refused):
            checklists.chase(person=director, checklist=row)

    def test_a_list_with_a_file_is_not_thrown_away(self, term, director, teacher, office):
        row = plan_list(director, term, office)
        finish(person=teacher, task=row.tasks.get(), uploads=[word_file()])
        reopen(person=teacher, task=row.tasks.get())
        with pytest.raises(Refused):
            checklists.throw_away(person=director, checklist=row)

    def test_it_is_handed_on_as_any_task(self, term, director, teacher, office):
        colleague = cast.person("colleague", "冯同事")
        task = plan_list(director, term, office).tasks.get()
        assert hand_on(person=teacher, task=task, to=colleague).task == task


def events(feed) -> list:
    return list(Calendar.from_ical(ical_of(feed)).walk("VEVENT"))


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return out.getvalue()


TYPES = {"[Content_Types]_xml": b"<Types/>"}
WRONG = {
    "old": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
    "macros": lambda: archive(**TYPES, word__document_xml=b"<d/>", word__vbaProject_bin=b"x"),
    "other": lambda: archive(**TYPES, readme=b"x"),
    "damaged": lambda: archive(**TYPES, word__document_xml=b"<d/>")[:40],
    "bomb": lambda: archive(**TYPES, word__document_xml=b"<d/>", word__media=b"\0" * (301 * 2**20)),
    "program": lambda: b"MZ program",
}


@pytest.mark.requirement("K04", "K05")
def test_only_who_keeps_the_calendar(term, director, teacher):
    row = start_list(director, term)
    for call in (
        lambda: start_list(teacher, term, title="另一份"),
        lambda: checklists.add_point(person=teacher, checklist=row, title="x", owner=None),
        lambda: checklists.change_checklist(person=teacher, checklist=row, title="x", due=FIRST),
        lambda: checklists.chase(person=teacher, checklist=row),
        lambda: checklists.throw_away(person=teacher, checklist=row),
    ):
        with pytest.raises(Refused):
            call()
    assert Task.objects.filter(title="x").count() == 0
