"""Notices go out on every channel, are tried again, and never stop the work."""

import base64
import datetime as dt
import hashlib
import hmac
import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from logistics.notices import sending
from logistics.notices.choices import ChannelKind, DeliveryState
from logistics.notices.models import Channel, Delivery, Notice
from logistics.notices.services import PAUSES, notify, send_trial, send_waiting, tidy, try_again
from logistics.school.models import School
from tests import cast
from tests.notices.robot import robot

pytestmark = pytest.mark.requirement("R06")

SAID = "%(paper)s was returned by %(person)s: %(note)s"
PARAMS = {"paper": "申购单2026-001", "person": "周国强", "note": "请补规格"}


@pytest.fixture
def told(teacher, monkeypatch):
    """Tell the teacher something; what goes out is sent when ``send_waiting`` is called."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    cast.school()
    School.objects.update(site_address="https://zongwu.example.cn/")
    teacher.email = "teacher@example.cn"
    teacher.save()
    return lambda: notify(people=[teacher, teacher], message=SAID, params=PARAMS, url="/finance/purchases/1/")


def channel(kind, address="", **fields):
    return Channel.objects.create(kind=kind, name="总务群", address=address, **fields)


def dead_address():
    """Where nobody listens any more."""
    with robot() as gone:
        return gone.address


def test_each_is_told_once_and_nothing_goes_out_without_a_channel(told):
    told()
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_mail_goes_to_who_has_an_address(told, teacher, stranger, mailoutbox):
    channel(ChannelKind.EMAIL)
    notify(people=[teacher, stranger], message=SAID, params=PARAMS, url="/x/")
    send_waiting()
    [mail] = mailoutbox
    assert mail.to == ["teacher@example.cn"]
    assert "申购单2026-001" in mail.subject
    assert "https://zongwu.example.cn/x/" in mail.body
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_it_follows_the_commit(told, mailoutbox, django_capture_on_commit_callbacks):
    channel(ChannelKind.EMAIL)
    with django_capture_on_commit_callbacks(execute=True):
        told()
        assert not mailoutbox
    assert len(mailoutbox) == 1


def test_what_is_rolled_back_is_not_told(told, mailoutbox):
    channel(ChannelKind.EMAIL)
    with transaction.atomic():
        told()
        transaction.set_rollback(True)
    send_waiting()
    assert not mailoutbox
    assert not Notice.objects.exists()


def test_wecom_gets_markdown_that_names_paper_and_person_alone(told):
    with robot() as group:
        channel(ChannelKind.WECOM, group.address)
        told()
        send_waiting()
    [(path, message)] = group.told
    assert path == "/send?key=secretkey"
    assert message["msgtype"] == "markdown"
    text = message["markdown"]["content"]
    assert "申购单2026-001" in text
    assert "郑小燕" in text
    assert "https://zongwu.example.cn/finance/purchases/1/" in text
    assert "请补规格" not in text
    assert "周国强" not in text


def test_dingtalk_gets_markdown_and_a_signature_that_holds(told):
    with robot() as group:
        channel(ChannelKind.DINGTALK, group.address, secret="SECabc")
        told()
        send_waiting()
    [(path, message)] = group.told
    assert set(message["markdown"]) == {"title", "text"}
    asked = parse_qs(urlsplit(path).query)
    [stamp], [sign] = asked["timestamp"], asked["sign"]
    assert abs(int(stamp) / 1000 - time.time()) < 60
    wanted = hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign) == wanted


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "errcode 93000: invalid webhook url"),
        (200, b"<html>", "the answer is no JSON"),
        (200, b"[]", "errcode ?: "),
        (500, b"", "HTTP 500"),
        (302, b"", "HTTP 302"),
    ],
)
def test_a_robot_that_refuses_is_tried_again(told, status, answer, error):
    with robot() as group:
        group.status, group.answer = status, answer
        channel(ChannelKind.WECOM, group.address)
        told()
        again = send_waiting()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.last_error) == (DeliveryState.WAITING, 1, error)
    assert row.next_try_at == again
    assert len(group.told) == 1
    assert "secretkey" not in row.last_error


def test_a_silent_robot_is_left_after_a_while(told, monkeypatch):
    monkeypatch.setattr(sending, "TIMEOUT", 0.1)
    with robot() as group:
        group.gate.clear()
        channel(ChannelKind.WECOM, group.address)
        told()
        assert send_waiting()
    assert Delivery.objects.get().last_error


def test_a_refused_connection_is_tried_again_and_then_arrives(told):
    group = channel(ChannelKind.WECOM, dead_address())
    told()
    again = send_waiting()
    assert Delivery.objects.get().last_error
    assert send_waiting() is None  # not due yet
    assert Delivery.objects.get().attempts == 1
    with robot() as alive, time_machine.travel(again + dt.timedelta(seconds=1), tick=False):
        Channel.objects.filter(pk=group.pk).update(address=alive.address)
        assert send_waiting() is None
    assert len(alive.told) == 1
    row = Delivery.objects.get()
    assert (row.state, row.last_error) == (DeliveryState.SENT, "")


def test_after_the_last_pause_it_is_given_up_until_somebody_asks(told):
    channel(ChannelKind.WECOM, dead_address())
    told()
    now = timezone.now()
    for pause in (*PAUSES, None):
        with time_machine.travel(now, tick=False):
            assert send_waiting() == (now + pause if pause else None)
        now += (pause or dt.timedelta()) + dt.timedelta(seconds=1)
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (DeliveryState.GIVEN_UP, len(PAUSES) + 1)
    try_again(delivery=row)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (DeliveryState.WAITING, 0)


def test_what_was_sent_is_not_sent_again(told, mailoutbox):
    channel(ChannelKind.EMAIL)
    told()
    send_waiting()
    with pytest.raises(ValidationError):
        try_again(delivery=Delivery.objects.get())
    send_waiting()
    assert len(mailoutbox) == 1


def test_a_channel_that_is_off_sends_nothing(told, teacher):
    off = channel(ChannelKind.EMAIL, active=False)
    told()
    assert not Delivery.objects.exists()
    with pytest.raises(ValidationError):
        send_trial(person=teacher, channel=off)


def test_what_was_read_or_sent_long_ago_goes(told, teacher):
    channel(ChannelKind.EMAIL)
    told()
    told()
    send_waiting()
    long_ago = timezone.now() - dt.timedelta(days=181)
    Delivery.objects.filter(pk=Delivery.objects.first().pk).update(sent_at=long_ago)
    Notice.objects.filter(pk=Notice.objects.first().pk).update(read_at=long_ago)
    Notice.objects.update(made_at=long_ago)
    tidy()
    assert Delivery.objects.count() == Notice.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_senders_one_sends(told):
    if connection.vendor != "postgresql":
        pytest.skip("a database in memory has one connection")
    with robot() as group:
        group.gate.clear()
        channel(ChannelKind.WECOM, group.address)
        told_rows = Delivery.objects.bulk_create(
            [Delivery(channel=Channel.objects.get(), subject=str(n), body="") for n in range(6)]
        )

        def work():
            try:
                send_waiting()
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        time.sleep(0.3)  # both have looked at the table by now
        group.gate.set()
        for worker in workers:
            worker.join()
    assert sorted(message["markdown"]["content"] for _, message in group.told) == [
        f"**{row.subject}**\n" for row in told_rows
    ]
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.SENT, 1)}
