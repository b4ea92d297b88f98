"""Addresses under which a phone's calendar reads tasks."""

import secrets

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.school.models import Person


def new_secret() -> str:
    """A word nobody guesses: 32 random bytes."""
    return secrets.token_urlsafe(32)


class Feed(models.Model):
    """One person's feed, or the school's (without a person). Who knows the secret reads it; it can be renewed."""

    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name=_("person"), null=True, related_name="+", editable=False
    )
    secret = models.CharField(max_length=60, unique=True, default=new_secret, editable=False)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(person__isnull=True), name="feed_one_for_the_school"
            )
        ]

    def __str__(self) -> str:
        return str(self.person or _("the school"))

    def get_absolute_url(self) -> str:
        return reverse("workcalendar:feed", args=[self.secret])
