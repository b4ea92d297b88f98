"""The pages of the school's structure: every one opens, the forms do what they say, others are refused."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from logistics.base.history import acting
from logistics.school.choices import Role
from logistics.school.models import Department, Limit, Person, Room, School, SchoolClass, SchoolYear, Term
from logistics.school.services import people, terms
from logistics.school.services import roles as services_of_roles
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01")]


@pytest.fixture(autouse=True)
def in_the_example_term():
    with time_machine.travel(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"school:{name}", args=args)


@pytest.fixture
def boss(as_person, director):
    cast.school()
    return as_person(director)


def text(answer) -> str:
    return answer.content.decode()


def test_the_school_gets_its_name_and_address(boss):
    boss.post(url("school"), {"name": "阳光小学", "site_address": "https://zongwu.example.cn"})
    assert School.current().site_address == "https://zongwu.example.cn"


@pytest.mark.requirement("O05")
def test_a_department_is_entered_changed_and_shows_its_history(boss, keeper):
    boss.post(url("department-create"), {"name": "总务处", "order": 1, "active": "on"})
    made = Department.objects.get()
    boss.post(url("department-update", made.pk), {"name": "后勤处", "order": 1, "active": "on", "head": keeper.pk})
    page = text(boss.get(made.get_absolute_url()))
    assert "后勤处" in page
    assert "周国强" in page
    assert "<del>总务处</del>" in page


def test_a_name_in_another_spelling_is_refused_at_its_field(boss):
    cast.room("六年级（2）班")
    answer = boss.post(url("room-create"), {"name": "六(2)班", "kind": "other"})
    assert answer.context["form"].errors["name"]
    assert Room.objects.count() == 1


@pytest.mark.requirement("A03")
def test_the_person_responsible_is_entered_once(boss, keeper, teacher):
    boss.post(url("room-create"), {"name": "音乐室", "kind": "special", "responsible": keeper.pk, "active": "on"})
    room = Room.objects.get()
    data = {"name": "音乐教室", "kind": "special", "responsible": teacher.pk, "active": "on"}
    assert boss.post(url("room-update", room.pk), data).status_code == 302
    room.refresh_from_db()
    assert (room.name, room.responsible) == ("音乐教室", keeper)


def test_a_room_without_anybody_is_found(boss):
    cast.room("没人管")
    assert "没人管" in text(boss.get(url("room-list"), {"state": "nobody"}))


def test_rooms_no_longer_used_are_out_of_the_list(boss):
    room = cast.room("旧仓库")
    boss.post(url("room-update", room.pk), {"name": "旧仓库", "kind": "store"})
    boss.get(url("room-list"))  # shows the message of the change
    assert "旧仓库" not in text(boss.get(url("room-list")))
    assert "旧仓库" in text(boss.get(url("room-list"), {"state": "unused"}))


def test_a_class_is_entered_in_the_year_of_today(boss, teacher):
    year = cast.term().year
    page = boss.get(url("class-create"))
    assert page.context["form"]["year"].value() == year.pk
    data = {"year": year.pk, "grade": 3, "number": 1, "homeroom_teacher": teacher.pk, "pupils": 40}
    boss.post(url("class-create"), data)
    assert SchoolClass.objects.get().name == "三年级(1)班"


def test_the_list_of_classes_says_which_year_it_shows(boss, teacher):
    year = cast.term().year
    before = SchoolYear.objects.create(name="上一学年", first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 8, 31))
    SchoolClass.objects.create(year=before, grade=5, number=2, pupil_keeper="小旧")
    SchoolClass.objects.create(year=year, grade=6, number=2, pupil_keeper="小新")
    page = text(boss.get(url("class-list")))
    assert "小新" in page
    assert "小旧" not in page
    assert year.name in page
    page = text(boss.get(url("class-list"), {"year": before.pk}))
    assert "小旧" in page
    assert "上一学年" in page


def test_classes_move_up(boss):
    year = cast.term().year
    later = SchoolYear.objects.create(name="下一学年", first_day=dt.date(2027, 9, 1), last_day=dt.date(2028, 8, 31))
    SchoolClass.objects.create(year=year, grade=2, number=1)
    boss.post(url("class-copy"), {"from_year": year.pk, "to_year": later.pk})
    assert later.classes.get().grade == 3
    again = boss.post(url("class-copy"), {"from_year": year.pk, "to_year": later.pk})
    assert again.context["form"].non_field_errors()


def test_a_year_and_its_terms(boss):
    boss.post(url("year-create"), {"name": "2026—2027学年", "first_day": "2026-09-01", "last_day": "2027-08-31"})
    year = SchoolYear.objects.get()
    boss.post(url("term-create", year.pk), {"number": 1, "first_day": "2026-09-01", "last_day": "2027-01-22"})
    answer = boss.post(url("term-create", year.pk), {"number": 2, "first_day": "2027-01-22", "last_day": "2027-07-01"})
    assert answer.context["form"].non_field_errors()
    assert Term.objects.count() == 1
    boss.post(
        url("term-update", Term.objects.get().pk), {"number": 1, "first_day": "2026-09-01", "last_day": "2027-01-20"}
    )
    assert Term.objects.get().last_day == dt.date(2027, 1, 20)


def ended_term() -> Term:
    year = SchoolYear.objects.create(name="旧学年", first_day=dt.date(2020, 9, 1), last_day=dt.date(2021, 8, 31))
    return Term.objects.create(year=year, number=1, first_day=dt.date(2020, 9, 1), last_day=dt.date(2021, 1, 22))


@pytest.mark.requirement("O05")
def test_a_term_is_closed_and_opened_again_by_the_principal_alone(as_person, director, principal):
    term = ended_term()
    client = as_person(director)
    assert "2021-01-22" in text(client.get(url("term-close", term.pk)))
    assert not Term.objects.get().closed
    client.post(url("term-close", term.pk))
    assert Term.objects.get().closed
    assert client.post(url("term-reopen", term.pk), {"reason": "x"}).status_code == 403
    client = as_person(principal)
    assert client.post(url("term-reopen", term.pk), {"reason": ""}).status_code == 200
    client.post(url("term-reopen", term.pk), {"reason": "漏记捐赠"})
    assert not Term.objects.get().closed
    assert "漏记捐赠" in str([entry.history_change_reason for entry in Term.history.all()])


def test_a_new_limit_is_a_new_row(boss):
    today = timezone.localdate()
    data = {"key": "upload.megabytes", "value": "10", "in_force_from": today, "source": "校务会"}
    boss.post(url("limit-create"), data)
    assert boss.post(url("limit-create"), {**data, "value": "5"}).status_code == 200
    assert list(Limit.objects.filter(key="upload.megabytes").values_list("value", flat=True)) == [10, 20]


def test_a_new_colleague_gets_a_first_password_shown_once(boss, client):
    page = boss.post(url("person-create"), {"name": "张晓梅"})
    person = Person.objects.get(name="张晓梅")
    password = page.context["password"]
    assert password in text(page)
    assert page["Cache-Control"] == "no-store"
    assert person.check_password(password)
    assert password not in text(boss.get(person.get_absolute_url()))
    assert "zhangxiaomei" in text(page)


def test_a_wrong_entry_is_not_saved(boss, keeper):
    for data in ({"name": ""}, {"name": "新人", "username": "keeper"}, {"name": "新人", "email": "x"}):
        assert boss.post(url("person-create"), data).context["form"].errors
    assert not Person.objects.filter(name="新人").exists()


@pytest.mark.requirement("O02")
def test_a_reset_password_signs_the_person_out(boss, keeper, settings):
    from django.test import Client

    other = Client()
    other.force_login(keeper, backend="logistics.school.backends.RoleBackend")
    assert other.get(url("contact-list")).status_code == 200
    page = boss.post(url("person-password", keeper.pk))
    keeper.refresh_from_db()
    assert keeper.check_password(page.context["password"])
    assert other.get(url("contact-list")).status_code == 302


@pytest.mark.requirement("O02")
def test_who_left_is_out_at_once(boss, keeper, teacher):
    room = cast.room(responsible=keeper)
    assert room.name in text(boss.get(url("person-leave", keeper.pk)))
    boss.post(url("person-leave", keeper.pk))
    keeper.refresh_from_db()
    assert not keeper.is_active
    boss.get(url("room-list"))  # shows the message
    assert keeper.name not in text(boss.get(url("person-list")))
    boss.post(url("person-back", keeper.pk))
    keeper.refresh_from_db()
    assert keeper.is_active


@pytest.mark.requirement("O02")
@pytest.mark.parametrize("name", ["person-update", "person-password", "person-leave", "person-back"])
def test_an_administrator_is_out_of_reach(boss, name):
    admin = cast.person("admin", "管理员", is_superuser=True)
    assert boss.post(url(name, admin.pk), {}).status_code == 403


@pytest.mark.requirement("O02")
def test_mobile_numbers_are_for_who_sees_the_staff_list(as_person, stranger, keeper):
    keeper.phone, keeper.extension = "10000001234", "8123"
    keeper.save()
    page = text(as_person(stranger).get(url("contact-list")))
    assert "8123" in page
    assert "10000001234" not in page
    assert "10000001234" in text(as_person(keeper).get(url("contact-list")))
    assert as_person(stranger).get(url("contact-list"), {"sort": "phone"}).status_code == 200


@pytest.mark.requirement("O02")
def test_appointing_on_the_page(boss, director, stranger, principal):
    data = {"role": Role.KEEPER, "first_day": timezone.localdate()}
    assert boss.post(url("role-appoint", stranger.pk), data).status_code == 302
    assert Person.objects.get(pk=stranger.pk).has_perm("assets.add_card")
    assert boss.post(url("role-appoint", director.pk), data).status_code == 403
    leading = {**data, "role": Role.PRINCIPAL}
    assert boss.post(url("role-appoint", stranger.pk), leading).context["form"].errors["role"]


@pytest.mark.requirement("O02")
def test_the_holder_names_a_deputy_and_takes_the_role_back(as_person, keeper, stranger):
    today = timezone.localdate()
    client = as_person(keeper)
    data = {"to": stranger.pk, "first_day": today, "last_day": today + dt.timedelta(3)}
    client.post(url("role-hand-over", keeper.assignments.get().pk), data)
    deputy = stranger.assignments.get()
    assert stranger.name in text(client.get(url("role-mine")))
    assert client.post(url("role-end", deputy.pk)).status_code == 302
    assert not Person.objects.get(pk=stranger.pk).has_perm("assets.add_card")


@pytest.mark.requirement("O02", "O05")
def test_what_a_deputy_does_shows_in_whose_place(as_person, keeper, stranger):
    today = timezone.localdate()
    keeper.handed_over.create(person=stranger, role=Role.KEEPER, first_day=today, last_day=today)
    as_person(stranger).post(url("department-create"), {"name": "教导处", "order": 1, "active": "on"})
    entry = Department.history.get()
    assert (entry.history_user, entry.history_on_behalf_of) == (stranger, keeper)


@pytest.mark.requirement("O02", "O05")
def test_a_deputy_who_ends_a_role_does_so_in_the_directors_place(as_person, director, stranger, keeper):
    today = timezone.localdate()
    director.handed_over.create(person=stranger, role=Role.DIRECTOR, first_day=today, last_day=today)
    row = keeper.assignments.get()
    as_person(stranger).post(url("role-end", row.pk))
    entry = row.history.latest()
    assert (entry.history_user, entry.history_on_behalf_of) == (stranger, director)
    assert not Person.objects.get(pk=keeper.pk).has_perm("assets.add_card")


@pytest.mark.requirement("O02")
def test_who_left_is_signed_out(as_person, keeper, director):
    client = as_person(keeper)
    assert client.get(url("contact-list")).status_code == 200
    people.leave(person=keeper, actor=director)
    assert client.get(url("contact-list")).status_code == 302


@pytest.mark.requirement("O02")
@pytest.mark.parametrize(("who", "code"), [("principal", 200), ("keeper", 200), ("teacher", 403), ("stranger", 403)])
def test_sheets_are_for_who_sees_the_list(as_person, request, who, code):
    client = as_person(request.getfixturevalue(who))
    for name in ("room-list", "class-list", "role-list", "department-list", "building-list"):
        assert client.get(url(name), {"export": "xlsx"}).status_code == code


@pytest.mark.requirement("O02")
@pytest.mark.parametrize(("who", "code"), [("principal", 200), ("director", 200), ("keeper", 403), ("bookkeeper", 403)])
def test_the_staff_list_with_its_phone_numbers_stays_with_few(as_person, who, code):
    client = as_person(getattr(cast, who)())
    assert client.get(url("person-list"), {"export": "xlsx"}).status_code == code


@pytest.mark.requirement("O02")
def test_the_contacts_have_no_sheet(as_person, stranger):
    answer = as_person(stranger).get(url("contact-list"), {"export": "xlsx"})
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.requirement("O02")
def test_others_do_not_reach_a_role(as_person, keeper, stranger, teacher):
    row = keeper.assignments.get()
    assert as_person(stranger).get(url("role-end", row.pk)).status_code == 404
    assert as_person(stranger).get(url("role-hand-over", row.pk)).status_code == 404
    row = teacher.assignments.get()
    assert as_person(keeper).post(url("role-end", row.pk)).status_code == 403


@pytest.mark.requirement("O02")
def test_the_list_of_roles_shows_who_stands_in_today(boss, keeper, stranger):
    today = timezone.localdate()
    keeper.handed_over.create(person=stranger, role=Role.KEEPER, first_day=today, last_day=today)
    page = boss.get(url("role-list"))
    assert list(page.context["deputies"]) == [stranger.assignments.get()]
    for state in ("coming", "over", "all"):
        assert boss.get(url("role-list"), {"state": state}).status_code == 200


@pytest.mark.requirement("R05")
def test_the_search_finds_people_and_rooms_for_who_may_see_them(keeper, stranger):
    from logistics.school.search import find

    cast.room("音乐教室", responsible=keeper)
    assert [group.total for group in find(keeper, "钱保华")] == [1, 1]
    assert [group.total for group in find(stranger, "音乐教室")] == []
    assert "q=" in find(stranger, "钱保华")[0].hits[0].url


@pytest.mark.requirement("R01")
def test_what_waits_for_who_keeps_the_structure(director, stranger, keeper):
    from logistics.school.duties import waiting_for

    cast.term()
    cast.school_class()
    cast.room("没人管")
    ended_term()
    assert len(list(waiting_for(director))) == 3
    assert len(list(waiting_for(keeper))) == 2
    assert list(waiting_for(stranger)) == []


@pytest.mark.requirement("O05")
def test_a_years_page_tells_what_became_of_its_terms_and_why(as_person, principal, director):
    term = cast.term(last_day=dt.date(2026, 11, 1))
    with acting(director):
        terms.close_term(term=term, person=director)
    with acting(principal):
        terms.reopen_term(term=term, person=principal, reason="漏登一张调拨单")
    page = as_person(principal).get(url("year-detail", term.year_id)).content.decode()
    history = page.split('class="history"')[1]
    assert "第一学期" in history
    assert "漏登一张调拨单" in history
    assert history.index("漏登一张调拨单") < history.index(director.name)


@pytest.mark.requirement("O05")
def test_a_persons_page_tells_who_gave_and_ended_a_role(as_person, principal, director, stranger):
    today = timezone.localdate()
    with acting(director):
        role = services_of_roles.appoint(actor=director, person=stranger, role=Role.KEEPER, first_day=today)
        services_of_roles.end(actor=director, assignment=role, last_day=today)
    page = as_person(principal).get(url("person-detail", stranger.pk)).content.decode()
    history = page.split('class="history"')[1]
    assert "保管员" in history
    assert director.name in history
    assert f"<ins>{today}</ins>" in history
