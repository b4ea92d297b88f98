"""The ways a notice goes out, and how far it is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChannelKind(TextChoices):
    EMAIL = "email", _("E-mail")
    WECOM = "wecom", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")


class DeliveryState(TextChoices):
    WAITING = "waiting", pgettext_lazy("message", "waiting")
    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")
