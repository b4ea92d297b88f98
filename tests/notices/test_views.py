"""The pages of notices and of their ways out."""

import pytest
from django.urls import reverse

from logistics.notices.choices import ChannelKind, DeliveryState
from logistics.notices.duties import waiting_for
from logistics.notices.forms import is_inside
from logistics.notices.models import Channel, Delivery, Notice
from logistics.school.models import Person
from tests import cast

pytestmark = pytest.mark.requirement("R06")

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=very-secret-9f3a"


@pytest.fixture
def notice(teacher) -> Notice:
    return Notice.objects.create(person=teacher, message="%(paper)s is approved", params={"paper": "SG-1"}, url="/")


def test_opening_a_notice_marks_it_read(as_person, teacher, notice):
    client = as_person(teacher)
    assert "SG-1" in client.get(reverse("notices:notice-list")).content.decode()
    assert client.get(reverse("notices:notice", args=[notice.pk])).url == "/"
    notice.refresh_from_db()
    assert notice.read_at


def test_a_notice_leads_out_of_the_house_never(as_person, teacher, notice):
    Notice.objects.update(url="https://elsewhere.example.com/")
    answer = as_person(teacher).get(reverse("notices:notice", args=[notice.pk]))
    assert answer.url == reverse("notices:notice-list")


def test_nobody_opens_anothers(as_person, stranger, notice):
    client = as_person(stranger)
    assert client.get(reverse("notices:notice", args=[notice.pk])).status_code == 404
    client.post(reverse("notices:notices-read"))
    assert Notice.objects.filter(read_at=None).exists()


def test_the_header_counts_and_all_are_marked_at_once(as_person, teacher, notice):
    client = as_person(teacher)
    assert client.get("/").context["now"].unread == 1
    client.post(reverse("notices:notices-read"))
    assert client.get("/").context["now"].unread == 0


def entered(client, **fields):
    data = {"kind": ChannelKind.WECOM, "name": "总务群", "new_address": ADDRESS, "active": "on", **fields}
    return client.post(reverse("notices:channel-create"), data)


def test_an_address_is_kept_and_not_shown_again(as_person, keeper_of_channels):
    client = as_person(keeper_of_channels)
    assert entered(client).status_code == 302
    kept = Channel.objects.get()
    assert kept.address == ADDRESS
    address = reverse("notices:channel-update", args=[kept.pk])
    page = client.get(address).content.decode()
    assert "9f3a" in page
    assert "very-secret" not in page
    client.post(address, {"kind": ChannelKind.WECOM, "name": "大群", "new_address": ""})
    kept.refresh_from_db()
    assert (kept.name, kept.address, kept.active) == ("大群", ADDRESS, False)
    assert not any("very-secret" in str(row.__dict__) for row in Channel.history.all())


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://qyapi.weixin.qq.com/x",
        "https://127.0.0.1/x",
        "https://192.168.1.8/x",
        "https://[::1]/x",
        "https://localhost/x",
    ],
)
def test_an_address_inside_or_in_the_clear_is_refused(as_person, keeper_of_channels, address):
    assert entered(as_person(keeper_of_channels), new_address=address).status_code == 200
    assert not Channel.objects.exists()


def test_which_hosts_are_inside():
    assert is_inside("10.0.0.1")
    assert not is_inside("oapi.dingtalk.com")
    assert not is_inside("8.8.8.8")


def test_a_trial_goes_out_and_shows(as_person, keeper_of_channels, mailoutbox, django_capture_on_commit_callbacks):
    Person.objects.filter(pk=keeper_of_channels.pk).update(email="a@example.cn")
    mail = Channel.objects.create(kind=ChannelKind.EMAIL, name="学校邮箱")
    client = as_person(keeper_of_channels)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("notices:channel-trial", args=[mail.pk]))
    assert len(mailoutbox) == 1
    assert "学校邮箱" in client.get(reverse("notices:delivery-list")).content.decode()


def test_what_was_given_up_waits_for_who_keeps_the_channels(as_person, keeper_of_channels, teacher):
    mail = Channel.objects.create(kind=ChannelKind.EMAIL, name="学校邮箱")
    row = Delivery.objects.create(
        channel=mail, subject="x", body="", state=DeliveryState.GIVEN_UP, attempts=6, last_error="refused"
    )
    assert len(list(waiting_for(keeper_of_channels))) == 1
    assert not list(waiting_for(teacher))
    as_person(keeper_of_channels).post(reverse("notices:delivery-again", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == DeliveryState.WAITING


@pytest.fixture
def keeper_of_channels(db) -> Person:
    return cast.director()
