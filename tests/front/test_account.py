"""Signing in and out, the lock after wrong passwords, the own password."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import reverse

from logistics.front import demo
from logistics.front.views.account import where_from
from tests import cast

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


def sign_in(client, password="password", username="principal", address="10.0.0.1", headers=None, **more):
    data = {"username": username, "password": password, **more}
    return client.post(LOGIN, data, REMOTE_ADDR=address, headers=headers)


@pytest.fixture
def locks(settings):
    settings.AXES_ENABLED = True


def test_signing_in_leads_home_and_out_again(client, principal):
    assert sign_in(client)["Location"] == "/"
    assert principal.name in client.get("/").content.decode()
    assert client.post("/logout/")["Location"] == LOGIN
    assert client.get("/")["Location"] == "/login/?next=/"


def test_signing_out_needs_a_press(as_person, principal):
    assert as_person(principal).get("/logout/").status_code == 405


def test_a_wrong_password_is_said_in_plain_words(client, principal):
    text = sign_in(client, "wrong").content.decode()
    assert 'role="alert"' in text
    assert "用户名或密码不对" in text


def test_who_left_cannot_sign_in(client, principal):
    principal.is_active = False
    principal.save()
    assert sign_in(client).status_code == 200
    assert client.get("/").status_code == 302


def test_one_gets_to_the_page_one_wanted_but_nowhere_else(client, principal):
    assert sign_in(client, next="/password/")["Location"] == "/password/"
    client.logout()
    assert sign_in(client, next="https://elsewhere.example/")["Location"] == "/"


def test_signing_in_changes_the_session(client, principal):
    client.get(LOGIN)
    client.session["x"] = 1
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_sessions_end(settings):
    assert settings.SESSION_COOKIE_AGE <= 12 * 3600
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert settings.SESSION_COOKIE_HTTPONLY


def test_a_session_ends_by_itself(client, principal):
    with time_machine.travel(dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), tick=False) as clock:
        sign_in(client)
        assert client.get("/").status_code == 200
        clock.shift(settings.SESSION_COOKIE_AGE + 1)
        assert client.get("/").status_code == 302


def test_too_many_wrong_passwords_say_when_to_try_again(client, principal, locks):
    for _ in range(5):
        answer = sign_in(client, "wrong")
    assert answer.status_code == 429
    assert "15 分钟后" in answer.content.decode()
    assert 14 * 60 < int(answer["Retry-After"]) <= 15 * 60
    assert sign_in(client).status_code == 429


@pytest.mark.requirement("O02")
def test_the_principal_is_not_shut_out_by_somebody_elsewhere(client, principal, locks):
    for _ in range(8):
        sign_in(client, "wrong", address="10.0.0.9")
    assert sign_in(client, address="10.0.0.9").status_code == 429
    assert sign_in(client, address="10.0.0.1").status_code == 302


@pytest.mark.requirement("O02")
def test_behind_a_proxy_it_is_still_somebody_elsewhere(client, principal, locks, settings):
    """All come from the proxy's address then; what it wrote tells them apart, what the client made up does not."""
    settings.PROXY_COUNT = 1

    def from_(seen: str, password: str = "wrong") -> int:
        return sign_in(client, password, address="127.0.0.1", headers={"X-Forwarded-For": seen}).status_code

    for turn in range(6):
        from_(f"10.9.9.{turn}, 203.0.113.9")
    assert from_("198.51.100.1, 203.0.113.9", "password") == 429
    assert from_("203.0.113.7", "password") == 302


@pytest.mark.parametrize(
    ("count", "seen", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_where_somebody_asks_from(rf, settings, count, seen, address):
    settings.PROXY_COUNT = count
    assert where_from(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": seen})) == address
    assert where_from(rf.get("/", REMOTE_ADDR="")) is None


def test_another_width_of_the_name_is_no_new_beginning(client, principal, locks):
    for name in ("principal", "ｐrincipal", "pｒincipal", " principal", "principａl"):
        sign_in(client, "wrong", username=name)
    assert sign_in(client).status_code == 429


@pytest.mark.parametrize("door", ["/login/", "/admin/login/"])
def test_a_name_longer_than_any_is_refused_and_not_written_down(client, db, locks, door):
    answer = client.post(door, {"username": "x" * 5000, "password": "x"})
    assert "用户名或密码不对" in answer.content.decode()
    assert not AccessAttempt.objects.exists()


@pytest.mark.requirement("O02")
def test_a_new_password_ends_the_other_sessions_and_goes_on_here(client, principal):
    other = Client()
    sign_in(other)
    sign_in(client)
    assert client.post("/password/", NEW).status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_others_at_the_same_address_are_not_shut_out(client, principal, teacher, locks):
    for _ in range(6):
        sign_in(client, "wrong")
    assert sign_in(client, username="teacher").status_code == 302


def test_the_lock_ends_by_itself_though_somebody_goes_on_guessing(client, principal, locks):
    with time_machine.travel(dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), tick=False) as clock:
        for _ in range(5):
            sign_in(client, "wrong")
        for _ in range(5):
            clock.shift(170)
            assert sign_in(client, "wrong").status_code == 429
        clock.shift(60)
        assert sign_in(client).status_code == 302


def test_demo_people_are_listed_in_demo_mode_and_only_there(client, settings, monkeypatch):
    shown = [demo.ShownPerson("xiaozhang", "林慧敏", "校长", "zongwu-2026")]
    monkeypatch.setattr("logistics.front.views.account.shown_people", lambda: shown)
    settings.DEMO = True
    assert "zongwu-2026" in client.get(LOGIN).content.decode()
    settings.DEMO = False
    assert "zongwu-2026" not in client.get(LOGIN).content.decode()


def test_only_people_that_are_there_are_listed(db):
    assert demo.shown_people() == []
    cast.person("xiaozhang", "林慧敏")
    assert [person.username for person in demo.shown_people()] == ["xiaozhang"]


NEW = {"old_password": "password", "new_password1": "shudong-4711", "new_password2": "shudong-4711"}


def test_a_password_handed_out_is_replaced_before_anything_else(as_person):
    person = cast.person("new", "新来的", must_change_password=True)
    client = as_person(person)
    assert client.get("/")["Location"] == "/password/"
    assert client.post("/language/", {"language": "en", "next": "/password/"}).status_code == 302
    assert client.post("/password/", NEW)["Location"] == "/"
    assert client.get("/").status_code == 200
    person.refresh_from_db()
    assert not person.must_change_password
    assert person.check_password("shudong-4711")


@pytest.mark.parametrize(
    "change",
    [
        {"old_password": "wrong"},
        {"new_password2": "shudong-4712"},
        {"new_password1": "12345678", "new_password2": "12345678"},
        {"new_password1": "password", "new_password2": "password"},
    ],
)
def test_a_poor_new_password_is_refused(as_person, change):
    person = cast.person("new", "新来的", must_change_password=True)
    assert as_person(person).post("/password/", {**NEW, **change}).status_code == 200
    person.refresh_from_db()
    assert person.must_change_password
    assert person.check_password("password")


@pytest.mark.parametrize("name", ["home", "search", "password"])
@pytest.mark.requirement("O02")
def test_strangers_are_sent_to_sign_in(client, db, name):
    address = reverse(f"front:{name}")
    assert client.get(address)["Location"] == f"/login/?next={address}"
