"""Raw cells of a file as JSON and back, so that an import can be gone on with days later."""

import datetime as dt
import math
from typing import Any

from logistics.importing.grids import Cell, ErrorValue, MergedNumber, Uncalculated, column_letter


def storable(cell: Cell) -> Cell:
    """The cell as a database takes it: no NUL, no half characters, no infinite number."""
    if isinstance(cell, str) and not cell.isprintable():
        return cell.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(cell, float) and not math.isfinite(cell):
        return ErrorValue("#NUM!")
    return cell


def packed(cell: Cell) -> Any:  # noqa: PLR0911  # one line a kind
    """A cell as JSON: texts and numbers as they are, the rest as ``{kind: value}``."""
    if cell is None or isinstance(cell, str | int | float):
        return cell
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, ErrorValue):
        return {"error": cell.text}
    if isinstance(cell, Uncalculated):
        return {"formula": cell.formula}
    if isinstance(cell, MergedNumber):
        return {"merged": cell.anchor}
    return str(cell)


def unpacked(stored: Any) -> Cell:
    if not isinstance(stored, dict):
        return stored  # type: ignore[no-any-return]
    ((kind, value),) = stored.items()
    makers: dict[str, Any] = {
        "moment": dt.datetime.fromisoformat,
        "date": dt.date.fromisoformat,
        "error": ErrorValue,
        "formula": Uncalculated,
        "merged": lambda anchor: MergedNumber(None, anchor),
    }
    return makers[kind](value)  # type: ignore[no-any-return]


def shown(stored: Any) -> str:
    """What stands in a cell, for people."""
    if stored is None:
        return ""
    if isinstance(stored, float):
        return f"{stored:.15g}"
    if isinstance(stored, dict):
        ((kind, value),) = stored.items()
        return str({"formula": f"={value}", "moment": value.replace("T", " ")}.get(kind, value))
    return str(stored)


def address(index: int, row: int) -> str:
    """``B12``, as Excel names it."""
    return f"{column_letter(index)}{row}"
