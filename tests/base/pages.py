"""A list and a form built on the generic parents, over people and departments, for the tests of this folder."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import include, path

from logistics.base.filters import PageFilterSet, PickFilter
from logistics.base.forms import ModelPageForm, PageForm
from logistics.base.permissions import EVERYONE, requires
from logistics.base.views import BulkAction, Column, CreatePage, ListPage
from logistics.school.models import Department, Limit, Person


class PeopleFilter(PageFilterSet):
    search_fields = ("name", "staff_number")
    department = PickFilter(rows=Department.objects.all, label="Department", sort="order")

    class Meta:
        model = Person
        fields = ["is_active"]


class People(ListPage):
    permission = EVERYONE
    model = Person
    template_name = "object_list.html"
    title = "People"
    filterset_class = PeopleFilter
    columns = (
        Column("Name", sort="name_sort", value="name"),
        Column("Department", sort="department__order", value="department__name", phone=False),
        Column("Order", number=True, total="department__order", value=lambda person: 3),
    )
    bulk_actions = (BulkAction("Remember", "front:home"), BulkAction("Forget", "front:home", "school.manage_people"))
    export_permission = "school.view_contacts"

    def get_row_queryset(self):
        return Person.objects.select_related("department")


class NoExport(People):
    export_permission = "school.manage_people"


class LimitForm(ModelPageForm):
    class Meta:
        model = Limit
        fields = ["key", "value", "in_force_from", "source"]


class NewLimit(CreatePage):
    permission = EVERYONE
    model = Limit
    form_class = LimitForm
    title = "New limit"
    done = "Kept %(object)s."
    success_url = "/"


class LineForm(PageForm):
    name = forms.CharField(label="Thing", required=False)
    pieces = forms.IntegerField(label="Pieces", required=False)


Lines = forms.formset_factory(LineForm, extra=2)


@requires(EVERYONE)
def lines(request):
    """A form with lines; what was sent is shown again as a message."""
    formset = Lines(request.POST or None)
    if request.method == "POST" and formset.is_valid():
        messages.success(request, ", ".join(line["name"] for line in formset.cleaned_data if line.get("name")))
        return redirect("/lines/")
    return render(request, "object_form.html", {"title": "Lines", "form": PageForm(), "formset": formset})


def broken(request):
    raise RuntimeError("something")


urlpatterns = [
    path("people/", People.as_view(), name="people"),
    path("people-kept/", NoExport.as_view()),
    path("limits/new/", NewLimit.as_view()),
    path("lines/", lines),
    path("broken/", broken),
    path("", include("logistics.urls")),
]
handler500 = "logistics.front.views.errors.server_error"
