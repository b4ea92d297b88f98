"""Times as a written plan names them: 八、九月份：/ 十月 / 第3周 / 9月10日 / 开学前. No year is known here."""

import re
from dataclasses import dataclass
from enum import StrEnum

CHINESE = {character: number for number, character in enumerate("一二三四五六七八九", 1)}
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class Moment(StrEnum):
    """A time of the term that has a name and no number."""

    BEFORE_TERM = "before_term"
    TERM_START = "term_start"
    MID_TERM = "mid_term"
    TERM_END = "term_end"
    BEFORE_VACATION = "before_vacation"
    WINTER = "winter"
    SUMMER = "summer"


@dataclass(frozen=True)
class When:
    """What a plan says of the time: months, or a range of the term's weeks, or days (month, day), or a moment.

    ``part`` is the third of the month (上旬 1, 中旬 2, 下旬 3), 0 where none is named. Several may stand: days lie in
    months.
    """

    months: tuple[int, ...] = ()
    weeks: tuple[int, int] | None = None
    days: tuple[tuple[int, int], tuple[int, int]] | None = None
    part: int = 0
    moment: str = ""

    @property
    def named(self) -> bool:
        return self != When()


@dataclass(frozen=True)
class Heading:
    """A time with which a line begins, and what the line says after it."""

    when: When
    rest: str


def number_of(text: str) -> int:
    """``十二`` → 12, ``09`` → 9, ``元`` → 1 (January); 0 for no number below 100."""
    if text.isdecimal():
        return int(text)
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    return (CHINESE.get(tens, 1) * 10 if ten else 0) + CHINESE.get(ones, 0)


MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
YEAR = r"(?:(?:20\d\d|\d\d|二[〇○零]..|[一二三四五六七八九〇○零]{2}|本|今|明|次|来|当)\s?年\s?)?"
RANGE = r"[-—–－~～至到]{1,2}"
AND = r"[、,，/和及与]"
MONTHS = rf"{YEAR}(?P<months>{MONTH}(?:月份?)?(?:\s?(?:{RANGE}|{AND})\s?{YEAR}{MONTH}(?:月份?)?){{0,5}})"
WEEK = r"(?:\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
WEEKS = rf"(?P<th>第)?(?P<weeks>{WEEK}周?(?:\s?(?:{RANGE}|{AND})\s?第?{WEEK}){{0,3}})\s?(?:教学)?周次?"
DAY = r"(\d{1,2})月(\d{1,2})[日号]"
DAYS = re.compile(rf"{YEAR}{DAY}(?:\s?{RANGE}\s?(?:(\d{{1,2}})月)?(\d{{1,2}})[日号])?")
MOMENTS = (
    (Moment.BEFORE_TERM, "开学前|学期前|学期开始前"),
    (Moment.BEFORE_VACATION, "放(?:寒|暑)?假前|寒假前|暑假前|假前"),
    (Moment.TERM_START, "开学初|开学时|开学后|学期初|期初|学期开始|开学第一周|开学"),
    (Moment.MID_TERM, "期中|学期中"),
    (Moment.TERM_END, "期末|学期末|学期结束前?|学期结束时"),
    (Moment.WINTER, "寒假"),
    (Moment.SUMMER, "暑假|暑期"),
)
MOMENT = "|".join(f"(?P<{moment}>{words})" for moment, words in MOMENTS)
OF_WORK = (
    r"(?:的?(?:主要|重点|后勤|总务|具体|学校|常规|期间|阶段|时段)*(?:工作|活动)?"
    r"(?:安排|计划|重点|要点|内容|事项|任务|部署|行事历)?)"
)
ASIDE = r"(?:\s?[（(\[][^（）()\[\]]{0,40}[）)\]])?"
OPENED = r"^[\s【\[「《<〖]{0,3}"
CLOSED = r"\s?[】\]」》>〗]?"
ENDS = (
    rf"{OF_WORK}{CLOSED}{ASIDE}{CLOSED}\s{{0,3}}"
    r"(?:[:：]\s*(?P<rest>.*)|(?P<theme>[—–－-]{1,2}[^，。；;,]{0,20})?$|[ \t　]+(?P<apart>\S.*)$)"
)
PART = r"(?:\s?(?:(?P<part>[上中下])旬|(?P<edge>[初中底末]))(?:之?前|左右)?)?"
EDGES = {"初": 1, "中": 2, "底": 3, "末": 3}
OFFICE = r"(?:(?:我校|本校|学校|总务处?|后勤处?|安全|食堂)(?=[^：:]+(?:安排|要点|重点|工作)\s?[:：]?$))?"
IS_MONTHS = re.compile(rf"{OPENED}{OFFICE}(?:(?:{MONTHS}月份?|(?P<one>{MONTH})月份?){PART}){ENDS}", re.DOTALL)
IS_WEEKS = re.compile(rf"{OPENED}{WEEKS}{ENDS}", re.DOTALL)
IS_DAYS = re.compile(rf"{OPENED}{DAYS.pattern}(?P<about>之?前|左右|前后)?{ENDS}", re.DOTALL)
IS_MOMENT = re.compile(rf"{OPENED}(?:{YEAR})(?:{MOMENT})(?:前后)?{ENDS}", re.DOTALL)
BEGINS_MONTHS = re.compile(
    rf"^{YEAR}(?P<months>{MONTH}(?:(?:{RANGE}|{AND}){MONTH}){{0,3}})月份?(?P<rest>(?![\d日号一]).+)$", re.DOTALL
)
LONGEST_HEAD = 60  # characters a heading may take


def heading_of(line: str, *, alone: bool = True) -> Heading | None:
    """The time a line begins with; None for every other line.

    The time stands alone (``九月份``, ``第3周（9月14日—18日）``) or before a colon or space. With ``alone`` False it
    may also run into the text (``九月份做好开学工作``), as in a list of which each point names its month.
    """
    line = line.translate(DIGITS)
    head, tail = line[:LONGEST_HEAD], line[LONGEST_HEAD:]
    found = _months(head, tail) or _days(head, tail) or _weeks(head, tail) or _moment(head, tail)
    if found is None and not alone and (match := BEGINS_MONTHS.match(head)):
        months = _in_range(match["months"])
        found = Heading(When(months=months), match["rest"] + tail) if months else None
    return found


def days_in(text: str) -> When | None:
    """The first day or days a sentence names: ``9月10日前``."""
    match = DAYS.search(text.translate(DIGITS))
    return _as_days(match) if match else None


def _rest(match: re.Match[str], tail: str) -> str | None:
    """What stands after the time; None where the line is cut and the time does not end within it."""
    said = match["rest"] if match["rest"] is not None else match["apart"]
    if said is None:
        return None if tail else ""
    return (said + tail).strip()


def _months(head: str, tail: str) -> Heading | None:
    match = IS_MONTHS.match(head)
    rest = _rest(match, tail) if match else None
    if match is None or rest is None:
        return None
    months = _in_range(match["months"] or match["one"])
    part = " 上中下".index(match["part"] or " ") or EDGES.get(match["edge"], 0)
    return Heading(When(months=months, part=part), rest) if months else None


def _in_range(text: str) -> tuple[int, ...]:
    """``八、九`` → (8, 9), ``9月—11`` → (9, 10, 11), ``12-1`` → (12, 1); empty for what are no months."""
    text = re.sub(rf"{YEAR}|月份?|\s", "", text) if not text.isdecimal() else text
    found: list[int] = []
    for piece in re.split(AND, text):
        ends = [number_of(end) for end in re.split(RANGE, piece)]
        if not all(1 <= end <= 12 for end in ends):
            return ()
        found += [(ends[0] + step - 1) % 12 + 1 for step in range((ends[-1] - ends[0]) % 12 + 1)]
    return tuple(dict.fromkeys(found))


def _weeks(head: str, tail: str) -> Heading | None:
    match = IS_WEEKS.match(head)
    rest = _rest(match, tail) if match else None
    if match is None or rest is None or not (match["th"] or not rest or match["rest"] is not None):
        return None
    numbers = [number_of(part) for part in re.findall(WEEK, match["weeks"])]
    return Heading(When(weeks=(min(numbers), max(numbers))), rest) if 1 <= min(numbers) <= max(numbers) <= 30 else None


def _days(head: str, tail: str) -> Heading | None:
    match = IS_DAYS.match(head)
    rest = _rest(match, tail) if match else None
    when = _as_days(match) if match and rest is not None else None
    return Heading(when, rest) if when is not None and rest is not None else None


def _as_days(match: re.Match[str]) -> When | None:
    month, day, until_month, until_day = (int(match[group]) if match[group] else 0 for group in (1, 2, 3, 4))
    until = (until_month or month, until_day) if until_day else (month, day)
    if not all(1 <= m <= 12 and 1 <= d <= 31 for m, d in ((month, day), until)):
        return None
    return When(months=tuple(dict.fromkeys((month, until[0]))), days=((month, day), until))


def _moment(head: str, tail: str) -> Heading | None:
    match = IS_MOMENT.match(head)
    rest = _rest(match, tail) if match else None
    if match is None or rest is None:
        return None
    return Heading(When(moment=next(moment for moment, _words in MOMENTS if match[moment])), rest)
