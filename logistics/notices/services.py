"""Telling people something: a notice in the app, and a message on every channel in use."""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from logistics.notices.choices import ChannelKind, DeliveryState
from logistics.notices.models import Channel, Delivery, Notice
from logistics.notices.sending import SendingFailed, send
from logistics.notices.tasks import send_due
from logistics.school.models import Person, School
from logistics.school.models.limits import limit

log = logging.getLogger(__name__)

PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
LAST_PAUSE = dt.timedelta(hours=1)  # after the last try: how long its sender has to say what became of it
AT_ONCE = 200  # messages of one run of the worker


@transaction.atomic
def notify(*, people: Iterable[Person], message: str, params: dict[str, Any], url: str) -> None:
    """Tell each of ``people`` once. ``message`` is a message id (``gettext_noop``) with ``%(name)s`` places.

    Called inside the transaction of what happened. What goes out of the house follows its commit; a channel that fails
    never stops the work.
    """
    told = list(dict.fromkeys(people))
    notices = [Notice(person=person, message=message, params=params, url=url) for person in told]
    Notice.objects.bulk_create(notices)
    channels = list(Channel.objects.filter(active=True)) if notices else []
    with translation.override(settings.LANGUAGE_CODE):
        waiting = [row for channel in channels for row in _deliveries(channel, notices)]
    if waiting:
        Delivery.objects.bulk_create(waiting)
        transaction.on_commit(send_due.enqueue, robust=True)


def _deliveries(channel: Channel, notices: Sequence[Notice]) -> list[Delivery]:
    """To each his mail; to a group one message that names no more than the paper and who is asked."""
    where = _link(notices[0].url)
    if channel.kind == ChannelKind.EMAIL:
        return [
            Delivery(
                channel=channel, person=notice.person, subject=_subject(notice.text), body=f"{notice.text}\n\n{where}"
            )
            for notice in notices
            if notice.person.email
        ]
    names = "、".join(notice.person.name for notice in notices)
    paper = str(notices[0].params.get("paper", ""))
    text = _("For %(people)s: please look at %(paper)s.") if paper else _("For %(people)s: there is something new.")
    label = _("Open")
    link = f"\n\n[{label}]({where})" if where.startswith("http") else ""
    body = text % {"people": names, "paper": paper} + link
    return [Delivery(channel=channel, subject=_subject(_("School office")), body=body)]


def _subject(text: str) -> str:
    """One line, as a mail's head wants it."""
    return " ".join(text.split())[:200]


def _link(url: str) -> str:
    """Where the notice leads, from outside; while the school's address is not entered, within the app."""
    return School.current().site_address.rstrip("/") + url


def send_waiting() -> dt.datetime | None:
    """Send what is due; returns when the first of what failed is to be tried again.

    Each row is claimed by moving its next try on, so that of several senders one sends it; a sender that dies leaves it
    to be tried again then. After the last pause it is given up.
    """
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=timezone.now(), channel__active=True)
    again = [_try(row) for row in due.select_related("channel", "person").order_by("pk")[:AT_ONCE]]
    tidy()
    return min(filter(None, again), default=None)


def _try(row: Delivery) -> dt.datetime | None:
    """Claim, send, write down; returns when to try again."""
    now = timezone.now()
    pause = PAUSES[row.attempts] if row.attempts < len(PAUSES) else LAST_PAUSE
    mine = Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING, attempts=row.attempts)
    claimed = mine.filter(next_try_at=row.next_try_at).update(
        attempts=F("attempts") + 1, next_try_at=now + pause, last_error=""
    )
    if not claimed:
        return None  # another sender has it
    mine = Delivery.objects.filter(pk=row.pk, state=DeliveryState.WAITING, attempts=row.attempts + 1)
    try:
        send(row)
    except SendingFailed as error:
        log.warning("notice not sent: delivery %s, try %s", row.pk, row.attempts + 1)
        given_up = row.attempts >= len(PAUSES)
        state = DeliveryState.GIVEN_UP if given_up else DeliveryState.WAITING
        mine.update(state=state, last_error=str(error)[:300])
        return None if given_up else now + pause
    mine.update(state=DeliveryState.SENT, sent_at=timezone.now(), last_error="")
    return None


@transaction.atomic
def try_again(*, delivery: Delivery) -> None:
    """Put a message that failed back to be sent now. Raises ValidationError: it was sent, or is being sent."""
    failed = ~Q(last_error="") & ~Q(state=DeliveryState.SENT)  # without an error a sender may have it in hand
    changed = Delivery.objects.filter(failed, pk=delivery.pk)
    if not changed.update(state=DeliveryState.WAITING, attempts=0, next_try_at=timezone.now()):
        raise ValidationError(_("This message was sent, or is being sent just now."))
    transaction.on_commit(send_due.enqueue, robust=True)


@transaction.atomic
def send_trial(*, person: Person, channel: Channel) -> Delivery:
    """Send a trial message: by e-mail to ``person``, else to the group. Raises ValidationError: off, or no address."""
    if not channel.active:
        raise ValidationError(_("This channel is switched off."))
    by_mail = channel.kind == ChannelKind.EMAIL
    if by_mail and not person.email:
        raise ValidationError(_("No e-mail address of yours is entered."))
    delivery = Delivery.objects.create(
        channel=channel,
        person=person if by_mail else None,
        subject=_("School office: trial message"),
        body=_("If you read this, messages arrive here."),
    )
    transaction.on_commit(send_due.enqueue, robust=True)
    return delivery


def tidy() -> None:
    """Drop notices that were read and messages that were sent longer ago than they are kept."""
    until = timezone.now() - dt.timedelta(days=int(limit("notices.kept_days")))
    Notice.objects.filter(read_at__lt=until).delete()
    Delivery.objects.filter(Q(state=DeliveryState.SENT), sent_at__lt=until).delete()
