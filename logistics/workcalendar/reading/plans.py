"""A written work plan read: what stands under its times becomes items, what its prose says of a rhythm becomes duties.

Numbers of a plan are not trusted (real ones repeat and skip them), only their look: a point of the list looks like the
first one under its time. A part of the text (一、…), a title or a signature ends the list; prose is never an item.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from logistics.workcalendar.reading.lines import OUTLINE, Line, lines_of, marked
from logistics.workcalendar.reading.owners import names_in, role_for
from logistics.workcalendar.reading.rhythms import PlanDuty, duties_in
from logistics.workcalendar.reading.sections import SHORT, SIGNED, Point, Section, inline
from logistics.workcalendar.reading.tables import as_row, is_head, row_of
from logistics.workcalendar.reading.times import (
    BEGINS_DAYS,
    MONTHS,
    Heading,
    When,
    day_of_month,
    days_in,
    days_written_out,
    heading_of,
)

LINE = 60  # letters a point of a list without numbers has at most
LONGEST_TITLE = 120
LONGEST_DETAIL = 500
LONGEST_SOURCE = 500
TOP = 300  # letters in which a plan says what it is
SPRING = frozenset(range(2, 8))  # months of the second term
NAMED_TERM = re.compile(r"(?P<first>第一学期|上学期|秋[季学])|第二学期|下学期|春[季学]")
MOST_LETTERS = 200_000
MOST_FOUND = 500  # more than any school plans a year
VAGUE = re.compile(
    r"^(?:及时)?(?:做好|完成|开展)?(?:好)?其[它他](?:的)?(?:各项|有关|相关|后勤|总务|日常|常规)*(?:工作|事项|事务)?$|^略$|^无$"
)
MONTH_AND_COMMA = re.compile(rf"(?:{MONTHS})月份?[，,]")
PARTS = re.compile(r"^([一二三四五六七八九十])、([一二三四五六七八九]|十[一二]?)月")


class TooLong(Exception):
    """More text, or more in it, than a plan of a school can be."""


@dataclass(frozen=True)
class PlanItem:
    """A point of the plan's calendar.

    ``heading`` is its time as written, ``when`` as read, ``role`` whose it probably is, ``owners`` the names the plan
    gives, ``source`` the sentence as it stands in ``line``; ``vague`` for 其它工作 and for what may be a mere theme.
    """

    heading: str
    when: When
    title: str
    detail: str
    source: str
    line: int
    role: str = ""
    owners: tuple[str, ...] = ()
    vague: bool = False


@dataclass(frozen=True)
class Plan:
    """What was found in a text, in its order; ``term`` is the number of the term it is for, if it tells."""

    items: tuple[PlanItem, ...]
    duties: tuple[PlanDuty, ...]
    term: int | None = None


def read_plan(text: str) -> Plan:
    """Read a plan. Raises TooLong. Time grows with the length of the text."""
    if len(text) > MOST_LETTERS:
        raise TooLong
    lines = _with_colons(lines_of(text))
    reader = _Reader(lines)
    for line in lines:
        reader.take(line)
    items = tuple(item for section in reader.sections for item in _items(section))
    duties = tuple(duties_in(reader.prose))
    if len(items) + len(duties) > MOST_FOUND:
        raise TooLong
    return Plan(items, duties, _term_of_months(items) or _named_term(text[:TOP]))


def _named_term(text: str) -> int | None:
    """第一学期, 上学期, 秋季 is 1, the others 2; None where no term or both are named.

    Months tell more: some provinces call the autumn 下学期.
    """
    found = {1 if match["first"] else 2 for match in NAMED_TERM.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _term_of_months(items: Iterable[PlanItem]) -> int | None:
    months = {month for item in items for month in item.when.months}
    if not months:
        return None
    return 2 if months <= SPRING else None if months & SPRING else 1


def _with_colons(lines: list[Line]) -> list[Line]:
    """Lines 九月份，做好…, if there are several, as 九月份：做好….. One alone is prose."""
    begun = [bool(MONTH_AND_COMMA.match(line.said)) for line in lines]
    if sum(begun) < 2:
        return lines
    return [
        replace(line, said=re.sub("[，,]", "：", line.said, count=1)) if with_month else line
        for line, with_month in zip(lines, begun, strict=True)
    ]


def _parts_are_numbered(lines: Iterable[Line]) -> bool:
    """Whether 一、二月 means part 一, February: two such numbers follow each other. 八、九月份 alone: two."""
    firsts = ["一二三四五六七八九十".index(match[1]) for line in lines if (match := PARTS.match(line.whole))]
    return any(second == first + 1 for first, second in pairwise(firsts))


def _next_to_each_other(line: Line, months: tuple[int, ...]) -> bool:
    """Whether the number before a month is one too: 八、九月, 8、9月, but not 五、九月 nor 2、三月."""
    alike = line.mark[0].isdecimal() == line.said[:1].isdecimal()
    return alike and all((second - first) % 12 == 1 for first, second in pairwise(months))


def _is_short(line: Line) -> bool:
    """Whether a line without a number is no longer than a point of a list is."""
    return line.rank == -1 and len(line.said) <= LINE


class _Reader:
    """Goes through the lines once: is this a time, a point under it, or prose?"""

    def __init__(self, lines: list[Line]) -> None:
        self.numbered_parts = _parts_are_numbered(lines)
        self.dated_lines = sum(_is_short(line) and bool(BEGINS_DAYS.match(line.said)) for line in lines) > 1
        self.sections: list[Section] = []
        self.prose: list[Line] = []
        self.open: Section | None = None
        self.months: tuple[int, ...] = ()  # those below which weeks without a month stand
        self.heads: tuple[str, ...] = ()  # of the table being read

    def take(self, line: Line) -> None:
        line = as_row(line, self.heads)
        if "\t" in line.whole or line.whole.count("|") > 1:
            self._row(line)
            return
        if line.rank == -1 and is_head(tuple(line.whole.split())):
            return
        if heading := self._heading(line):
            self.heads = ()
            self._begin(line, heading)
        elif self.open is None and self._may_run_on(line) and (heading := heading_of(line.said, alone=False)):
            self._begin(line, heading)  # 1、九月份做好开学工作: a point that names its month, and nothing below it
            self.open = None
        elif self.open is None or not self.open.take(line):
            if self.open and not self.open.asleep:
                self.open = None
            self.heads = ()
            self.prose.append(line)

    def _may_run_on(self, line: Line) -> bool:
        """Whether a line may be a point that begins with its time; one without a number only among its like."""
        return line.rank >= OUTLINE or (self.dated_lines and _is_short(line))

    def _heading(self, line: Line) -> Heading | None:
        """The time a line stands for. Without parts numbered 一、 a number before the month may be a month itself."""
        if SIGNED.match(line.whole) and not line.whole.startswith("【"):
            return None
        whole = None if self.numbered_parts and line.rank == 0 else heading_of(days_written_out(line.whole))
        if whole and line.count and not _next_to_each_other(line, whole.when.months):
            whole = None
        in_list = self.open is not None and line.rank >= OUTLINE
        found = whole or (heading_of(line.said) if line.rank >= 0 else None)
        if found and in_list and self.open and line.rank > self.open.beside:
            in_line = self.open.rank == line.rank
            dated = (found.when.days and not found.when.weeks) or (in_line and not found.when.only_months)
            is_point = dated if found.rest else in_line
            if is_point:
                return None  # one that names its day (国庆节前：检查消防), or one such as 期末工作 among others
        return found

    def _begin(self, line: Line, heading: Heading) -> None:
        when = heading.when
        if self.open is None or when.only_months:
            self.months = when.months if when.only_months else ()
        elif not when.months and (when.weeks or when.moment):
            when = replace(when, months=self.months)
        written = line.whole[: len(line.whole) - len(heading.rest)].strip(" :：") if heading.rest else line.whole
        self.open = Section(written.strip(" :："), when, beside=line.rank if heading.rest else -1)
        self.sections.append(self.open)
        self.open.begin(line, heading.rest)

    def _row(self, line: Line) -> None:
        """A row of a table: its time, its work, whose it is."""
        row = row_of(line.whole, self.heads)
        if row.is_head:
            self.heads, self.open = row.words, None
            return
        if row.unread:
            self.prose.append(replace(line, said="，".join((row.unread, *row.work)), mark=""))  # 每月, 每周五
            return
        self._time_of_row(row.times, line)
        if self.open is None:
            self.prose.append(replace(line, said=" ".join(row.words), mark=""))
            return
        for said in (point for part in row.work for point in inline(part)):
            if not re.fullmatch(r"[\d\s.、]*", said):
                here = replace(line, said=said, mark="")
                self.open.points.append(Point(here, marked(said, 0).said, names=row.names))
        self.open.rank, self.open.in_table = -1, True

    def _time_of_row(self, times: tuple[str, ...], line: Line) -> None:
        """A row without a time goes on with the one above; a week and its days are one time."""
        written = " ".join(times)
        if not times or (self.open and self.open.heading == written):
            return
        found = [heading.when for word in times if (heading := heading_of(word))]
        first, last = found[0], found[-1]
        when = replace(
            first,
            months=first.months or last.months,
            weeks=first.weeks or last.weeks,
            days=first.days or last.days,
            part=first.part or last.part,
        )
        self._begin(replace(line, said=written, mark=""), Heading(when, ""))
        self.months = first.months if first.only_months else self.months


def _items(section: Section) -> Iterator[PlanItem]:
    for point in section.points:
        if point.is_group:
            for line in point.below:
                about = "" if len(line.said) >= SHORT else f"{point.said.rstrip(' :：')}："
                yield _item(section, f"{about}{line.said}", line, point.names)
        else:
            detail = " ".join(line.whole for line in point.below)
            item = _item(section, point.said, point.line, point.names, detail)
            yield replace(item, vague=True) if point.theme else item


def _item(section: Section, said: str, line: Line, names: tuple[str, ...], detail: str = "") -> PlanItem:
    said, named = names_in(said.strip())
    dated = heading_of(said) or day_of_month(said, section.when.months)
    title, rest = as_title(dated.rest if dated and dated.when.days and dated.rest else said)
    return PlanItem(
        heading=section.heading[:LONGEST_TITLE],
        when=_own_time(said, dated, section.when),
        title=title,
        detail=f"{rest} {detail}".strip()[:LONGEST_DETAIL],
        source=" ".join(f"{line.mark}{said} {detail}".split())[:LONGEST_SOURCE],
        line=line.number,
        role=role_for(f"{said} {detail}"),
        owners=names or named,
        vague=bool(VAGUE.match(title)),
    )


def _own_time(said: str, dated: Heading | None, when: When) -> When:
    """The time a point begins with, else that of its section, made closer by a day it names."""
    if dated and dated.rest and not dated.when.only_months and (dated.when.days or not when.days):
        return replace(dated.when, months=dated.when.months or when.months)
    return when if when.days else days_in(said) or when


def as_title(said: str) -> tuple[str, str]:
    """What fits a title, and what does not: a long text is cut after a sentence, else after a clause."""
    said = said.strip(" 。；;，,、")
    if len(said) <= LONGEST_TITLE:
        return said, ""
    for ends in ("。！!；;", "，,、"):
        cut = max(said.rfind(end, 0, LONGEST_TITLE) for end in ends)
        if cut > 0:
            return said[:cut], said[cut + 1 :].strip()
    return said[:LONGEST_TITLE], said[LONGEST_TITLE:]
