"""What the reader does not tell of an old .xls: its password, its date system, and cells that hold an error value."""

import struct
from collections.abc import Iterator

from logistics.importing.grids import ErrorValue, Mark, Refused

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
FORMULA, END, DATE_MODE, FILE_PASS, BOUND_SHEET, BOOL_ERROR, BEGIN = 0x06, 0x0A, 0x22, 0x2F, 0x85, 0x205, 0x809
END_OF_CHAIN = 0xFFFFFFFA


def workbook_stream(data: bytes) -> bytes:
    """The stream of records inside the OLE container; empty where it is too small or too broken to find."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    def numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    fat_sectors = [n for n in numbers(data[76:512]) if n < END_OF_CHAIN]
    more, seen = struct.unpack_from("<I", data, 68)[0], set[int]()
    while more < END_OF_CHAIN and more not in seen:
        seen.add(more)
        *found, more = numbers(sector(more)) or (END_OF_CHAIN,)
        fat_sectors += [n for n in found if n < END_OF_CHAIN]
    fat = numbers(b"".join(sector(n) for n in fat_sectors))

    def chain(number: int) -> bytes:
        pieces, used = [], set[int]()
        while number < len(fat) and number not in used:
            used.add(number)
            pieces.append(sector(number))
            number = fat[number]
        return b"".join(pieces)

    directory = chain(struct.unpack_from("<I", data, 48)[0])
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "ignore")
        if name in ("Workbook", "Book"):
            start, total = struct.unpack_from("<II", directory, at + 116)
            return chain(start)[:total] if total >= 4096 else b""
    return b""


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """(kind, where its body starts, length) from ``at`` to the end of that substream."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BEGIN) - (kind == END)
        yield kind, at + 4, length
        if kind == END and depth <= 0:
            return
        at += 4 + length


class OldWorkbook:
    """Raises Refused where the file has a password; whatever else is odd is left to the reader to judge."""

    def __init__(self, data: bytes) -> None:
        self.date1904 = False
        self.offsets: list[int] = []
        try:
            self.stream = workbook_stream(data)
            self.globals()
        except (struct.error, IndexError, MemoryError):
            self.stream = b""

    def globals(self) -> None:
        for kind, at, _length in records(self.stream):
            if kind == FILE_PASS:
                raise Refused("encrypted")
            if kind == DATE_MODE:
                self.date1904 = self.stream[at] == 1
            elif kind == BOUND_SHEET:
                self.offsets.append(struct.unpack_from("<I", self.stream, at)[0])

    def marks(self, index: int) -> dict[tuple[int, int], Mark]:
        """Error values of a sheet by (row from 1, column from 0)."""
        marks: dict[tuple[int, int], Mark] = {}
        if index >= len(self.offsets):
            return marks
        for kind, at, length in records(self.stream, self.offsets[index]):
            body = self.stream[at : at + 14] if kind in (FORMULA, BOOL_ERROR) else b""
            if kind == FORMULA and len(body) == 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
                code = body[8]
            elif kind == BOOL_ERROR and length >= 8 and body[7] == 1:
                code = body[6]
            else:
                continue
            row, column = struct.unpack_from("<HH", body)
            marks[row + 1, column] = ErrorValue(ERRORS.get(code, "#N/A"))
        return marks
