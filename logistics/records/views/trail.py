"""The trail page: the latest changes of everything."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.base.filters import FilterForm
from logistics.base.permissions import requires
from logistics.base.trail import label_of_model, recorded_models
from logistics.records.queries import Mark, trail
from logistics.school.models import Person


class TrailForm(FilterForm):
    """Whose changes, of which days, to what kind of record."""

    person = forms.ModelChoiceField(
        Person.objects.all(), label=gettext_lazy("Person"), required=False, empty_label=gettext_lazy("all")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    first_day = forms.DateField(label=gettext_lazy("From"), required=False)
    last_day = forms.DateField(label=gettext_lazy("To"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(model._meta.label_lower, label_of_model(model)) for model in recorded_models()]
        self.fields["kind"].choices = [("", _("all")), *kinds]  # type: ignore[attr-defined]


@requires("school.view_trail")
def page(request: HttpRequest) -> HttpResponse:
    """Newest first; "older" goes on from the last one shown."""
    form = TrailForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = trail(
        person=chosen["person"].pk if chosen.get("person") else None,
        first_day=chosen.get("first_day"),
        last_day=chosen.get("last_day"),
        kind=chosen.get("kind", ""),
        before=Mark.read(request.GET.get("before", "")),
    )
    filtered = any(chosen.values())
    context = {"title": _("Trail of changes"), "form": form, "found": found, "filtered": filtered}
    return render(request, "records/trail.html", context)
