"""Pages of checklists: one tap a tick, files for who leads and for their owner alone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from logistics.records import attachments
from logistics.school.choices import Role
from logistics.workcalendar.checklist_templates import point_templates
from logistics.workcalendar.choices import ChecklistKind, TaskState
from logistics.workcalendar.models import Checklist, Task
from logistics.workcalendar.services.tasks import finish
from tests import cast
from tests.workcalendar import plans
from tests.workcalendar.services.test_checklists import FIRST, plan_list, start_list, word_file

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("K04", "K05")]


@pytest.fixture(autouse=True)
def in_august():
    with time_machine.travel(dt.datetime(2026, 8, 20, 4, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def term(db):
    return plans.year().terms.get(number=1)


@pytest.fixture
def office(teacher):
    row = cast.department("语文组")
    row.head = teacher
    row.save()
    return row


def url(name: str, *args: object) -> str:
    return reverse(f"workcalendar:checklist-{name}", args=args)


def test_made_with_the_ticked_points(as_person, director, term):
    boss = as_person(director)
    assert boss.get(url("choose")).status_code == 200
    page = boss.get(url("create", ChecklistKind.TERM_END))
    assert page.context["form"].initial["term"] == term
    keys = [point.key for point in point_templates(ChecklistKind.TERM_END) if not point.each_class][:3]
    sent = {"term": term.pk, "title": "期末检查表", "due": "2027-01-22", "point": keys}
    answer = boss.post(url("create", ChecklistKind.TERM_END), sent)
    row = Checklist.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.tasks.count() == 3
    again = boss.post(url("create", ChecklistKind.TERM_END), sent)
    assert again.context["form"].errors
    assert again.context["picked"] == set(keys)


def test_departments_of_plans(as_person, director, term, office):
    sent = {"term": term.pk, "title": "部门计划", "due": "2026-09-04", "departments": [office.pk]}
    as_person(director).post(url("create", ChecklistKind.PLANS), sent)
    assert Checklist.objects.get().tasks.get().department == office
    nobody = as_person(director).post(url("create", ChecklistKind.PLANS), {**sent, "departments": [], "title": "x"})
    assert nobody.context["form"].errors["departments"]


def test_an_unknown_kind_is_no_page(as_person, director):
    assert as_person(director).get(url("create", "party")).status_code == 404


def test_one_tap_ticks_and_another_takes_it_off(as_person, director, teacher, term):
    row = start_list(director, term)
    task = row.tasks.first()
    Task.objects.filter(pk=task.pk).update(owner=teacher)
    client = as_person(teacher)
    client.post(url("tick", row.pk, task.pk))
    task.refresh_from_db()
    assert (task.state, task.closed_by) == (TaskState.DONE, teacher)
    client.post(url("tick", row.pk, task.pk))
    task.refresh_from_db()
    assert task.is_open
    other = row.tasks.last()
    assert client.post(url("tick", row.pk, other.pk)).status_code == 403
    assert client.post(url("tick", row.pk + 1, task.pk)).status_code == 404
    assert client.get(url("tick", row.pk, task.pk)).status_code == 405


def test_a_tick_hands_nothing_in(as_person, director, teacher, term, office):
    row = plan_list(director, term, office)
    as_person(teacher).post(url("tick", row.pk, row.tasks.get().pk))
    assert row.tasks.get().is_open


def test_files_are_for_who_leads_and_their_owner(as_person, director, teacher, term, office):
    row = plan_list(director, term, office)
    task = row.tasks.get()
    finish(person=teacher, task=task, uploads=[word_file("语文组计划.docx")])
    address = reverse("workcalendar:task-file", args=[task.pk, attachments.of(task).get().pk])
    for person, sees in ((director, True), (teacher, True), (cast.person("other", "旁人"), False)):
        client = as_person(person)
        page = client.get(row.get_absolute_url()).content.decode()
        assert ("语文组计划.docx" in page) is sees
        assert client.get(address).status_code == (200 if sees else 404)


def test_handed_in_on_its_page(as_person, director, teacher, term, office):
    task = plan_list(director, term, office).tasks.get()
    address = reverse("workcalendar:task-done", args=[task.pk])
    client = as_person(teacher)
    refused = client.post(address, {"note": "见附件"})
    assert refused.context["form"].errors["photo"]
    assert "见附件" in refused.content.decode()
    client.post(address, {"note": "见附件", "photo": word_file()})
    task.refresh_from_db()
    assert task.state == TaskState.DONE
    client.post(reverse("workcalendar:task-file-add", args=[task.pk]), {"file": word_file("补充.docx", "补充")})
    assert attachments.of(task).count() == 2


def test_list_detail_and_home(as_person, director, teacher, term, django_assert_max_num_queries):
    row = start_list(director, term)
    finish(person=director, task=row.tasks.first())
    boss = as_person(director)
    assert "1 / " in boss.get(url("list")).content.decode()
    with django_assert_max_num_queries(14):
        boss.get(row.get_absolute_url())
    facts = {str(fact.label): fact.figure for fact in boss.get("/").context["facts"]}
    assert facts["开学检查表"].startswith("1 / ")
    assert "开学检查表" not in {str(fact.label) for fact in as_person(teacher).get("/").context["facts"]}


def test_it_is_one_line_of_the_sheet(as_person, director, term):
    row = start_list(director, term)
    page = as_person(director).get(reverse("workcalendar:sheet") + "?month=2026-09")
    lines = [line for week in page.context["sheet"].weeks for line in week.lines]
    assert [(line.checklist, line.count) for line in lines] == [(row, row.tasks.count())]


def test_chase_add_change_throw_away(as_person, director, teacher, term):
    row = start_list(director, term)
    boss = as_person(director)
    boss.post(url("point", row.pk), {"title": "检查体育器材", "owner": teacher.pk})
    assert row.tasks.get(title="检查体育器材").owner == teacher
    assert boss.post(url("chase", row.pk)).status_code == 302
    assert boss.post(url("chase", row.pk)).status_code == 200
    boss.post(url("update", row.pk), {"title": "开学准备", "due": "2026-09-02"})
    row.refresh_from_db()
    assert (row.title, row.due) == ("开学准备", dt.date(2026, 9, 2))
    boss.post(url("throw-away", row.pk))
    assert not Checklist.objects.exists()
    assert not Task.objects.exists()


def test_printed(as_person, director, term):
    row = start_list(director, term)
    answer = as_person(director).post(url("print", row.pk), {"as": "pdf"})
    assert answer.status_code in (200, 302)
    from logistics.workcalendar.printing import checklist_paper

    paper = checklist_paper(director, checklist=row.pk)
    assert len(paper.lines) == row.tasks.count()
    assert paper.title == "开学检查表"


def test_a_proof_of_another_app(as_person, director, teacher, term):
    """“1 of 2 rooms confirmed” beside the task that asks for it, counted by property."""
    from assets.queries.rooms import cards_in
    from assets.services import confirmations
    from assets.standing import stamp
    from tests.assets import stock

    keeper = cast.keeper()
    rooms = [cast.room(f"科学{number}室", responsible=teacher) for number in (1, 2)]
    with time_machine.travel(dt.datetime(2026, 9, 7, 4, tzinfo=dt.UTC)):
        for room in rooms:
            stock.card(keeper, room=room, custodian=teacher)
        asked = confirmations.ask(person=keeper, rooms=rooms)
        confirmations.confirm(person=teacher, confirmation=asked[0], seen=stamp(cards_in(rooms[0])))
        task = plans.task(
            director,
            "各室财产核对",
            director,
            starts=FIRST,
            due=dt.date(2026, 9, 18),
            proof="assets.rooms_confirmed",
        )
        boss = as_person(director)
        assert "已核对 1 / 2 个场所" in boss.get(task.get_absolute_url()).content.decode()
        where = reverse("assets:confirmation-list")
        for person, follows in ((director, True), (cast.person("guard", "门卫", Role.GUARD), False)):
            sheet = as_person(person).get(reverse("workcalendar:sheet")).content.decode()
            assert "已核对 1 / 2 个场所" in sheet
            assert (f'"{where}">已核对' in sheet) is follows
    early = plans.task(director, "早", director, starts=FIRST, due=FIRST, proof="assets.rooms_confirmed")
    assert "已核对" not in as_person(director).get(early.get_absolute_url()).content.decode()


def test_who_may_not(as_person, teacher, director, term):
    row = start_list(director, term)
    client = as_person(teacher)
    for name in ("choose", "create", "update", "point", "chase", "throw-away"):
        args = [ChecklistKind.PLANS] if name == "create" else [] if name == "choose" else [row.pk]
        assert client.get(url(name, *args)).status_code == 403
    assert client.get(row.get_absolute_url()).status_code == 200
