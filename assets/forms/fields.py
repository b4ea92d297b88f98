"""A form field in which a room, person, department or class is typed and looked up, not scrolled for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from assets.lookups import LOOKUPS


class LookupInput(forms.TextInput):
    """A text input whose suggestions come from the server while one types; without JavaScript one types it whole."""

    def __init__(self, kind: str, attrs: dict[str, Any] | None = None) -> None:
        self.kind = kind
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        options = f"{(attrs or {}).get('id', f'id_{name}')}_options"
        asks = {
            "list": options,
            "hx-get": reverse_lazy("assets:lookup", args=[self.kind]),
            "hx-trigger": "input changed delay:150ms, focus once",
            "hx-target": f"#{options}",
            "hx-params": name,
        }
        rendered = super().render(name, value, {**(attrs or {}), **asks}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', rendered, options)


class LookupField(forms.CharField):
    """Becomes the thing that the typed text names; an unknown name is answered with the nearest ones."""

    default_error_messages = {
        "unknown": _("“%(value)s” is not known."),
        "nearest": _("“%(value)s” is not known. Do you mean: %(nearest)s?"),
        "several": _("More than one has the name “%(value)s”. Choose: %(nearest)s."),
    }

    def __init__(self, kind: str, **kwargs: Any) -> None:
        self.lookup = LOOKUPS[kind]
        kwargs.setdefault("widget", LookupInput(kind))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A thing or its key, as forms keep it, is shown as the text that names it."""
        if isinstance(value, int):
            value = self.lookup.rows().model._base_manager.filter(pk=value).first()
        return self.lookup.write(value) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.lookup.find(text)
        if len(found) == 1:
            return found[0]
        nearest = [self.lookup.write(thing) for thing in found] or self.lookup.nearest(text)
        problem = "several" if found else "nearest" if nearest else "unknown"
        shown = {"value": text, "nearest": "、".join(nearest)}
        raise ValidationError(self.error_messages[problem], code=problem, params=shown)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
