"""A row of a plan's table: which cells are its time, its work, whose it is, by the table's heads or by their look."""

import re
from dataclasses import dataclass

from logistics.workcalendar.reading.lines import tidy
from logistics.workcalendar.reading.owners import as_names
from logistics.workcalendar.reading.times import heading_of

TIME_HEADS = re.compile(r"^(?:月 ?份?|周 ?次?|时 ?间|日 ?期|月份周次|时段|起止(?:时间|日期)|完成时间|阶段)$")
OWNER_HEADS = re.compile(r"责任|负责|承办|牵头|执行人|部门|科室|经办")
DOTTED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})日?")
DOTTED = re.compile(rf"^{DOTTED_DAY.pattern}(?:\s?[-—–~～至到]{{1,2}}\s?{DOTTED_DAY.pattern})?$")
OFFICE = re.compile(r"^.{0,8}(?:处|室|科|部|会|组|办|团委|中心|食堂|校长|主任|老师)$")
WORK_HEADS = re.compile(r"工作|内容|事项|任务|活动|项目|安排|要点|重点")


@dataclass(frozen=True)
class TableRow:
    """The cells of a row as ``words``; of these the times, the lines of the work, the names of whose it is.

    ``is_head``: it only names what stands in the columns.
    """

    words: tuple[str, ...]
    times: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_head: bool = False


def row_of(text: str, heads: tuple[str, ...]) -> TableRow:
    """The row of a line whose cells are parted by tabs or bars, under these heads, if the table has any."""
    cells = [[tidy(part) for part in cell.split("\v") if tidy(part)] for cell in re.split(r"[\t|]", text.strip(" |"))]
    words = tuple("".join(cell) for cell in cells)
    if _is_head(words):
        return TableRow(words, is_head=True)
    times: list[str] = []
    work: list[str] = []
    names: tuple[str, ...] = ()
    for at, (cell, word) in enumerate(zip(cells, words, strict=True)):
        head = heads[at] if at < len(heads) else ""
        heading = None if work else heading_of(_as_time(word, head))
        if heading and not heading.rest:
            times.append(_as_time(word, head))
        elif word and work and (OWNER_HEADS.search(head) or all(map(OFFICE.match, as_names(word)))):
            names = as_names(word)
        elif not work or not head or WORK_HEADS.search(head):
            work += cell
    return TableRow(words, tuple(times), tuple(work), names)


def _as_time(word: str, head: str) -> str:
    """A cell as a time is written elsewhere: ``3`` under 周次 is 第3周, ``9.1-9.5`` is 9月1日-9月5日."""
    number = re.fullmatch(r"\d{1,2}|[一二三四五六七八九十]{1,3}", word)
    if number and "周" in head:
        return f"第{word}周"
    if number and "月" in head:
        return f"{word}月"
    return DOTTED_DAY.sub(r"\1月\2日", word) if DOTTED.match(word) else word


def _is_head(words: tuple[str, ...]) -> bool:
    """Whether a row only names what stands in the columns."""
    looks = (TIME_HEADS, OWNER_HEADS, WORK_HEADS)
    short = all(len(word) <= 10 for word in words)
    return short and sum(bool(look.search(word)) for look in looks for word in words) >= 2 and "" not in words[:2]
