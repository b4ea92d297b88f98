"""Addresses of this app."""

from django.urls import path

from logistics.records.views import trail

app_name = "records"
urlpatterns = [path("trail/", trail.page, name="trail")]
