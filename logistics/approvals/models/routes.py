"""The way of one version of one paper: its steps, copied when it started, and the signatures. Nothing is edited."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from logistics.approvals.choices import TONES, MeetingState, RouteState, StepState, Verdict
from logistics.approvals.kinds import PaperKind, kinds
from logistics.approvals.models.rules import Rule
from logistics.base.fields import MoneyField
from logistics.base.history import history
from logistics.base.sealed import Sealed
from logistics.school.choices import Role
from logistics.school.models import Department, Person


class RouteQuerySet(models.QuerySet["Route"]):
    def of(self, paper: models.Model) -> "RouteQuerySet":
        """Every version of a paper, the latest first."""
        kind = ContentType.objects.get_for_model(paper)
        return self.filter(content_type=kind, object_id=paper.pk).order_by("-version", "-pk")

    def waiting_for(self, person: Person) -> "RouteQuerySet":
        """What this person may sign now: in his own right or as a deputy, never his own paper, once on each."""
        asked = Q(role__in=person.roles_today, role__gt="") | Q(people=person)
        open_steps = Step.objects.filter(asked, route=OuterRef("pk"), state=StepState.OPEN)
        signed = Signature.objects.filter(route=OuterRef("pk"), person=person, verdict=Verdict.APPROVE)
        return self.filter(Exists(open_steps), ~Exists(signed), state=RouteState.RUNNING).exclude(applicant=person)

    def concerning(self, person: Person) -> "RouteQuerySet":
        """What this person signs, will sign, signed, or was asked to sign before it went back."""
        asked = Q(role__in=person.roles_today, role__gt="") | Q(people=person)
        steps = Step.objects.filter(asked).exclude(state=StepState.VOID, asked_at=None).order_by()
        signed = Signature.objects.filter(person=person).order_by()
        return self.filter(Q(pk__in=steps.values("route")) | Q(pk__in=signed.values("route")))


class Route(models.Model):
    """One version of a paper on its way. ``facts`` is what is signed, frozen; ``facts_hash`` its SHA-256."""

    kind = models.CharField(_("kind"), max_length=40)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    paper = GenericForeignKey("content_type", "object_id")
    version = models.PositiveSmallIntegerField(_("version"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("subject"), max_length=200)
    applicant = models.ForeignKey(Person, models.PROTECT, verbose_name=_("applicant"), related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, related_name="+"
    )
    amount = MoneyField(_("amount"), null=True)  # yuan
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    rule = models.ForeignKey(Rule, models.PROTECT, verbose_name=_("by the rule"), null=True, related_name="routes")
    demands = models.JSONField(default=dict)
    together = models.BooleanField(default=False)
    meeting = models.CharField(
        _("meeting"), max_length=8, choices=MeetingState.choices, default=MeetingState.NONE, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=RouteState.choices, default=RouteState.RUNNING)
    started_at = models.DateTimeField(_("submitted"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    objects = RouteQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        default_permissions = ("view",)
        permissions = [("record_decision", "Record what a meeting decided"), ("view_decision", "See decisions")]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "version"], name="route_version_once"),
            models.UniqueConstraint(
                fields=["content_type", "object_id"], condition=Q(state="running"), name="one_running_route"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True) | ~Q(state="running") & Q(ended_at__isnull=False),
                name="route_ended_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-started_at"]),
            models.Index(fields=["meeting"], condition=Q(state="running"), name="route_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label} {self.number or self.title}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:route-detail", args=[self.pk])

    @property
    def paper_kind(self) -> PaperKind:
        return kinds()[self.kind]

    @property
    def kind_label(self) -> str:
        return str(self.paper_kind.label)

    @property
    def tone(self) -> str:
        return TONES[RouteState(self.state)]

    @cached_property
    def ordered_steps(self) -> "list[Step]":
        return list(self.steps.prefetch_related("people").order_by("position"))


class Step(models.Model):
    """One step of a route: ``count`` different people sign it, holders of ``role`` or the named ``people``."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    people = models.ManyToManyField(Person, related_name="+", blank=True)
    label = models.CharField(_("called"), max_length=40, blank=True)
    count = models.PositiveSmallIntegerField(_("how many sign"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=StepState.choices, default=StepState.COMING)
    asked_at = models.DateTimeField(_("asked"), null=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True)

    class Meta:
        ordering = ["route", "position"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["route", "position"], name="step_once"),
            models.UniqueConstraint(fields=["route"], condition=Q(state="open"), name="one_open_step"),
            models.CheckConstraint(condition=Q(count__gte=1), name="step_is_signed"),
        ]
        indexes = [models.Index(fields=["role"], condition=Q(state="open"), name="step_open_role")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the box is called: its own name, the role, or those who are named."""
        if self.label:
            return self.label
        return str(Role(self.role).label) if self.role else "、".join(person.name for person in self.people.all())


class Drawing(Sealed):
    """A signature drawn on the screen: a small PNG. A person's latest one that was not dropped is offered again."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    png = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    keep = models.BooleanField(default=False)

    class Meta(Sealed.Meta):
        ordering = ["-pk"]
        verbose_name = _("drawn signature")
        verbose_name_plural = _("drawn signatures")

    def __str__(self) -> str:
        return str(self.person)


class Signature(Sealed):
    """What somebody said to what: append-only. ``place`` counts the approvals of a step (1 … count)."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="signatures")
    step = models.ForeignKey(Step, models.PROTECT, related_name="signatures")
    place = models.PositiveSmallIntegerField(null=True)  # only of approvals
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("signed by"), related_name="+")
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, verbose_name=_("in place of"), null=True, related_name="+")
    verdict = models.CharField(_("says"), max_length=8, choices=Verdict.choices)
    note = models.CharField(_("opinion"), max_length=300, blank=True)
    facts_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)  # over this signature and the one before it on the route
    drawing = models.ForeignKey(Drawing, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(_("signed at"), default=timezone.now)

    class Meta(Sealed.Meta):
        ordering = ["route", "pk"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["step", "place"], name="step_place_once"),
            models.UniqueConstraint(
                fields=["route", "person"], condition=Q(verdict="approve"), name="person_signs_route_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="approve", place__isnull=False) | ~Q(verdict="approve") & Q(place__isnull=True),
                name="approval_has_place",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["return", "reject"]) | ~Q(note=""), name="refusal_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | ~Q(on_behalf_of=models.F("person")),
                name="nobody_stands_in_for_himself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_verdict_display()}"

    def sealed_facts(self) -> list[Any]:
        """What ``digest`` is taken over, besides the digest before it."""
        return [
            self.route_id,
            self.step_id,
            self.place,
            self.person_id,
            self.on_behalf_of_id,
            self.verdict,
            self.note,
            self.facts_hash,
            self.signed_at.astimezone(dt.UTC).isoformat(),  # as the database gives it back
        ]
