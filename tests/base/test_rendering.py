"""The inputs of filter bars are the same as Django writes them."""

import datetime as dt

import pytest
from django import forms
from django.test import SimpleTestCase
from django.utils.html import format_html

from logistics.base.forms import NativeDate
from logistics.base.rendering import PlainRenderer

HOSTILE = '"><script>alert(1)</script>'
same = SimpleTestCase().assertHTMLEqual


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(attrs={"class": "form-control", "maxlength": 0}), HOSTILE),
        (forms.TextInput(), None),
        (forms.NumberInput(attrs={"step": "0.01", "min": 0}), 12),
        (NativeDate(attrs={"required": True}), dt.date(2026, 9, 1)),
        (forms.Select(choices=[("", "全部"), (1, HOSTILE), ("2", "总务处")]), "2"),
        (forms.Select(choices=[("", "全部"), ("2", "总务处")]), None),
        (forms.CheckboxInput(), True),
    ],
)
def test_as_django_writes_it(widget, value):
    attributes = {"id": "id_x", "disabled": False}
    plain = widget.render("x", value, attributes, PlainRenderer())
    same(plain, widget.render("x", value, attributes))
    assert format_html("{}", plain) == plain
