"""Pages of roles: who holds what, appointing, ending, handing over to a deputy."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.base.permissions import EVERYONE, demand, requires
from logistics.base.views import Column, ListPage, ask, posted
from logistics.school import rules
from logistics.school.filters import RoleFilter
from logistics.school.forms.people import AppointForm, DeputyForm, EndForm
from logistics.school.models import Person, RoleAssignment
from logistics.school.queries import deputies_today
from logistics.school.services import roles
from logistics.school.views.people import assignments_for, person_of

LOOK = "school.view_structure"


class RoleList(ListPage):
    """Who holds which role; by itself the ones in force today."""

    permission, model, title, filterset_class = LOOK, RoleAssignment, gettext_lazy("Roles"), RoleFilter
    template_name = "school/role/list.html"
    columns = (
        Column(gettext_lazy("Role"), sort="role", value="get_role_display"),
        Column(gettext_lazy("Person"), sort="person__name_sort", value="person__name"),
        Column(gettext_lazy("In place of"), sort="deputy_for__name_sort", value="deputy_for__name"),
        Column(gettext_lazy("From"), sort="first_day", value="first_day", phone=False),
        Column(gettext_lazy("To"), sort="last_day", value="last_day"),
        Column(gettext_lazy("What next")),
    )
    export_permission = LOOK

    def get_row_queryset(self) -> QuerySet[RoleAssignment]:
        return RoleAssignment.objects.select_related("person", "deputy_for")

    def page_rows(self) -> list[Any]:
        actor, rows = person_of(self.request), super().page_rows()
        for row in rows:
            row.may_end, row.may_hand_over = rules.can_end(actor, row), rules.can_hand_over(actor, row)
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"deputies": deputies_today(), **kwargs})


@requires(EVERYONE)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own roles, who stands in for one, and for whom one stands in oneself."""
    person = person_of(request)
    handed: list[Any] = list(person.handed_over.standing().select_related("person", "deputy_for"))
    for row in handed:
        row.may_end, row.may_hand_over = rules.can_end(person, row), False
    context = {"title": _("My roles"), "assignments": assignments_for(person, person), "handed": handed}
    return render(request, "school/role/mine.html", context)


@requires("school.appoint_roles")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    person, actor = get_object_or_404(Person, pk=pk), person_of(request)
    if not rules.can_appoint(actor, person):
        raise PermissionDenied
    return ask(
        request,
        title=_("Appoint %(person)s to a role") % {"person": person},
        lead=_("Nobody appoints himself. Principal, leaders and director are appointed by the principal."),
        form=AppointForm(posted(request), roles=rules.roles_to_appoint(actor)),
        template="object_form.html",
        submit_label=_("Appoint"),
        do=lambda data: roles.appoint(actor=actor, person=person, **data),
        back=person.get_absolute_url(),
        done=_("%(person)s is appointed.") % {"person": person},
    )


def visible(request: HttpRequest, pk: int) -> RoleAssignment:
    """A role one holds or handed on, or any for those who see the staff; others' are not found."""
    row = get_object_or_404(RoleAssignment.objects.select_related("person", "deputy_for"), pk=pk)
    actor = person_of(request)
    if actor.pk in (row.person_id, row.deputy_for_id) or actor.has_perm(LOOK):
        return row
    raise Http404


def note_whose_right(request: HttpRequest, row: RoleAssignment) -> None:
    """Who acts on another's role uses his right to appoint: the trail says whose, if he has it as a deputy."""
    if person_of(request).pk not in (row.person_id, row.deputy_for_id):
        demand(request, rules.permission_to_appoint(row.role))


def back_from(request: HttpRequest, row: RoleAssignment) -> str:
    return reverse("school:role-list") if person_of(request).has_perm(LOOK) else reverse("school:role-mine")


@requires(EVERYONE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = visible(request, pk), person_of(request)
    if not rules.can_end(actor, row):
        raise PermissionDenied
    note_whose_right(request, row)
    return ask(
        request,
        title=_("End the role “%(role)s” of %(person)s") % {"role": row.get_role_display(), "person": row.person},
        lead=_("What the role allows is gone with its end; what was done in it stays."),
        form=EndForm(posted(request)),
        submit_label=_("End the role"),
        danger=True,
        do=lambda data: roles.end(actor=actor, assignment=row, **data),
        back=back_from(request, row),
        done=_("The end of the role is written down."),
    )


@requires(EVERYONE)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = visible(request, pk), person_of(request)
    if not rules.can_hand_over(actor, row):
        raise PermissionDenied
    note_whose_right(request, row)
    return ask(
        request,
        title=_("A deputy for %(person)s as %(role)s") % {"role": row.get_role_display(), "person": row.person},
        lead=_(
            "The deputy may do what the role allows, and every step shows in whose place it was done. "
            "It ends by itself; a deputy cannot hand it on."
        ),
        form=DeputyForm(posted(request), without={actor.pk, row.person_id}),
        template="object_form.html",
        submit_label=_("Name the deputy"),
        do=lambda data: roles.hand_over(actor=actor, assignment=row, **data),
        back=back_from(request, row),
        done=_("The deputy is written down."),
    )
