"""The app's configuration."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "logistics.front"
    label = "front"
