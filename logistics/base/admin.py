"""What the admin site of every app builds on: our permissions instead of Django's, nothing official deleted."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class SchoolAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A table in the admin site, for people who may use it and whose roles give one of the two permissions.

    ``view_permission`` lets them look, ``manage_permission`` change; without one only an administrator may. Deleting is
    for tables that say ``may_delete``; ``save_model`` may be replaced to call a service. Every change is in the trail.
    """

    view_permission = ""
    manage_permission = ""
    may_delete = False
    show_full_result_count = False
    list_per_page = 50

    def _has(self, request: HttpRequest, permission: str) -> bool:
        user: Any = request.user
        return bool(user.has_perm(permission)) if permission else bool(user.is_active and user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._has(request, self.view_permission) or self._has(request, self.manage_permission)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self._has(request, self.manage_permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._has(request, self.manage_permission)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.may_delete and self._has(request, self.manage_permission)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class ReadOnlyAdmin(SchoolAdmin):
    """A table to look at: its rows are made and changed by the program alone, for administrators too."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
