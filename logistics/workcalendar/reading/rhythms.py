"""Duties in the prose of a plan that name a rhythm (每周, 每学期, 定期, 每天): offered as recurring tasks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.reading.lines import Line, sentences_in
from logistics.workcalendar.reading.owners import names_in, role_for
from logistics.workcalendar.reading.times import number_of
from logistics.workcalendar.recurrence import Recurrence

WEEKDAYS = "一二三四五六日"
SHORT = 10  # a clause of fewer characters says too little alone
LONGEST_TITLE, LONGEST_SOURCE = 120, 500
WEEKLY = Recurrence(Rhythm.WEEKLY)
MONTHLY = Recurrence(Rhythm.MONTH)
RHYTHMS: tuple[tuple[str, Recurrence], ...] = (
    (
        r"每天|每日|天天|每个?工作日|每一天|(?<![今昨明次生节假平])日检查|一日一|每[餐晚早晨]|周一[至到—-](?:周|星期)?五",
        Recurrence(Rhythm.SCHOOL_DAY),
    ),
    (
        r"每隔?[两二双2]周|隔周|每隔一周|(?<!第)[单双]周|每两个?星期|每半个?月",
        Recurrence(Rhythm.WEEKLY, every=2),
    ),
    (
        r"每周(?!一[至到—-])|每个?星期(?!一[至到—-])|每一周|每个?礼拜|一周一|(?<!第)一星期|周周"
        r"|(?<![第一二三四五六七八九十\d])周检查",
        WEEKLY,
    ),
    (r"每个?季度|每季(?!节)|一季度一", Recurrence(Rhythm.MONTH, months=(9, 12, 3, 6))),
    (r"节假日前|每逢节日|长假前|各?节日前|每个?假期前", Recurrence(Rhythm.BEFORE_HOLIDAY)),
    (r"(?<!学)期中(?=[、和及]期末|各)", Recurrence(Rhythm.TERM_WEEK, week=10)),
    (r"每半年|半年一", Recurrence(Rhythm.TERM_WEEK, week=-2)),
    (r"每个?月|一月一|月报|月结|逐月|按月|每一个月", MONTHLY),
    (r"每个?学期|每一学期|(?<!本)学期一次|(?<!第)一学期", Recurrence(Rhythm.TERM_WEEK, week=-2)),
    (r"每学年|每个?年度?|一年一|每一年", Recurrence(Rhythm.MONTH, months=(11,))),
    (r"开学前|学期前", Recurrence(Rhythm.TERM_START, offset=-7)),
    (r"(?<!假)期初|开学初|开学时|开学后|开学第一", Recurrence(Rhythm.TERM_WEEK, week=1)),
    (r"期末|学期结束|学期末", Recurrence(Rhythm.TERM_WEEK, week=-1)),
    (r"放假前|寒假前|暑假前", Recurrence(Rhythm.TERM_END)),
    (r"(?<!不)定期(?!存)", MONTHLY),
)
LOOKS = tuple((re.compile(words), rule) for words, rule in RHYTHMS)
UNCERTAIN = re.compile(r"定期|半年|每学年|每个?年|一年一|每一年|每个?学期|每一学期|学期一次|一学期")
WEEKDAY = re.compile(
    r"(?:每周|[单双]周|每个?星期|每个?礼拜)(一(?![次个大小查检评总回遍周])|[二三四五六日天](?![次个回遍]))"
    r"(?:[、和及,](?:周|星期)?([一二三四五六日天])(?![次个月]))?"
)
WEEKDAY_OF_MONTH = re.compile(
    r"每个?月的?(?:第([一二三四1234])|最后一?)个?(?:周的?)?(?:(?:周|星期)([一二三四五六日天])|周|星期)"
)
YEARLY = re.compile(r"每个?年(?:的?)((?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]))月")
FRIDAY = 4
DONE = re.compile(r"了(?!解)|已经|已于|均已")
ONCE_A_TERM = {Rhythm.TERM_START, Rhythm.TERM_END, Rhythm.TERM_WEEK}
MONTH_DAY = re.compile(r"每个?月(\d{1,2})[日号]")
HEADING = re.compile(r"^[^，。；,;]{1,16}(?:安排|计划|要点|重点|措施|总结|工作|任务)[:：]?$")  # 三、每月工作安排
CLAUSE = re.compile(r"[，,]|(?<!\d)[：:]|[：:](?!\d)")


@dataclass(frozen=True)
class PlanDuty:
    """A duty and the words of its rhythm.

    ``rule`` is proposed; ``uncertain`` where the words do not say when (定期, 每学期), ``reported`` where they tell
    what was done (开学前完成了维修). ``source`` is the sentence as it stands in ``line``.
    """

    phrase: str
    rule: Recurrence
    title: str
    source: str
    line: int
    role: str = ""
    owners: tuple[str, ...] = ()
    uncertain: bool = False
    reported: bool = False


def duties_in(lines: Iterable[Line]) -> Iterator[PlanDuty]:
    """The duties of these lines; one for each rhythm a sentence names."""
    for line in lines:
        if line.rank in (0, 1) and HEADING.search(line.said):
            continue
        for sentence in sentences_in(line.said):
            yield from _duties(sentence, line)


def _duties(sentence: str, line: Line) -> Iterator[PlanDuty]:
    clauses = [clause.strip() for clause in CLAUSE.split(sentence)]
    seen: set[Recurrence] = set()
    for at, clause in enumerate(clauses):
        said, names = names_in(clause)
        title = "，".join(_with_neighbour(clauses, at, said)).strip(" 。；;，,、！!")[:LONGEST_TITLE]
        for phrase, rule, uncertain in _rules(clause, seen):
            yield PlanDuty(
                phrase=phrase,
                rule=rule,
                title=title,
                source=sentence[:LONGEST_SOURCE],
                line=line.number,
                role=role_for(title) or role_for(sentence),
                owners=names,
                uncertain=uncertain,
                reported=rule.rhythm in ONCE_A_TERM and bool(DONE.search(clause)),
            )


def _rules(clause: str, seen: set[Recurrence]) -> list[tuple[str, Recurrence, bool]]:
    """The rhythms a clause names that its sentence has not named: words, rule, whether the words leave open when.

    每学期期中、期末 says when: each term is no third rhythm beside the two.
    """
    found = [(match[0], rule) for look, rule in LOOKS if rule not in seen and (match := look.search(clause))]
    seen.update(rule for _phrase, rule in found)
    rules = [
        (phrase, rule, rule == proposed and bool(UNCERTAIN.search(phrase)))
        for phrase, proposed in found
        for rule in _closer(proposed, clause)
    ]
    return [each for each in rules if not each[2]] or rules


def _with_neighbour(clauses: list[str], at: int, said: str) -> list[str]:
    """A clause too short to stand alone comes with the one before it, the first with the one after."""
    if len(said) >= SHORT or len(clauses) == 1:
        return [said]
    return [clauses[at - 1], said] if at else [said, clauses[1]]


def _closer(rule: Recurrence, clause: str) -> list[Recurrence]:
    """With the weekday, day or month that the clause names; 每周三、周五 is two."""
    if rule.rhythm == Rhythm.WEEKLY and (found := WEEKDAY.search(clause)):
        days = [WEEKDAYS.index(day.replace("天", "日")) for day in found.groups() if day]
        return [replace(rule, weekday=day) for day in days]
    if rule == MONTHLY and (found := MONTH_DAY.search(clause)) and 1 <= int(found[1]) <= 31:
        return [Recurrence(Rhythm.MONTH_DAY, day=int(found[1]))]
    if rule == MONTHLY and (found := WEEKDAY_OF_MONTH.search(clause)):
        weekday = WEEKDAYS.index(found[2].replace("天", "日")) if found[2] else FRIDAY
        ordinal = number_of(found[1]) if found[1] else -1
        return [Recurrence(Rhythm.MONTH_WEEKDAY, weekday=weekday, ordinal=ordinal)]
    if found := YEARLY.search(clause):
        return [Recurrence(Rhythm.MONTH, months=(number_of(found[1]),))]
    return [rule]
