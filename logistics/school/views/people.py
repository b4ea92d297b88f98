"""Pages of the staff: contact list, staff list, one person, entering, leaving, first passwords."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from logistics.base.links import links_for
from logistics.base.objections import objections_to
from logistics.base.permissions import requires
from logistics.base.views import Column, DetailPage, ListPage, UpdatePage, ask, posted
from logistics.school import rules
from logistics.school.filters import ContactFilter, PersonFilter
from logistics.school.forms.people import NewPersonForm, PersonForm
from logistics.school.models import Person, RoleAssignment
from logistics.school.queries import year_of_today
from logistics.school.services import people

LOOK, KEEP = "school.view_structure", "school.manage_people"


class ContactList(ListPage):
    """Everybody finds everybody's office phone; mobile numbers are for those who see the staff list."""

    permission, model, title, filterset_class = "school.view_contacts", Person, gettext_lazy("Contacts"), ContactFilter
    template_name = "school/person/contacts.html"
    ordering = ("department__order", "name_sort")

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        shown = (
            Column(pgettext_lazy("person", "Name"), sort="name_sort"),
            Column(gettext_lazy("Department"), sort="department__order"),
            Column(gettext_lazy("Position"), sort="position", phone=False),
            Column(gettext_lazy("Office"), sort="office__name_sort", phone=False),
            Column(gettext_lazy("Office phone"), sort="extension"),
        )
        return (*shown, Column(gettext_lazy("Mobile phone"))) if self.sees_mobile else shown

    @property
    def sees_mobile(self) -> bool:
        return bool(self.request.user.has_perm(LOOK))

    def get_queryset(self) -> QuerySet[Person]:
        rows: QuerySet[Person] = Person.objects.working()
        return rows

    def get_row_queryset(self) -> QuerySet[Person]:
        rows: QuerySet[Person] = Person.objects.select_related("department", "office")
        return rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"sees_mobile": self.sees_mobile, **kwargs})


class PersonList(ListPage):
    permission, model, title, filterset_class = LOOK, Person, gettext_lazy("Staff"), PersonFilter
    columns = (
        Column(pgettext_lazy("person", "Name"), sort="name_sort", value="name"),
        Column(gettext_lazy("Staff number"), sort="staff_number", value="staff_number", phone=False),
        Column(gettext_lazy("Department"), sort="department__order", value="department__name"),
        Column(gettext_lazy("Position"), sort="position", value="position"),
        Column(gettext_lazy("Office phone"), sort="extension", value="extension", phone=False),
        Column(gettext_lazy("Mobile phone"), sort="phone", value="phone", phone=False),
        Column(gettext_lazy("Login name"), sort="username", value="username", phone=False),
    )
    export_permission = "school.export_people"
    create_url_name, create_label, create_permission = "school:person-create", gettext_lazy("New staff member"), KEEP

    def get_row_queryset(self) -> QuerySet[Person]:
        rows: QuerySet[Person] = Person.objects.select_related("department")
        return rows


class PersonDetail(DetailPage):
    permission, model = LOOK, Person
    queryset = Person.objects.select_related("department", "office")
    context_object_name = "person"

    def get_parts(self) -> list[QuerySet[RoleAssignment]]:
        return [self.object.assignments.select_related("person")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Person = self.object
        actor: Any = self.request.user
        context = {
            "links": links_for(actor, person),
            "assignments": assignments_for(actor, person),
            "rooms": person.rooms.filter(active=True),
            "classes": person.classes.select_related("year"),
            "may_manage": rules.can_manage(actor, person),
            "may_leave": rules.can_leave(actor, person),
            "may_reset": rules.can_reset_password(actor, person),
            "may_appoint": rules.can_appoint(actor, person),
        }
        return super().get_context_data(**{**context, **kwargs})


def assignments_for(actor: Person, person: Person) -> list[Any]:
    """The roles of ``person``, current ones first, each with what ``actor`` may do about it."""
    rows = list(person.assignments.select_related("person", "deputy_for"))
    for row in rows:
        row.may_end, row.may_hand_over = rules.can_end(actor, row), rules.can_hand_over(actor, row)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: (row.over, row.role, row.first_day))


class PersonUpdate(UpdatePage):
    permission, model, form_class, title = KEEP, Person, PersonForm, gettext_lazy("Change entry")
    done = gettext_lazy("%(object)s: kept.")

    def get_object(self, queryset: QuerySet[Person] | None = None) -> Person:
        return managed(self.request, self.kwargs["pk"])


def managed(request: HttpRequest, pk: int) -> Person:
    """The person, if the one who asks keeps his entry."""
    person = get_object_or_404(Person, pk=pk)
    if not rules.can_manage(person_of(request), person):
        raise PermissionDenied
    return person


def person_of(request: HttpRequest) -> Person:
    """Who asks; the views behind ``requires`` have nobody else."""
    assert isinstance(request.user, Person)
    return request.user


@requires(KEEP)
def create(request: HttpRequest) -> HttpResponse:
    """Entering somebody ends with the first password on the screen, once."""

    def enter(data: dict[str, Any]) -> HttpResponse:
        person = people.create_person(**data)
        return password_page(request, person, people.give_first_password(person=person))

    return ask(
        request,
        title=_("New staff member"),
        lead=_("After saving you see the first password once. Write it down for the new colleague."),
        form=NewPersonForm(posted(request)),
        template="object_form.html",
        do=enter,
        back=reverse("school:person-list"),
    )


@requires(KEEP)
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    person, actor = managed(request, pk), person_of(request)
    if not rules.can_reset_password(actor, person):
        raise PermissionDenied
    return ask(
        request,
        title=_("New first password for %(person)s") % {"person": person},
        lead=_(
            "The old password stops working, and whoever is signed in with it is signed out. "
            "You see the new one once; at the next sign-in an own one has to be set."
        ),
        submit_label=_("Make a new password"),
        do=lambda _data: password_page(request, person, people.reset_password(person=person, actor=actor)),
        back=person.get_absolute_url(),
    )


def password_page(request: HttpRequest, person: Person, password: str) -> HttpResponse:
    """The only page that ever shows a password; nothing keeps it."""
    context = {"title": _("First password for %(person)s") % {"person": person}, "person": person, "password": password}
    answer = render(request, "school/person/password.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@requires(KEEP)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    person, actor = managed(request, pk), person_of(request)
    if not rules.can_leave(actor, person):
        raise PermissionDenied
    return ask(
        request,
        title=_("%(person)s has left the school") % {"person": person},
        lead=_("From this moment there is no sign-in and no role any more. All records stay as they are."),
        template="school/person/leave.html",
        submit_label=_("Yes, has left"),
        danger=True,
        rooms=person.rooms.filter(active=True),
        classes=person.classes.filter(year=year_of_today()),
        objections=objections_to(person),
        do=lambda _data: people.leave(person=person, actor=actor),
        back=person.get_absolute_url(),
        done=_("%(person)s is off the staff list.") % {"person": person},
    )


@requires(KEEP)
def come_back(request: HttpRequest, pk: int) -> HttpResponse:
    person = managed(request, pk)
    return ask(
        request,
        title=_("%(person)s works here again") % {"person": person},
        lead=_("Roles and a first password are given afresh."),
        do=lambda _data: people.come_back(person=person),
        back=person.get_absolute_url(),
    )
