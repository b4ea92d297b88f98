"""Pages of collective decisions: recording one, the list, one, its printed record."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from logistics.approvals import printing
from logistics.approvals.choices import MeetingState, Presence, RouteState
from logistics.approvals.forms.decisions import AttendanceFormSet, DecisionForm
from logistics.approvals.models import Decision, Route
from logistics.approvals.queries import story_of
from logistics.approvals.services.decisions import record
from logistics.base.filters import PageFilterSet
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, posted, say
from logistics.printing.delivering import deliver
from logistics.school.choices import Role
from logistics.school.filters import TermFilter
from logistics.school.models import RoleAssignment
from logistics.school.who import who

LOOK, RECORD = "approvals.view_decision", "approvals.record_decision"
USUAL = (Role.PRINCIPAL, Role.LEADER, Role.DIRECTOR, Role.ACADEMIC, Role.BOOKKEEPER)


class DecisionFilter(PageFilterSet):
    """Decisions by term; the search looks at number, topic and paper."""

    search_fields = ("number", "topic", "route__number", "resolution")
    term = TermFilter("held_at__date")

    class Meta:
        model = Decision
        fields: list[str] = []


def votes(decision: Decision) -> str:
    return f"{decision.votes_for} / {decision.votes_against} / {decision.abstentions}"


def result(decision: Decision) -> str:
    return _("agreed") if decision.passed else _("not agreed")


class DecisionList(ListPage):
    """What was decided together; above it what waits for a meeting."""

    permission = LOOK
    model = Decision
    title = gettext_lazy("Collective decisions")
    template_name = "approvals/decision/list.html"
    filterset_class = DecisionFilter
    ordering = ("-held_at", "-pk")
    export_permission = LOOK
    columns = (
        Column(gettext_lazy("Number"), "number", value="number"),
        Column(gettext_lazy("Held on"), "held_at", value="held_at"),
        Column(gettext_lazy("Topic"), value="topic"),
        Column(gettext_lazy("About"), value="route__number"),
        Column(gettext_lazy("In favour / against / abstained"), value=votes, phone=False),
        Column(gettext_lazy("Result"), value=result),
    )

    def get_row_queryset(self) -> QuerySet[Decision]:
        return Decision.objects.select_related("route")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(RECORD)
        return super().get_context_data(waiting=list(waiting_for_meeting()), may_record=may, **kwargs)


def waiting_for_meeting() -> QuerySet[Route]:
    """Papers that wait for a meeting, the oldest first."""
    waiting: QuerySet[Route] = Route.objects.filter(state=RouteState.RUNNING, meeting=MeetingState.WANTED)
    return waiting.select_related("applicant").defer("facts").order_by("started_at")


class DecisionDetail(DetailPage):
    """One record, with who has signed it."""

    permission = LOOK
    model = Decision
    template_name = "approvals/decision/detail.html"

    def get_queryset(self) -> QuerySet[Decision]:
        return Decision.objects.select_related("route", "chaired_by", "recorded_by", "responsible")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.object.topic,
            decision=self.object,
            attendances=self.object.attendances.select_related("person"),
            story=story_of(self.object, who(self.request)),
            **kwargs,
        )


@requires(RECORD)
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the meeting decided about a paper."""
    route = get_object_or_404(Route.objects.select_related("applicant"), pk=pk)
    person = who(request)
    usual = RoleAssignment.objects.in_force().filter(role__in=USUAL, deputy_for=None).order_by("role", "person")
    people = list(dict.fromkeys(usual.values_list("person", flat=True)))
    initial = {"held_at": timezone.localtime(), "topic": f"{route}：{route.title}"[:200], "chaired_by": person.pk}
    form = DecisionForm(posted(request), initial=initial)
    present = [{"person": key, "presence": Presence.PRESENT} for key in people]
    attendances = AttendanceFormSet(posted(request), initial=present, prefix="people")
    if request.method == "POST" and form.is_valid() and attendances.is_valid():
        attendance = attendances.attendance()  # type: ignore[attr-defined]
        try:
            decision = record(person=person, route=route, attendance=attendance, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            return redirect(decision)
    context = {
        "title": _("Record a collective decision"),
        "lead": _("About %(paper)s. All present sign it afterwards.") % {"paper": route},
        "form": form,
        "formset": attendances,
        "lines_title": _("Who was asked to the meeting"),
        "submit_label": _("Record it and ask all present to sign"),
        "cancel_url": reverse("approvals:decision-list"),
    }
    return render(request, "object_form.html", context)


@require_POST
@requires(LOOK)
def print_record(request: HttpRequest, pk: int) -> HttpResponse:
    """集体决策记录."""
    return deliver(request, printing.decision_record, back="approvals:decision-list", decision=pk)
