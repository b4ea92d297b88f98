"""The app's configuration."""

from typing import Any

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    name = "logistics.front"
    label = "front"

    def ready(self) -> None:
        names: dict[str, Any] = {"axes": _("Sign-ins"), "django_tasks_database": _("Long work in the background")}
        for label, name in names.items():  # the libraries' apps have only English ones, or none
            apps.get_app_config(label).verbose_name = name
