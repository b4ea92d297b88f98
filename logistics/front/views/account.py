"""Signing in and out."""

from typing import Any

from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Login(views.LoginView):
    template_name = "front/login.html"


class Logout(views.LogoutView):
    pass


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this person from this address: says when to try again."""
    return render(request, "front/locked_out.html", status=429)
