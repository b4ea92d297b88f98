"""The app's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SchoolConfig(AppConfig):
    name = "logistics.school"
    label = "school"
    verbose_name = _("The school")

    def ready(self) -> None:
        from logistics.school.services.limits import enter_declared_limits

        post_migrate.connect(enter_declared_limits, sender=self, dispatch_uid="school.limits")
