"""Tells the rows of a table's body that are no data: subtotals, signatures, notes, headings, numbered columns."""

import re
import unicodedata
from collections.abc import Sequence, Set
from enum import Enum
from functools import lru_cache

from logistics.importing.grids import Cell, Mark, is_empty
from logistics.importing.headers import SEQUENCE_HEADS, normalise_header


class RowKind(Enum):
    EMPTY = "empty"
    SUBTOTAL = "subtotal"
    SIGNATURE = "signature"
    NOTE = "note"
    HEADING = "heading"
    NUMBERING = "numbering"
    EXAMPLE = "example"


HEADING = RowKind.HEADING
TOTAL_WORD = r"(?:小计|合计|总计|共计|累计|本页计|过次页|承前页|接上页|转下页|subtotal|grandtotal|total)"
SUBTOTAL = re.compile(rf".{{0,14}}?{TOTAL_WORD}(?:[(:].*|数|金额|数量)?|.{{0,8}}大写.*", re.DOTALL)
SIGNER = (
    r"(?:制表|填表|填报|审核|复核|审批|校长|园长|主任|总务|保管|管理员|负责|经办|经手|主管|会计|出纳|盘点|监盘|清点|"
    r"领导|签字|签名|签章|盖章|公章|联系电话|报送|记账|验收|移交|接收|交接|监交|preparedby|checkedby|approvedby|signature)"
)
SIGNATURE = re.compile(rf"[^:]{{0,10}}{SIGNER}[^:]{{0,8}}:.*", re.DOTALL)
SIGNING = re.compile(
    r"(?:制表|填表|填报|审核|复核|经办|经手|移交|接收|交接|监交|盘点|监盘|主管)人?|.{0,8}(?:签字|签名|签章|盖章|公章)"
)
SIGNING_TITLE = re.compile(r"校长|园长|(?:总务|后勤)?主任|(?:单位|部门)?负责人|分管领导|会计|出纳|保管[人员]|管理员")
DATE_LINE = re.compile(r"[^:]{0,6}(?:日期|时间|date):?.*|年月日|\d{4}年\d{1,2}月\d{1,2}日")
NOTE = re.compile(
    r"(?:备?注\d*|说明|附注|填表说明|填写说明|注意|notes?|remarks?)[:：].*|第\d+页.*", re.DOTALL | re.IGNORECASE
)
NUMBERED = re.compile(r"[(]?\d{1,2}[.、)]\D.{3,}|.{0,4}以下(?:为)?空白.{0,4}|.{24,}|.{8,}[。;]", re.DOTALL)
FORM_LINE = re.compile(r"[^:\d]{2,8}:.*", re.DOTALL)
CHAPTER = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、.:].+|第[一二三四五六七八九十\d]+[部章节类].*", re.DOTALL)
EXAMPLE = re.compile(r"[(]?(?:示?例|样例|范例|举例|示范|填写示例|填写样例|填表示例|example)[)]?[:\d]*", re.IGNORECASE)
STEMS = "甲乙丙丁戊己庚辛壬癸"
MAX_LOOK = 6


def is_sequence_head(text: str) -> bool:
    """Whether a header names the running number of the lines, which says nothing about a row."""
    return normalise_header(text) in SEQUENCE_HEADS


def shown(value: Cell) -> str:
    """A cell as one line of text."""
    return "" if is_empty(value) else str(value).strip()


def squeezed(value: Cell) -> str:
    return squeezed_text(str(value))


@lru_cache(4096)  # names, rooms and units come again in every row
def squeezed_text(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text)).casefold()


def kind_of_row(cells: Sequence[Cell], sequence: Set[int], *, first: bool) -> RowKind | None:
    """Why a row is no data, or None. ``sequence`` are the places of running numbers; ``first``: no data came before."""
    count = len(cells) - cells.count(None) - cells.count("")
    if count > MAX_LOOK and isinstance(cells[0], int | float):
        return RowKind.NUMBERING if first and is_numbering([(0, v) for v in cells if not is_empty(v)]) else None
    filled = [(at, value) for at, value in enumerate(cells) if not is_empty(value) and not is_blank_text(value)]
    if all(at in sequence or isinstance(value, Mark) for at, value in filled):
        return kind_of_sequence(cells, filled, sequence)
    texts = [squeezed(value) for _, value in filled if isinstance(value, str)]
    if kind := kind_of_texts(texts, filled, len(cells)):
        return kind
    return RowKind.NUMBERING if first and is_numbering(filled) else None


def is_blank_text(value: Cell) -> bool:
    return isinstance(value, str) and (value.isspace() or not value.strip("\u200b\ufeff \t\r\n"))


def kind_of_sequence(cells: Sequence[Cell], filled: list[tuple[int, Cell]], sequence: Set[int]) -> RowKind | None:
    """A row that holds a running number at most: empty, unless words stand where the number belongs."""
    words = [squeezed(value) for at, value in filled if at in sequence and isinstance(value, str)]
    for word in words:
        if kind := kind_of_texts([word], filled, len(cells)):
            return kind
    if any(isinstance(value, Mark) for _, value in filled) and len(filled) > len(cells) // 2:
        return None
    return RowKind.HEADING if any(len(word) > 4 and not word.isdigit() for word in words) else RowKind.EMPTY


def kind_of_texts(texts: list[str], filled: list[tuple[int, Cell]], width: int) -> RowKind | None:
    if not texts:
        return None
    if EXAMPLE.fullmatch(texts[0]):
        return RowKind.EXAMPLE
    # A total has a label and figures; a card has a name, a code, a unit, a date.
    labels = [text for text in texts[:3] if SUBTOTAL.fullmatch(text)]
    others = [text for text in texts if text not in labels and not re.fullmatch(r"[-—/\d.,¥元件台张套个]+", text)]
    if labels and (len(others) <= 1 or len(others) * 4 <= width):
        return RowKind.SUBTOTAL
    numbers = len(filled) - len(texts)
    if not numbers and is_signature(texts):
        return RowKind.SIGNATURE
    if len(filled) == 1:
        return kind_of_single(texts[0])
    return RowKind.NOTE if NOTE.fullmatch(texts[0]) and len(filled) <= 2 and width > 3 else None


def is_signature(texts: list[str]) -> bool:
    """Signing lines: 制表人: … 校长: … with names beside them, or the labels alone."""
    if any(SIGNATURE.fullmatch(text) for text in texts[:1]) or sum(bool(SIGNATURE.fullmatch(t)) for t in texts) >= 2:
        return True
    labels = [text for text in texts if SIGNING.fullmatch(text)]
    return bool(labels) and all(
        text in labels or SIGNING_TITLE.fullmatch(text) or DATE_LINE.fullmatch(text) for text in texts
    )


def kind_of_single(text: str) -> RowKind | None:
    """A row with one text and nothing else."""
    if NOTE.fullmatch(text) or FORM_LINE.fullmatch(text) or NUMBERED.fullmatch(text):
        return RowKind.NOTE
    if CHAPTER.fullmatch(text):
        return RowKind.HEADING
    return RowKind.SIGNATURE if DATE_LINE.fullmatch(text) else None


def is_numbering(filled: list[tuple[int, Cell]]) -> bool:
    """The line 1 2 3 4=2×3 5 … or 甲 乙 1 2 … that forms print under their header."""
    if len(filled) < 4:
        return False
    marks = [re.sub(r"[()\[\]]|=.*", "", squeezed(f"{v:g}" if isinstance(v, float) else v)) for _, v in filled]
    stems = [mark for mark in marks if mark in STEMS]
    numbers = [int(mark) for mark in marks if mark.isdecimal()]
    return len(stems) + len(numbers) == len(marks) and numbers == list(range(1, len(numbers) + 1))
