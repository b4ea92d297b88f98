"""Pages of school years, terms and dated limits."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from logistics.base.permissions import requires
from logistics.base.views import Column, CreatePage, DetailPage, ListPage, UpdatePage, ask, asked_day, posted
from logistics.school import queries, rules
from logistics.school.choices import DayKind
from logistics.school.forms.years import DaysForm, LimitForm, ReopenForm, TermForm, YearForm
from logistics.school.limits import declared
from logistics.school.models import Limit, SchoolDay, SchoolYear, Term
from logistics.school.services import days, limits, terms
from logistics.school.views.people import person_of

LOOK, KEEP = "school.view_structure", "school.manage_structure"


class YearList(ListPage):
    permission, model, title = LOOK, SchoolYear, gettext_lazy("School years and terms")
    template_name = "school/year/list.html"
    columns = (
        Column(gettext_lazy("School year"), sort="first_day"),
        Column(gettext_lazy("First day")),
        Column(gettext_lazy("Last day")),
        Column(gettext_lazy("Terms")),
    )
    ordering = ("-first_day",)
    create_url_name, create_label, create_permission = "school:year-create", gettext_lazy("New school year"), KEEP

    def get_row_queryset(self) -> QuerySet[SchoolYear]:
        return SchoolYear.objects.prefetch_related("terms")


class YearDetail(DetailPage):
    permission, model, template_name = LOOK, SchoolYear, "school/year/detail.html"

    def get_parts(self) -> list[QuerySet[Term]]:
        return [self.object.terms.select_related("year")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actor: Any = self.request.user
        rows = list(self.object.terms.select_related("year", "closed_by").order_by("number"))
        for term in rows:
            term.may_close = not term.closed and actor.has_perm("school.close_term")
            term.may_reopen = rules.can_reopen(actor, term)
        context = {"terms": rows, "classes": self.object.classes.count(), "today": timezone.localdate()}
        return super().get_context_data(**{**context, **kwargs})


class YearCreate(CreatePage):
    permission, form_class, title = KEEP, YearForm, gettext_lazy("New school year")
    done = gettext_lazy("%(object)s is entered.")
    cancel_url = reverse_lazy("school:year-list")

    def save(self, form: Any) -> SchoolYear:
        return terms.save_year(**form.cleaned_data)


class YearUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, SchoolYear, YearForm, gettext_lazy("Change school year")
    done = gettext_lazy("%(object)s: kept.")

    def save(self, form: Any) -> SchoolYear:
        return terms.save_year(year=SchoolYear.objects.get(pk=self.object.pk), **form.cleaned_data)


class TermCreate(CreatePage):
    permission, form_class, title = KEEP, TermForm, gettext_lazy("New term")
    done = gettext_lazy("%(object)s is entered.")

    def get_form_kwargs(self) -> dict[str, Any]:
        self.year = get_object_or_404(SchoolYear, pk=self.kwargs["pk"])
        self.cancel_url = self.year.get_absolute_url()
        return {**super().get_form_kwargs(), "instance": Term(year=self.year)}

    def save(self, form: Any) -> Term:
        return terms.save_term(year=self.year, **form.cleaned_data)


class TermUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Term, TermForm, gettext_lazy("Change term")
    done = gettext_lazy("%(object)s: kept.")

    def save(self, form: Any) -> Term:
        return terms.save_term(term=Term.objects.get(pk=self.object.pk), **form.cleaned_data)


class DaySheet(DetailPage):
    """What each day of a school year is."""

    permission, model, template_name = LOOK, SchoolYear, "school/year/days.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("School days of %(year)s") % {"year": self.object}
        context = {
            "title": title,
            "months": queries.months_of(self.object),
            "corrections": queries.corrections_of(self.object),
            "provisional": SchoolDay.objects.between(self.object.first_day, self.object.last_day).provisional_years(),
            "kinds": DayKind,
            "today": timezone.localdate(),
        }
        return super().get_context_data(**{**context, **kwargs})


@requires(KEEP)
def correct_days(request: HttpRequest, pk: int) -> HttpResponse:
    year = get_object_or_404(SchoolYear, pk=pk)
    day = asked_day(request, "day")
    row = SchoolDay.objects.filter(day=day).first() if day else None
    known = {"first_day": row.day, "kind": row.kind, "note": row.note} if row else {}
    return ask(
        request,
        title=_("Correct school days"),
        lead=_("What is entered here stays when the holidays of a year are announced and the days are filled anew."),
        form=DaysForm(posted(request), initial=known),
        template="object_form.html",
        submit_label=_("Correct"),
        do=lambda data: days.correct_days(**data),
        back=reverse("school:day-sheet", args=[year.pk]),
        done=_("The days are corrected."),
    )


@requires(KEEP)
def release_days(request: HttpRequest, pk: int) -> HttpResponse:
    year = get_object_or_404(SchoolYear, pk=pk)
    first, last = asked_day(request, "first"), asked_day(request, "last")
    if not (first and last):
        raise Http404
    return ask(
        request,
        title=_("Take back the correction"),
        lead=_("From %(first)s to %(last)s the days are again what terms and statutory holidays make them.")
        % {"first": first, "last": last},
        submit_label=_("Take back"),
        do=lambda _data: days.release_days(first_day=first, last_day=last),
        back=reverse("school:day-sheet", args=[year.pk]),
        done=_("The correction is taken back."),
    )


@requires(KEEP)
def fill_days(request: HttpRequest, pk: int) -> HttpResponse:
    year = get_object_or_404(SchoolYear, pk=pk)
    back = reverse("school:day-sheet", args=[year.pk])

    def fill(_data: dict[str, Any]) -> HttpResponse:
        filled = days.fill_days(year=year)
        changed = filled.entered + filled.changed
        said = ngettext("%(count)d day is new or changed.", "%(count)d days are new or changed.", changed)
        messages.success(request, said % {"count": changed})
        return HttpResponseRedirect(back)

    return ask(
        request,
        title=_("Fill the days from holidays and terms"),
        lead=_("Days that were corrected and days of closed terms stay as they are."),
        submit_label=_("Fill"),
        do=fill,
        back=back,
    )


@requires("school.close_term")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Term.objects.select_related("year"), pk=pk)
    return ask(
        request,
        title=_("Close “%(term)s”") % {"term": term},
        lead=_(
            "After this nothing is dated on %(day)s or before any more: no entry, no transfer, no correction. "
            "What is found later is booked in the open term. Only the principal can open it again."
        )
        % {"day": term.last_day},
        submit_label=_("Close the term"),
        danger=True,
        do=lambda _data: terms.close_term(term=term, person=person_of(request)),
        back=term.get_absolute_url(),
        done=_("“%(term)s” is closed.") % {"term": term},
    )


@requires("school.reopen_term")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    term = get_object_or_404(Term.objects.select_related("year"), pk=pk)
    if not rules.can_reopen(person_of(request), term):
        raise PermissionDenied
    return ask(
        request,
        title=_("Open “%(term)s” again") % {"term": term},
        lead=_("Papers can then be dated in this term again. Figures reported from it may change."),
        form=ReopenForm(posted(request)),
        submit_label=_("Open again"),
        danger=True,
        do=lambda data: terms.reopen_term(term=term, person=person_of(request), **data),
        back=term.get_absolute_url(),
        done=_("“%(term)s” is open again.") % {"term": term},
    )


class LimitList(ListPage):
    """Every dated value of every limit, with its source."""

    permission, model, title = LOOK, Limit, gettext_lazy("Limits")
    columns = (
        Column(gettext_lazy("Limit"), sort="key"),
        Column(pgettext_lazy("limit", "Value"), number=True),
        Column(gettext_lazy("Unit")),
        Column(gettext_lazy("In force from"), sort="in_force_from"),
        Column(gettext_lazy("Source"), phone=False),
        Column(gettext_lazy("State")),
    )
    create_url_name, create_label = "school:limit-create", gettext_lazy("New value")
    create_permission = "school.manage_limits"

    def page_rows(self) -> list[Any]:
        rows = super().page_rows()
        for row in rows:
            row.declared, row.standing = declared().get(row.key), limits.standing(row)
        return rows


class LimitCreate(CreatePage):
    permission, form_class, title = "school.manage_limits", LimitForm, gettext_lazy("New value of a limit")
    lead = gettext_lazy("The new value holds from its day on; what was decided before keeps the value of its time.")
    done = gettext_lazy("The new value is entered.")
    success_url = cancel_url = reverse_lazy("school:limit-list")

    def get_cancel_url(self) -> str:
        return reverse("school:limit-list")

    def save(self, form: Any) -> Limit:
        return limits.set_limit(**form.cleaned_data)
