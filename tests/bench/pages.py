"""The pages that are compared: the product's, and the stock admin's list and form of the same cards."""

from dataclasses import dataclass
from urllib.parse import quote

ROWS = 100


@dataclass(frozen=True)
class Compared:
    """A page of the product (``small``: of the database with few cards) and the admin's page of the same."""

    name: str
    ours: str
    small: str
    stock: str


def compared(cards: int, few: int, facts: dict[str, int]) -> list[Compared]:
    """``facts``: keys of a card in each database and of the room that is filtered by."""
    last, last_of_few = max(cards // ROWS, 1), max(few // ROWS, 1)
    ours, stock = "/assets/cards/?size=100", "/stock/assets/card/"
    room, word = quote("计算机室"), quote("空调")
    return [
        Compared("list, page 1", ours, ours, stock),
        Compared("room filter", f"{ours}&room={room}", f"{ours}&room={room}", f"{stock}?room={facts['room']}"),
        Compared("search for two characters", f"{ours}&q={word}", f"{ours}&q={word}", f"{stock}?q={word}"),
        Compared(f"list, page {last}", f"{ours}&page={last}", f"{ours}&page={last_of_few}", f"{stock}?p={last}"),
        Compared(
            "card", f"/assets/cards/{facts['card']}/", f"/assets/cards/{facts['card']}/",
            f"{stock}{facts['card']}/change/",
        ),
    ]  # fmt: skip
