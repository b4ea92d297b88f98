"""What an address may name: rows that cannot be there are nobody's, and no page breaks over them."""

import pytest

from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R05")]


@pytest.mark.parametrize("key", ["9" * 30, "1" * 5000, "²", "-1", ""])
@pytest.mark.parametrize("address", ["movements/transfer/", "labels/", "confirmations/ask/"])
def test_a_row_that_cannot_be_there(as_person, keeper, address, key):
    cast.school()
    assert as_person(keeper).get(f"/assets/{address}", {"pk": key}).status_code < 404


@pytest.mark.parametrize("key", ["9" * 30, "1" * 5000])
@pytest.mark.parametrize("address", ["cards/print/", "rooms/lists/", "rooms/ledgers/"])
def test_printing_a_row_that_cannot_be_there(as_person, keeper, address, key):
    assert as_person(keeper).post(f"/assets/{address}", {"pk": key}).status_code == 302


@pytest.mark.parametrize("amount", ["9" * 30, "1" * 5000, "1e400", "-" + "9" * 30])
def test_a_value_that_no_card_has(as_person, keeper, amount):
    assert as_person(keeper).get("/assets/cards/", {"value_from": amount}).status_code == 200


@pytest.mark.parametrize(
    "address", ["a/%00", "assets/cards/?room=%00", "assets/labels/?room=%00", "assets/lookups/class/?c=%00"]
)
def test_what_postgresql_cannot_look_for(as_person, keeper, address):
    assert as_person(keeper).get(f"/{address}").status_code < 500
