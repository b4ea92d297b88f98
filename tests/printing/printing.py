"""Papers to print in the tests, marked as an app's ``printing.py`` marks its own."""

import datetime as dt
from decimal import Decimal

from logistics.printing.catalogue import paper_form
from logistics.printing.labels import FORMATS, Label, LabelSheet
from logistics.printing.papers import Carry, Column, Fact, Kind, Line, Look, Paper, Signature

LONG_NAME = "希沃交互智能平板一体机（86英寸）含壁挂支架、移动推车、智能笔两支及三年上门保修服务；原存放于综合楼三楼"
LEDGER_COLUMNS = (
    Column("日期", 9, Kind.DATE),
    Column("凭证号", 11, Kind.CODE),
    Column("摘要", 20),
    Column("数量", 5, Kind.COUNT, Carry.SUM, "增加"),
    Column("金额", 10, Kind.MONEY, Carry.SUM, "增加"),
    Column("数量", 5, Kind.COUNT, Carry.LAST, "结存"),
    Column("金额", 10, Kind.MONEY, Carry.LAST, "结存"),
    Column("保管人", 8, centred=True),
)


def ledger_lines(count: int, *, name: str = "课桌椅", price: Decimal = Decimal("1234.56")) -> tuple[Line, ...]:
    day = dt.date(2026, 9, 1)
    return tuple(
        Line((day, f"ZC2026-{i:05d}", name, 2, price, 2 * i, price * i, "欧阳建国")) for i in range(1, count + 1)
    )


def ledger(count: int = 60, *, name: str = "课桌椅", **fields: object) -> Paper:
    given = {
        "title": "固定资产总账",
        "school": "阳光小学",
        "day": dt.date(2026, 11, 22),
        "day_label": "截止日期",
        "facts": (Fact("存放地点", "六年级（2）班"), Fact("保管人", "郑小燕")),
        "columns": LEDGER_COLUMNS,
        "lines": ledger_lines(count, name=name),
        "signatures": (Signature("制表人", "钱保华"), Signature("总务主任")),
        **fields,
    }
    return Paper(**given)  # type: ignore[arg-type]


def transfer() -> Paper:
    lines = tuple(Line((i, "交互智能平板", "台", 1, Decimal("18500"))) for i in range(1, 4))
    return Paper(
        title="固定资产调拨单",
        school="阳光小学",
        number="DB2026-00012",
        look=Look.FORM,
        facts_per_row=2,
        facts=(Fact("调出部门", "总务处"), Fact("调入部门", "六年级组"), Fact("调拨原因", "更新", wide=True, lines=2)),
        columns=(
            Column("序号", 4),
            Column("资产名称", 20),
            Column("单位", 5),
            Column("数量", 5, Kind.COUNT, Carry.SUM),
            Column("金额", 10, Kind.MONEY, Carry.SUM),
        ),
        lines=lines,
        least_lines=6,
        capitals_of=Decimal("55500"),
        signatures=(Signature("经手人", "钱保华", dt.date(2026, 9, 1)), Signature("校长")),
        notes=("注：本单一式三份。",),
        link="https://zongwu.example.cn/assets/movements/12/",
    )


def label_sheet(count: int = 3, key: str = "a4-3x8", start: int = 0) -> LabelSheet:
    labels = tuple(
        Label(LONG_NAME, f"ZC2026-{i:05d}", "六年级（2）班", f"https://zongwu.example.cn/assets/{i}/")
        for i in range(1, count + 1)
    )
    return LabelSheet("固定资产标签", "阳光小学", FORMATS[key], labels, start)


@paper_form(title="总账", permission="assets.view_ledger")
def general_ledger(person: object, *, count: int = 3) -> Paper:
    return ledger(count)


@paper_form(title="标签", permission="assets.print_labels")
def labels(person: object) -> LabelSheet:
    return label_sheet()


@paper_form(title="没有内容", permission="assets.view_ledger")
def nothing(person: object) -> list[Paper]:
    return []


@paper_form(title="会出错", permission="assets.view_ledger")
def broken(person: object, *, count: int = 1) -> Paper:
    return ledger(1, columns=(Column("日期", kind=Kind.MONEY),), lines=(Line(("不是金额",)),) * count)


def unmarked(person: object) -> Paper:
    return ledger(1)
