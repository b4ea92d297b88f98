"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrintingConfig(AppConfig):
    name = "logistics.printing"
    label = "printing"
    verbose_name = _("Printing")

    def ready(self) -> None:
        from logistics.printing import fonts  # noqa: F401 - registers the check of the print font
