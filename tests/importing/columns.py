"""The columns that these tests look for in a list: names and synonyms, as an app would give them."""

from typing import NamedTuple

from logistics.importing.headers import Vocabulary


class Column(NamedTuple):
    name: str
    synonyms: tuple[str, ...]


COLUMNS = [
    Column("number", ("资产编号", "编号", "卡片编号", "asset number")),
    Column("name", ("资产名称", "名称", "品名", "asset name")),
    Column("specification", ("规格型号", "规格", "型号", "specification")),
    Column("category", ("国标分类", "分类代码")),
    Column("unit", ("计量单位", "单位", "unit")),
    Column("quantity", ("数量", "账面数量", "quantity")),
    Column("price", ("单价", "unit price")),
    Column("value", ("金额", "价值", "原值")),
    Column("acquired", ("购置日期", "取得日期", "购入日期")),
    Column("department", ("使用部门", "部门")),
    Column("room", ("存放地点", "存放位置", "room")),
    Column("keeper", ("保管人", "使用人", "责任人")),
    Column("note", ("备注", "说明")),
]
VOCABULARY = Vocabulary.of(COLUMNS)
