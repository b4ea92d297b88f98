"""Pages of a term's checklists: how far they are, ticking, what departments handed in, chasing."""

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from logistics.base.filters import PageFilterSet
from logistics.base.permissions import requires
from logistics.base.views import Column, ListPage, UpdatePage, ask, posted
from logistics.base.views.ask import say
from logistics.printing.delivering import deliver
from logistics.school.choices import Role
from logistics.school.filters import TermFilter
from logistics.school.models import Department, Term
from logistics.school.who import who
from logistics.workcalendar import printing, rules
from logistics.workcalendar.checklist_templates import PointTemplate, point_templates
from logistics.workcalendar.choices import HANDED_IN, ChecklistKind
from logistics.workcalendar.forms.checklists import ChangeForm, ChecklistForm, PointForm
from logistics.workcalendar.models import Checklist, Task
from logistics.workcalendar.queries import who_holds
from logistics.workcalendar.queries.checklists import points_of, with_progress
from logistics.workcalendar.services import checklists, tasks

LOOK, KEEP = "workcalendar.view_calendar", rules.KEEP


class ChecklistFilter(PageFilterSet):
    """Lists by words, kind, term."""

    search_fields = ("title",)
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=ChecklistKind.choices, empty_label=gettext_lazy("all")
    )
    term = TermFilter("due")

    class Meta:
        model = Checklist
        fields: list[str] = []


class ChecklistList(ListPage):
    """Every list, the latest first, with how far it is."""

    permission, model, title, filterset_class = LOOK, Checklist, gettext_lazy("Checklists"), ChecklistFilter
    template_name = "workcalendar/checklist/list.html"
    ordering = ("-due", "-pk")
    create_url_name, create_label, create_permission = (
        "workcalendar:checklist-choose",
        gettext_lazy("New checklist"),
        KEEP,
    )
    columns = (
        Column(gettext_lazy("Checklist"), "title"),
        Column(gettext_lazy("Kind"), "kind", phone=False),
        Column(gettext_lazy("Term"), "term__first_day", phone=False),
        Column(gettext_lazy("To be done by"), "due"),
        Column(gettext_lazy("Progress")),
    )

    def get_row_queryset(self) -> QuerySet[Checklist]:
        return with_progress(Checklist.objects.select_related("term__year"))


@requires(KEEP)
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of list? One thing a page."""
    return render(request, "workcalendar/checklist/choose.html", {"kinds": ChecklistKind.choices})


@requires(KEEP)
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """Term, title and day, and which points of the template."""
    if kind not in ChecklistKind.values:
        raise Http404
    points = point_templates(kind)
    picked = set(request.POST.getlist("point")) if request.method == "POST" else {point.key for point in points}
    form = ChecklistForm(posted(request), initial=_suggested(kind), wants_files=kind in HANDED_IN)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = [point for point in points if point.key in picked]
            row = checklists.make_checklist(person=who(request), kind=kind, points=chosen, **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("%(list)s is made; those responsible are told.") % {"list": row})
            return redirect(row)
    context = {
        "title": ChecklistKind(kind).label,
        "form": form,
        "points": [_shown(point) for point in points],
        "owners": who_holds({point.role for point in points}),
        "picked": picked,
        "cancel_url": reverse("workcalendar:checklist-choose"),
    }
    return render(request, "workcalendar/checklist/create.html", context)


def _shown(point: PointTemplate) -> dict[str, Any]:
    return {"point": point, "role": Role(point.role).label}


def _suggested(kind: str) -> dict[str, Any]:
    """The term of today or the one to come, its first or last day, a title, all departments."""
    today = timezone.localdate()
    term = Term.now() or Term.objects.filter(first_day__gt=today).select_related("year").order_by("first_day").first()
    titles = {
        ChecklistKind.TERM_START: _("Checklist for the start of term"),
        ChecklistKind.TERM_END: _("Checklist for the end of term"),
        ChecklistKind.PLANS: _("Departments’ work plans"),
        ChecklistKind.SUMMARIES: _("Departments’ term summaries"),
    }
    begins = kind in (ChecklistKind.TERM_START, ChecklistKind.PLANS)
    day = (term.first_day if begins else term.last_day) if term else today
    return {
        "term": term,
        "title": titles[ChecklistKind(kind)],
        "due": max(day, today),
        "departments": Department.objects.filter(active=True),
    }


@requires(LOOK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The points of a list, to be ticked by whose they are; files that were handed in for who leads."""
    row, person = _found(pk), who(request)
    sees_all = person.has_perm(rules.OVERSEE)
    points = points_of(row, person, sees_all=sees_all)
    keeps = rules.keeps_calendar(person)
    context = {
        "object": row,
        "points": points,
        "mine": {point.task.pk for point in points if keeps or point.task.owner_id == person.pk},
        "sees_all": sees_all,
        "may_keep": keeps,
        "person": person,
    }
    return render(request, "workcalendar/checklist/detail.html", context)


def _found(pk: int) -> Any:
    return get_object_or_404(with_progress(Checklist.objects.select_related("term__year")), pk=pk)


@require_POST
@requires(LOOK)
def tick(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """Tick a point, or take the tick off; one tap."""
    point = get_object_or_404(Task.objects.select_related("checklist"), pk=task, checklist=pk)
    if not rules.can_close(who(request), point):
        raise PermissionDenied
    try:
        if point.is_open:
            tasks.finish(person=who(request), task=point)
        else:
            tasks.reopen(person=who(request), task=point)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    return HttpResponseRedirect(f"{reverse('workcalendar:checklist-detail', args=[pk])}#point-{point.pk}")


class ChecklistUpdate(UpdatePage):
    permission, model, form_class = KEEP, Checklist, ChangeForm
    title = gettext_lazy("Change the checklist")
    done = gettext_lazy("%(object)s: kept.")

    def save(self, form: Any) -> Checklist:
        row = Checklist.objects.get(pk=self.object.pk)
        return checklists.change_checklist(person=who(self.request), checklist=row, **form.cleaned_data)


@requires(KEEP)
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    return ask(
        request,
        title=_("One more point: %(list)s") % {"list": row},
        form=PointForm(posted(request)),
        template="object_form.html",
        submit_label=_("Add it"),
        do=lambda data: checklists.add_point(person=who(request), checklist=row, **data),
        back=row.get_absolute_url(),
        done=_("The point is added."),
    )


@requires(rules.OVERSEE)
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)

    def do(_data: dict[str, Any]) -> None:
        told = len(checklists.chase(person=who(request), checklist=row))
        said = ngettext("%(count)d colleague is reminded.", "%(count)d colleagues are reminded.", told)
        messages.success(request, said % {"count": told})

    return ask(
        request,
        title=_("Remind: %(list)s") % {"list": row},
        lead=_("Everybody whose point is open gets a message, once a day at most."),
        submit_label=_("Remind them"),
        do=do,
        back=row.get_absolute_url(),
    )


@requires(KEEP)
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(pk)
    return ask(
        request,
        title=_("Throw away: %(draft)s") % {"draft": row},
        lead=_("The list and its points leave the calendar. This is possible while nothing of it is ticked."),
        submit_label=_("Throw away"),
        danger=True,
        do=lambda _data: checklists.throw_away(person=who(request), checklist=row),
        back=reverse("workcalendar:checklist-list"),
        done=_("The list is thrown away."),
    )


@require_POST
@requires(LOOK)
def list_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a form to be signed."""
    row = _found(pk)
    return deliver(request, printing.checklist_paper, back=row.get_absolute_url(), checklist=row.pk)
