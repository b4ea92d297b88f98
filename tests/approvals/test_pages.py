"""The pages of signing and of rules: who is asked, who is not, several at once, trying a rule before it is saved."""

import base64
import io
import struct
import zlib

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from finance.choices import PurchaseState
from finance.queries.purchases import KIND, route_of
from finance.services import purchases
from logistics.approvals.choices import Verdict
from logistics.approvals.models import Drawing, Route, Rule, Signature
from logistics.approvals.rules import Refused, open_step
from logistics.approvals.services.drawings import cleaned, drop_drawing, keep_drawing, kept_drawing
from logistics.approvals.services.routes import sign
from logistics.school.choices import Role
from tests import cast
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F02", "R01")]


def drawn(width=300, height=100, line=True) -> str:
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    if line:
        ImageDraw.Draw(image).line((20, 20, width - 20, height - 20), fill=(0, 0, 200, 255), width=5)
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def made(teacher):
    papers.signer(Role.LEADER)
    return papers.submitted(teacher)


def address(made) -> str:
    return route_of(made).get_absolute_url()


def post(client, made, **data):
    return client.post(address(made), {"seen": route_of(made).facts_hash, **data}, follow=True)


def test_the_card_and_a_signature_with_a_drawing(as_person, made):
    client = as_person(papers.signer(Role.LEADER))
    page = client.get(address(made)).content.decode()
    for said in ("220.00", "贰佰贰拾元整", "A4复印纸", 'value="approve"', 'value="return"', 'value="meeting"'):
        assert said in page
    post(client, made, verdict="approve", drawing=drawn(), keep="on")
    signature = Signature.objects.get()
    assert signature.drawing == kept_drawing(papers.signer(Role.LEADER))
    assert client.get(f"/approvals/drawing/{signature.drawing_id}/")["Content-Type"] == "image/png"


def test_a_return_without_a_reason_keeps_what_was_typed(as_person, made):
    client = as_person(papers.signer(Role.LEADER))
    answer = post(client, made, verdict="return", note="")
    assert "请写明原因" in answer.content.decode()
    answer = post(client, made, verdict="approve", note="改得好", seen="0" * 64)
    assert "改得好" in answer.content.decode()
    assert not Signature.objects.exists()
    post(client, made, verdict="return", note="数量太多")
    made.refresh_from_db()
    assert made.state == PurchaseState.RETURNED


def test_a_page_of_a_place_signed_meanwhile_signs_no_other(as_person, made):
    """Who holds two roles is told, and sees in which of them he is asked now."""
    both = cast.person("both", "双角色", Role.LEADER, Role.DIRECTOR)
    client = as_person(both)
    page = client.get(address(made))
    assert page.content.decode().count('name="at"') == 1
    shown = page.context["form"].initial
    papers.sign(made, papers.signer(Role.LEADER))
    answer = client.post(address(made), {**shown, "use_kept": "", "verdict": "approve"}, follow=True)
    assert "这一步刚有人签过" in answer.content.decode()
    assert not Signature.objects.filter(person=both).exists()
    again = client.get(address(made)).context["form"].initial
    client.post(address(made), {**again, "use_kept": "", "verdict": "approve"})
    assert Signature.objects.get(person=both).step.role == Role.DIRECTOR


def test_who_was_asked_still_reads_what_went_back_and_who_never_was_does_not(as_person, made):
    director = cast.person("next_one", "后一位", Role.DIRECTOR)
    assert Route.objects.concerning(director).exists()  # it will come to him
    route = address(made)
    purchases.withdraw(person=made.applicant, purchase=made)
    assert as_person(papers.signer(Role.LEADER)).get(route).status_code == 200
    assert not Route.objects.concerning(director).exists()


def test_who_is_not_asked_sees_and_signs_nothing(as_person, made, stranger):
    client = as_person(stranger)
    assert client.get(address(made)).status_code == 404
    assert post(client, made, verdict="approve").status_code == 404
    client = as_person(made.applicant)
    assert 'name="verdict"' not in client.get(address(made)).content.decode()
    assert "自己的单据不能自己签" in post(client, made, verdict="approve").content.decode()
    client = as_person(papers.signer(Role.PRINCIPAL))  # not yet his turn
    post(client, made, verdict="approve")
    assert not Signature.objects.exists()


def test_several_at_once_are_those_their_rule_lets(as_person, teacher, stranger):
    leader = papers.signer(Role.LEADER)
    small = [papers.submitted(who) for who in (teacher, stranger)]
    large = papers.submitted(cast.person("large", "申大额"), [("打印机", 4, "1500.00")])
    client = as_person(leader)
    asked = [route_of(each).pk for each in (*small, large)]
    page = client.get("/approvals/together/", {"pk": asked}).content.decode()
    assert page.count('name="seen-') == page.count('name="at-') == 2
    shown = as_shown(*small, large)
    client.post("/approvals/together/", {"pk": asked, **shown})
    assert Signature.objects.count() == 2
    assert not Signature.objects.filter(route=route_of(large)).exists()


def as_shown(*papers_shown) -> dict[str, object]:
    """What the page of several carries: hash and step of each as they are now."""
    sent: dict[str, object] = {}
    for route in map(route_of, papers_shown):
        sent |= {f"seen-{route.pk}": route.facts_hash, f"at-{route.pk}": open_step(route).pk}
    return sent


def test_several_at_once_are_signed_in_the_place_that_was_shown(as_person, teacher):
    """Who is leader and director too, and comes second as leader, does not sign as director unseen."""
    both = cast.person("both", "兼两职", Role.LEADER, Role.DIRECTOR)
    small = papers.submitted(teacher)
    shown = as_shown(small)
    route = route_of(small)
    sign(person=papers.signer(Role.LEADER), route=route, verdict=Verdict.APPROVE, seen=route.facts_hash)
    answer = as_person(both).post("/approvals/together/", {"pk": [route.pk], **shown}, follow=True)
    assert "这一步刚有人签过" in answer.content.decode()
    assert Signature.objects.count() == 1


def claiming(width: int, height: int) -> str:
    """A few bytes that claim to be a picture of that size."""
    png = bytearray(base64.b64decode(drawn(1, 1, line=False).partition(",")[2]))
    png[16:24] = struct.pack(">II", width, height)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    return "data:image/png;base64," + base64.b64encode(png).decode()


@pytest.mark.parametrize(
    "data",
    [
        "",
        "data:image/png;base64,AAAA",
        "data:image/svg+xml;base64,PHN2Zy8+",
        drawn(line=False),
        drawn(2000, 1500),
        claiming(60_000, 60_000),
    ],
)
def test_only_a_drawn_signature_is_kept(data):
    with pytest.raises(Refused):
        cleaned(data)


def test_a_kept_drawing_is_dropped(teacher):
    keep_drawing(person=teacher, data_url=drawn(), keep=True)
    assert kept_drawing(teacher)
    drop_drawing(person=teacher)
    assert kept_drawing(teacher) is None
    assert Drawing.objects.filter(person=teacher).exists()


def rule_form(**data):
    steps = {"steps-TOTAL_FORMS": 2, "steps-INITIAL_FORMS": 0, "steps-0-role": "director", "steps-1-role": "principal"}
    return {
        "name": "小额办公用品",
        "category": "office",
        "amount_from": "0",
        "amount_below": "300",
        "demand_quotes": "0",
        "demand_method": "direct",
        "in_force_from": timezone.localdate().isoformat(),
        "source": "校务会纪要",
        **steps,
        **data,
    }


def test_a_rule_is_tried_before_it_is_saved(as_person, director):
    client = as_person(director)
    count = Rule.objects.count()
    tried = {"try": "1", "try-amount": "100", "try-category": "office", "try-funds": "public"}
    page = client.post(f"/approvals/rules/new/{KIND}/", rule_form(**tried)).content.decode()
    assert "轮不到这一条" in page  # it comes last in order, another fits first
    assert Rule.objects.count() == count
    client.post(f"/approvals/rules/new/{KIND}/", rule_form())
    made = Rule.objects.get(name="小额办公用品")
    assert [step.role for step in made.steps.order_by("position")] == [Role.DIRECTOR, Role.PRINCIPAL]
    page = client.get("/approvals/rules/", {"kind": KIND, "try-amount": "6000", "try-category": "office"})
    assert "5000" in page.content.decode()


def test_rules_are_for_general_affairs(as_person, teacher):
    client = as_person(teacher)
    assert client.get("/approvals/rules/").status_code == 403
    assert client.post(f"/approvals/rules/new/{KIND}/", rule_form()).status_code == 403
    assert not Rule.objects.filter(name="小额办公用品").exists()
