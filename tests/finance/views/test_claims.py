"""Pages of reimbursement and payment: the way from the order to the paid claim, every refusal, and who sees what."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils import timezone

from finance import printing
from finance.choices import ClaimState
from finance.models import Claim, Invoice, Payment
from finance.services import claims
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Route
from logistics.approvals.rules import open_step
from logistics.approvals.services import routes
from logistics.records import attachments
from logistics.school.choices import Role
from tests import cast
from tests.finance import goods, papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F05", "F08")]
NUMBER = "26332000000000000001"


@pytest.fixture
def delivered(teacher):
    """An order of ¥850, all of it accepted."""
    order = goods.order(papers.request(teacher, [("足球", 10, "85.00")], approved=True))
    goods.delivery(order)
    order.refresh_from_db()
    return order


@pytest.fixture
def buyer(delivered):
    return delivered.bought_by


@pytest.fixture
def draft(delivered):
    return goods.claim(delivered, ["800.00"], submitted=False)


@pytest.fixture
def signed(draft):
    claims.submit(person=draft.claimant, claim=draft)
    goods.sign_all(draft)
    return draft


def address(name, *args):
    return reverse(f"finance:{name}", args=args)


def invoice(**fields):
    day = timezone.localdate().isoformat()
    return {"number": NUMBER, "day": day, "amount": "850.00", "seller": "体育用品店", "file": goods.picture(), **fields}


def paying(amount, seen="0.00", **fields):
    day = timezone.localdate().isoformat()
    return {"amount": amount, "day": day, "method": "transfer", "seen": seen, **fields}


def said(answer) -> str:
    return answer.content.decode()


def test_from_the_order_to_the_handed_in_claim(as_person, delivered, buyer):
    client = as_person(buyer)
    assert delivered.number in said(client.get(address("my-claims")))
    begin = f"{address('claim-create')}?order={delivered.pk}"
    assert "850.00" in said(client.get(begin))
    client.post(begin, {"purpose": "足球购置", "payee": "体育用品店"})
    made = Claim.objects.get()
    client.post(address("invoice-create", made.pk), invoice(number="2633 2000 0000 0000 0001"))
    assert Invoice.objects.get().number == NUMBER  # half width, without spaces
    page = said(client.get(made.get_absolute_url()))
    for text in (NUMBER, "850.00", "捌佰伍拾元整"):
        assert text in page
    assert delivered.number not in said(client.get(address("my-claims"))).partition("<main")[2].partition("<table")[0]
    client.post(address("claim-submit", made.pk))
    made.refresh_from_db()
    assert made.state == ClaimState.RUNNING


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"number": "123"}, "20 位"),
        ({"number": "12345678", "code": ""}, "10 位或 12 位"),
        ({"amount": "0"}, "0"),
        ({"amount": "-5"}, "0"),
        ({"day": "2099-01-01"}, "还没到"),
        ({"file": ""}, "请填写这一项。"),
    ],
)
def test_an_invoice_that_cannot_be_is_refused_and_comes_back(as_person, delivered, buyer, fields, told):
    made = goods.claim(delivered, ["1.00"], submitted=False)
    answer = as_person(buyer).post(address("invoice-create", made.pk), invoice(**fields))
    assert answer.status_code == 200
    assert told in said(answer)
    assert "体育用品店" in said(answer)
    assert Invoice.objects.count() == 1


def test_the_same_invoice_or_file_is_refused_with_the_claim_it_stands_on(as_person, delivered, buyer, draft):
    other = goods.claim(delivered, ["1.00"], submitted=False)
    taken, file = draft.invoices.get(), goods.picture(7)
    client = as_person(buyer)
    answer = client.post(address("invoice-create", other.pk), invoice(number=taken.number))
    assert draft.number in said(answer)
    client.post(address("invoice-create", draft.pk), invoice(file=file, amount="10.00"))
    again = goods.picture(7)
    answer = client.post(address("invoice-create", other.pk), invoice(number="26332000000000000002", file=again))
    assert draft.number in said(answer)
    assert other.invoices.count() == 1


def test_what_is_handed_in_is_not_changed(as_person, buyer, signed):
    client = as_person(buyer)
    row = signed.invoices.get()
    client.post(address("invoice-create", signed.pk), invoice(amount="1.00"))
    client.post(address("invoice-update", signed.pk, row.pk), invoice(amount="1.00"))
    client.post(address("invoice-remove", signed.pk, row.pk))
    client.post(address("claim-update", signed.pk), {"purpose": "别的", "payee": "别人"})
    client.post(address("claim-give-up", signed.pk))
    signed.refresh_from_db()
    assert (signed.state, signed.amount, signed.purpose) == (ClaimState.APPROVED, Decimal(800), "购置用品")
    assert signed.invoices.get().amount == 800


def test_more_than_was_accepted_or_without_an_invoice_is_not_handed_in(as_person, delivered, buyer, draft):
    goods.invoice(draft, "50.01")
    client = as_person(buyer)
    assert "850.00" in said(client.post(address("claim-submit", draft.pk)))
    empty = goods.claim(delivered, ["1.00"], submitted=False)
    client.post(address("invoice-remove", empty.pk, empty.invoices.get().pk))
    assert "发票" in said(client.post(address("claim-submit", empty.pk)))
    assert not Route.objects.of(draft).exists()
    assert not Route.objects.of(empty).exists()


def test_somebody_elses_claim_is_not_there(as_person, stranger, teacher, draft):
    row = draft.invoices.get()
    second = cast.person("buys_too", "王采购", Role.PURCHASER)
    for person, expected in ((stranger, {403, 404}), (teacher, {403, 404}), (second, {404})):
        client = as_person(person)
        for name, args in (
            ("claim-update", [draft.pk]),
            ("claim-submit", [draft.pk]),
            ("claim-give-up", [draft.pk]),
            ("claim-take-back", [draft.pk]),
            ("invoice-create", [draft.pk]),
            ("invoice-remove", [draft.pk, row.pk]),
        ):
            assert client.post(address(name, *args)).status_code in expected
    assert as_person(stranger).get(draft.get_absolute_url()).status_code == 404


def test_the_picture_of_an_invoice_is_for_who_sees_the_claim(as_person, client, stranger, delivered, buyer):
    made = goods.claim(delivered, ["1.00"], submitted=False)
    as_person(buyer).post(address("invoice-create", made.pk), invoice(amount="2.00"))
    row = made.invoices.order_by("pk").last()
    file = address("invoice-file", made.pk, row.pk, attachments.of(row).get().pk)
    assert as_person(buyer).get(file).status_code == 200
    assert as_person(stranger).get(file).status_code == 404
    client.logout()
    assert "/login/" in client.get(file).url


def test_withdrawn_given_up_and_taken_back(as_person, buyer, draft):
    client = as_person(buyer)
    client.post(address("claim-submit", draft.pk))
    client.post(address("claim-withdraw", draft.pk))
    draft.refresh_from_db()
    assert draft.state == ClaimState.WITHDRAWN
    client.post(address("claim-submit", draft.pk))
    goods.sign_all(draft)
    assert address("claim-take-back", draft.pk) in said(client.get(draft.get_absolute_url()))
    client.post(address("claim-take-back", draft.pk))
    draft.refresh_from_db()
    assert draft.state == ClaimState.WITHDRAWN
    client.post(address("claim-give-up", draft.pk))
    assert Invoice.objects.get().void


def test_paying_in_parts_and_taking_a_payment_back(as_person, buyer, signed):
    client = as_person(goods.part(Role.CASHIER))
    assert signed.number in said(client.get(address("to-pay")))
    pay = address("pay", signed.pk)
    answer = client.post(pay, paying("800.01"))
    assert "800.00" in said(answer)
    assert "800.01" in said(answer)  # what was typed is there
    client.post(pay, paying("300.00", voucher="凭7"))
    again = client.post(pay, paying("300.00", voucher="凭7"), follow=True)  # the same form once more
    assert "已付 300.00 元" in said(again)
    assert again.redirect_chain[-1][0] == signed.get_absolute_url()
    client.post(pay, paying("500.00", seen="300.00"))
    assert client.post(pay, paying("500.00", seen="800.00")).status_code == 200
    assert Payment.objects.count() == 2
    first = Payment.objects.order_by("pk").first()
    undo = address("payment-reverse", first.pk)
    assert undo in said(client.get(first.get_absolute_url()))
    assert client.post(undo, {"reason": ""}).status_code == 200
    client.post(undo, {"reason": "银行退回"})
    assert Payment.objects.count() == 3
    assert undo not in said(client.get(first.get_absolute_url()))
    assert "已冲销" in said(client.get(first.get_absolute_url()))
    signed.refresh_from_db()
    assert (signed.state, signed.paid) == (ClaimState.APPROVED, Decimal(500))
    assert as_person(buyer).post(undo, {"reason": "退"}).status_code == 403


def test_who_claimed_or_signed_is_refused_on_the_page_of_payment(as_person, delivered):
    both = cast.person("claims_and_pays", "兼两职", Role.PURCHASER, Role.CASHIER)
    signs = cast.person("signs_and_pays", "又签又付", Role.BOOKKEEPER, Role.CASHIER)
    claim = goods.claim(delivered, ["800.00"])
    route = Route.objects.of(claim).get()
    while step := open_step(route):
        person = signs if step.role == Role.BOOKKEEPER else goods.part(step.role)
        routes.sign(person=person, route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    data = paying("1.00")
    assert "签过" in said(as_person(signs).post(address("pay", claim.pk), data))
    claim.refresh_from_db()
    Claim.objects.filter(pk=claim.pk).update(claimant=both)
    assert "自己的" in said(as_person(both).post(address("pay", claim.pk), data))
    assert not Payment.objects.exists()


def test_the_claim_is_printed_from_what_was_signed(signed, principal, stranger):
    paper = printing.reimbursement(principal, claim=signed.pk)
    Claim.objects.update(purpose="改过的")
    again = printing.reimbursement(principal, claim=signed.pk)
    assert paper == again
    assert "购置用品" in " ".join(fact.text for fact in paper.facts)
    with pytest.raises(ObjectDoesNotExist):
        printing.reimbursement(stranger, claim=signed.pk)


def test_lists_go_to_excel_and_formulas_stay_text(as_person, principal, signed):
    Claim.objects.update(payee="=HYPERLINK(1)", purpose="@购置")
    goods.paid(signed)
    client = as_person(principal)
    for name in ("claim-list", "payment-list"):
        assert signed.number in said(client.get(address(name), {"q": signed.number}))
        assert signed.number not in said(client.get(address(name), {"q": "查无此物"}))
        content = io.BytesIO(client.get(address(name), {"export": "xlsx"}).getvalue())
        cells = [cell for row in openpyxl.load_workbook(content).active.iter_rows(min_row=2) for cell in row]
        assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
        assert not any(cell.data_type == "f" for cell in cells)
