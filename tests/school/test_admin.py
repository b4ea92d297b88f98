"""The admin site: who sees which tables, and what nobody changes there."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from logistics.records.models import NumberSeries
from logistics.school.choices import Role
from logistics.school.models import Department, Limit, Person, RoleAssignment, Room, SchoolYear, Term
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O01", "O02")]


@pytest.fixture
def boss(as_person):
    return as_person(cast.person("boss", "管理员", is_staff=True, is_superuser=True))


def url(model: type, verb: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}", args=args)


def person_with(*roles: str) -> Person:
    return cast.person("worker", "用户", *roles, is_staff=True)


def test_groups_are_not_there():
    assert not admin.site.is_registered(Group)


@pytest.mark.parametrize(
    ("role", "sees", "not_"),
    [
        (Role.KEEPER, ["room", "department", "term"], ["numberseries"]),
        (Role.BOOKKEEPER, ["room", "numberseries"], []),
        (Role.GUARD, [], ["room", "person", "limit", "numberseries"]),
    ],
)
def test_tables_follow_the_roles(as_person, role, sees, not_):
    page = as_person(person_with(role)).get(reverse("admin:index")).content.decode()
    for name in sees:
        assert f"/{name}/" in page
    for name in not_:
        assert f"/{name}/" not in page


def test_without_leave_for_the_admin_site_no_role_opens_it(as_person, director):
    assert as_person(director).get(reverse("admin:index")).status_code == 302


def test_who_looks_does_not_change(as_person):
    client = as_person(person_with(Role.BOOKKEEPER))
    room = cast.room()
    assert client.get(url(Room, "change", room.pk)).status_code == 200
    assert client.post(url(Room, "change", room.pk), {"name": "x"}).status_code == 403
    assert client.get(url(Room, "add")).status_code == 403


@pytest.mark.requirement("O05")
def test_a_change_is_in_the_trail(boss):
    boss.post(url(Department, "add"), {"name": "总务处", "order": 1, "active": "on"})
    entry = Department.history.get()
    assert (entry.history_type, entry.history_user.name) == ("+", "管理员")


def test_the_person_responsible_is_fixed_once_set(boss, keeper, teacher):
    room = cast.room(responsible=keeper)
    boss.post(url(Room, "change", room.pk), {"name": "新名", "kind": "other", "responsible": teacher.pk})
    room.refresh_from_db()
    assert (room.name, room.responsible) == ("新名", keeper)


def test_rules_hold_there_too(boss):
    cast.term()
    data = {"name": "重叠", "first_day": "2027-01-01", "last_day": "2028-01-01"}
    assert boss.post(url(SchoolYear, "add"), data).status_code == 200
    assert SchoolYear.objects.count() == 1
    data = {"year": SchoolYear.objects.get().pk, "number": 2, "first_day": "2027-02-20", "last_day": "2027-07-01"}
    assert boss.post(url(Term, "add"), data).status_code == 302
    assert Term.objects.count() == 2


def test_a_limit_gets_a_new_row_and_keeps_the_old(boss):
    old = Limit.objects.get(key="upload.megabytes")
    today = timezone.localdate()
    data = {"key": old.key, "value": "10", "in_force_from": today, "source": "校务会"}
    assert boss.post(url(Limit, "add"), data).status_code == 302
    assert Limit.objects.in_force(old.key).value == 10
    assert boss.post(url(Limit, "change", old.pk), {**data, "value": "1"}).status_code == 403
    assert boss.post(url(Limit, "add"), {**data, "in_force_from": "2026-01-02"}).status_code == 200
    assert Limit.objects.filter(key=old.key).count() == 2


def test_roles_are_not_given_there(boss, keeper):
    row = keeper.assignments.get()
    assert boss.get(url(RoleAssignment, "add")).status_code == 403
    assert boss.post(url(RoleAssignment, "change", row.pk), {"role": "principal"}).status_code == 403


def test_nobody_makes_himself_an_administrator(as_person):
    worker = person_with(Role.DIRECTOR)
    client = as_person(worker)
    client.post(url(Person, "change", worker.pk), {"name": "新名", "username": "worker", "is_superuser": "on"})
    worker.refresh_from_db()
    assert (worker.name, worker.is_superuser) == ("新名", False)


def test_an_administrator_is_out_of_reach_for_others(as_person):
    other = cast.person("other", "管理员二", is_superuser=True)
    client = as_person(person_with(Role.DIRECTOR))
    assert client.post(url(Person, "change", other.pk), {"name": "x", "username": "other"}).status_code == 403


def test_the_password_is_neither_shown_nor_set(boss, keeper):
    page = boss.get(url(Person, "change", keeper.pk)).content.decode()
    assert keeper.password not in page
    assert 'name="password"' not in page


@pytest.mark.requirement("O05")
def test_nothing_official_is_deleted_or_altered(boss, keeper):
    series = NumberSeries.objects.create(prefix="ZC", year=2026, last=3)
    for row in (keeper, cast.room(), cast.term(), series, Limit.objects.first(), keeper.assignments.get()):
        assert boss.post(url(type(row), "delete", row.pk), {"post": "yes"}).status_code == 403
    assert boss.post(url(NumberSeries, "change", series.pk), {"last": 1}).status_code == 403


@pytest.mark.requirement("O05")
def test_the_trail_is_not_in_the_admin_site_for_anybody():
    trails = [model for model in apps.get_models() if model._meta.model_name.endswith("history")]
    assert trails
    assert not [model for model in trails if admin.site.is_registered(model)]


@pytest.mark.requirement("O05")
def test_bulk_deletion_is_not_offered(boss, keeper):
    rooms = [cast.room("一"), cast.room("二")]
    data = {"action": "delete_selected", "_selected_action": [room.pk for room in rooms], "post": "yes"}
    boss.post(url(Room, "changelist"), data)
    assert Room.objects.count() == 2


def test_departments_are_read_in_by_name_and_checked(boss):
    cast.department("总务处")
    table = "name,order,active\n总务处,5,1\n教导处,2,1\n总 务 处,3,1\n"
    file = SimpleUploadedFile("departments.csv", table.encode())
    page = boss.post(reverse("admin:school_department_import"), {"import_file": file, "format": "0", "resource": ""})
    assert page.status_code == 200
    assert Department.objects.count() == 1
    result = page.context["result"]
    assert result.has_validation_errors()
    assert len(result.invalid_rows) == 1


def test_the_import_is_for_who_keeps_the_table(as_person):
    client = as_person(person_with(Role.BOOKKEEPER))
    assert client.get(reverse("admin:school_department_import")).status_code == 403


@pytest.mark.requirement("O05")
def test_the_trail_says_in_whose_place_a_deputy_changes_a_table(as_person, keeper):
    worker = person_with()
    today = timezone.localdate()
    RoleAssignment.objects.create(person=worker, role=Role.KEEPER, deputy_for=keeper, first_day=today, last_day=today)
    client = as_person(worker)
    client.post(url(Department, "add"), {"name": "总务处", "order": 1, "active": "on"})
    assert Department.history.get().history_on_behalf_of == keeper
    file = SimpleUploadedFile("departments.csv", "name,order,active\n教导处,2,1\n".encode())
    asked = {"import_file": file, "format": "0", "resource": ""}
    page = client.post(reverse("admin:school_department_import"), asked)
    client.post(reverse("admin:school_department_process_import"), page.context["confirm_form"].initial)
    entry = Department.history.get(name="教导处")
    assert (entry.history_user, entry.history_on_behalf_of) == (worker, keeper)


@pytest.mark.parametrize("name", ["gone.csv", "../../etc/passwd", "x\x00y", ""])
def test_an_import_that_is_no_longer_there_is_said(boss, name):
    data = {"import_file_name": name, "original_file_name": "x.csv", "format": "0", "resource": ""}
    answer = boss.post(reverse("admin:school_department_process_import"), data)
    assert answer.status_code in (200, 302)
    assert not Department.objects.exists()


def test_what_looks_like_a_formula_leaves_as_text(boss):
    cast.department("=HYPERLINK(1)")
    data = {"format": "0", "departmentresource_name": "on", "resource": ""}
    answer = boss.post(reverse("admin:school_department_export"), data)
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"HYPERLINK" in text
    assert b"\n=HYPERLINK" not in text
    assert b",=HYPERLINK" not in text


@pytest.mark.requirement("O05")
def test_nobody_tidies_away_who_signed_in(boss):
    from axes.models import AccessFailureLog, AccessLog

    for model in (AccessLog, AccessFailureLog):
        row = model.objects.create(username="principal", ip_address="10.0.0.1")
        assert boss.get(url(model, "changelist")).status_code == 200
        assert boss.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert boss.post(url(model, "change", row.pk), {"username": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["school_department", "assets_card"])
def test_an_odd_address_of_an_export_is_answered(boss, name):
    assert boss.get(reverse(f"admin:{name}_export"), {"nothing": "\x00"}).status_code == 302


def test_a_table_offers_import_and_export(boss):
    page = boss.get(url(Department, "changelist")).content.decode()
    assert url(Department, "import") in page
    assert url(Department, "export") in page


@pytest.mark.parametrize("head", ["x", "\x00", "9" * 5000, "²"])
def test_what_is_no_person_is_refused_where_one_looks_people_up(boss, head):
    answer = boss.post(url(Department, "add"), {"name": "总务处", "order": 1, "head": head})
    assert answer.status_code == 200
    assert "head" in answer.context["adminform"].form.errors
