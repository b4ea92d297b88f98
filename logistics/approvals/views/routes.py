"""Signing: what waits for me, one paper's card, several at once, what I signed."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from logistics.approvals.choices import RouteState, StepState, Verdict
from logistics.approvals.forms.signing import SignForm
from logistics.approvals.kinds import kinds
from logistics.approvals.models import Drawing, Route, Step
from logistics.approvals.queries import story_of
from logistics.approvals.rules import may_read, open_step, verdicts_for
from logistics.approvals.services.drawings import keep_drawing, kept_drawing
from logistics.approvals.services.routes import sign
from logistics.base.filters import PageFilterSet
from logistics.base.permissions import EVERYONE, requires
from logistics.base.views import BulkAction, Column, ListPage, posted, say
from logistics.school.who import keys, who

SAID = {
    Verdict.APPROVE: gettext_lazy("Signed: %(paper)s."),
    Verdict.RETURN: gettext_lazy("%(paper)s goes back to %(applicant)s."),
    Verdict.REJECT: gettext_lazy("%(paper)s is rejected."),
    Verdict.MEETING: gettext_lazy("%(paper)s goes to the meeting. You sign once its decision is on record."),
}


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.key, kind.label) for kind in kinds().values()]


class RouteFilter(PageFilterSet):
    """Papers by kind; the search looks at number, subject and applicant."""

    search_fields = ("number", "title", "applicant__name")
    kind = django_filters.ChoiceFilter(
        choices=kind_choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("all")
    )

    class Meta:
        model = Route
        fields: list[str] = []


COLUMNS = (
    Column(pgettext_lazy("to sign", "Paper"), "number", value="number"),
    Column(gettext_lazy("Subject"), value="title"),
    Column(gettext_lazy("Applicant"), "applicant__name_sort", value="applicant__name"),
    Column(gettext_lazy("Amount"), "amount", money=True, total="amount", value="amount"),
    Column(gettext_lazy("Submitted"), "started_at", value="started_at", phone=False),
)


class Inbox(ListPage):
    """What waits for my signature, the longest waiting first; what its rule lets may be signed together."""

    permission = EVERYONE
    model = Route
    title = gettext_lazy("To sign")
    template_name = "approvals/route/inbox.html"
    filterset_class = RouteFilter
    ordering = ("started_at", "pk")
    columns = COLUMNS
    bulk_actions = (BulkAction(gettext_lazy("Sign together"), "approvals:together", get=True),)

    def get_queryset(self) -> QuerySet[Route]:
        return Route.objects.waiting_for(who(self.request))

    def get_row_queryset(self) -> QuerySet[Route]:
        return Route.objects.select_related("applicant").defer("facts")


class Signed(ListPage):
    """What I have said to which paper, the latest first."""

    permission = EVERYONE
    model = Route
    title = gettext_lazy("Signed by me")
    template_name = "approvals/route/signed.html"
    filterset_class = RouteFilter
    ordering = ("-signed_last", "-pk")
    columns = (*COLUMNS, Column(gettext_lazy("State"), "state", value="get_state_display"))

    def get_queryset(self) -> QuerySet[Route]:
        mine: QuerySet[Route] = Route.objects.filter(signatures__person=who(self.request))
        return mine.annotate(signed_last=Max("signatures__signed_at"))

    def get_row_queryset(self) -> QuerySet[Route]:
        return Route.objects.select_related("applicant").defer("facts")


def readable(request: HttpRequest, pk: int) -> Route:
    """The route, for who may read it; for everybody else there is none."""
    route = get_object_or_404(Route.objects.select_related("applicant", "department", "rule"), pk=pk)
    if route.paper is None or not may_read(who(request), route):
        raise Http404
    return route


@requires(EVERYONE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: what, how much, why, who signed, what changed; posted, it signs (``verdict``)."""
    route = readable(request, pk)
    person = who(request)
    kept = kept_drawing(person)
    step = open_step(route)
    initial = {"seen": route.facts_hash, "at": step.pk if step else None, "use_kept": bool(kept)}
    form = SignForm(posted(request), kept=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        verdict = request.POST.get("verdict", "")
        try:
            signed(request, route, verdict, form, kept)
        except ValidationError as error:
            route = readable(request, pk)
            if not verdicts_for(person, route) or another_step(form, route):  # there is no form to say it in
                messages.error(request, " ".join(error.messages))
                return redirect(route)
            say(form, error)
        else:
            said = SAID[Verdict(verdict)] % {"paper": route, "applicant": route.applicant}
            messages.success(request, said)
            return redirect("approvals:inbox")
    return render(request, "approvals/route/detail.html", card_of(request, route, form, kept))


@transaction.atomic
def signed(request: HttpRequest, route: Route, verdict: str, form: SignForm, kept: Drawing | None) -> None:
    """Sign with what the form says. Raises ValidationError in plain words."""
    if verdict not in Verdict.values:
        raise ValidationError(_("Say what you decide: approve, return, reject or to the meeting."))
    data, drawing = form.cleaned_data, None
    if data["drawing"]:
        drawing = keep_drawing(person=who(request), data_url=data["drawing"], keep=data["keep"])
    elif data.get("use_kept"):
        drawing = kept
    sign(
        person=who(request),
        route=route,
        verdict=verdict,
        seen=data["seen"],
        note=data["note"],
        drawing=drawing,
        at=data["at"],
    )


def another_step(form: SignForm, route: Route) -> bool:
    """Whether another step waits by now than the form was shown for."""
    at, step = form.cleaned_data["at"], open_step(route)
    return at is not None and (step is None or step.pk != at)


def card_of(request: HttpRequest, route: Route, form: SignForm, kept: Drawing | None) -> dict[str, Any]:
    """What the card shows."""
    person, kind = who(request), route.paper_kind
    step = open_step(route)
    own: Any = route.paper
    return {
        "title": str(route),
        "object": route,
        "kind": kind,
        "story": story_of(own, person),
        "verdicts": verdicts_for(person, route),
        "step": step,
        "form": form,
        "kept": kept,
        "paper_url": own.get_absolute_url() if route.applicant_id == person.pk or kind.may_see(person, own) else "",
        "running": route.state == RouteState.RUNNING,
        **kind.context(person, route),
    }


@requires(EVERYONE)
def together(request: HttpRequest) -> HttpResponse:
    """Approve several: shown first, then each in a transaction of its own, with the hash and step that were shown."""
    asked = keys((request.POST if request.method == "POST" else request.GET).getlist("pk"))
    waiting = Route.objects.waiting_for(who(request)).filter(pk__in=asked, together=True)
    here = Step.objects.filter(route=OuterRef("pk"), state=StepState.OPEN).values("pk")[:1]
    routes = list(waiting.annotate(at=here).select_related("applicant").order_by("started_at", "pk"))
    if request.method == "POST":
        sign_each(request, routes)
        return redirect("approvals:inbox")
    if not routes:
        messages.info(request, _("Tick papers that may be signed together; the others are opened one by one."))
        return redirect("approvals:inbox")
    context = {
        "title": _("Sign together"),
        "routes": routes,
        "alone": len(asked) - len(routes),
        "total": sum(route.amount or 0 for route in routes),
    }
    return render(request, "approvals/route/together.html", context)


def sign_each(request: HttpRequest, routes: list[Route]) -> None:
    done = []
    for route in routes:
        try:
            sign(
                person=who(request),
                route=route,
                verdict=Verdict.APPROVE,
                seen=request.POST.get(f"seen-{route.pk}", ""),
                at=next(iter(keys([request.POST.get(f"at-{route.pk}", "")])), 0),
                drawing=kept_drawing(who(request)),
            )
        except ValidationError as refused:
            messages.error(request, f"{route}：{' '.join(refused.messages)}")
        else:
            done.append(str(route))
    if done:
        messages.success(request, _("Signed: %(paper)s.") % {"paper": "、".join(done)})
