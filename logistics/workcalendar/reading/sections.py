"""What stands under one time of a plan: its points, those below them, and where it ends.

Numbers are not trusted (real plans repeat and skip them), only their look: a point looks like the first one.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from logistics.workcalendar.reading.lines import ENDED, OUTLINE, Line, marked, points_in
from logistics.workcalendar.reading.owners import names_in
from logistics.workcalendar.reading.times import When

SHORT = 4  # letters below which a text says nothing without the point it belongs to
NAME = 12  # letters the name of a group of points has at most
WRAPPED = 20  # a line shorter than this was ended by its writer, not by the width of the page
LONGEST = 120  # letters a title or signature of the text has at most
TITLE = re.compile(
    r"(?:工作)?(?:计划|总结|方案|要点|行事历|安排表|汇总|文章)\s?(?:[（(][^）)]*[）)])?\s?[\d一二三四五六七八九十]{0,3}[:：]?(?:\d\d-\d\d)?$"
)
OF_A_SCHOOL = re.compile(r"小学|学校|中学|幼儿园|学年|学期|20\d\d")
SIGNED = re.compile(
    r"^.{0,24}(?:小学|学校|中学|幼儿园|总务处|总务室|后勤处|办公室|校务办|校长室|教导处)$"
    r"|^(?:日期|时间)?[:：]?\s?(?:20\d\d|二[〇○零]..)[年./-]\s?.{1,2}[月./-]\s?.{1,3}[日号]?$|^【.*】.{0,8}$"
)
ASIDE = re.compile(r"^(?:注|备注|说明|附)\s?[:：]|^以上")
CONTENT = re.compile(r"^(?:工作|具体|主要)?内容\s?[:：]\s?")
INTRODUCES = re.compile(r"^(?:本[月周期]|工作重点|工作主题|主题|重点)")


@dataclass
class Point:
    """A point being read: its line, what was added by lines that go on with it, the points below it.

    ``theme``: it stood without a number before a numbered list.
    """

    line: Line
    said: str
    below: list[Line] = field(default_factory=list)
    names: tuple[str, ...] = ()
    theme: bool = False

    @property
    def is_group(self) -> bool:
        """Whether it only names what the points below it are about: 校产管理, 安全工作：."""
        if not self.below or self.said.endswith((":", "：")):
            return bool(self.below)
        short = len(self.said) <= NAME and (len(self.below) > 1 or self.line.rank < OUTLINE)
        return short and all(len(line.said.strip("。；;")) >= SHORT for line in self.below)

    def goes_on(self, line: Line) -> bool:
        """Take a line without a number if it is the rest of this one, cut by the width of a page."""
        if line.after_blank or len(self.said) < WRAPPED or self.said[-1] in ENDED or self.below:
            return False
        self.said += line.said
        return True


@dataclass
class Section:
    """What stands under one time; ``rank`` is how its points are numbered, None before the first.

    ``beside``: the rank of a time that is a point itself (2、十月份：食堂体检): only deeper points stand under it.
    ``in_table``: rows of a table were read into it, one of which may go on below itself.
    ``asleep`` after a paragraph between its points, or after its end: the next number tells which it was.
    """

    heading: str
    when: When
    rank: int | None = None
    beside: int = -1
    asleep: bool = False
    in_table: bool = False
    points: list[Point] = field(default_factory=list)

    def begin(self, line: Line, rest: str) -> None:
        """Take what stands in the line of the time itself; alone and without a number it is a theme perhaps."""
        for point in (marked(said, 0) for said in inline(rest)):
            self.points.append(Point(replace(line, said=point.said, mark=""), point.said))
            self.rank = marked(rest, 0).rank
        if self.rank == -1 and len(self.points) == 1:
            self.rank = None

    def take(self, line: Line) -> bool:
        """Take a line into the section, unless it ends it or stands between its points."""
        was_asleep, self.asleep = self.asleep, False
        if self._ends_at(line):
            return False
        if self._names_owners(line):
            return True
        if self.points:
            taken = self._beside(self.points[-1], line, was_asleep=was_asleep)
            if taken is not None:
                return taken
        self.rank = line.rank
        whole = CONTENT.sub("", line.whole)
        points = points_in(whole)
        self.points += [Point(line, said) for said in (points if len(points) > 1 else [marked(whole, 0).said])]
        return True

    def _names_owners(self, line: Line) -> bool:
        """责任人：… on a line of its own: it is for the points above, up to the last that has some."""
        rest, names = names_in(line.said)
        if rest or not names or not self.points:
            return False
        for point in takewhile(lambda point: not point.names, reversed(self.points)):
            point.names = names
        return True

    def _ends_at(self, line: Line) -> bool:
        """Whether a remark, a signature or another text's title stands here. 写好工作总结 may be a point itself."""
        if ASIDE.match(line.said) or -1 < line.rank <= self.beside:
            return True
        if line.rank >= OUTLINE or len(line.said) > LONGEST:
            return False
        in_list = self.points and self.rank not in (None, -1)
        titled = TITLE.search(line.said) and (in_list or OF_A_SCHOOL.search(line.said))
        return bool(titled or SIGNED.match(line.said))

    def _beside(self, last: Point, line: Line, *, was_asleep: bool) -> bool | None:
        """What a line is to a section that has points: taken into the last, not of it, or (None) a point of its own."""
        rank = self.rank if self.rank is not None else -1
        if was_asleep and (line.rank != rank or not _follows(last.line, line)):
            self.asleep = line.rank == -1 or line.rank > rank
            return False
        if line.rank == -1:
            if last.goes_on(line):
                return True
            self.asleep = rank != -1
            return False if self.asleep else None
        if rank == -1 and line.rank >= OUTLINE and (self.in_table or self._were_themes(line)):
            return None
        if line.rank > rank != -1:
            last.below.append(line)
            return True
        return None if line.rank == rank else False

    def _were_themes(self, line: Line) -> bool:
        """Whether points without number only stood before a list that begins here; what surely did is no point."""
        first, *more = self.points
        if not more and (self.rank is None or first.said.endswith((":", "：")) or INTRODUCES.search(first.said)):
            self.points.clear()
        elif more and (line.count != 1 or any(len(point.said) > NAME for point in self.points)):
            return False
        for point in self.points:
            point.theme = line.count == 1
        return True


def inline(text: str) -> list[str]:
    """The points of one line: numbered ones, or those between semicolons."""
    points = points_in(text)
    if len(points) == 1:
        points = [marked(part, 0).said for part in re.split(r"[；;]", text)]
    return [point for point in points if point.strip(" 。；;，,")]


def _follows(last: Line, line: Line) -> bool:
    """Whether a point is the next one of a list: one number more, or the same bullet."""
    return line.count == last.count + 1 if line.count else line.mark == last.mark
