"""Forms of the classes of property and their useful lives. One row each: the form saves it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.choices import Scheme
from assets.forms.fields import LookupField
from assets.models import PropertyClass, UsefulLife
from logistics.base.forms import ModelPageForm


class ClassForm(ModelPageForm):
    """A class of the school's own. The classes of the standard are switched on and off, never rewritten."""

    parent = LookupField(
        "class",
        label=_("Belongs to"),
        required=False,
        help_text=_("The class above it; type its code or its name. Empty: it stands on top."),
    )

    class Meta:
        model = PropertyClass
        fields = ("code", "name", "parent", "unit", "depreciable")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.scheme = self.instance.scheme if self.instance.pk else Scheme.SCHOOL

    def clean_code(self) -> str:
        """Upper case, and none that the standard uses: one code must not name two classes."""
        code: str = self.cleaned_data["code"].strip().upper()
        if PropertyClass.objects.filter(code__iexact=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("A class with the code %(code)s exists already."), params={"code": code})
        return code

    def clean_parent(self) -> PropertyClass | None:
        above: PropertyClass | None = self.cleaned_data["parent"]
        step = above
        while step and self.instance.pk:
            if step.pk == self.instance.pk:
                raise forms.ValidationError(_("A class cannot stand below itself."))
            step = step.parent
        return above


class UsefulLifeForm(ModelPageForm):
    """A dated rule: from this day on, property of this class serves at least so many months."""

    property_class = LookupField("class", label=_("Class of property"))

    class Meta:
        model = UsefulLife
        fields = ("property_class", "months", "in_force_from", "source")
