"""Addresses of this app."""

from django.urls import URLPattern

app_name = "importing"
urlpatterns: list[URLPattern] = []
