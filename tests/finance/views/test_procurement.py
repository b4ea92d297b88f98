"""Pages of buying: from ticked lines over quotes, choice and order to the delivery; and who gets which page."""

from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from finance import printing
from finance.choices import AcceptanceState, ComparisonState, OrderState
from finance.models import Acceptance, Comparison, Order
from finance.services import orders
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.services import routes
from logistics.records import attachments
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F04", "F05", "F06")]


@pytest.fixture
def bought(teacher):
    return papers.request(teacher, [("足球", 10, "85.00"), ("球网", 2, "40.00")], approved=True)


def address(name, paper=None, *more):
    return reverse(f"finance:{name}", args=[paper.pk, *more] if paper else [])


def fixed(*rows):
    """The fixed lines of a form: each row (key, further fields)."""
    data = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": len(rows)}
    for number, (line, fields) in enumerate(rows):
        for name, value in {"line": line, **fields}.items():
            data[f"lines-{number}-{name}"] = value
    return data


def ordering(purchase, quantity=10, price="85.00"):
    line = purchase.lines.first()
    head = {"pk": [line.pk], "supplier": goods.supplier().pk, "day": timezone.localdate().isoformat()}
    return {**head, **fixed((line.pk, {"quantity": quantity, "price": price}))}


def delivered(placed, *counts, **head):
    """Counts: (came, rejected) for each open line."""
    rows = []
    for line, (came, rejected) in zip(placed.lines.order_by("pk"), counts, strict=True):
        why = {"reason": "漏气", "disposal": "return"} if rejected else {}
        rows.append((line.pk, {"delivered": came, "rejected": rejected, "nature": "consumable", **why}))
    return {"day": timezone.localdate().isoformat(), **fixed(*rows), **head}


def test_from_ticked_lines_over_three_quotes_to_the_order(as_person, bought):
    buyer, (first, second) = goods.part(Role.PURCHASER), goods.group()
    client = as_person(buyer)
    page = client.get(address("to-buy")).content.decode()
    assert all(text in page for text in ("足球", "球网", bought.number))
    lines = list(bought.lines.all())
    keys = [line.pk for line in lines]
    assert client.get(address("comparison-create"), {"pk": keys}).status_code == 200
    rows = fixed(*((line.pk, {"quantity": line.quantity}) for line in lines))
    head = {"pk": keys, "title": "体育用品", "method": "comparison", "control_price": "900"}
    answer = client.post(address("comparison-create"), {**head, **rows})
    made = Comparison.objects.get()
    assert answer.url == made.get_absolute_url()
    for number, price in enumerate((84, 82, 83), 1):
        said = {f"price_{line.pk}": price if line.quantity > 2 else 39 for line in made.lines.all()}
        seller = goods.supplier(f"店{number}")
        quote = {"supplier": seller.pk, "quoted_on": timezone.localdate().isoformat(), "source": "paper", **said}
        client.post(address("quote-create", made), quote | ({"file": goods.pdf("报价")} if number == 1 else {}))
    assert [quote.amount for quote in made.quotes.order_by("pk")] == [918, 898, 908]
    assert attachments.of(made.quotes.first()).count() == 1
    page = client.get(made.get_absolute_url()).content.decode()
    assert all(text in page for text in ("店1", "店2", "店3", "898.00"))
    assert address("comparison-choose", made) not in page
    assert client.post(address("comparison-choose", made)).status_code == 403
    client = as_person(first)
    dearer, lowest = made.quotes.order_by("-amount")[0], made.quotes.order_by("amount")[0]
    assert client.post(address("comparison-choose", made), {"quote": dearer.pk}).status_code == 200
    assert Comparison.objects.get().state == ComparisonState.OPEN
    client.post(address("comparison-choose", made), {"quote": lowest.pk})
    route = Route.objects.of(made).get()
    routes.sign(person=second, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    made.refresh_from_db()
    assert made.state == ComparisonState.DECIDED
    client = as_person(buyer)
    form = client.get(address("order-create"), {"comparison": made.pk}).content.decode()
    assert 'value="82.00"' in form
    rows = fixed(*((line.pk, {"quantity": line.quantity, "price": 82 if line.quantity > 2 else 39}) for line in lines))
    client.post(address("order-create"), {"comparison": made.pk, "day": timezone.localdate().isoformat(), **rows})
    placed = Order.objects.get()
    assert (placed.supplier.name, placed.amount, placed.comparison) == ("店2", Decimal(898), made)
    page = client.get(made.get_absolute_url()).content.decode()
    assert placed.number in page
    assert f"{address('order-create')}?comparison" not in page, "nothing of it is left to order"


def test_nothing_ticked_leads_back(as_person):
    client = as_person(goods.part(Role.PURCHASER))
    for name in ("order-create", "comparison-create"):
        assert client.get(address(name)).url == address("to-buy")


def test_what_somebody_else_ordered_meanwhile_is_said(as_person, bought):
    client = as_person(goods.part(Role.PURCHASER))
    data = ordering(bought)
    goods.order(bought)
    answer = client.post(address("order-create"), data, follow=True)
    assert answer.redirect_chain[0][0] == address("to-buy")
    assert "刚才已被别人" in answer.content.decode()
    assert Order.objects.count() == 1


@pytest.mark.parametrize(("quantity", "price"), [(11, "85"), (10, "94"), (0, "85"), (1, "-1"), ("x", "85")])
def test_an_order_that_cannot_be_is_refused_in_words(as_person, bought, quantity, price):
    answer = as_person(goods.part(Role.PURCHASER)).post(address("order-create"), ordering(bought, quantity, price))
    assert answer.status_code == 200
    assert not Order.objects.exists()


def test_a_delivery_in_parts_with_a_rejected_piece_and_a_photo(as_person, bought):
    placed, keeper = goods.order(bought), goods.part(Role.KEEPER)
    client = as_person(keeper)
    assert address("acceptance-create", placed) in client.get(placed.get_absolute_url()).content.decode()
    bad = delivered(placed, (10, 1), (0, 0)) | {"lines-0-reason": ""}
    assert client.post(address("acceptance-create", placed), bad).status_code == 200
    assert not Acceptance.objects.exists()
    data = delivered(placed, (10, 1), (0, 0), quality="合格", file=goods.picture())
    made_url = client.post(address("acceptance-create", placed), data).url
    made = Acceptance.objects.get()
    assert made_url == made.get_absolute_url()
    assert (made.amount, attachments.of(made).count()) == (Decimal(765), 1)
    page = client.get(made_url).content.decode()
    assert all(text in page for text in ("漏气", placed.number, bought.number, "765.00"))
    rest = delivered(placed, (1, 0), (2, 0))
    client.post(address("acceptance-create", placed), rest)
    placed.refresh_from_db()
    assert (placed.state, placed.accepted) == (OrderState.DONE, Decimal(930))
    assert client.post(address("acceptance-create", placed), rest).url == placed.get_absolute_url()
    assert Acceptance.objects.count() == 2


def test_who_accepted_withdraws_and_what_is_void_is_not_added_up(as_person, bought, director):
    placed, keeper = goods.order(bought), goods.part(Role.KEEPER)
    made = goods.delivery(placed)
    client = as_person(keeper)
    page = address("acceptance-withdraw", made)
    assert page in client.get(made.get_absolute_url()).content.decode()
    client.post(page)
    made.refresh_from_db()
    assert made.state == AcceptanceState.VOID
    shown = client.get(made.get_absolute_url()).content.decode()
    assert "已作废" in shown
    assert page not in shown
    again = goods.delivery(placed)
    listed = client.get(address("acceptance-list"))
    assert listed.context["page"].total == 2
    assert [total for _column, total in listed.context["totals"] if total is not None] == [again.amount]
    assert as_person(director).get(page).status_code == 404


def test_what_somebody_else_accepted_meanwhile_is_said(as_person, bought):
    placed = goods.order(bought)
    data = delivered(placed, (10, 0), (1, 0))
    client = as_person(goods.part(Role.KEEPER))
    client.post(address("acceptance-create", placed), data)
    answer = client.post(address("acceptance-create", placed), data, follow=True)
    assert answer.redirect_chain[0][0] == placed.get_absolute_url()
    assert "刚才已被别人" in answer.content.decode()
    assert Acceptance.objects.count() == 1


def test_who_bought_is_not_offered_to_accept(as_person, bought, director):
    placed = goods.order(bought)
    both = cast.person("both", "身兼二职", Role.PURCHASER, Role.KEEPER)
    Order.objects.update(bought_by=both)
    client = as_person(both)
    assert address("acceptance-create", placed) not in client.get(placed.get_absolute_url()).content.decode()
    assert client.post(address("acceptance-create", placed), delivered(placed, (10, 0), (2, 0))).status_code == 302
    assert as_person(director).post(address("acceptance-create", placed), {}).status_code == 403
    assert not Acceptance.objects.exists()


@pytest.mark.requirement("O02")
def test_the_keepers_deputy_accepts_in_his_place(as_person, bought):
    placed, keeper = goods.order(bought), goods.part(Role.KEEPER)
    client = as_person(goods.deputy(keeper, Role.KEEPER))
    client.post(address("acceptance-create", placed), delivered(placed, (10, 0), (2, 0)))
    assert Acceptance.objects.get().on_behalf_of == keeper


def test_the_rest_will_not_come(as_person, bought):
    placed = goods.order(bought)
    client = as_person(placed.bought_by)
    assert client.post(address("order-close", placed), {"reason": ""}).status_code == 200
    client.post(address("order-close", placed), {"reason": "厂家停产"})
    placed.refresh_from_db()
    assert placed.state == OrderState.CLOSED
    assert "足球" in client.get(address("to-buy")).content.decode()


def test_whose_goods_they_are_sees_order_and_acceptance(as_person, bought, teacher, stranger):
    placed = goods.order(bought)
    came = goods.delivery(placed)
    for person, status in ((teacher, 200), (stranger, 404)):
        for paper in (placed, came):
            assert as_person(person).get(paper.get_absolute_url()).status_code == status
    for name in ("to-buy", "order-list", "acceptance-list", "comparison-list", "order-create", "comparison-create"):
        assert as_person(teacher).get(address(name)).status_code == 403


@pytest.mark.requirement("R03")
@pytest.mark.parametrize("name", ["to-buy", "comparison-list", "order-list", "acceptance-list"])
def test_lists_search_export_and_say_what_to_do_first(as_person, principal, bought, name):
    client = as_person(principal)
    goods.order(bought, quantity=1)
    assert client.get(address(name), {"q": "没有这样的东西"}).status_code == 200
    assert client.get(address(name), {"export": "xlsx"}).status_code in {200, 302}


@pytest.mark.requirement("R06")
def test_papers_are_printed_from_what_was_frozen(bought, principal, stranger):
    comparison = goods.compared(bought, [84, 40, 83])
    placed = orders.place_order(
        person=goods.part(Role.PURCHASER),
        supplier=comparison.winner.supplier,
        comparison=comparison,
        lines=[(bought.lines.first(), Decimal(10), Decimal(40))],
    )
    came = goods.delivery(placed, good=9, rejected=1)
    goods.sign_all(came)
    forms = {
        printing.quote_comparison: {"comparison": comparison.pk},
        printing.purchase_order: {"order": placed.pk},
        printing.acceptance: {"acceptance": came.pk},
    }
    before = [form(principal, **given) for form, given in forms.items()]
    bought.lines.update(name="改了名", specification="改了规格")
    placed.supplier.name = "改了名的店"
    placed.supplier.save()
    assert [form(principal, **given) for form, given in forms.items()] == before
    quotes, _order, accepted = before
    assert accepted.copies == ("存根", "财务", "仓库")
    assert {box.name for box in accepted.signatures} >= {"钱保管", "刘采购"}
    assert {box.name for box in quotes.signatures} >= {"组员甲", "组员乙", "刘采购"}
    for form, given in forms.items():
        with pytest.raises(ObjectDoesNotExist):
            form(stranger, **given)


def test_lines_sent_as_untouched_extras_count_all_the_same(as_person, bought):
    """Whoever tampers with the form's own count of lines gets what everybody gets."""
    client = as_person(goods.part(Role.PURCHASER))
    lines = list(bought.lines.all())
    rows = fixed(*((line.pk, {"quantity": line.quantity.normalize()}) for line in lines))
    sent = {"pk": [line.pk for line in lines], "title": "体育用品", "method": "comparison", **rows}
    client.post(address("comparison-create"), {**sent, "lines-INITIAL_FORMS": 0})
    assert sorted(Comparison.objects.get().lines.values_list("quantity", flat=True)) == [2, 10]
