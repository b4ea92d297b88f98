"""The columns of the asset list: 固定资产卡片 of forms.md, with the words that schools write over them."""

from django.utils.translation import gettext_lazy as _

from assets.choices import Acquisition, Condition, Procurement, ValueKind
from assets.imports.classes import ClassWidget
from logistics.importing.columns import Column, ImportSpec
from logistics.importing.lookups import DepartmentWidget, PersonWidget, RoomWidget
from logistics.importing.widgets import (
    CellWidget,
    ChoiceWidget,
    CodeWidget,
    DateWidget,
    IntegerWidget,
    MoneyWidget,
    words_of,
)


class CardColumns(ImportSpec):
    """The columns alone; ``cards`` says what a row of them becomes."""

    number = Column(
        "资产编号",
        _("asset number"),
        "编号、卡片编号、资产编码、固定资产编号、资产代码、卡片号、财产编号、asset number、number",
        attribute="number",
        widget=CodeWidget(40),
        width=18,
    )
    name = Column(
        "资产名称",
        _("asset name"),
        "名称、品名、物品名称、财产名称、设备名称、固定资产名称、asset name、name",
        attribute="name",
        widget=CellWidget(80),
        required=True,
        width=20,
    )
    specification = Column(
        "规格型号",
        _("specification"),
        "规格、型号、规格及型号、型号规格、specification、model",
        attribute="specification",
        widget=CellWidget(120),
        width=22,
    )
    brand = Column("品牌", _("brand"), "商标、品牌名称、brand", attribute="brand", widget=CellWidget(60))
    property_class = Column(
        "国标分类",
        _("class of property"),
        "分类代码、国标分类代码、资产分类、分类编码、国标代码、资产分类代码、分类号、class",
        attribute="property_class",
        widget=ClassWidget(),
    )
    unit = Column("计量单位", _("unit"), "单位、unit", attribute="unit", widget=CellWidget(10), width=9)
    quantity = Column(
        "数量",
        _("quantity"),
        "账面数量、帐面数量、件数、台数、数量(件)、quantity",
        attribute="quantity",
        widget=IntegerWidget(1),
        required=True,
        absent=1,
        width=8,
    )
    unit_price = Column(
        "单价",
        _("unit price"),
        "账面单价、帐面单价、购置单价、单位价值、unit price、price",
        attribute="",
        widget=MoneyWidget(places=4),
    )
    value = Column(
        "价值",
        _("value"),
        "金额、原值、账面金额、账面原值、帐面金额、资产原值、总价、总价值、总金额、账面价值、资产价值、value、amount",
        attribute="value",
        widget=MoneyWidget(),
        required=True,
        reckoned="unit_price",
        width=14,
    )
    acquired_on = Column(
        "取得日期",
        _("acquired on"),
        "购置日期、购入日期、购买日期、购置时间、取得时间、购入时间、购买时间、入库日期、date acquired",
        attribute="acquired_on",
        widget=DateWidget(),
    )
    in_use_from = Column(
        "投入使用日期",
        _("in use from"),
        "使用日期、启用日期、开始使用日期、投入使用时间",
        attribute="in_use_from",
        widget=DateWidget(),
    )
    department = Column(
        "使用部门",
        _("using department"),
        "部门、使用科室、所属部门、领用部门、使用/管理部门、department",
        attribute="department",
        widget=DepartmentWidget(),
    )
    room = Column(
        "存放地点",
        _("place"),
        "存放位置、地点、存放处、房间、存放场所、使用地点、所在位置、放置地点、存放室、room、place",
        attribute="room",
        widget=RoomWidget(),
        width=18,
    )
    custodian = Column(
        "保管人",
        _("keeper"),
        "使用人、责任人、管理人、使用人/保管人、保管员、使用保管人、领用人、custodian、keeper",
        attribute="custodian",
        widget=PersonWidget(),
    )
    managing_department = Column(
        "管理部门",
        _("managing department"),
        "归口部门、归口管理部门",
        attribute="managing_department",
        widget=DepartmentWidget(),
    )
    condition = Column(
        "使用状况",
        _("condition"),
        "使用状态、状态、资产状态、现状、condition",
        attribute="condition",
        widget=ChoiceWidget(
            Condition,
            words_of(
                [
                    (Condition.IN_USE, "在用、使用中、正常、完好、良好、使用、正常使用"),
                    (Condition.IDLE, "闲置、未使用、未用、停用"),
                    (Condition.TO_REPAIR, "待修、待维修、损坏、需维修、维修中"),
                    (Condition.TO_SCRAP, "待报废、拟报废、待处置、申请报废"),
                    (Condition.LENT, "出租出借、出借、出租、借出"),
                ]
            ),
        ),
    )
    serial_number = Column(
        "序列号",
        _("serial number"),
        "出厂编号、机身号、SN、SN号、S/N、serial number",
        attribute="serial_number",
        widget=CodeWidget(60),
        width=18,
    )
    manufacturer = Column(
        "生产厂家",
        _("manufacturer"),
        "厂家、制造商、生产厂商、生产商、制造厂家",
        attribute="manufacturer",
        widget=CellWidget(80),
    )
    dealer = Column(
        "经销商",
        _("dealer"),
        "供应商、供货商、销售商、供货单位、销售单位",
        attribute="dealer",
        widget=CellWidget(80),
    )
    acquisition = Column(
        "取得方式",
        _("acquired by"),
        "来源、资产来源、购置方式、增加方式",
        attribute="acquisition",
        widget=ChoiceWidget(
            Acquisition,
            words_of(
                [
                    (Acquisition.PURCHASE, "购置、外购、新购、购买、采购、购入、自购"),
                    (Acquisition.BUILT, "自建自制、自建、自制、建造、自行建造"),
                    (Acquisition.DONATION, "接受捐赠、捐赠、受赠"),
                    (Acquisition.ALLOCATION, "无偿调入、调拨、划拨、调入、上级配发、配发、配备"),
                    (Acquisition.SURPLUS, "盘盈"),
                    (Acquisition.OTHER, "其他、其它"),
                ]
            ),
        ),
    )
    procurement = Column(
        "采购组织形式",
        _("way of purchasing"),
        "采购方式、采购形式",
        attribute="procurement",
        widget=ChoiceWidget(
            Procurement,
            words_of(
                [
                    (Procurement.CENTRAL, "政府集中采购、政府集中机构采购、集中采购"),
                    (Procurement.DEPARTMENT, "部门集中采购"),
                    (Procurement.DISPERSED, "分散采购"),
                    (Procurement.OWN, "单位自行采购、自行采购、学校自购、其他"),
                ]
            ),
        ),
    )
    budget_item = Column(
        "预算项目", _("budget item"), "预算项目名称、经费项目", attribute="budget_item", widget=CellWidget(60)
    )
    value_kind = Column(
        "价值类型",
        _("kind of value"),
        "计价方式",
        attribute="value_kind",
        widget=ChoiceWidget(
            ValueKind,
            words_of(
                [
                    (ValueKind.COST, "原值、历史成本、实际成本"),
                    (ValueKind.ESTIMATE, "暂估值、暂估"),
                    (ValueKind.APPRAISED, "评估值、评估价值、重置价值"),
                    (ValueKind.NOMINAL, "名义金额"),
                ]
            ),
        ),
    )
    fiscal_funds = Column(
        "财政拨款",
        _("of it from the treasury"),
        "财政性资金、财政资金",
        attribute="fiscal_funds",
        widget=MoneyWidget(),
    )
    other_funds = Column(
        "非财政拨款",
        _("of it from other funds"),
        "非财政性资金、其他资金、自筹资金",
        attribute="other_funds",
        widget=MoneyWidget(),
    )
    booked_on = Column(
        "入账日期",
        _("booked on"),
        "入帐日期、记账日期、登记日期、财务入账日期",
        attribute="booked_on",
        widget=DateWidget(),
    )
    voucher_number = Column(
        "会计凭证号",
        _("accounting voucher"),
        "凭证号、记账凭证号、凭证编号",
        attribute="voucher_number",
        widget=CodeWidget(40),
    )
    life_months = Column(
        "折旧年限(月)",
        _("useful life in months"),
        "折旧月数、使用月数、预计使用月数",
        attribute="life_months",
        widget=IntegerWidget(0, 1200),
    )
    contract_number = Column(
        "合同编号", _("contract number"), "合同号", attribute="contract_number", widget=CodeWidget(60)
    )
    invoice_number = Column(
        "发票号", _("invoice number"), "发票号码、发票编号", attribute="invoice_number", widget=CodeWidget(60)
    )
    warranty_until = Column(
        "保修截止",
        _("under warranty until"),
        "保修截止日期、保修期至、质保期至、质保到期日",
        attribute="warranty_until",
        widget=DateWidget(),
    )
    note = Column("备注", _("note"), "说明、附注、备注说明、remarks、note", attribute="note", widget=CellWidget(300))

    ignored = ("类别", "折旧", "累计折旧", "净值", "照片", "盘点数量", "盘点结果", "实盘数量", "差异", "国标名称")

    class Meta:
        fields = (
            "number",
            "name",
            "specification",
            "brand",
            "property_class",
            "unit",
            "quantity",
            "unit_price",
            "value",
            "acquired_on",
            "in_use_from",
            "department",
            "room",
            "custodian",
            "managing_department",
            "condition",
            "serial_number",
            "manufacturer",
            "dealer",
            "acquisition",
            "procurement",
            "budget_item",
            "value_kind",
            "fiscal_funds",
            "other_funds",
            "booked_on",
            "voucher_number",
            "life_months",
            "contract_number",
            "invoice_number",
            "warranty_until",
            "note",
        )
