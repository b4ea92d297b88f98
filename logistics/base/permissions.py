"""The permission that stands on a view, as a decorator and as a mixin; a view without one is found by the tests."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from logistics.base.history import act_on_behalf

View = Callable[..., HttpResponse]
EVERYONE = ""  # every signed-in person


def demand(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied unless the person has ``permission``; note on whose behalf it is used."""
    if permission != EVERYONE and not request.user.has_perm(permission):
        raise PermissionDenied
    if permission != EVERYONE and (principal := request.user.principal_for(permission)):  # type: ignore[union-attr]
        act_on_behalf(principal)


def requires(permission: str) -> Callable[[View], View]:
    """The view is for people with this permission. ``EVERYONE`` says: for every signed-in person."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            demand(request, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


class RequiresPermission:
    """The same for a class view: name the permission in ``permission``."""

    permission: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        demand(request, self.permission)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
