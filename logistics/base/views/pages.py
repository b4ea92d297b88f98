"""One thing on a page: its detail, the form that makes or changes it, and "are you sure"."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.views.generic import CreateView, DetailView, FormView, UpdateView

from logistics.base.permissions import RequiresPermission
from logistics.base.trail import changes_of
from logistics.base.views.ask import say


class DetailPage(RequiresPermission, DetailView):  # type: ignore[type-arg]
    """A page of one row. Scope ``get_queryset`` to the person: what others own is 404."""

    template_name_suffix = "/detail"

    def get_parts(self) -> Iterable[QuerySet[Any]]:
        """Records without a page of their own whose changes stand in the history of this one."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recorded = hasattr(self.object._meta, "simple_history_manager_attribute")
        told = {"entries": changes_of(self.object, also=self.get_parts())} if recorded else {}
        return super().get_context_data(**{"title": str(self.object), **told, **kwargs})


class _FormPage(RequiresPermission):
    """What the form pages share. ``save`` may be replaced to call a service; it runs in one transaction.

    ``done`` is the message after it, in plain words; it may use ``%(object)s``.
    """

    title: str | Promise = ""
    lead: str | Promise = ""  # one sentence under the title
    submit_label: str | Promise = ""
    cancel_url: str | Promise = ""
    done: str | Promise = ""
    template_name: str | None = "object_form.html"
    request: Any

    def save(self, form: Any) -> Any:
        return form.save()

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            with transaction.atomic():
                self.object = self.save(form)
        except ValidationError as error:  # a rule of the service, said at its field or on top
            say(form, error)
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]
        except IntegrityError:  # somebody saved the same meanwhile: the form now says so itself
            again = self.get_form()  # type: ignore[attr-defined]
            if again.is_valid():
                raise
            return self.form_invalid(again)  # type: ignore[attr-defined,no-any-return]
        if self.done:
            messages.success(self.request, str(self.done) % {"object": self.object})
        return HttpResponseRedirect(self.get_success_url())  # type: ignore[attr-defined]

    def get_cancel_url(self) -> str:
        """Where "cancel" leads; the thing itself when there is one."""
        address = getattr(getattr(self, "object", None), "get_absolute_url", None)
        return str(address() if address and not self.cancel_url else self.cancel_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc,no-any-return]
            **{
                "title": self.title,
                "lead": self.lead,
                "submit_label": self.submit_label,
                "cancel_url": self.get_cancel_url(),
                "formset": None,
                **kwargs,
            }
        )


class CreatePage(_FormPage, CreateView):  # type: ignore[type-arg]
    """A form that makes a row. ``form_class`` is a ``ModelPageForm``."""


class UpdatePage(_FormPage, UpdateView):  # type: ignore[type-arg]
    """A form that changes a row. Scope ``get_queryset`` to the person."""


class ConfirmPage(_FormPage, FormView):  # type: ignore[type-arg]
    """A question before something is done: ``save`` does it. ``form_class`` may ask for a reason."""

    template_name = "confirm.html"
    danger = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"danger": self.danger, **kwargs})
