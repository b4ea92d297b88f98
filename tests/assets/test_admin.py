"""Property in the admin site: papers are looked at, descriptions mended, classes kept; nothing official is altered."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assets.choices import CardState, Scheme
from assets.models import Card, LedgerEntry, Movement, PropertyClass, RoomConfirmation, UsefulLife
from assets.services.movements import reverse as reverse_paper
from logistics.school.choices import Role
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "O05")]
TABLES = [Card, Movement, LedgerEntry, RoomConfirmation, PropertyClass, UsefulLife]


@pytest.fixture
def boss(as_person):
    return as_person(cast.person("boss", "管理员", is_staff=True, is_superuser=True))


def url(model: type, verb: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}", args=args)


@pytest.mark.parametrize("model", TABLES)
def test_every_table_opens(boss, keeper, model):
    stock.card(keeper, room=cast.room(), property_class=stock.property_class())

    assert boss.get(url(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", [Movement, LedgerEntry, RoomConfirmation])
def test_papers_are_looked_at_only(boss, keeper, model):
    stock.card(keeper)
    assert boss.get(url(model, "add")).status_code == 403
    row = model.objects.first()
    if row:
        assert boss.get(url(model, "change", row.pk)).status_code == 200
        assert boss.post(url(model, "change", row.pk), {}).status_code == 403
        assert boss.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403


def form_of(card: Card) -> dict[str, str]:
    return {"name": card.name, "unit": card.unit, "condition": card.condition}


def test_a_description_is_mended_and_the_ledger_stays(boss, keeper):
    card = stock.card(keeper, brand="联想")
    posted = {**form_of(card), "brand": "同方", "quantity": "9", "value": "1", "number": "X", "state": CardState.VOID}

    assert boss.post(url(Card, "change", card.pk), posted).status_code == 302
    fresh = Card.objects.get()
    assert fresh.brand == "同方"
    assert (fresh.quantity, fresh.value, fresh.number, fresh.state) == (1, card.value, card.number, card.state)
    assert fresh.history.first().history_user.username == "boss"


def test_a_void_card_is_not_mended(boss, keeper):
    card = stock.card(keeper)
    reverse_paper(person=keeper, movement=Movement.objects.get(), date=stock.ENTERED)

    assert boss.get(url(Card, "change", card.pk)).status_code == 200
    assert boss.post(url(Card, "change", card.pk), form_of(card)).status_code == 403


def test_cards_are_neither_added_nor_deleted(boss, keeper):
    card = stock.card(keeper)
    assert boss.get(url(Card, "add")).status_code == 403
    assert boss.post(url(Card, "delete", card.pk), {"post": "yes"}).status_code == 403


@pytest.mark.requirement("O02")
def test_tables_follow_the_roles(as_person):
    keeper = as_person(cast.person("k", "保管", Role.KEEPER, is_staff=True))
    assert keeper.get(url(PropertyClass, "add")).status_code == 200
    guard = as_person(cast.person("g", "门卫", Role.GUARD, is_staff=True))
    for model in TABLES:
        assert guard.get(url(model, "changelist")).status_code == 403


def upload(client, model: type, text: str) -> str:
    """The admin's import of ``text``: upload, look, confirm; what the page says when it is refused."""
    file = SimpleUploadedFile("rows.csv", text.encode(), "text/csv")
    shown = client.post(url(model, "import"), {"format": "0", "import_file": file})
    confirm = shown.context and shown.context.get("confirm_form")
    if not confirm:
        return shown.content.decode()
    client.post(url(model, "process_import"), confirm.initial)
    return ""


def test_classes_and_lives_are_read_in(boss):
    upload(
        boss, PropertyClass, "scheme,code,name,parent,unit,depreciable,active\nschool,X01,学生平板,A02010105,台,1,1\n"
    )
    upload(boss, UsefulLife, "property_class,months,in_force_from,source\nX01,48,2026-01-01,本校规定\n")

    tablet = PropertyClass.objects.get(code="X01")
    assert (tablet.scheme, tablet.parent.code, tablet.top_code) == (Scheme.SCHOOL, "A02010105", "A02000000")
    assert tablet.useful_lives.get().months == 48
    assert tablet.history.get().history_user.username == "boss"


def test_a_class_keeps_its_place(boss):
    upload(
        boss,
        PropertyClass,
        "scheme,code,name,parent,unit,depreciable,active\ngb2022,A02010105,台式机,A05010000,台,1,1\n",
    )
    computer = PropertyClass.objects.get(code="A02010105")

    assert (computer.name, computer.parent.code) == ("台式机", "A02010100")


def test_what_is_filtered_leaves_as_the_import_reads_it(boss, as_person, keeper):
    stock.card(keeper, number="ZC1", name="=1+1", value=Decimal("12.50"))
    stock.card(keeper, number="ZC2", name="课桌", state=CardState.IN_LEDGER)
    answer = boss.get(url(Card, "export"), {"q": "ZC1"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    heads, *rows = sheet.iter_rows(values_only=True)
    (row,) = (dict(zip(heads, row, strict=True)) for row in rows)
    assert (row["资产编号"], row["资产名称"], row["价值"]) == ("ZC1", "'=1+1", 12.5)


def test_who_may_not_export_cards_does_not_in_the_admin(as_person):
    clerk = cast.person("clerk", "文员", Role.CASHIER, is_staff=True)
    assert as_person(clerk).get(url(Card, "export")).status_code == 403
