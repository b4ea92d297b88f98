"""The app's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    name = "logistics.approvals"
    label = "approvals"
    verbose_name = _("Approvals")

    def ready(self) -> None:
        from logistics.approvals.services.rules import enter_first_rules

        post_migrate.connect(enter_first_rules, sender=self, dispatch_uid="approvals.first_rules")
