"""Error pages: the product's look and language, and what to do."""

import pytest
from django.db import OperationalError
from django.test import Client

from logistics.school.models import Limit
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_there(as_person, keeper):
    answer = as_person(keeper).get("/nowhere/")
    assert answer.status_code == 404
    assert "找不到这一页" in answer.content.decode()
    assert 'class="top"' in answer.content.decode()


def test_error_pages_speak_english_by_choice(as_person, keeper):
    client = as_person(keeper)
    client.cookies["django_language"] = "en"
    assert "This page is not there" in client.get("/nowhere/").content.decode()


@pytest.mark.requirement("O02")
@pytest.mark.urls("tests.front.pages")
def test_a_page_for_others_says_whom_to_ask(as_person, stranger):
    answer = as_person(stranger).get("/for-principals/")
    assert answer.status_code == 403
    assert "请总务主任" in answer.content.decode()


@pytest.mark.urls("tests.front.pages")
def test_a_damaged_request(as_person, stranger):
    answer = as_person(stranger).get("/damaged/")
    assert answer.status_code == 400
    assert "无法读取" in answer.content.decode()


@pytest.mark.urls("tests.front.pages")
def test_a_fault_names_the_requests_id(as_person, stranger):
    client = as_person(stranger)
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "系统出错了" in answer.content.decode()


def test_the_fault_page_needs_no_database(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("no database")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", gone)
    client.raise_request_exception = False
    answer = client.get("/login/")
    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


def test_a_form_that_lay_open_too_long(keeper):
    client = Client(enforce_csrf_checks=True)
    client.force_login(keeper, backend="logistics.school.backends.RoleBackend")
    answer = client.post("/password/", {"old_password": "x"})
    assert answer.status_code == 403
    assert "这张表单已过期" in answer.content.decode()
    assert 'href="/password/"' in answer.content.decode()


def test_a_form_that_lay_open_too_long_before_signing_in(db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "这张表单已过期" in answer.content.decode()


def test_too_large_an_upload_is_refused_before_it_is_read(as_person, keeper):
    class Unread:
        def read(self, *args):
            raise AssertionError("the body was read")

        readline = read

    answer = as_person(keeper).generic(
        "POST", "/password/", b"", **{"CONTENT_LENGTH": str(22 * 1024 * 1024), "wsgi.input": Unread()}
    )
    assert answer.status_code == 413
    assert "不能超过 20 MB" in answer.content.decode()


def test_the_limit_is_the_schools_own(as_person, keeper):
    Limit.objects.create(key="upload.megabytes", value=1, in_force_from="2026-10-01", source="本校规定")
    answer = as_person(keeper).generic("POST", "/password/", b"", CONTENT_LENGTH=str(3 * 1024 * 1024))
    assert answer.status_code == 413
    assert "不能超过 1 MB" in answer.content.decode()


def test_too_much_text_in_a_form(as_person, keeper, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = as_person(keeper).post(
        "/password/", "old_password=" + "x" * 200, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/assets/confirmations/7/withdraw/", "/assets/confirmations/7/"),
        ("/assets/classes/7/switch/", "/assets/classes/7/"),
        ("/assets/cards/7/files/3/remove/", "/assets/cards/7/"),
        ("/imports/7/drop/", "/imports/7/"),
        ("/logout/", "/"),
    ],
)
def test_the_address_of_a_button_leads_to_its_page(as_person, director, address, page):
    answer = as_person(director).get(address)
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "这一步要按页面上的按钮办理" in answer.content.decode()
    assert f'<a class="btn btn-primary" href="{page}">' in answer.content.decode()


def test_signing_in_on_the_way_to_a_button_leads_to_its_page(client, director):
    data = {"username": director.username, "password": "password", "next": "/assets/classes/7/switch/"}
    answer = client.post("/login/", data, follow=True)
    assert '<a class="btn btn-primary" href="/assets/classes/7/">' in answer.content.decode()


def test_healthz(client, monkeypatch, settings, tmp_path):
    assert client.get("/healthz").json() == {"status": "ok", "failing": []}
    settings.DATA_DIR = tmp_path / "gone"
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["storage"])


def test_healthz_without_a_database(client, monkeypatch):
    monkeypatch.setattr("logistics.front.views.home.connection.cursor", lambda: 1 / 0)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["database"])


def test_every_answer_has_the_security_headers(client, as_person, keeper):
    for answer in (client.get("/login/"), as_person(keeper).get("/"), client.get("/nowhere/")):
        policy = answer["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        assert "default-src 'none'" in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"


def test_no_page_has_inline_script_or_style(client, as_person):
    pages = [client.get("/login/").content.decode(), client.get("/nowhere/").content.decode()]
    pages.append(as_person(cast.keeper()).get("/").content.decode())
    for text in pages:
        assert "<script>" not in text
        assert " style=" not in text
        assert " onclick=" not in text
