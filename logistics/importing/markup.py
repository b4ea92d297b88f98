"""Tables written as markup: OpenDocument, Excel's XML of 2003, and HTML under the name .xls.

One table builder for the three: it places cells, repeats and merged ranges on a grid. No entities are ever expanded.
"""

import datetime as dt
from html.parser import HTMLParser
from typing import Any
from xml.parsers import expat

from logistics.importing.grids import Cell, ErrorValue, Limits, Line, Merge, Refused, Sheet, filled_lines

ERROR_TEXTS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
ERROR_START = ("Err:", "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")
FURTHEST = 1_048_576


class GridBuilder:
    """Collects the cells of one table after the other; remembers what merged cells above already take."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[Sheet] = []
        self.begin("")

    def begin(self, name: str, hidden: bool = False) -> None:
        self.name, self.hidden = name, hidden
        self.lines: list[Line] = []
        self.merges: list[Merge] = []
        self.row = 0
        self.taken: dict[int, int] = {}
        self.cells: list[Cell] = []

    def begin_row(self, number: int | None = None) -> None:
        self.row = number or self.row + 1
        self.cells = []

    def add(self, value: Cell, across: int = 1, down: int = 1, at: int | None = None) -> None:
        """Puts a value where the next free cell is (or at ``at``), spanning so many columns and rows."""
        column = len(self.cells) if at is None else at
        while at is None and self.taken.get(column, 0) >= self.row:
            column += 1
        if column + across > FURTHEST:
            raise Refused("wide", sheet=self.name, column="XFD", limit=self.limits.columns)
        across, down = max(1, min(across, self.limits.columns + 1)), max(1, min(down, FURTHEST))
        if value not in (None, "") or across > 1 or down > 1:
            self.cells.extend([None] * (column - len(self.cells)))
            self.cells[column:] = [value]
            self.cells.extend([None] * (across - 1))
        else:
            self.cells.extend([None] * (min(column, self.limits.columns + 1) + 1 - len(self.cells)))
        if across > 1 or down > 1:
            self.merges.append(Merge(self.row, column, self.row + down - 1, column + across - 1))
            self.taken.update((c, self.row + down - 1) for c in range(column, column + across) if down > 1)

    def end_row(self, repeat: int = 1) -> None:
        """Closes the row; a filled row that is said to repeat is written so many times."""
        if any(value not in (None, "") for value in self.cells):
            cells = tuple(self.cells)
            for _ in range(min(repeat, self.limits.rows + 1)):
                self.lines.append((self.row, cells))
                self.row += 1
            self.row -= 1
        else:
            self.row += repeat - 1
        if len(self.lines) > self.limits.rows or self.row > 2 * FURTHEST:
            raise Refused("long", sheet=self.name, limit=self.limits.rows)

    def end(self) -> None:
        rows = filled_lines(self.lines, self.name, self.limits)
        self.sheets.append(Sheet(self.name, rows, tuple(self.merges), self.hidden))
        if len(self.sheets) > self.limits.sheets:
            raise Refused("sheets", limit=self.limits.sheets)


def whole(text: str | None, default: int = 1) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def typed(kind: str, text: str, stated: str) -> Cell:
    """A value from its declared type and stated form; what does not fit its type stays the text that is shown."""
    try:
        if kind in ("float", "currency", "percentage", "Number"):
            return float(stated)
        if kind in ("date", "DateTime"):
            return dt.datetime.fromisoformat(stated.removesuffix("Z"))
        if kind in ("boolean", "Boolean"):
            return stated.lower() in ("true", "1")
    except ValueError:
        pass
    return ErrorValue(text) if kind == "Error" or text.startswith(ERROR_START) else text


class XmlReader:
    """Walks XML with expat, handing start, end and text to the methods of a subclass. Entities are refused."""

    def __init__(self, limits: Limits) -> None:
        self.grid = GridBuilder(limits)
        self.text: list[str] | None = None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.StartElementHandler = lambda name, attributes: self.start(
            name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        )
        parser.EndElementHandler = lambda name: self.end(name.rpartition(" ")[2])
        parser.CharacterDataHandler = self.characters
        self.parser = parser

    def refuse(self, *_: object) -> None:
        raise Refused("entities")

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def read(self, chunks: Any) -> list[Sheet]:
        try:
            for chunk in chunks:
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused("damaged") from error
        return self.grid.sheets

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError


class OpenDocument(XmlReader):
    """``content.xml`` of an .ods."""

    depth = 0
    hidden_styles: frozenset[str] = frozenset()
    style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles |= {self.style}
        elif name == "table":
            self.depth += 1
            if self.depth == 1:
                self.grid.begin(attributes.get("name", ""), attributes.get("style-name") in self.hidden_styles)
        elif name == "table-row":
            self.grid.begin_row()
            self.row_repeat = whole(attributes.get("number-rows-repeated"))
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.text, self.noted, self.paragraph = attributes, [], 0, False
        elif name == "annotation":
            self.noted += 1
        elif self.text is not None and not self.noted:
            self.inline(name, attributes)

    def inline(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self.paragraph = True
            if self.text:
                self.characters("\n")
        elif name in ("s", "tab"):
            self.characters(" " * min(whole(attributes.get("c")), 100))
        elif name == "line-break":
            self.characters("\n")

    def characters(self, text: str) -> None:
        """What stands between paragraphs is the layout of the XML."""
        if self.text is not None and self.paragraph and not self.noted:
            self.text.append(text)

    def end(self, name: str) -> None:
        if name == "annotation":
            self.noted -= 1
        elif name == "p":
            self.paragraph = bool(self.noted)
        elif name in ("table-cell", "covered-table-cell"):
            self.close_cell()
        elif name == "table-row":
            self.grid.end_row(self.row_repeat)
        elif name == "table":
            self.depth -= 1
            if self.depth == 0:
                self.grid.end()

    def close_cell(self) -> None:
        cell, text = self.cell, "".join(self.text or [])
        stated = cell.get("value") or cell.get("date-value") or cell.get("boolean-value") or ""
        value = typed("Error" if text in ERROR_TEXTS else cell.get("value-type", "string"), text, stated)
        repeat = whole(cell.get("number-columns-repeated"))
        across, down = whole(cell.get("number-columns-spanned")), whole(cell.get("number-rows-spanned"))
        at = len(self.grid.cells)
        if across > 1 or down > 1:
            self.grid.add(value, across, down, at=at)
            del self.grid.cells[at + 1 :]  # the covered cells follow as elements of their own
        elif value == "":
            self.grid.cells.extend([None] * min(repeat, self.grid.limits.columns + 1))
        else:
            for _ in range(min(repeat, self.grid.limits.columns + 1)):
                self.grid.add(value, at=len(self.grid.cells))
        self.text = None


class ExcelXml(XmlReader):
    """SpreadsheetML of Excel 2003."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Worksheet":
            self.grid.begin(attributes.get("Name", ""))
        elif name == "Visible":
            self.text = []
        elif name == "Row":
            self.grid.begin_row(whole(attributes.get("Index"), 0) or None)
            self.at = -1
        elif name == "Cell":
            self.at = whole(attributes.get("Index"), 0) - 1 if "Index" in attributes else self.at + 1
            self.cell, self.kind, self.value = attributes, "", ""
            while "Index" not in attributes and self.grid.taken.get(self.at, 0) >= self.grid.row:
                self.at += 1
        elif name == "Data":
            self.kind, self.text = attributes.get("Type", "String"), []

    def end(self, name: str) -> None:
        if name == "Data":
            self.value, self.text = "".join(self.text or []), None
        elif name == "Visible":
            self.grid.hidden, self.text = "".join(self.text or []) != "SheetVisible", None
        elif name == "Cell":
            across, down = 1 + whole(self.cell.get("MergeAcross"), 0), 1 + whole(self.cell.get("MergeDown"), 0)
            self.grid.add(typed(self.kind, self.value, self.value), across, down, at=max(self.at, 0))
            self.at += across - 1
        elif name == "Row":
            self.grid.end_row()
        elif name == "Worksheet":
            self.grid.end()


class HtmlTables(HTMLParser):
    """Every outermost table of an HTML page, one sheet each; what stands in inner tables belongs to their cell."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.grid = GridBuilder(limits)
        self.depth = 0
        self.in_row = False
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.grid.begin(f"Table{len(self.grid.sheets) + 1}")
        elif tag == "tr" and self.depth == 1:
            self.close_row()
            self.grid.begin_row()
            self.in_row = True
        elif tag in ("td", "th") and self.depth == 1 and self.in_row:
            self.close_cell()
            self.cell, self.text = dict(attrs), []
        elif tag in ("br", "p") and self.text:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.depth == 1:
            self.close_cell()
        elif tag == "tr" and self.depth == 1:
            self.close_row()
        elif tag == "table" and self.depth:
            if self.depth == 1:
                self.close_row()
                self.grid.end()
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def close_cell(self) -> None:
        if self.text is not None:
            # Runs of spaces and line ends in the source are one space on the page.
            value = "\n".join(" ".join(line.split()) for line in "".join(self.text).split("\n")).strip()
            self.grid.add(
                typed("", value, ""), whole(self.cell.get("colspan")) or 1, whole(self.cell.get("rowspan")) or 1
            )
            self.text = None

    def close_row(self) -> None:
        self.close_cell()
        if self.in_row:
            self.grid.end_row()
            self.in_row = False

    def read(self, text: str) -> list[Sheet]:
        self.feed(text)
        self.close()
        if self.depth:
            self.close_row()
            self.grid.end()
        return self.grid.sheets
