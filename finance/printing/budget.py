"""The budget execution table (预算执行表) as a paper."""

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from finance.models import BudgetLine
from finance.queries.budget import execution, rate_of
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Paper, Signature
from logistics.school.models import School


def execution_table(year: int) -> Paper:
    """Every line of ``year``: 年初预算, 调整, 现预算, 已承诺, 已支出, 可用, 执行率; 序时进度 in the head."""
    found = execution(year)
    money = [
        _("Budget of the year"),
        _("Adjustments"),
        _("Budget now"),
        _("Committed"),
        _("Spent"),
        _("Available"),
    ]
    return Paper(
        title=_("Budget execution"),
        school=School.current().name,
        landscape=True,
        facts=(
            Fact(_("Budget year"), str(year)),
            Fact(_("As of"), timezone.localdate()),
            Fact(_("Part of the year passed"), f"{found.elapsed}%"),
            Fact(_("Rate of execution"), percent(found.rate)),
        ),
        facts_per_row=4,
        columns=(
            Column(_("Budget item"), 2.5),
            Column(_("Department"), 1.5),
            *(Column(head, 1.5, Kind.MONEY, Carry.SUM) for head in money),
            Column(_("Rate of execution"), 1, Kind.CODE, centred=True),
        ),
        lines=tuple(_line(line) for line in found.lines),
        signatures=(Signature(_("Prepared by")), Signature(_("Checked by")), Signature(_("Principal"))),
        bookmark=str(year),
    )


def _line(line: BudgetLine) -> Line:
    amounts = (line.original, line.adjusted, line.total, line.committed, line.spent, line.available)
    return Line((line.item, str(line.department or ""), *amounts, percent(rate_of(line.spent, line.total))))


def percent(rate: Decimal | None) -> str:
    return "—" if rate is None else f"{rate}%"
