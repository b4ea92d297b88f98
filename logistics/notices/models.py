"""What people are told, the ways out of the house, and what went out on them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from logistics.base.history import history
from logistics.notices.choices import ChannelKind, DeliveryState
from logistics.school.models import Person


class Notice(models.Model):
    """One thing one person is told. ``message`` is an English message id, so that it reads in the reader's language."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    message = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        default_permissions = ()
        indexes = [models.Index(fields=["person", "read_at", "-made_at"])]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return str(gettext(self.message) % self.params)


class Channel(models.Model):
    """A way out of the house: the school's mail server, or the robot of a group. Its address is a secret."""

    kind = models.CharField(_("kind"), max_length=10, choices=ChannelKind.choices)
    name = models.CharField(_("name"), max_length=40)
    address = models.URLField(_("webhook address"), max_length=300, blank=True)
    secret = models.CharField(_("signing secret"), max_length=120, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    history = history(excluded_fields=["address", "secret"])

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        permissions = [("manage_channels", "Set the ways in which notices go out")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ChannelKind.EMAIL) | ~Q(address=""),
                name="robot_has_address",
                violation_error_message=_("A group robot needs its webhook address."),
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=ChannelKind.EMAIL), name="one_mail_channel"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError where a robot's address does not go over https."""
        super().clean()
        if self.address and not self.address.startswith("https://"):
            raise ValidationError({"address": _("The address of a robot begins with https://.")})


class Delivery(models.Model):
    """One message on its way out, with what became of it; failed ones are tried again from this table."""

    channel = models.ForeignKey(Channel, models.PROTECT, verbose_name=_("channel"), related_name="deliveries")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=pgettext_lazy("message", "to"), null=True, related_name="+"
    )
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    last_error = models.CharField(_("what went wrong"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = _("message sent out")
        verbose_name_plural = _("messages sent out")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["next_try_at"], condition=Q(state="waiting"), name="delivery_due")]

    def __str__(self) -> str:
        return self.subject

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.subject = self.subject[:200]
        super().save(*args, **kwargs)
