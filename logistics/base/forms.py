"""The look of forms: one column, labels above, native inputs, the errors gathered on top with links to the fields."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

BLANK = BLANK_CHOICE_DASH[0][1]

gettext_noop("This field is required.")  # Django's own sentence: named here, our translation goes before its own


class NativeDate(forms.DateInput):
    """The browser's own date input, which wants 2026-09-01 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None, format: str = "%Y-%m-%d") -> None:
        super().__init__(attrs, format)

    def format_value(self, value: Any) -> str | None:
        return value.isoformat() if isinstance(value, dt.date) else super().format_value(value)


def _say_nothing_is_chosen(field: forms.Field) -> None:
    """Django's row of dashes in a list to choose from becomes a word, or one dash where nothing need be chosen."""
    word = _("Please choose") if field.required else "—"
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == BLANK:
        field.empty_label = word
    elif type(field) is forms.TypedChoiceField and not callable(field.choices):
        field.choices = [(key, word if label == BLANK else label) for key, label in field.choices]


class NativeForm:
    """Mixed into forms: native widgets and the crispy helper the form pages render with."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field.widget) is forms.DateInput:
                field.widget = NativeDate(field.widget.attrs)
                field.widget.is_required = field.required
            elif isinstance(field, forms.DecimalField):
                field.widget.attrs.setdefault("inputmode", "decimal")
            elif isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            else:
                _say_nothing_is_chosen(field)

    @property
    def helper(self) -> FormHelper:
        """How crispy renders it: without ``<form>`` and token, which the page writes itself."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class PageForm(NativeForm, forms.Form):
    """A form of a page that is not one row."""


class ModelPageForm(NativeForm, forms.ModelForm):  # type: ignore[type-arg]
    """A form of one row."""
