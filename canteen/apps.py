"""The app's configuration."""

from django.apps import AppConfig


class CanteenConfig(AppConfig):
    name = "canteen"
