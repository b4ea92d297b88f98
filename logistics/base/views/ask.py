"""A verb as a function view: ask first (with a form, if something has to be said), then do it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise

from logistics.base.forms import PageForm


def ask(
    request: HttpRequest,
    *,
    title: str | Promise,
    do: Callable[[dict[str, Any]], Any],
    back: str,
    done: str | Promise = "",
    form: BaseForm | None = None,
    template: str = "confirm.html",
    **context: Any,
) -> HttpResponse:
    """Show ``form`` on ``template``; when it is posted and right, ``do(cleaned_data)`` and go ``back``.

    A ValidationError of ``do`` is shown at its field or on top; an answer that ``do`` gives is sent instead of going
    back. ``lead``, ``submit_label``, ``danger`` and the like go to the page.
    """
    form = form or PageForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            given = do(form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            if isinstance(given, HttpResponse):
                return given
            if done:
                messages.success(request, str(done))
            return HttpResponseRedirect(back)
    defaults = {"lead": "", "submit_label": "", "danger": False, "formset": None}
    return render(request, template, {**defaults, "title": title, "form": form, "cancel_url": back, **context})


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form of this request is bound to: what was posted, though it be empty; nothing while it is only shown."""
    return request.POST if request.method == "POST" else None


def say(form: BaseForm, error: ValidationError) -> None:
    """Put a rule's ValidationError at the fields it names, or on top when the form has no such field."""
    known = set(getattr(error, "error_dict", ())) <= {*form.fields, NON_FIELD_ERRORS}
    form.add_error(None, error if known else error.messages)
