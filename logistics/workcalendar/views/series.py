"""Pages of recurring tasks: the list, one with its tasks, making a year's tasks, changing all that follow."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from logistics.base.permissions import requires
from logistics.base.views import Column, CreatePage, DetailPage, ListPage, UpdatePage, ask, posted
from logistics.school.choices import Role
from logistics.school.who import who
from logistics.workcalendar import rules
from logistics.workcalendar.choices import PlanList, Rhythm, TaskState
from logistics.workcalendar.filters import SeriesFilter
from logistics.workcalendar.forms.series import EXAMPLES, AdoptForm, EndForm, SeriesForm
from logistics.workcalendar.models import Series, Task
from logistics.workcalendar.plan_templates import Starter, starters
from logistics.workcalendar.queries import who_holds
from logistics.workcalendar.services import series as services
from logistics.workcalendar.wording import rule_in_words

LOOK, KEEP = "workcalendar.view_calendar", rules.KEEP


class SeriesList(ListPage):
    """Every duty that comes round."""

    permission, model, title, filterset_class = KEEP, Series, gettext_lazy("Recurring tasks"), SeriesFilter
    template_name = "workcalendar/series/list.html"
    ordering = ("title", "pk")
    create_url_name, create_label, create_permission = (
        "workcalendar:series-choose",
        gettext_lazy("New recurring task"),
        KEEP,
    )
    columns = (
        Column(pgettext_lazy("calendar", "Task"), "title"),
        Column(gettext_lazy("Comes round")),
        Column(gettext_lazy("Person responsible"), "owner__name_sort"),
        Column(gettext_lazy("Department"), "department__order", phone=False),
        Column(gettext_lazy("Until"), "last_day", phone=False),
    )

    def get_row_queryset(self) -> QuerySet[Series]:
        return Series.objects.select_related("owner", "department")

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.words = rule_in_words(row.rule)
        return rows


@requires(KEEP)
def choose(request: HttpRequest) -> HttpResponse:
    """How often does it come round? One thing a page."""
    rhythms = [(rhythm, Rhythm(rhythm).label, EXAMPLES[rhythm]) for rhythm in Rhythm.values]
    return render(request, "workcalendar/series/choose.html", {"rhythms": rhythms})


class SeriesDetail(DetailPage):
    """A duty with the tasks made from it, those to come first."""

    permission, model, template_name = LOOK, Series, "workcalendar/series/detail.html"

    def get_queryset(self) -> QuerySet[Series]:
        return Series.objects.select_related("owner", "department")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = self.object.tasks.exclude(state=TaskState.DROPPED).select_related("owner")
        today = timezone.localdate()
        return super().get_context_data(
            title=self.object.title,
            words=rule_in_words(self.object.rule),
            to_come=made.filter(due__gte=today).order_by("due")[:40],
            over=made.filter(due__lt=today).order_by("-due")[:40],
            may_keep=rules.keeps_calendar(who(self.request)),
            **kwargs,
        )


class SeriesCreate(CreatePage):
    permission, form_class, title = KEEP, SeriesForm, gettext_lazy("New recurring task")
    done = gettext_lazy("%(object)s: its tasks are made.")
    cancel_url = reverse_lazy("workcalendar:series-choose")

    def get_form_kwargs(self) -> dict[str, Any]:
        rhythm = self.kwargs["rhythm"]
        if rhythm not in Rhythm.values:
            raise Http404
        self.lead = f"{Rhythm(rhythm).label} ({EXAMPLES[rhythm]})"
        return {**super().get_form_kwargs(), "instance": Series(rhythm=rhythm, first_day=timezone.localdate())}

    def save(self, form: Any) -> Series:
        return services.save_series(person=who(self.request), rhythm=self.kwargs["rhythm"], **form.cleaned_data)


class SeriesUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Series, SeriesForm, gettext_lazy("Change the recurring task")
    done = gettext_lazy("%(object)s: its open tasks follow.")

    def save(self, form: Any) -> Series:
        row = Series.objects.get(pk=self.object.pk)
        return services.save_series(person=who(self.request), series=row, **form.cleaned_data)


@requires(KEEP)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Series, pk=pk)
    return ask(
        request,
        title=_("End “%(task)s”") % {"task": row},
        lead=_("It comes round no more. What was done stays."),
        form=EndForm(posted(request), initial={"last_day": timezone.localdate()}),
        template="object_form.html",
        submit_label=_("End it"),
        danger=True,
        do=lambda data: services.end_series(person=who(request), series=row, **data),
        back=row.get_absolute_url(),
        done=_("“%(task)s” has ended.") % {"task": row},
    )


@requires(KEEP)
def change_following(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a task and all that follow it."""
    task = get_object_or_404(Task.objects.select_related("series__owner"), pk=pk, series__isnull=False)
    series = task.series
    form = SeriesForm(posted(request), instance=series)
    del form.fields["first_day"]
    del form.fields["last_day"]

    def do(data: dict[str, Any]) -> HttpResponse:
        new = services.change_following(person=who(request), task=task, **data)
        messages.success(request, _("“%(task)s” is changed from %(day)s on.") % {"task": new, "day": task.starts})
        return HttpResponseRedirect(new.get_absolute_url())

    return ask(
        request,
        title=_("Change this one and all that follow"),
        lead=_("From %(day)s on. What came before stays as it was.") % {"day": task.starts},
        form=form,
        template="object_form.html",
        submit_label=_("Change them"),
        do=do,
        back=task.get_absolute_url(),
    )


@requires(KEEP)
def templates(request: HttpRequest) -> HttpResponse:
    """Duties from other schools' plans to tick and take over."""
    there = set(Series.objects.running().values_list("title", flat=True))
    owners = who_holds({starter.role for starter in starters()})
    form = AdoptForm(posted(request), initial={"first_day": timezone.localdate()})
    picked = set(request.POST.getlist("key"))
    if request.method == "POST" and form.is_valid():
        chosen = [starter for starter in starters() if starter.key in picked]
        made = len(services.adopt(person=who(request), chosen=chosen, **form.cleaned_data))
        said = ngettext("%(count)d recurring task is taken over.", "%(count)d recurring tasks are taken over.", made)
        messages.success(request, said % {"count": made})
        return HttpResponseRedirect(reverse("workcalendar:series-list"))
    lists = [
        (label, [_shown(starter, there, owners) for starter in starters() if starter.list == key])
        for key, label in PlanList.choices
    ]
    return render(request, "workcalendar/series/templates.html", {"form": form, "lists": lists, "picked": picked})


def _shown(starter: Starter, there: set[str], owners: dict[str, Any]) -> dict[str, Any]:
    """A line of the page of templates."""
    return {
        "starter": starter,
        "words": rule_in_words(starter.rule),
        "owner": owners.get(starter.role),
        "role": Role(starter.role).label,
        "there": starter.title in there,
    }


@requires(KEEP)
def make(request: HttpRequest) -> HttpResponse:
    """Make the tasks of the running and coming years; after days were corrected, or a year was entered."""

    def do(_data: dict[str, Any]) -> None:
        said = _("%(new)d new, %(moved)d moved, %(dropped)d left out.")
        messages.success(request, said % asdict(services.make_every_year()))

    return ask(
        request,
        title=_("Make the tasks ahead"),
        lead=_(
            "For this school year and those entered after it. Nothing is made twice; open tasks follow days that were "
            "moved; what is done or was changed by hand stays."
        ),
        submit_label=_("Make them"),
        do=do,
        back=reverse("workcalendar:series-list"),
    )
