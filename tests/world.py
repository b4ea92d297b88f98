"""One small school with one of everything, and which of it stands in the addresses that name a thing.

An app to come adds what it needs to ``build`` and a line to ``EXAMPLES`` for its addresses.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone

from assets.choices import Scheme
from assets.models import PropertyClass
from assets.services import confirmations, issues, receipts
from finance.choices import Nature
from finance.queries.purchases import route_of
from finance.services import budget, comparisons, purchases
from logistics.approvals.choices import Presence
from logistics.approvals.models import Drawing, Rule
from logistics.approvals.services import decisions
from logistics.importing.services.uploads import begin
from logistics.notices.choices import ChannelKind
from logistics.notices.models import Channel, Delivery, Notice
from logistics.printing.models import PrintJob
from logistics.records import attachments
from logistics.records.attachments import attach
from logistics.school.choices import Role, RoomKind, TermNumber
from logistics.school.models import Person, RoleAssignment, SchoolClass, SchoolYear, Term
from logistics.school.services.days import fill_days
from logistics.workcalendar.choices import ChecklistKind, Rhythm
from logistics.workcalendar.services.checklists import make_checklist
from logistics.workcalendar.services.feeds import feed_of
from logistics.workcalendar.services.proposing import read_text
from logistics.workcalendar.services.series import save_series
from logistics.workcalendar.services.tasks import hand_on, save_task
from tests import cast
from tests.assets import stock
from tests.finance import goods, papers
from tests.records.pictures import photo, upload

LIST = "资产名称,数量\n讲台,1\n".encode()


def _photo(name: str) -> SimpleUploadedFile:
    return upload(photo(40, 30), name)


class World:
    """The examples; the people who try the addresses are nobody's deputy and answer for nothing in it."""

    def __init__(self) -> None:
        cast.school()
        cast.term()
        self.person = cast.person("example", "赵示例", Role.KEEPER, Role.DIRECTOR)
        self.teacher = cast.person("example_teacher", "孙示例")
        self.department = cast.department()
        self.room = cast.room("科学实验室", responsible=self.teacher)
        self.school_class: SchoolClass = cast.school_class(self.teacher, self.room)
        self.year, self.term = self.school_class.year, self.school_class.year.terms.get()
        before = SchoolYear.objects.create(
            name="2025—2026学年", first_day=dt.date(2025, 9, 1), last_day=dt.date(2026, 8, 31)
        )
        self.closed_term = Term.objects.create(
            year=before,
            number=TermNumber.SECOND,
            first_day=dt.date(2026, 2, 16),
            last_day=dt.date(2026, 7, 3),
            closed_at=timezone.now(),
            closed_by=self.person,
        )
        fill_days(year=self.year)
        self.role = self.person.assignments.get(role=Role.KEEPER)
        today = timezone.localdate()
        RoleAssignment.objects.create(
            person=self.teacher,
            role=Role.DIRECTOR,
            deputy_for=self.person,
            first_day=today,
            last_day=today + dt.timedelta(days=7),
        )
        self.card = stock.card(self.person, room=self.room, custodian=self.teacher)
        self.movement = self.card.entries.get().movement
        self.confirmation = confirmations.ask(person=self.person, rooms=[self.room])[0]
        self.run = begin(
            person=self.person, kind="cards", upload=upload("资产名称,数量\n讲台,1\n".encode(), "清单.csv")
        )
        self.job = PrintJob.objects.create(person=self.person, form="assets.printing.cards.card", title="卡片")
        self.budget_entry = budget.adjust(
            person=self.person,
            line=papers.budget_line(),
            amount=Decimal(100),
            paper="教财1号",
            upload=_photo("文件.jpg"),
        )
        self.purchase = papers.request(self.teacher)
        self.purchase_file = attach(person=self.teacher, record=self.purchase, upload=_photo("样品.jpg"))
        purchases.submit(person=self.teacher, purchase=self.purchase)
        self._build_goods()
        self._build_decision()
        self._build_calendar()
        self.notice = Notice.objects.create(
            person=self.person, message="%(paper)s is approved", params={"paper": "1"}, url="/"
        )
        self.channel = Channel.objects.create(
            kind=ChannelKind.WECOM, name="总务群", address="https://robot.example.com/send?key=0000", active=False
        )
        self.delivery = Delivery.objects.create(channel=self.channel, subject="总务系统", body="请查看")
        self.own_class = PropertyClass.objects.create(scheme=Scheme.SCHOOL, code="XX01", name="自制教具")
        self.attachment = attach(person=self.person, record=self.card, upload=upload(photo(40, 30), "照片.jpg"))

    def _build_goods(self) -> None:
        """A purchase of the teacher's from quotes to payment; a claim with a file; goods in the store and issued."""
        bought = papers.request(self.teacher, [("文件柜", 4, "600.00")], approved=True)
        self.comparison = comparisons.open_comparison(
            person=goods.part(Role.PURCHASER), lines=[(bought.lines.get(), Decimal(4))], title="文件柜"
        )
        self.quote = comparisons.set_quote(
            person=goods.part(Role.PURCHASER),
            comparison=self.comparison,
            supplier=goods.supplier(),
            prices={self.comparison.lines.get().pk: Decimal(590)},
        )
        self.quote_file = attach(person=self.person, record=self.quote, upload=_photo("报价.jpg"))
        self.order = goods.order(bought, quantity=2)
        self.acceptance = goods.delivery(self.order)
        self.acceptance_file = attach(person=self.person, record=self.acceptance, upload=_photo("到货.jpg"))
        self.claim = goods.claim(self.order, ["700.00"])
        goods.sign_all(self.claim)
        self.payment = goods.paid(self.claim, "100.00")
        self.draft_claim = goods.claim(self.order, ["100.00"], submitted=False)
        self.invoice = goods.invoice(self.draft_claim, "50.00", upload=goods.picture())
        self.invoice_file = attachments.of(self.invoice).get()
        self.line = self.acceptance.lines.get()
        dear = papers.request(self.teacher, [("投影仪", 1, "3200.00")], approved=True)
        self.property_line = goods.delivery(goods.order(dear), nature=Nature.PROPERTY).lines.get()
        self.store = cast.room("总务仓库", kind=RoomKind.STORE)
        self.stock_paper = receipts.enter_in_store(
            person=self.person, lines=[(self.line, Decimal(1))], room=self.store, day=timezone.localdate()
        )

        self.issue = issues.write_issue(
            person=self.person,
            recipient=self.teacher,
            room=self.store,
            purpose="教学使用",
            lines=[issues.Wanted(item=self.stock_paper.entries.get().item)],
        )

    def _build_decision(self) -> None:
        """A request that waits for a meeting, what it decided, a drawn signature."""
        self.discussed = papers.submitted(self.teacher, [("塑胶跑道维修", 1, "26000.00")], overspend_reason="校园安全")
        self.route = route_of(self.discussed)
        other = papers.submitted(self.teacher, [("围墙维修", 1, "27000.00")])
        self.decision = decisions.record(
            person=self.person,
            route=route_of(other),
            attendance={self.person: Presence.PRESENT, self.teacher: Presence.PRESENT},
            held_at=timezone.now(),
            place="会议室",
            chaired_by=self.person,
            topic="围墙维修",
            opinions="同意维修。",
            votes_for=2,
            votes_against=0,
            abstentions=0,
            passed=True,
            resolution="同意",
        )
        self.drawing = Drawing.objects.create(person=self.person, png=b"", keep=False)
        self.rule = Rule.objects.filter(kind="finance.purchase").first()

    def _build_calendar(self) -> None:
        """A recurring task with its tasks, the first with a proof; a task of the teacher's offered to the example."""
        today = timezone.localdate()
        self.series = save_series(
            person=self.person, title="安全检查", owner=self.person, rhythm=Rhythm.WEEKLY, weekday=4, first_day=today
        )
        self.task = self.series.tasks.earliest("due")
        self.proof = attach(person=self.person, record=self.task, upload=_photo("检查.jpg"))
        given = save_task(person=self.person, title="整理仪器", owner=self.teacher, starts=today, due=today)
        self.feed = feed_of(self.teacher)
        self.hand_on = hand_on(person=self.teacher, task=given, to=self.person)
        self.checklist = make_checklist(
            person=self.person,
            kind=ChecklistKind.PLANS,
            term=self.term,
            title="部门计划",
            due=self.term.last_day,
            departments=[self.department],
        )
        self.draft = read_text(person=self.person, name="工作计划", text="九月份\n1、发放教材", term=self.term)

    @cached_property
    def one_of_each(self) -> dict[type[models.Model], models.Model]:
        """An example of every table that has a row."""
        from django.apps import apps

        rows = ((model, model._base_manager.order_by("pk").first()) for model in apps.get_models())
        return {model: row for model, row in rows if row is not None}

    def of(self, model: type[models.Model]) -> Any:
        """The key of an example of ``model``; one that does not exist when the table is empty."""
        row = self.one_of_each.get(model)
        return row.pk if row else 0


Example = Callable[[World], dict[str, Any]]

# Beginnings of address names, the longest that fits counts; what they do not give is looked for in the shorter ones.
EXAMPLES: dict[str, Example] = {
    "workcalendar:task": lambda w: {"pk": w.task.pk, "file": w.proof.pk},
    "workcalendar:checklist": lambda w: {"pk": w.checklist.pk, "task": w.checklist.tasks.get().pk},
    "workcalendar:checklist-create": lambda w: {"kind": "term_start"},
    "workcalendar:draft": lambda w: {"pk": w.draft.pk},
    "workcalendar:series": lambda w: {"pk": w.series.pk},
    "workcalendar:feed": lambda w: {"secret": w.feed.secret},
    "workcalendar:series-create": lambda w: {"rhythm": Rhythm.WEEKLY.value},
    "workcalendar:hand-on": lambda w: {"pk": w.hand_on.pk},
    "front:guide": lambda w: {"name": "teacher"},
    "school:person": lambda w: {"pk": w.teacher.pk},
    "school:role-appoint": lambda w: {"pk": w.teacher.pk},
    "school:role": lambda w: {"pk": w.role.pk},
    "school:department": lambda w: {"pk": w.department.pk},
    "school:building": lambda w: {"pk": w.room.building_id},
    "school:room": lambda w: {"pk": w.room.pk},
    "school:class": lambda w: {"pk": w.school_class.pk},
    "school:year": lambda w: {"pk": w.year.pk},
    "school:day": lambda w: {"pk": w.year.pk},
    "school:term-create": lambda w: {"pk": w.year.pk},
    "school:term-reopen": lambda w: {"pk": w.closed_term.pk},
    "school:term": lambda w: {"pk": w.term.pk},
    "assets:card": lambda w: {"pk": w.card.pk},
    "assets:file": lambda w: {"pk": w.card.pk, "file": w.attachment.pk},
    "assets:movement": lambda w: {"pk": w.movement.pk},
    "assets:class-ledger": lambda w: {"pk": stock.property_class().pk},
    "assets:class-update": lambda w: {"pk": w.own_class.pk},
    "assets:class-switch": lambda w: {"pk": w.own_class.pk},
    "assets:class": lambda w: {"pk": w.card.property_class_id or stock.property_class().pk},
    "assets:room": lambda w: {"pk": w.room.pk},
    "assets:hand-over": lambda w: {"pk": w.room.pk},
    "assets:department-ledger": lambda w: {"pk": w.department.pk},
    "assets:person-ledger": lambda w: {"pk": w.teacher.pk},
    "assets:ledger-print": lambda w: {"kind": "room", "pk": w.room.pk},
    "assets:scan": lambda w: {"number": w.card.number},
    "assets:lookup": lambda w: {"kind": "room"},
    "assets:confirmation": lambda w: {"pk": w.confirmation.pk},
    "finance:purchase-file": lambda w: {"pk": w.purchase.pk, "file": w.purchase_file.pk},
    "finance:purchase": lambda w: {"pk": w.purchase.pk},
    "finance:budget-file": lambda w: {"pk": w.budget_entry.pk, "file": attachments.of(w.budget_entry).get().pk},
    "finance:budget": lambda w: {"pk": w.budget_entry.line_id},
    "finance:supplier": lambda w: {"pk": w.order.supplier_id},
    "finance:comparison": lambda w: {"pk": w.comparison.pk},
    "finance:quote": lambda w: {"pk": w.comparison.pk, "quote": w.quote.pk, "file": w.quote_file.pk},
    "finance:order": lambda w: {"pk": w.order.pk},
    "finance:acceptance-create": lambda w: {"pk": w.order.pk},
    "finance:acceptance": lambda w: {"pk": w.acceptance.pk, "file": w.acceptance_file.pk},
    "finance:acceptance-nature": lambda w: {"pk": w.property_line.pk},
    "finance:claim": lambda w: {"pk": w.draft_claim.pk},
    "finance:claim-print": lambda w: {"pk": w.claim.pk},
    "finance:claim-take-back": lambda w: {"pk": w.claim.pk},
    "finance:invoice": lambda w: {"pk": w.draft_claim.pk, "invoice": w.invoice.pk, "file": w.invoice_file.pk},
    "finance:payment": lambda w: {"pk": w.payment.pk},
    "finance:pay": lambda w: {"pk": w.claim.pk},
    "approvals:route": lambda w: {"pk": w.route.pk},
    "approvals:decision-create": lambda w: {"pk": w.route.pk},
    "approvals:decision": lambda w: {"pk": w.decision.pk},
    "approvals:drawing-picture": lambda w: {"pk": w.drawing.pk},
    "approvals:rule-create": lambda w: {"kind": "finance.purchase"},
    "approvals:rule": lambda w: {"pk": w.rule.pk},
    "assets:enter-cards": lambda w: {"pk": w.property_line.pk},
    "assets:enter-store": lambda w: {"pk": w.acceptance.pk},
    "assets:stock-item": lambda w: {"pk": w.stock_paper.entries.get().item_id},
    "assets:stock-paper": lambda w: {"pk": w.stock_paper.pk},
    "assets:issue": lambda w: {"pk": w.issue.pk},
    "importing:": lambda w: {"pk": w.run.pk, "kind": "cards", "form": "xlsx", "number": 1},
    "notices:notice": lambda w: {"pk": w.notice.pk},
    "notices:channel": lambda w: {"pk": w.channel.pk},
    "notices:delivery": lambda w: {"pk": w.delivery.pk},
    "printing:": lambda w: {"pk": w.job.pk},
    "admin:view_on_site": lambda w: {
        "content_type_id": ContentType.objects.get_for_model(Person).pk,
        "object_id": w.person.pk,
    },
    "admin:app_list": lambda w: {"app_label": "school"},
    "admin:": lambda w: {"url": "nothing/"},
}
