"""Signing in and out, the lock after wrong passwords, the own password."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from logistics.front import demo
from tests import cast

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


def sign_in(client, password="password", username="principal", address="10.0.0.1", **more):
    return client.post(LOGIN, {"username": username, "password": password, **more}, REMOTE_ADDR=address)


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
