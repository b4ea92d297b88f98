"""Which columns a list needs before anything of it can be entered."""

import pytest

from assets.imports import SPECS
from logistics.importing.layouts import usable

pytestmark = pytest.mark.requirement("A02")


@pytest.mark.parametrize(
    ("columns", "enough"),
    [
        ({"number"}, True),
        ({"name", "value"}, True),
        ({"name", "quantity", "unit_price"}, True),
        ({"name"}, False),
        ({"name", "quantity"}, False),
        ({"value", "unit_price"}, False),
    ],
)
def test_columns_of_an_asset_list(columns, enough):
    cards = next(spec for spec in SPECS if spec.slug == "cards")
    assert usable(cards(), columns) is enough
