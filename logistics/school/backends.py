"""Permissions from the roles held today."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from logistics.school.models import Person
from logistics.school.roles import ROLES


class RoleBackend(ModelBackend):
    """Sign-in as Django does it; what a person may do comes from ``roles.ROLES`` and today's assignments."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = set().union(*(ROLES[role] for role in user_obj.roles_today))
        return user_obj._perm_cache  # type: ignore[no-any-return]

    def get_user(self, user_id: Any) -> Any:
        """Who is signed in, with all that his roles follow from but the assignments, in one statement."""
        person = Person.objects.with_class_led().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    get_group_permissions = get_all_permissions

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
