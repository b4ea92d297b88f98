"""Pages of tasks: lists, one task, closing it, handing it on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from logistics.base.permissions import requires
from logistics.base.views import Column, CreatePage, DetailPage, ListPage, UpdatePage, ask, posted
from logistics.base.views.asked import asked_day
from logistics.records import attachments
from logistics.records.views import files
from logistics.school.who import who
from logistics.workcalendar import rules
from logistics.workcalendar.choices import TASK_MOVES, TaskState
from logistics.workcalendar.filters import MyTaskFilter, TaskFilter
from logistics.workcalendar.forms.tasks import AnswerForm, DoneForm, DropForm, HandOnForm, NotDoneForm, TaskForm
from logistics.workcalendar.models import HandOn, Task
from logistics.workcalendar.proofs_of import counted, may_follow
from logistics.workcalendar.services import tasks

LOOK, KEEP = "workcalendar.view_calendar", rules.KEEP


class TaskList(ListPage):
    """Every task of the school that was not dropped: what is to do first, by its last day."""

    permission, model, title, filterset_class = LOOK, Task, gettext_lazy("Tasks"), TaskFilter
    template_name = "workcalendar/task/list.html"
    ordering = ("-state", "due", "pk")  # open, not done, done
    export_permission = LOOK
    mine = False
    create_url_name, create_label, create_permission = "workcalendar:task-create", gettext_lazy("New task"), KEEP

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        what = (
            Column(pgettext_lazy("calendar", "Task"), "title", value="title"),
            Column(gettext_lazy("To be done by"), "due", value="due"),
            Column(gettext_lazy("State"), "state", value="get_state_display"),
        )
        whose = (
            Column(gettext_lazy("Person responsible"), "owner__name_sort", value="owner__name"),
            Column(gettext_lazy("Department"), "department__order", value="department__name", phone=False),
        )
        outcome = Column(gettext_lazy("Outcome"), value="note", phone=False)
        return (*what, *(() if self.mine else whose), *((outcome,) if self.sees_outcomes else ()))

    @property
    def sees_outcomes(self) -> bool:
        return bool(self.request.user.has_perm(rules.OVERSEE))

    def get_queryset(self) -> QuerySet[Task]:
        return Task.objects.exclude(state=TaskState.DROPPED)

    def get_row_queryset(self) -> QuerySet[Task]:
        return Task.objects.select_related("owner", "department")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mine=self.mine, sees_outcomes=self.sees_outcomes, **kwargs)


class MyTasks(TaskList):
    """One's own tasks."""

    title, filterset_class = gettext_lazy("My tasks"), MyTaskFilter
    mine = sees_outcomes = True

    def get_queryset(self) -> QuerySet[Task]:
        return super().get_queryset().filter(owner=who(self.request))


class TaskDetail(DetailPage):
    """One task: what, whose, by when, what came of it."""

    permission, model, template_name = LOOK, Task, "workcalendar/task/detail.html"

    def get_queryset(self) -> QuerySet[Task]:
        return Task.objects.select_related("owner", "department", "series", "closed_by", "checklist")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, person = self.object, who(self.request)
        closes, offer = rules.can_close(person, row), row.hand_ons.filter(answered_at=None).select_related("to").first()
        return super().get_context_data(
            title=row.title,
            counted=counted([row]).get(row.pk),
            may_follow=may_follow(person),
            sees_outcome=rules.sees_outcome(person, row),
            moves={state: closes and state in TASK_MOVES[row.state] for state in TaskState.values},
            may_keep=rules.keeps_calendar(person),
            may_hand_on=rules.can_hand_on(person, row) and offer is None,
            offer=offer,
            may_answer=offer is not None and rules.can_answer(person, offer),
            attachments=_proofs(row) if rules.sees_outcome(person, row) else [],
            upload_url=reverse("workcalendar:task-file-add", args=[row.pk]) if closes else "",
            **kwargs,
        )


def _proofs(task: Task) -> list[attachments.Shown]:
    return attachments.shown(
        task,
        lambda file: reverse("workcalendar:task-file", args=[task.pk, file.pk]),
        lambda file: reverse("workcalendar:task-file-small", args=[task.pk, file.pk]),
    )


class TaskCreate(CreatePage):
    permission, form_class, title = KEEP, TaskForm, gettext_lazy("New task")
    done = gettext_lazy("%(object)s: entered.")
    cancel_url = reverse_lazy("workcalendar:sheet")

    def get_initial(self) -> dict[str, Any]:
        day = asked_day(self.request, "day") or timezone.localdate()
        return {"starts": day, "due": day}

    def save(self, form: Any) -> Task:
        return tasks.save_task(person=who(self.request), **form.cleaned_data)


class TaskUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Task, TaskForm, gettext_lazy("Change the task")
    done = gettext_lazy("%(object)s: kept.")

    def save(self, form: Any) -> Task:
        task = Task.objects.get(pk=self.object.pk)
        return tasks.save_task(person=who(self.request), task=task, **form.cleaned_data)


def _task_to_close(request: HttpRequest, pk: int) -> Task:
    """The task; refused to who may not close it."""
    task = get_object_or_404(Task.objects.select_related("checklist"), pk=pk)
    if not rules.can_close(who(request), task):
        raise PermissionDenied
    return task


@requires(LOOK)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_to_close(request, pk)

    def do(data: dict[str, Any]) -> None:
        uploads = [data["photo"]] if data["photo"] else []
        tasks.finish(person=who(request), task=task, note=data["note"], uploads=uploads)

    return ask(
        request,
        title=_("Done: %(task)s") % {"task": task},
        form=DoneForm(posted(request), request.FILES or None, wants_file=task.wants_file),
        template="object_form.html",
        submit_label=_("It is done"),
        do=do,
        back=task.get_absolute_url(),
        done=_("Done."),
    )


@requires(LOOK)
def fail(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_to_close(request, pk)
    return ask(
        request,
        title=_("Not done: %(task)s") % {"task": task},
        form=NotDoneForm(posted(request)),
        template="object_form.html",
        submit_label=_("It was not done"),
        do=lambda data: tasks.fail(person=who(request), task=task, **data),
        back=task.get_absolute_url(),
        done=_("Noted."),
    )


@requires(LOOK)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task_to_close(request, pk)
    return ask(
        request,
        title=_("Take up again: %(task)s") % {"task": task},
        lead=_("It stands among the things to do again. What was noted stays in its history."),
        submit_label=_("Take up again"),
        do=lambda _data: tasks.reopen(person=who(request), task=task),
        back=task.get_absolute_url(),
        done=_("It is to be done again."),
    )


@requires(KEEP)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    task = get_object_or_404(Task, pk=pk)
    return ask(
        request,
        title=_("Take off the calendar: %(task)s") % {"task": task},
        lead=_("The calendar shows it no more; its history stays. Only this one, not those that follow."),
        form=DropForm(posted(request)),
        submit_label=_("Take off"),
        danger=True,
        do=lambda data: tasks.drop(person=who(request), task=task, **data),
        back=reverse("workcalendar:sheet"),
        done=_("%(task)s is off the calendar.") % {"task": task},
    )


@requires(LOOK)
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    task, person = get_object_or_404(Task, pk=pk), who(request)
    if not rules.can_hand_on(person, task):
        raise PermissionDenied
    return ask(
        request,
        title=_("Hand on: %(task)s") % {"task": task},
        lead=_("Your colleague is asked. Until he agrees it stays yours."),
        form=HandOnForm(posted(request), by=person),
        template="object_form.html",
        submit_label=_("Ask the colleague"),
        do=lambda data: tasks.hand_on(person=person, task=task, **data),
        back=task.get_absolute_url(),
        done=_("Your colleague is asked."),
    )


@requires(LOOK)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    person = who(request)
    offer = get_object_or_404(HandOn.objects.select_related("task", "by"), pk=pk)
    if not rules.can_answer(person, offer):
        raise Http404
    return ask(
        request,
        title=_("%(by)s would like to hand on to you: %(task)s") % {"by": offer.by, "task": offer.task},
        lead=offer.reason,
        form=AnswerForm(posted(request)),
        template="object_form.html",
        submit_label=_("Answer"),
        do=lambda data: tasks.answer(person=person, offer=offer, **data),
        back=offer.task.get_absolute_url(),
        done=_("Your colleague is told."),
    )


class AddProof(files.AddFile):
    """A picture or paper beside what was done."""

    permission = LOOK

    def get_record(self) -> Task:
        return _task_to_close(self.request, self.kwargs["pk"])

    @property
    def office(self) -> bool:
        return bool(self.record.wants_file)


@requires(LOOK)
def show_file(request: HttpRequest, pk: int, file: int, *, small: bool = False) -> HttpResponse:
    """A proof itself, or its thumbnail; 404 for who may not see what came of it."""
    task = get_object_or_404(Task, pk=pk)
    if not rules.sees_outcome(who(request), task):
        raise Http404
    return files.show_file(request, task, file, small=small)
