"""A row of a plan's table: which cells are its time, its work, whose it is, by the table's heads or by their look."""

import re
from dataclasses import dataclass, replace

from logistics.workcalendar.reading.lines import Line, tidy
from logistics.workcalendar.reading.owners import as_names
from logistics.workcalendar.reading.times import days_written_out, heading_of

TIME_HEADS = re.compile(
    r"^(?:月 ?份?|周 ?次?|时 ?间|日 ?期|月份周次|时段|阶段|起止(?:时间|日期)"
    r"|(?:完成|实施|工作|活动)?(?:时间|日期|时限|期限)|时间(?:安排|节点|要求|段))$"
)
OTHER_HEADS = re.compile(
    r"^(?:序 ?号|编 ?号|项 ?次|No\.?|工作主题|主 ?题|备 ?注|星 ?期|地 ?点|完成情况|检查情况|效果)$"
)
DAYS_IN_ROW = re.compile(r"(?<=\d\.\d|\.\d\d) (?=[^\s\d])")  # 9.1-9.4 开学典礼
NO_DAY = re.compile(r"每|定期|随时|平时|日常|长期|常年|全年|全?学期")
OWNER_HEADS = re.compile(r"责任|负责|承办|牵头|执行人|部门|科室|经办")
OFFICE = re.compile(
    r"^(?!召开|举行|举办|开展|组织|参加|准备|布置|检查|打扫|整理|维修|检修|清点|清理|慰问|开放|走访)"
    r".{0,8}(?:处|室|科|部门?|组|办|(?:工|委员|家委|学生)会|团委|中心|食堂|校长|主任|老师)$"
)
WORK_HEADS = re.compile(r"工作|内容|事项|任务|活动|项目|安排|要点|重点")
HEADS = (  # as they stand alone; 召开后勤工作会议 and 各部门 are no heads
    TIME_HEADS,
    re.compile(
        r"^(?:主要|具体)?(?:责任|负责|承办|牵头|执行|经办|分管|协助|主办|实施)(?:人员?|部门|科室|处室|单位|领导|者)?$"
        r"|^(?:部门|科室|处室)$"
    ),
    re.compile(
        r"^(?:主要|具体|重点|中心|各项|学校|后勤|总务|本月|本周)*(?:工作|活动)?(?:内容|事项|任务|项目|安排|要点|重点|计划)?$"
    ),
)


@dataclass(frozen=True)
class TableRow:
    """The cells of a row as ``words``; of these the times, the lines of the work, the names of whose it is.

    ``is_head``: it only names what stands in the columns. ``unread``: what its column of times says instead of a time.
    """

    words: tuple[str, ...]
    times: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_head: bool = False
    unread: str = ""


def row_of(text: str, heads: tuple[str, ...]) -> TableRow:
    """The row of a line whose cells are parted by tabs or bars, under these heads, if the table has any."""
    cells = _cells(text, heads)
    words = tuple("".join(cell) for cell in cells)
    if is_head(words):
        return TableRow(words, is_head=True)
    times: list[str] = []
    unread = ""
    work: list[str] = []
    names: tuple[str, ...] = ()
    for at, (cell, word) in enumerate(zip(cells, words, strict=True)):
        head = heads[at] if at < len(heads) else ""
        of_time = bool(TIME_HEADS.match(head))
        heading = heading_of(_as_time(word, head)) if of_time or not work or not (head or times) else None
        if heading and not heading.rest:
            times.append(_as_time(word, head))
        elif of_time and NO_DAY.search(word):
            unread = unread or word
        elif word and work and (OWNER_HEADS.search(head) or all(map(OFFICE.match, as_names(word)))):
            names = as_names(word)
        elif not OTHER_HEADS.match(head) and (not work or not head or WORK_HEADS.search(head)):
            work += cell
    return TableRow(words, tuple(times), tuple(work), names, unread="" if times else unread)


def as_row(line: Line, heads: tuple[str, ...]) -> Line:
    """A line whose cells are parted by wide spaces, as copied from a PDF, with tabs between them; else as it is.

    Only heads in such a line, or a time below them, tell that it is a row.
    """
    cells = re.split(r" {2,}", line.whole)
    time = heading_of(_as_time(cells[0], heads[0])) if heads else None
    if len(cells) < 3 or not (is_head(tuple(cells)) or (time and not time.rest)):
        return line
    said = DAYS_IN_ROW.sub("\t", "\t".join(cells))
    return replace(line, said=said, mark="", rank=-1)


def _cells(text: str, heads: tuple[str, ...]) -> list[list[str]]:
    """The cells, each as its lines. A row between two bars has no cells outside them, unless its table says so."""
    cells = re.split(r"[\t|]", text)
    if text.startswith("|") and text.endswith("|") and len(cells) != len(heads):
        cells = cells[1:-1]
    return [[tidy(part) for part in cell.split("\v") if tidy(part)] for cell in cells]


def _as_time(word: str, head: str) -> str:
    """A cell as a time is written elsewhere: ``3`` under 周次 is 第3周, ``9.1-9.5`` is 9月1日-9月5日."""
    number = re.fullmatch(r"\d{1,2}|[一二三四五六七八九十]{1,3}", word)
    if number and "周" in head:
        return f"第{word}周"
    if number and "月" in head:
        return f"{word}月"
    return days_written_out(word)


def is_head(words: tuple[str, ...]) -> bool:
    """Whether a row only names what stands in the columns."""
    named = [any(look.match(word) for look in HEADS) for word in words if word]
    return sum(named) >= 2 and all(len(word) <= 10 for word in words) and "" not in words[:2]
