"""Handing one message to the mail server or to a group's robot. What is tried again, and when, is ``services``'."""

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote_plus

from django.core.mail import EmailMessage

from logistics.notices.choices import ChannelKind
from logistics.notices.models import Channel, Delivery

TIMEOUT = 10  # seconds
MOST_ANSWER = 64 * 1024  # bytes of an answer that are read


class SendingFailed(Exception):
    """The message did not arrive; says why, without the robot's address."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot answers itself; whoever sends us on is not a robot."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def send(delivery: Delivery) -> None:
    """Send it once, waiting ``TIMEOUT`` seconds at most. Raises SendingFailed."""
    if delivery.channel.kind == ChannelKind.EMAIL:
        _mail(delivery)
    else:
        _tell_robot(delivery.channel, payload(delivery.channel.kind, delivery.subject, delivery.body))


def payload(kind: str, subject: str, body: str) -> dict[str, Any]:
    """The message in Markdown as WeCom's and DingTalk's robots want it."""
    if kind == ChannelKind.WECOM:
        return {"msgtype": "markdown", "markdown": {"content": f"**{subject}**\n{body}"}}
    return {"msgtype": "markdown", "markdown": {"title": subject, "text": f"### {subject}\n\n{body}"}}


def signed_address(address: str, secret: str, now: float) -> str:
    """DingTalk's address with the time in milliseconds and its HMAC-SHA256 under ``secret``."""
    stamp = str(round(now * 1000))
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def _mail(delivery: Delivery) -> None:
    if delivery.person is None or not delivery.person.email:
        raise SendingFailed("no e-mail address")
    try:
        EmailMessage(delivery.subject, delivery.body, to=[delivery.person.email]).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise SendingFailed(f"{type(error).__name__}: {error}") from error


def _tell_robot(channel: Channel, message: dict[str, Any]) -> None:
    address = channel.address
    if channel.kind == ChannelKind.DINGTALK and channel.secret:
        address = signed_address(address, channel.secret, time.time())
    try:
        request = urllib.request.Request(  # noqa: S310 -- https alone, see Channel.clean
            address, json.dumps(message).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as got:
            answer = json.loads(got.read(MOST_ANSWER))
    except urllib.error.HTTPError as error:
        raise SendingFailed(f"HTTP {error.code}") from error
    except json.JSONDecodeError as error:
        raise SendingFailed("the answer is no JSON") from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise SendingFailed(
            f"{type(reason).__name__}: {getattr(reason, 'strerror', None) or ''}".rstrip(": ")
        ) from error
    except ValueError as error:  # names the address, which is a secret
        raise SendingFailed("the address cannot be used") from error
    if not isinstance(answer, dict) or answer.get("errcode") != 0:
        code, text = (answer.get("errcode"), answer.get("errmsg", "")) if isinstance(answer, dict) else ("?", "")
        raise SendingFailed(f"errcode {code}: {text}")
