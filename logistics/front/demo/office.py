"""What the demo school's purchases are told with: a day to act on, somebody who acts, papers that are signed."""

import base64
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone
from PIL import Image, ImageDraw

from finance.models import (
    Acceptance,
    BudgetLine,
    Claim,
    Comparison,
    Order,
    Payment,
    PurchaseRequest,
    RequestLine,
    Supplier,
)
from finance.services import acceptances, claims, comparisons, orders, payments, purchases
from finance.services.acceptances import Delivered, proposed_nature
from finance.services.purchases import Wanted
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.approvals.services.drawings import kept_drawing
from logistics.base.history import acting
from logistics.school.models import Person, Room

Goods = Sequence[tuple[str, str, str, Any, Any]]  # name, specification, unit, quantity, price in yuan


class Office:
    """The people by name, and the day that is being told. A telling goes through the services, as the pages do."""

    def __init__(self, people: dict[str, Person], today: dt.date) -> None:
        self.people, self.today = people, today

    def day(self, ago: int) -> dt.date:
        """So many days ago, but not in the year before: a budget is a year's."""
        return max(self.today - dt.timedelta(days=ago), dt.date(self.today.year, 1, 1))

    @contextmanager
    def on(self, ago: int, name: str, hour: int = 10) -> Iterator[Person]:
        """What follows is done by this person so many days ago."""
        with self.at(self.day(ago), name, hour) as person:
            yield person

    @contextmanager
    def at(self, day: dt.date, name: str, hour: int = 10) -> Iterator[Person]:
        """What follows is done by this person on that day. The clock is set back only while the demo is built."""
        moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
        real = timezone.now
        timezone.now = lambda: min(moment, real())
        try:
            with acting(self.people[name]):
                yield self.people[name]
        finally:
            timezone.now = real

    def draft(
        self, ago: int, name: str, goods: Goods, *, line: BudgetLine, category: str, purpose: str, reason: str = ""
    ) -> PurchaseRequest:
        with self.on(ago, name) as person:
            wanted = [Wanted(n, Decimal(q), Decimal(p), s, u) for n, s, u, q, p in goods]
            needed = timezone.localdate() + dt.timedelta(days=20)
            return purchases.save_draft(
                person=person,
                lines=wanted,
                category=category,
                purpose=purpose,
                budget_line=line,
                needed_by=needed,
                overspend_reason=reason,
            )

    def asked(self, ago: int, name: str, goods: Goods, **fields: Any) -> PurchaseRequest:
        """A request, submitted."""
        made = self.draft(ago, name, goods, **fields)
        with self.on(ago, name) as person:
            purchases.submit(person=person, purchase=made)
        return made

    def signs(self, ago: int, paper: Any, *names: str, verdict: str = Verdict.APPROVE, note: str = "") -> None:
        """These sign the paper, one after the other, an hour apart."""
        for hour, name in enumerate(names, 11):
            route = Route.objects.of(paper).first()
            if route is None:
                raise LookupError(paper)
            with self.on(ago, name, hour) as person:
                routes.sign(
                    person=person,
                    route=route,
                    verdict=verdict,
                    seen=route.facts_hash,
                    note=note,
                    drawing=kept_drawing(person),
                )
        paper.refresh_from_db()

    def compared(self, ago: int, purchase: PurchaseRequest, offers: dict[Supplier, Any], *, title: str) -> Comparison:
        """Quotes for all of a request's lines, one price each."""
        with self.on(ago, "刘洋") as buyer:
            lines = [(line, line.quantity) for line in purchase.lines.all()]
            made = comparisons.open_comparison(person=buyer, lines=lines, title=title)
            for supplier, price in offers.items():
                prices = {line.pk: Decimal(price) for line in made.lines.all()}
                comparisons.set_quote(
                    person=buyer, comparison=made, supplier=supplier, prices=prices, contact=supplier.contact
                )
        return made

    def chosen(self, ago: int, comparison: Comparison, first: str, second: str) -> None:
        """Two of the purchasing group choose the lowest."""
        with self.on(ago, first) as person:
            comparisons.choose(person=person, comparison=comparison, quote=comparison.quotes.order_by("amount")[0])
        self.signs(ago, comparison, second)

    def ordered(
        self,
        ago: int,
        supplier: Supplier,
        *requests: PurchaseRequest,
        comparison: Comparison | None = None,
        due: int = 7,
    ) -> Order:
        """All lines of the requests, at the estimated or the chosen price."""
        price = comparison.winner.prices.all()[0].price if comparison and comparison.winner else None
        rows = RequestLine.objects.filter(request__in=requests).order_by("request", "position")
        with self.on(ago, "刘洋") as buyer:
            return orders.place_order(
                person=buyer,
                supplier=supplier,
                lines=[(row, row.quantity - row.ordered, price or row.price) for row in rows],
                comparison=comparison,
                due=timezone.localdate() + dt.timedelta(days=due),
                reason="同城配送，分批供货",
            )

    def came(
        self, ago: int, order: Order, *, pieces: Any = None, rejected: Any = 0, reason: str = "", by: str = "李秀英"
    ) -> Acceptance:
        """A delivery accepted: all that is still to come, or so many of each line, some of them rejected."""
        with self.on(ago, by) as keeper:
            lines = [
                Delivered(
                    line=line,
                    delivered=Decimal(pieces) if pieces is not None else line.quantity - line.accepted,
                    rejected=Decimal(rejected),
                    nature=proposed_nature(order),
                    reason=reason,
                    disposal="replace" if rejected else "",
                )
                for line in order.lines.filter(accepted__lt=F("quantity"))
            ]
            return acceptances.accept(person=keeper, order=order, lines=lines, quality="外观完好，数量相符")

    def claimed(self, ago: int, order: Order, *, submitted: bool = True) -> Claim:
        """The buyer claims all that is accepted with one invoice."""
        order.refresh_from_db()
        goods = "、".join(order.lines.values_list("request_line__name", flat=True)[:2])
        with self.on(ago, "刘洋") as buyer:
            made = claims.save_claim(
                person=buyer,
                order=order,
                purpose=f"{goods}等购置" if order.lines.count() > 2 else f"{goods}购置",
                payee=order.supplier.name,
                bank=order.supplier.bank,
                account=order.supplier.account,
            )
            number = f"26{3300 + order.pk:04d}{order.pk * 7919 % 10**14:014d}"
            claims.set_invoice(
                person=buyer,
                claim=made,
                number=number,
                day=timezone.localdate(),
                seller=order.supplier.name,
                amount=order.accepted - sum(claim.amount for claim in order.claims.exclude(pk=made.pk)),
                upload=invoice_picture(number, order.supplier.name, str(order.accepted)),
            )
            if submitted:
                claims.submit(person=buyer, claim=made)
        return made

    def paid(self, ago: int, claim: Claim) -> Payment:
        with self.on(ago, "赵丽华", 16) as cashier:
            claim.refresh_from_db()
            return payments.pay(
                person=cashier, claim=claim, amount=claim.amount - claim.paid, voucher=f"{claim.number[-5:]}号凭证"
            )

    def came_back(self, ago: int, payment: Payment, reason: str) -> None:
        """The money came back: the payment is reversed."""
        with self.on(ago, "赵丽华") as cashier:
            payments.reverse(person=cashier, payment=payment, reason=reason)


class Told:
    """What several stories use: the office, the budget lines and suppliers by name, the rooms."""

    def __init__(self, office: Office, rooms: dict[str, Room]) -> None:
        self.office, self.rooms = office, rooms
        self.lines: dict[str, BudgetLine] = {}
        self.suppliers: dict[str, Supplier] = {}


def invoice_picture(number: str, seller: str, amount: str) -> SimpleUploadedFile:
    """A plain picture in the place of an invoice: boxes and figures, nobody's paper."""
    image = Image.new("RGB", (900, 560), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 90, 870, 530), outline="#a33", width=3)
    for y in (170, 250, 430, 480):
        pen.line((30, y, 870, y), fill="#a33", width=2)
    pen.text((560, 40), f"No. {number}", fill="#111", font_size=22)
    pen.text((620, 445), f"CNY {amount}", fill="#111", font_size=26)
    out = io.BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile(f"发票{number[-8:]}.png", out.getvalue(), "image/png")


def scribble(seed: int) -> str:
    """A drawn signature as the canvas sends it."""
    image = Image.new("RGBA", (560, 180), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    points = [(40 + n * 24, 90 + (n * n * (seed + 3) % 97) - 48) for n in range(20)]
    pen.line(points, fill=(0, 0, 0, 255), width=5, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
