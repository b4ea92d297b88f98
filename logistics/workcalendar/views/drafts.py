"""Pages of plan drafts: reading a text, copying a year, looking through the lines, taking over and back."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from logistics.base.filters import PageFilterSet
from logistics.base.permissions import requires
from logistics.base.views import Column, ListPage, ask, posted
from logistics.base.views.fixed import by_key, gone, named
from logistics.school.models import Person, SchoolYear
from logistics.school.queries import year_of_today
from logistics.school.who import who
from logistics.workcalendar import rules
from logistics.workcalendar.choices import DraftOrigin
from logistics.workcalendar.forms.drafts import AS_READ, Colleagues, CopyForm, ProposalLines, ReadForm
from logistics.workcalendar.models import PlanDraft, Proposal
from logistics.workcalendar.reading.lines import NEW_LINE
from logistics.workcalendar.services import drafts, proposing

KEEP = rules.KEEP


class DraftFilter(PageFilterSet):
    """Drafts by name."""

    search_fields = ("name",)

    class Meta:
        model = PlanDraft
        fields: list[str] = []


class DraftList(ListPage):
    """Plans being made, and those that were taken over."""

    permission, model, title, filterset_class = KEEP, PlanDraft, gettext_lazy("Plan drafts"), DraftFilter
    template_name = "workcalendar/draft/list.html"
    ordering = ("-made_at", "-pk")
    columns = (
        Column(pgettext_lazy("plan", "Name"), "name"),
        Column(gettext_lazy("School year"), "year__first_day"),
        Column(gettext_lazy("Origin"), "origin", phone=False),
        Column(gettext_lazy("Taken over")),
        Column(gettext_lazy("Made"), "made_at", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[PlanDraft]:
        taken = Q(proposals__task__isnull=False) | Q(proposals__series__isnull=False)
        counted = PlanDraft.objects.annotate(lines=Count("proposals"), taken=Count("proposals", filter=taken))
        return counted.select_related("year", "made_by")


@requires(KEEP)
def read(request: HttpRequest) -> HttpResponse:
    """Give a written plan."""

    def do(data: dict[str, Any]) -> HttpResponse:
        name = data["name"] or _("Work plan of %(day)s") % {"day": f"{timezone.localdate():%Y-%m-%d}"}
        draft = proposing.read_text(person=who(request), name=name, text=data["text"], term=data["term"])
        found = draft.proposals.count()
        messages.success(request, _("%(count)d lines were found. Look through them.") % {"count": found})
        return redirect(draft)

    upload = request.FILES if request.method == "POST" else None
    return ask(
        request,
        title=_("Read a written plan"),
        lead=_("Nothing enters the calendar before you have looked at it."),
        form=ReadForm(posted(request), upload),
        template="object_form.html",
        submit_label=_("Read it"),
        do=do,
        back=reverse("workcalendar:draft-list"),
    )


@requires(KEEP)
def copy(request: HttpRequest) -> HttpResponse:
    """Choose the year to copy."""
    years = list(SchoolYear.objects.order_by("-first_day")[:2])
    coming = next((year for year in years if year.first_day > timezone.localdate()), None) or year_of_today()
    old = SchoolYear.objects.filter(first_day__lt=coming.first_day).order_by("-first_day").first() if coming else None
    return ask(
        request,
        title=_("From an earlier year"),
        lead=_(
            "Single tasks move by their rule: the week of the term and its weekday, so many school days before a "
            "holiday, a month. Recurring tasks come again by themselves. You see what moves where before anything is "
            "entered."
        ),
        form=CopyForm(posted(request), initial={"old": old, "year": coming}),
        template="object_form.html",
        submit_label=_("Show what moves where"),
        do=lambda data: redirect(proposing.copy_year(person=who(request), **data)),
        back=reverse("workcalendar:draft-list"),
    )


@requires(KEEP)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of a draft: tick, mend, assign; keep, or take over what is ticked."""
    draft = get_object_or_404(PlanDraft.objects.select_related("year", "term__year", "made_by"), pk=pk)
    rows = list(draft.proposals.select_related("owner", "task", "series", "original"))
    lines = by_key([row for row in rows if not row.taken])
    people = Colleagues(Person.objects.working().select_related("department").order_by("name_sort"))
    formset = named(
        ProposalLines(
            posted(request),
            initial=[_initial(line, people) for line in lines.values()],
            prefix="lines",
            form_kwargs={"people": people},
        ),
        lines,
    )
    if gone(formset) or len(formset.forms) != len(lines):
        messages.error(request, _("Some of these lines were taken over meanwhile. Look at what is left."))
        return redirect(draft)
    for form in formset:
        form.about(form.thing)
    if request.method == "POST" and formset.is_valid():
        try:
            return _kept(request, draft, formset)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
    return render(request, "workcalendar/draft/detail.html", _context(draft, rows, formset, people))


def _initial(line: Proposal, people: Colleagues) -> dict[str, Any]:
    fields = {name: getattr(line, name) for name in ("chosen", "title", "starts", "due")}
    return {**fields, "line": line.pk, "owner": people.shown(line.owner), "rule": AS_READ}


def _kept(request: HttpRequest, draft: PlanDraft, formset: Any) -> HttpResponse:
    """Keep what was mended and, when that was asked, take over what is ticked."""
    person = who(request)
    drafts.mend(person=person, draft=draft, lines={form.thing.pk: form.changes() for form in formset})
    if request.POST.get("verb") != "take":
        messages.success(request, _("The draft is kept. Nothing of it is in the calendar yet."))
        return HttpResponseRedirect(draft.get_absolute_url())
    taken = drafts.take_over(person=person, draft=draft)
    said = _("In the calendar now: %(tasks)d tasks, %(series)d recurring tasks.")
    messages.success(request, said % {"tasks": taken.tasks, "series": taken.series})
    return HttpResponseRedirect(draft.get_absolute_url())


def _context(draft: PlanDraft, rows: list[Proposal], formset: Any, people: Colleagues) -> dict[str, Any]:
    forms = {form.thing.pk: form for form in formset}
    parts = [
        (heading, [(row, forms.get(row.pk)) for row in group])
        for heading, group in groupby(rows, key=lambda row: _part(draft, row))
    ]
    return {
        "draft": draft,
        "parts": parts,
        "formset": formset,
        "names": people.by_label,
        "ticked": sum(bool(form["chosen"].value()) for form in formset),
        "open_lines": len(forms),
        "taken": sum(row.taken is not None for row in rows),
        "copied": draft.origin == DraftOrigin.COPIED,
    }


def _part(draft: PlanDraft, row: Proposal) -> str:
    """Under which heading a line stands: that of the text, the month of a copied task."""
    if row.comes_round:
        return _("Comes round: offered as recurring tasks")
    if draft.origin == DraftOrigin.COPIED and row.due:
        return date_format(row.due, "YEAR_MONTH_FORMAT")
    return row.heading


@requires(KEEP)
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it was given, with its lines' numbers."""
    draft = get_object_or_404(PlanDraft, pk=pk, origin=DraftOrigin.WRITTEN)
    return render(request, "workcalendar/draft/text.html", {"draft": draft, "lines": NEW_LINE.split(draft.text)})


@requires(KEEP)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(PlanDraft, pk=pk)
    return ask(
        request,
        title=_("Take back: %(draft)s") % {"draft": draft},
        lead=_(
            "What came of this draft and is not closed leaves the calendar; recurring tasks end. What is done stays. "
            "The lines can be mended and taken over again."
        ),
        submit_label=_("Take back"),
        danger=True,
        do=lambda _data: drafts.take_back(person=who(request), draft=draft),
        back=draft.get_absolute_url(),
        done=_("It is off the calendar."),
    )


@requires(KEEP)
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(PlanDraft, pk=pk)
    return ask(
        request,
        title=_("Throw away: %(draft)s") % {"draft": draft},
        lead=_("The draft and what was mended in it are gone. The calendar stays as it is."),
        submit_label=_("Throw away"),
        danger=True,
        do=lambda _data: drafts.throw_away(person=who(request), draft=draft),
        back=reverse("workcalendar:draft-list"),
        done=_("The draft is thrown away."),
    )
