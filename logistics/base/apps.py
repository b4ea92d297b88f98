"""The app's configuration."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "logistics.base"
    label = "base"
