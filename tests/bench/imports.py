"""The import measured three ways: the floor, import-export's admin at its defaults, and the product's pages."""

import datetime as dt
import html
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from assets.choices import MovementKind, Scheme
from assets.models import Card, LedgerEntry, Movement, PropertyClass
from logistics.base.history import acting, bulk_create
from logistics.base.names import sort_key
from logistics.school.models import Department, Person, Room

BATCH = 500
DAY = dt.date(2026, 10, 8)
KEEPER, ADMINISTRATOR = "baoguan", "guanli"
STOCK = "/stock-import/assets/card"


def floor(path: Path) -> dict[str, Any]:
    """Read the sheet and write cards, entries and history in bulk; nothing is checked, shown or kept to undo."""
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()[1:]
    classes = {c.code: c.pk for c in PropertyClass.objects.filter(scheme=Scheme.GB2022)}
    departments = {d.name: d.pk for d in Department.objects.all()}
    rooms = {r.name: r.pk for r in Room.objects.all()}
    people = {p.name: p.pk for p in Person.objects.all()}
    keeper = Person.objects.get(username=KEEPER)
    with transaction.atomic(), acting(keeper):
        cards = bulk_create(
            [
                Card(
                    number=row[0],
                    name=row[1],
                    name_sort=sort_key(row[1]),
                    specification=row[2],
                    property_class_id=classes.get(row[3]),
                    unit=row[4],
                    quantity=int(row[5]),
                    value=Decimal(int(row[5] * row[6])),
                    acquired_on=dt.date.fromisoformat(row[7]),
                    department_id=departments[row[8]],
                    room_id=rooms[row[9]],
                    custodian_id=people[row[10]],
                    note=row[11],
                )
                for row in rows
            ],
            batch_size=BATCH,
        )
        paper = Movement.objects.create(number="RZ2026-99999", kind=MovementKind.ENTRY, date=DAY, made_by=keeper)
        LedgerEntry.objects.bulk_create([entry(paper, card) for card in cards], batch_size=BATCH)
    return {}


def entry(paper: Movement, card: Card) -> LedgerEntry:
    return LedgerEntry(
        movement=paper,
        card=card,
        date=paper.date,
        property_class_id=card.property_class_id,
        department_id=card.department_id,
        room_id=card.room_id,
        custodian_id=card.custodian_id,
        quantity=card.quantity,
        value=card.value,
    )


def stock_admin(path: Path) -> dict[str, Any]:
    """import-export's admin import: upload, look at its preview, confirm. It makes cards and history, no papers."""
    client = signed_in(ADMINISTRATOR)
    page = got(client.post(f"{STOCK}/import/", {"import_file": upload(path), "format": "0", "resource": "0"}), 200)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    got(client.post(f"{STOCK}/process_import/", {name: html.unescape(text) for name, text in fields.items()}), 302)
    return {"preview_kib": kib(page)}


def pages(path: Path) -> dict[str, Any]:
    """The product's own pages: upload, match, preview, commit, and the page that says what came of it."""
    client = signed_in(KEEPER)
    answer = client.post("/imports/new/cards/", {"file": upload(path)})
    got(answer, 302)
    columns = answer["Location"]
    run = columns.removesuffix("columns/")
    got(client.post(columns, filled_in(got(client.get(columns), 200))), 302)
    preview = got(client.get(f"{run}rows/?size=100"), 200)
    commit = filled_in(got(client.get(f"{run}commit/"), 200))
    got(client.post(f"{run}commit/", commit | {"date": DAY.isoformat()}), 302)
    got(client.get(run), 200)
    return {"preview_kib": kib(preview)}


def filled_in(page: str) -> dict[str, str]:
    """What the browser would send of a page's form as it stands."""
    fields = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        given = {name: html.unescape(text) for name, text in re.findall(r'(\w+)="([^"]*)"', tag)}
        if "name" in given and (given.get("type") != "checkbox" or re.search(r"\bchecked\b", tag)):
            fields[given["name"]] = given.get("value", "on")
    for name, options in re.findall(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = html.unescape(chosen[1]) if chosen else ""
    return fields


PARTS = {"floor": floor, "stock_admin": stock_admin, "pages": pages}


def warm_up(name: str) -> None:
    """What a server that has been running for a while has read already: address table, templates, translations."""
    if name == "pages":
        got(signed_in(KEEPER).get("/imports/new/cards/"), 200)
    elif name == "stock_admin":
        got(signed_in(ADMINISTRATOR).get(f"{STOCK}/import/"), 200)
    Person.objects.exists()


def run(name: str, path: Path, rows: int) -> dict[str, Any]:
    """Import ``rows`` rows one of the three ways and look whether they are all there."""
    notes = PARTS[name](path)
    there = Card.objects.filter(number__startswith="XZ").count()
    if there != rows:
        raise RuntimeError(f"{name}: {there} cards of {rows}")
    return notes


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="logistics.school.backends.RoleBackend")
    return client


def upload(path: Path) -> SimpleUploadedFile:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return SimpleUploadedFile(path.name, path.read_bytes(), kind)


def got(answer: Any, status: int) -> str:
    page: str = answer.content.decode()
    if answer.status_code != status:
        raise RuntimeError(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {page[:2000]}")
    return page


def kib(page: str) -> float:
    return len(page.encode()) / 1024
