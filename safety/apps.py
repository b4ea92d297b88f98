"""The app's configuration."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "safety"
