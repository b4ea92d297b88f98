"""A channel's entry."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from logistics.base.forms import ModelPageForm
from logistics.notices.choices import ChannelKind
from logistics.notices.models import Channel


def _hidden(label: Any, most: int) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class ChannelForm(ModelPageForm):
    """Address and secret are typed in and never shown again; left empty they stay as they are."""

    new_address = _hidden(_("Webhook address"), 300)
    new_secret = _hidden(_("Signing secret (DingTalk)"), 120)

    class Meta:
        model = Channel
        fields = ["kind", "name", "active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kept in (("new_address", self.instance.address), ("new_secret", self.instance.secret)):
            if kept:
                said = _("One is kept that ends in %(end)s. Leave this empty to keep it.") % {"end": kept[-4:]}
                self.fields[name].help_text = said
        self.order_fields(["kind", "name", "new_address", "new_secret", "active"])

    def clean_new_address(self) -> str:
        """Raises ValidationError for an address that is not https, or lies inside the school's own network."""
        address = str(self.cleaned_data["new_address"]).strip()
        if address:
            URLValidator(schemes=["https"], message=_("The address of a robot begins with https://."))(address)
            if is_inside(urlsplit(address).hostname or ""):
                raise ValidationError(_("A group robot is not inside the school's own network."))
        return address

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.instance.address = data.get("new_address") or self.instance.address
        self.instance.secret = data.get("new_secret") or self.instance.secret
        robot = data.get("kind") not in {None, ChannelKind.EMAIL}
        if robot and not self.instance.address and "new_address" not in self.errors:
            self.add_error("new_address", _("A group robot needs its webhook address."))
        return data


def is_inside(host: str) -> bool:
    """Whether ``host`` names this machine or is the number of one that is not on the public net."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
