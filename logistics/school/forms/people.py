"""Forms of the staff list and of roles."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm, PageForm
from logistics.school.models import Department, Person, Room


class PersonForm(ModelPageForm):
    """The entry of a member of staff; the login name may be left to the program when it is new."""

    class Meta:
        model = Person
        fields = [
            "name",
            "staff_number",
            "department",
            "position",
            "phone",
            "extension",
            "email",
            "office",
            "username",
        ]
        help_texts = {"username": _("What the person types to sign in.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["office"].queryset = Room.objects.filter(active=True)  # type: ignore[attr-defined]

    def clean_staff_number(self) -> str | None:
        return self.cleaned_data["staff_number"] or None


class NewPersonForm(PersonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].required = False
        self.fields["username"].help_text = _("Left empty, it is made from the name in pinyin.")

    def _get_validation_exclusions(self) -> set[str]:
        """An empty login name is filled in by the service, which checks it then."""
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude if self.cleaned_data.get("username") else exclude | {"username"}


class AppointForm(PageForm):
    """A role from day to day."""

    role = forms.ChoiceField(label=_("Role"))
    first_day = forms.DateField(label=_("From"), initial=timezone.localdate)
    last_day = forms.DateField(label=_("To"), required=False, help_text=_("Leave it empty: until the role is ended."))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "---------"), *roles]  # type: ignore[attr-defined]


class EndForm(PageForm):
    """When a role ends."""

    last_day = forms.DateField(label=_("Last day"), required=False, help_text=_("Leave it empty: it ends at once."))


class DeputyForm(PageForm):
    """Who stands in, and for how long."""

    to = forms.ModelChoiceField(Person.objects.working(), label=_("Deputy"))
    first_day = forms.DateField(label=_("From"), initial=timezone.localdate)
    last_day = forms.DateField(label=_("To"), help_text=_("On the day after, the deputy's part is over by itself."))

    def __init__(self, *args: Any, without: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Person.objects.working().exclude(pk__in=without)  # type: ignore[attr-defined]
        self.fields["last_day"].initial = timezone.localdate() + dt.timedelta(days=7)
