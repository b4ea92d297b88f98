"""How the inputs of filter bars are written: by hand, because a template for each costs ten times as much."""

from collections.abc import Iterable
from typing import Any

from django.forms.renderers import get_default_renderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

INPUTS = frozenset({"text.html", "number.html", "date.html"})


class PlainRenderer:
    """Writes text, number and date inputs and selects; for any other it asks Django's renderer."""

    def render(self, template: str, context: dict[str, Any], request: Any = None) -> SafeString:
        widget = context["widget"]
        kind = template.rpartition("/")[2]
        if kind in INPUTS:
            head = [("type", widget["type"]), ("name", widget["name"]), ("value", widget["value"])]
            return format_html("<input{}>", _attributes([*head, *widget["attrs"].items()]))
        if kind == "select.html":
            attributes = _attributes([("name", widget["name"]), *widget["attrs"].items()])
            return format_html("<select{}>{}</select>", attributes, _options(widget["optgroups"]))
        return mark_safe(get_default_renderer().render(template, context, request))  # noqa: S308  from a template


def _attributes(pairs: Iterable[tuple[str, Any]]) -> SafeString:
    said = (
        (name, name if value is True else value) for name, value in pairs if value is not None and value is not False
    )
    return format_html_join("", ' {}="{}"', said)


def _options(groups: Iterable[Any]) -> SafeString:
    options = (option for _name, group, _index in groups for option in group)
    rows = ((option["value"], " selected" if option["selected"] else "", option["label"]) for option in options)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
