"""Forms of signing in and of the own password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import NativeForm, PageForm


class SignInForm(NativeForm, AuthenticationForm):
    error_messages = {
        "invalid_login": _("The login name or the password is not right. Capital and small letters are different."),
        "inactive": _("This person does not work here any more. Ask the general-affairs office."),
    }

    def clean_username(self) -> str:
        """A name longer than anybody's is nobody's: it is not looked for and not counted."""
        username: str = self.cleaned_data["username"]
        if len(username) > self.fields["username"].max_length:  # type: ignore[attr-defined]
            raise self.get_invalid_login_error()
        return username


class OwnPasswordForm(NativeForm, PasswordChangeForm):
    """The old password once, the new one twice; afterwards nothing is left to be replaced."""

    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _(
            "At least 8 characters, not only digits; no common password and nothing like your name or phone."
        )
        self.fields["new_password2"].help_text = _("The same again, against typing errors.")

    def clean_new_password1(self) -> str:
        new: str = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise forms.ValidationError(_("This is the old password. Think of a new one."))
        return new

    def save(self, commit: bool = True) -> Any:
        self.user.must_change_password = False
        return super().save(commit)


class KeepFilterForm(PageForm):
    """The name a filter is kept under."""

    name = forms.CharField(label=_("Name of the filter"), max_length=40, help_text=_("For example: old computers"))
