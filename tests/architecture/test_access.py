"""Every address, asked and posted to as every role, as an administrator and as a stranger: the table of who gets what.

``access.csv`` beside this file is the table. After a deliberate change write it anew and read the difference:
``REWRITE=1 .venv/bin/pytest tests/architecture/test_access.py``; ``REWRITE=assets:`` tries only what begins so.
"""

import copy
import csv
import datetime as dt
import logging
import os
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from logistics.school.backends import RoleBackend
from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment
from logistics.school.roles import ROLES
from tests import cast
from tests.architecture.addresses import addresses
from tests.world import World

TABLE = Path(__file__).with_name("access.csv")
EVERYBODY = ["stranger", *Role.values, "superuser"]
PAINTED_FOR = {Role.PRINCIPAL, Role.DIRECTOR, Role.STAFF, "superuser"}
HEAD = ["address", "method", *EVERYBODY]


@pytest.fixture
def world(db) -> Iterator[World]:
    with time_machine.travel(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)):  # a day of the example term
        yield World()


@pytest.fixture
def clients(world) -> dict[str, Client]:
    """One for everybody; all of them may use the admin site, so that it shows what their roles open there."""
    clients = {"stranger": Client(raise_request_exception=False)}
    password = make_password("x")
    for name in EVERYBODY[1:]:
        person = Person.objects.create(
            username=f"try_{name}", name=name, password=password, is_staff=True, is_superuser=name == "superuser"
        )
        if name in Role.values and name != Role.STAFF:
            RoleAssignment.objects.create(person=person, role=name, first_day=cast.LONG_AGO)
        clients[name] = Client(raise_request_exception=False)
        clients[name].force_login(person, backend="logistics.school.backends.RoleBackend")
    return clients


@pytest.fixture
def quick_answers(monkeypatch):
    """Who gets what is asked here, not what it looks like: PDFs are not painted, refusals have no page.

    Nor are pages painted for most roles: what is given back says whose turn it is.
    """
    from django.template.backends.django import Template
    from weasyprint import HTML

    class Blank:
        pages: list = []

        def write_pdf(self, *args, **kwargs):
            return b"%PDF-"

        def copy(self, *args):
            return self

    for code in (400, 403, 404, 500):
        monkeypatch.setattr(
            f"logistics.urls.handler{code}", lambda *args, code=code, **kwargs: HttpResponse(status=code)
        )
    painter = {"for": ""}
    render = Template.render
    monkeypatch.setattr(
        Template, "render", lambda *args, **kwargs: render(*args, **kwargs) if painter["for"] in PAINTED_FOR else ""
    )
    logging.disable(logging.CRITICAL)
    monkeypatch.setattr(HTML, "render", lambda *args, **kwargs: Blank())
    monkeypatch.setattr(HTML, "write_pdf", lambda *args, **kwargs: b"%PDF-")
    yield painter
    logging.disable(logging.NOTSET)


@pytest.fixture
def known_at_once(monkeypatch):
    """Nothing that a request changes lasts, so sessions and persons are read from the database once, not each time."""
    sessions: dict[str, dict] = {}
    people: dict[str, Person] = {}
    load, get_user = SessionStore.load, RoleBackend.get_user

    def load_once(store):
        key = store.session_key
        if key not in sessions and (found := load(store)):
            sessions[key] = found
        return dict(sessions.get(key, {}))

    def get_once(backend, user_id):
        if user_id not in people:
            people[user_id] = get_user(backend, user_id)
        return copy.copy(people[user_id])

    monkeypatch.setattr(SessionStore, "load", load_once)
    monkeypatch.setattr(RoleBackend, "get_user", get_once)


def outcome(response) -> str:
    """A word for an answer: ``yes``, ``login``, ``goes on`` (to another page), else its number."""
    response.close()
    code = response.status_code
    if code in (301, 302):
        return "login" if "/login/" in response.url else "goes on"
    return "yes" if code == 200 else str(code)


def attempt(client: Client, method: str, url: str) -> str:
    """One request whose changes are taken back, and whose cookies as well (signing out is an address, too)."""
    cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    try:
        with transaction.atomic():
            answer = outcome(getattr(client, method.lower())(url))
            transaction.set_rollback(True)
        return answer
    finally:
        client.cookies = cookies


def row(name: str, url: str, method: str, clients: dict[str, Client], painter: dict[str, str]) -> list[str]:
    """The answers to everybody. In the admin site only permissions count: there one role stands for its like."""
    in_admin = name.startswith("admin:")
    alike = {who: ROLES.get(who, who) if in_admin else who for who in EVERYBODY}
    answers: dict[object, str] = {}
    for who in EVERYBODY:
        if alike[who] not in answers:
            painter["for"] = "" if in_admin and who != "superuser" else who
            answers[alike[who]] = attempt(clients[who], method, url)
    return [name, method, *(answers[alike[who]] for who in EVERYBODY)]


def kept() -> list[list[str]]:
    """The rows of the table, without its head."""
    with TABLE.open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head == HEAD
    return rows


@pytest.mark.requirement("O02")
def test_everybody_gets_what_the_table_says(world, clients, quick_answers, known_at_once):
    rewrite = os.environ.get("REWRITE", "")
    asked = "" if rewrite == "1" else rewrite
    urls = {address.name: reverse(address.name, kwargs=address.example(world)) for address in addresses()}
    tried = {name: url for name, url in urls.items() if name.startswith(asked)}
    methods = ("GET", "POST")
    found = [row(name, url, method, clients, quick_answers) for name, url in tried.items() for method in methods]
    broken = [r[:2] for r in found if any(answer.startswith("5") for answer in r[2:])]
    assert broken == [], "breaks for somebody"
    if rewrite:
        others = [r for r in kept() if r[0] in urls and not r[0].startswith(asked)] if asked else []
        with TABLE.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([HEAD, *sorted(others + found, key=lambda r: r[:2])])
    expected = kept()
    assert [r for r in found if r not in expected] == [], "differs from access.csv (REWRITE=1 writes it anew)"
    assert {r[0] for r in expected} == set(urls), "the table and the project name other addresses"


@pytest.mark.requirement("O02")
def test_a_stranger_gets_nothing_but_the_door():
    open_to_all = {"front:login", "front:healthz", "front:language", "workcalendar:feed", "admin:login", "admin:jsi18n"}
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {r["address"] for r in rows if r["stranger"] not in ("login", "405")} <= open_to_all


@pytest.mark.requirement("O02")
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
def test_a_stranger_gets_no_further_by_another_method(world, method, quick_answers):
    client = Client(raise_request_exception=False)
    door = {"front:login", "front:healthz", "front:language", "workcalendar:feed", "admin:login", "admin:jsi18n"}
    others = [address for address in addresses() if address.name not in door]
    answers = {a.name: outcome(client.generic(method, reverse(a.name, kwargs=a.example(world)))) for a in others}
    assert {name: answer for name, answer in answers.items() if answer not in ("login", "405")} == {}


@pytest.mark.requirement("O02")
def test_the_staff_member_gets_no_more_than_any_role():
    """Every role is also a staff member: nothing is refused to a role that every colleague gets."""
    with TABLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for r in rows:
        if r["staff"] == "yes":
            assert {r[role] for role in Role.values} == {"yes"}, r["address"]
