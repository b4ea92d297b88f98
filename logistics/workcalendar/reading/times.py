"""Times as a written plan names them: 八、九月份：/ 十月 / 第3周 / 9月10日 / 开学前. No year is known here."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
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

    ``part`` is the third of the month (上旬 1, 中旬 2, 下旬 3), ``week`` its week (the last: -1), 0 where none is
    named. ``holiday``: what comes before it, by the first letters of its name. Several may stand: days lie in months.
    """

    months: tuple[int, ...] = ()
    weeks: tuple[int, int] | None = None
    days: tuple[tuple[int, int], tuple[int, int]] | None = None
    part: int = 0
    moment: str = ""
    week: int = 0
    holiday: str = ""

    @property
    def named(self) -> bool:
        return self != When()

    @property
    def only_months(self) -> bool:
        return self == When(months=self.months)


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
WEEKS = rf"(?:本?学期|开学)?(?P<th>第)?(?P<weeks>{WEEK}周?(?:\s?(?:{RANGE}|{AND})\s?第?{WEEK}){{0,3}})\s?(?:教学)?周次?"
DAY = r"(\d{1,2})月(\d{1,2})[日号]"
DOTTED_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})日?")
DOTTED_DAYS = re.compile(rf"{DOTTED_DAY.pattern}(?:\s?{RANGE}\s?{DOTTED_DAY.pattern})?")
DAY_OF_MONTH = re.compile(
    rf"(\d{{1,2}})(?:[日号]?\s?{RANGE}\s?(\d{{1,2}}))?[日号](?:之?前|左右|前后)?(?:\s?[:：]\s?|[ 　]+)(?P<rest>\S.*)",
    re.DOTALL,
)
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
HOLIDAYS = {  # the holiday as the school's calendar has it, the month before it
    "国庆": ("国庆", 9),
    "元旦": ("元旦", 12),
    "春节": ("春节", 1),
    "清明": ("清明", 3),
    "五一": ("劳动", 4),
    "劳动": ("劳动", 4),
    "端午": ("端午", 5),
    "中秋": ("中秋", 9),
}
MOMENT = "|".join(f"(?P<{moment}>{words})" for moment, words in MOMENTS)
OF_WORK = (
    r"(?:的?(?:主要|重点|后勤|总务|具体|学校|常规|期间|阶段|时段)*(?:工作|活动)?"
    r"(?:安排|计划|重点|要点|内容|事项|任务|部署|行事历)?)"
)
LEADS_IN = (
    r"(?:的?(?:主要|重点|具体)?(?:是|要)?(?:做好?|抓好?|完成|开展)?的?(?:以下|如下|下列)?(?:几[项个]?(?:方面)?的?)?"
    r"(?:工作|任务|事情|事项)?(?:安排)?(?:有|是|为|如下|包括)?(?=\s?[:：]))"
)
ASIDE = r"(?:\s?[（(\[][^（）()\[\]]{0,40}[）)\]])?"
OPENED = r"^[\s【\[「《<〖（(]{0,3}"
CLOSED = r"\s?[】\]」》>〗）)]?"
ENDS = (
    rf"(?:{LEADS_IN}|{OF_WORK}){CLOSED}{ASIDE}{CLOSED}\s{{0,3}}"
    r"(?:[:：]\s*(?P<rest>.*)|(?P<theme>[—–－-]{1,2}[^，。；;,]{0,20})?$|[ \t　]+(?P<apart>\S.*)$)"
)
PART = r"(?:\s?(?:(?P<part>[上中下])旬|(?P<edge>[初中底末]))(?:之?前|左右)?)?"
EDGES = {"初": 1, "中": 2, "底": 3, "末": 3}
OFFICE = r"(?:(?:我校|本校|学校|总务处?|后勤处?|安全|食堂)(?=[^：:]+(?:安排|要点|重点|工作)\s?[:：]?$))?"
LABEL = r"(?:(?:时间|月份|周次)\s?[:：]\s?)?"
IS_MONTHS = re.compile(rf"{OPENED}{LABEL}{OFFICE}(?:(?:{MONTHS}月份?|(?P<one>{MONTH})月份?){PART}){ENDS}", re.DOTALL)
IS_WEEKS = re.compile(rf"{OPENED}{LABEL}{WEEKS}{ENDS}", re.DOTALL)
IS_DAYS = re.compile(rf"{OPENED}{DAYS.pattern}(?P<about>之?前|左右|前后)?{ENDS}", re.DOTALL)
IS_MOMENT = re.compile(rf"{OPENED}(?:{YEAR})(?:{MOMENT})(?:前后)?{ENDS}", re.DOTALL)
IS_MONTH_WITH_YEAR = re.compile(rf"{OPENED}20\d\d\s?[.．/-]\s?(?P<month>1[0-2]|0?[1-9]){ENDS}", re.DOTALL)
IS_WEEK_OF_MONTH = re.compile(
    rf"{OPENED}{YEAR}(?P<month>{MONTH})月份?的?(?:第(?P<nth>[1-5一二三四五])个?|最后一?个?)(?:周|星期){ENDS}", re.DOTALL
)
BEFORE_HOLIDAY = re.compile(
    rf"{OPENED}(?P<holiday>{'|'.join(HOLIDAYS)})(?:国际)?(?:节|劳动节)?(?:放假|假期|长假)?(?:之?前夕?|前后){ENDS}",
    re.DOTALL,
)
IS_STAGE = re.compile(
    r"^[^，。；;,]{0,20}阶段[^，。；;,]{0,20}?(?:[（(](?P<within>[^（）()]+)[)）]|[:：](?P<after>[^（）()]+))[:：]?$"
)
BEGINS_MONTHS = re.compile(
    rf"^{YEAR}(?P<months>{MONTH}(?:(?:{RANGE}|{AND}){MONTH}){{0,3}})月份?{PART}(?P<rest>(?![\d日号一]).+)$", re.DOTALL
)
BEGINS_DAYS = re.compile(rf"^{DAYS.pattern}(?:之?前|左右|前后)?(?P<rest>[^，,、。；;：:）)\s\d].*)$", re.DOTALL)
WEEKDAY = re.compile(r"(?<=\d)([日号]前?)\s?[（(]?(?:星期|周|礼拜)[一二三四五六日天][)）]?")
AFTER_DAY = " 　:：-—–－~～至到、"
LONGEST_HEAD = 60  # characters a heading may take


def heading_of(line: str, *, alone: bool = True) -> Heading | None:
    """The time a line begins with; None for every other line.

    The time stands alone (``九月份``, ``第3周（9月14日—18日）``) or before a colon or space. With ``alone`` False it
    may also run into the text (``九月份做好开学工作``), as in a list of which each point names its month or day.
    """
    line = _without_weekdays(line.translate(DIGITS))
    head, tail = line[:LONGEST_HEAD], line[LONGEST_HEAD:]
    for look, read in READERS:
        match = look.match(head)
        rest = _rest(match, tail) if match else None
        if match and rest is not None and (when := read(match)):
            return _with_days(Heading(when, rest))
    if stage := _stage(head, tail):
        return stage
    if alone:
        return None
    for look, read in ((BEGINS_DAYS, _days), (BEGINS_MONTHS, _begun_months)):
        if (match := look.match(head)) and (when := read(match)):
            return Heading(when, match["rest"] + tail)
    return None


def _without_weekdays(text: str) -> str:
    """``9月1日（周二）开学`` → ``9月1日：开学``: a weekday beside a day tells nothing more."""

    def day(match: re.Match[str]) -> str:
        return match[1] if text[match.end() : match.end() + 1] in AFTER_DAY else f"{match[1]}："

    return WEEKDAY.sub(day, text)


def days_written_out(text: str) -> str:
    """``9.1-9.5`` → ``9月1日-9月5日``; every other text as it is."""
    return DOTTED_DAY.sub(r"\1月\2日", text) if DOTTED_DAYS.fullmatch(text) else text


def day_of_month(text: str, months: tuple[int, ...]) -> Heading | None:
    """The day with which a point under one month begins: ``10日 教师节活动``."""
    match = DAY_OF_MONTH.match(_without_weekdays(text.translate(DIGITS))) if len(months) == 1 else None
    if match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if not 1 <= first <= last <= 31:
        return None
    return Heading(When(months=months, days=((months[0], first), (months[0], last))), match["rest"])


def days_in(text: str) -> When | None:
    """The first day or days a sentence names: ``9月10日前``."""
    match = DAYS.search(text.translate(DIGITS))
    return _days(match) if match else None


def _rest(match: re.Match[str], tail: str) -> str | None:
    """What stands after the time; None where the line is cut and the time does not end within it."""
    said = match["rest"] if match["rest"] is not None else match["apart"]
    if said is None:
        return None if tail else ""
    return (said + tail).strip()


def _months(match: re.Match[str]) -> When | None:
    return _with_part(match, match["months"] or match["one"])


def _begun_months(match: re.Match[str]) -> When | None:
    return _with_part(match, match["months"])


def _with_part(match: re.Match[str], written: str) -> When | None:
    months = _in_range(written)
    part = " 上中下".index(match["part"] or " ") or EDGES.get(match["edge"], 0)
    return When(months=months, part=part) if months else None


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


def _weeks(match: re.Match[str]) -> When | None:
    if match["apart"] and not match["th"]:
        return None  # 3周 发放教材
    numbers = [number_of(part) for part in re.findall(WEEK, match["weeks"])]
    if not 1 <= min(numbers) <= max(numbers) <= 30:
        return None
    within = re.search(r"[（(\[]([^（）()\[\]]+)[）)\]]", match[0].removesuffix(match["rest"] or match["apart"] or ""))
    days = days_in(days_written_out(within[1].strip())) if within else None
    return replace(days or When(), weeks=(min(numbers), max(numbers)))


def _with_days(found: Heading) -> Heading:
    """A week with the days that stand behind it: ``第1周 8.25-8.31``."""
    beside = heading_of(days_written_out(found.rest)) if found.when.weeks and found.rest else None
    if beside is None or not beside.when.days:
        return found
    return Heading(replace(beside.when, weeks=found.when.weeks), beside.rest)


def _days(match: re.Match[str]) -> When | None:
    month, day, until_month, until_day = (int(match[group]) if match[group] else 0 for group in (1, 2, 3, 4))
    until = (until_month or month, until_day) if until_day else (month, day)
    if not all(1 <= m <= 12 and 1 <= d <= 31 for m, d in ((month, day), until)):
        return None
    return When(months=tuple(dict.fromkeys((month, until[0]))), days=((month, day), until))


def _moment(match: re.Match[str]) -> When:
    return When(moment=next(moment for moment, _words in MOMENTS if match[moment]))


def _month_with_year(match: re.Match[str]) -> When:
    return When(months=(int(match["month"]),))


def _week_of_month(match: re.Match[str]) -> When:
    return When(months=(number_of(match["month"]),), week=number_of(match["nth"]) if match["nth"] else -1)


def _before_holiday(match: re.Match[str]) -> When:
    holiday, month = HOLIDAYS[match["holiday"]]
    return When(months=(month,), holiday=holiday)


def _stage(head: str, tail: str) -> Heading | None:
    """``第一阶段：宣传发动（9月1日—9月15日）``: the time of a stage stands behind its name."""
    match = None if tail else IS_STAGE.match(head)
    found = heading_of((match["within"] or match["after"]).strip()) if match else None
    return found if found and not found.rest else None


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], When | None]], ...] = (
    (IS_MONTHS, _months),
    (IS_DAYS, _days),
    (IS_WEEKS, _weeks),
    (IS_MOMENT, _moment),
    (IS_MONTH_WITH_YEAR, _month_with_year),
    (IS_WEEK_OF_MONTH, _week_of_month),
    (BEFORE_HOLIDAY, _before_holiday),
)
