"""Signing in and out, the own password, the language."""

from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from axes.helpers import get_client_ip_address, get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from logistics.base.permissions import EVERYONE, RequiresPermission
from logistics.front.demo import shown_people
from logistics.front.forms import OwnPasswordForm, SignInForm


class Login(views.LoginView):
    """Sign in. In demo mode, and only there, the page lists the demo's people."""

    template_name = "front/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = shown_people() if settings.DEMO else []
        return super().get_context_data(**{"demo_people": people, "next": self.get_redirect_url(), **kwargs})


class Logout(views.LogoutView):
    """Sign out, by POST only."""


@method_decorator(sensitive_post_parameters(), name="dispatch")
class OwnPassword(RequiresPermission, views.PasswordChangeView):
    """A person's own new password; one that was handed out has to be replaced before anything else."""

    permission = EVERYONE
    form_class = OwnPasswordForm
    template_name = "front/password.html"
    success_url = reverse_lazy("front:home")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        messages.success(self.request, _("Your new password is in force. Use it the next time you sign in."))
        return answer


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to where one was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = resolve_url("front:home")
    answer = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax", secure=settings.HTTPS
        )
    return answer


def where_from(request: HttpRequest) -> str | None:
    """The address of who asks: behind PROXY_COUNT proxies the one that the outermost of them saw.

    What stands further left in X-Forwarded-For the client may have written himself; it is not believed.
    """
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count = settings.PROXY_COUNT
    given = seen[-count].strip() if 0 < count <= len(seen) else ""
    for address in (given, request.META.get("REMOTE_ADDR", "")):
        with suppress(ValueError):
            return str(ip_address(address))
    return None


def locked_out(
    request: HttpRequest, answer: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Too many wrong passwords for this person from this address: says when to try again."""
    attempts = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials), ip_address=get_client_ip_address(request)
    )
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or timezone.now()
    until = last + get_cool_off(request)
    seconds = max(int((until - timezone.now()).total_seconds()), 1)
    page = render(request, "front/locked_out.html", {"until": until, "minutes": -(-seconds // 60)}, status=429)
    page["Retry-After"] = str(seconds)
    return page
