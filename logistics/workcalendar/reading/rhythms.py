"""Duties in the prose of a plan that name a rhythm (每周, 每学期, 定期, 每天): offered as recurring tasks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from logistics.workcalendar.choices import Rhythm
from logistics.workcalendar.reading.lines import Line, sentences_in
from logistics.workcalendar.reading.owners import names_in, role_for
from logistics.workcalendar.recurrence import Recurrence

WEEKDAYS = "一二三四五六日"
SHORT = 10  # a clause of fewer characters says too little alone
LONGEST_TITLE, LONGEST_SOURCE = 120, 500
WEEKLY = Recurrence(Rhythm.WEEKLY)
MONTHLY = Recurrence(Rhythm.MONTH)
RHYTHMS: tuple[tuple[str, Recurrence], ...] = (
    (r"每天|每日|天天|每个?工作日|每一天|(?<![今昨明次生节假平])日检查|一日一", Recurrence(Rhythm.SCHOOL_DAY)),
    (r"每[两二双2]周|隔周|每两个?星期|每半个?月", Recurrence(Rhythm.WEEKLY, every=2)),
    (r"每周|每个?星期|每一周|每个?礼拜|一周一|(?<!第)一星期|周周|周检查", WEEKLY),
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
UNCERTAIN = re.compile(r"定期|每学年|每个?年|一年一|每一年|每个?学期|每一学期|学期一次|一学期")
WEEKDAY = re.compile(r"(?:每周|每个?星期|每个?礼拜)(一(?![次个大小查检评总回遍周])|[二三四五六日天](?![次个回遍]))")
MONTH_DAY = re.compile(r"每个?月(\d{1,2})[日号]")
HEADING = re.compile(r"^[^，。；,;]{1,16}(?:安排|计划|要点|重点|措施|总结|工作|任务)[:：]?$")  # 三、每月工作安排
CLAUSE = re.compile(r"[，,：:]")


@dataclass(frozen=True)
class PlanDuty:
    """A duty and the words of its rhythm.

    ``rule`` is proposed; ``uncertain`` where the words do not say when (定期, 每学期). ``source`` is the sentence as it
    stands in ``line``.
    """

    phrase: str
    rule: Recurrence
    title: str
    source: str
    line: int
    role: str = ""
    owners: tuple[str, ...] = ()
    uncertain: bool = False


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
        for look, proposed in LOOKS:
            match = look.search(clause)
            if match is None or proposed in seen:
                continue
            seen.add(proposed)
            said, names = names_in(clause)
            title = "，".join(_with_neighbour(clauses, at, said)).strip(" 。；;，,、！!")[:LONGEST_TITLE]
            yield PlanDuty(
                phrase=match[0],
                rule=_closer(proposed, clause),
                title=title,
                source=sentence[:LONGEST_SOURCE],
                line=line.number,
                role=role_for(title) or role_for(sentence),
                owners=names,
                uncertain=bool(UNCERTAIN.search(match[0])),
            )


def _with_neighbour(clauses: list[str], at: int, said: str) -> list[str]:
    """A clause too short to stand alone comes with the one before it, the first with the one after."""
    if len(said) >= SHORT or len(clauses) == 1:
        return [said]
    return [clauses[at - 1], said] if at else [said, clauses[1]]


def _closer(rule: Recurrence, clause: str) -> Recurrence:
    """With the weekday or day of the month that the clause names."""
    if rule.rhythm == Rhythm.WEEKLY and (found := WEEKDAY.search(clause)):
        return Recurrence(Rhythm.WEEKLY, weekday=WEEKDAYS.index(found[1].replace("天", "日")), every=rule.every)
    if rule == MONTHLY and (found := MONTH_DAY.search(clause)) and 1 <= int(found[1]) <= 31:
        return Recurrence(Rhythm.MONTH_DAY, day=int(found[1]))
    return rule
