"""Request ids, log lines, the language, who acts."""

import logging

import pytest

from logistics.base.logs import LineFormatter, request_id

pytestmark = pytest.mark.django_db


def test_a_request_has_an_id_and_one_line(client, caplog):
    with caplog.at_level(logging.INFO, "logistics.access"):
        answer = client.get("/login/")
    lines = [r.getMessage() for r in caplog.records if r.name == "logistics.access"]
    assert len(lines) == 1
    assert lines[0].startswith("GET /login/ 200 ")
    assert len(answer["X-Request-ID"]) == 12


def test_a_given_id_is_kept_unless_it_could_break_the_line(client):
    assert client.get("/login/", headers={"X-Request-ID": "abc-123"})["X-Request-ID"] == "abc-123"
    for bad in ("a b", "x" * 41, "a;b", "中"):
        assert client.get("/login/", headers={"X-Request-ID": bad})["X-Request-ID"] != bad


def test_a_log_line_stays_one_line_with_its_id():
    token = request_id.set("r-1")
    try:
        record = logging.LogRecord("some", logging.ERROR, "", 0, "one\ntwo\rthree", None, None)
        record.request_id = request_id.get()
        text = LineFormatter().format(record)
    finally:
        request_id.reset(token)
    assert "\n" not in text
    assert "\r" not in text
    assert "r-1" in text


def test_chinese_whatever_the_browser_wishes_english_by_choice(client):
    assert 'lang="zh-hans"' in client.get("/login/", headers={"Accept-Language": "en"}).content.decode()
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert 'lang="en"' in client.get("/login/", headers={"Accept-Language": "zh"}).content.decode()


def test_a_language_that_is_not_there_changes_nothing(client):
    client.post("/language/", {"language": "xx", "next": "/login/"})
    assert 'lang="zh-hans"' in client.get("/login/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_choosing_a_language_leads_nowhere_else(client, back):
    assert client.post("/language/", {"language": "en", "next": back})["Location"] == "/"


@pytest.mark.django_db
def test_a_session_that_cannot_be_is_not_looked_for(client):
    answer = client.get("/login/", headers={"Cookie": 'sessionid="' + "\\000" * 32 + '"'})
    assert answer.status_code == 200
    assert "sessionid" not in answer.wsgi_request.COOKIES


@pytest.mark.parametrize("number", [2**63, 99999999999999999999])
@pytest.mark.parametrize(
    "address", ["/assets/cards/{}/", "/assets/rooms/{}/list/", "/finance/purchases/{}/", "/calendar/tasks/{}/"]
)
def test_a_number_no_row_can_have_is_nobodys(as_person, director, address, number):
    client = as_person(director)
    assert client.get(address.format(number)).status_code in (404, 405)
    assert client.post(address.format(number)).status_code in (404, 405)
    client.logout()
    assert client.get(address.format(number)).status_code == 302
