"""The import measured three ways: the floor, import-export's admin at its defaults, and the product's pages."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assets.choices import MovementKind, Scheme
from assets.models import Card, LedgerEntry, Movement, PropertyClass
from logistics.base.history import bulk_create
from logistics.base.names import sort_key
from logistics.school.models import Department, Person, Room

BATCH = 500


def floor(path: Path) -> dict[str, Any]:
    """Read the sheet and write cards, entries and history in bulk; nothing is checked, shown or kept to undo."""
    rows = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()[1:]
    classes = {c.code: c.pk for c in PropertyClass.objects.filter(scheme=Scheme.GB2022)}
    departments = {d.name: d.pk for d in Department.objects.all()}
    rooms = {r.name: r.pk for r in Room.objects.all()}
    people = {p.name: p.pk for p in Person.objects.all()}
    today = dt.date(2026, 10, 8)
    with transaction.atomic():
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
        paper = Movement.objects.create(
            number="RZ2026-99999", kind=MovementKind.ENTRY, date=today, made_by=Person.objects.get(username="baoguan")
        )
        LedgerEntry.objects.bulk_create(
            [
                LedgerEntry(
                    movement=paper,
                    card=card,
                    date=today,
                    property_class_id=card.property_class_id,
                    department_id=card.department_id,
                    room_id=card.room_id,
                    custodian_id=card.custodian_id,
                    quantity=card.quantity,
                    value=card.value,
                )
                for card in cards
            ],
            batch_size=BATCH,
        )
    return {"cards": Card.objects.filter(number__startswith="XZ").count()}


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="logistics.school.backends.RoleBackend")
    return client


def upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes(), "application/vnd.ms-excel")


def stock_admin(path: Path) -> dict[str, Any]:
    """import-export's admin import: upload, look at its preview, confirm. Import makes bare cards only."""
    client = signed_in("guanli")
    preview = client.post(
        "/stock-import/assets/card/import/", {"import_file": upload(path), "format": "0", "resource": "0"}
    )
    page = preview.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    done = client.post("/stock-import/assets/card/process_import/", fields)
    if done.status_code != 302:
        raise RuntimeError(done.content.decode()[:2000])
    return {"cards": Card.objects.filter(number__startswith="XZ").count(), "preview_kib": len(page) // 1024}


def pages(path: Path) -> dict[str, Any]:
    """The product's own pages: upload, match, preview, commit."""
    raise NotImplementedError


def counted(part: Any, path: Path) -> dict[str, Any]:
    """The same part once more with its statements counted (not timed)."""
    from django.db import connection

    with CaptureQueriesContext(connection) as queries:
        notes: dict[str, Any] = part(path)
    return {**notes, "statements": len(queries)}
