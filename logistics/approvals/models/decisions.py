"""What a meeting decided together (集体决策记录): itself a paper that all present sign."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from logistics.approvals.choices import Presence
from logistics.approvals.models.routes import Route
from logistics.base.history import history
from logistics.school.models import Person


class Decision(models.Model):
    """forms.md, 集体决策记录. ``route`` is the version of the paper discussed; its own route carries who signed."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    route = models.ForeignKey(Route, models.PROTECT, verbose_name=_("paper discussed"), related_name="decisions")
    held_at = models.DateTimeField(_("held on"))
    place = models.CharField(_("held at"), max_length=60)
    chaired_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("chaired by"), related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("recorded by"), related_name="+")
    topic = models.CharField(_("topic"), max_length=200)
    background = models.TextField(_("background"), blank=True)
    opinions = models.TextField(_("minutes: what was said"))
    votes_for = models.PositiveSmallIntegerField(_("in favour"))
    votes_against = models.PositiveSmallIntegerField(_("against"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    passed = models.BooleanField(_("agreed"))
    resolution = models.CharField(_("resolution"), max_length=300)
    responsible = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("carried out by"), null=True, blank=True, related_name="+"
    )
    due = models.DateField(_("carried out by the day"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    history = history()

    class Meta:
        ordering = ["-held_at", "-id"]
        verbose_name = _("collective decision")
        verbose_name_plural = _("collective decisions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=False) | Q(votes_for__gt=F("votes_against") + F("abstentions")),
                name="decision_has_majority",
                violation_error_message=_("Agreed only with more than half of the votes."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("approvals:decision-detail", args=[self.pk])


class Attendance(models.Model):
    """Who was asked to a meeting, and whether he came."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="+")
    presence = models.CharField(_("presence"), max_length=8, choices=Presence.choices, default=Presence.PRESENT)

    history = history()

    class Meta:
        ordering = ["decision", "pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="attends_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_presence_display()}"
