"""Departments, people (the users) and the roles they hold."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from logistics.base.history import history
from logistics.base.names import SORT_KEY_LENGTH, sort_key
from logistics.school.choices import Role
from logistics.school.models.named import Named, demand_unused, demand_working


class Department(Named):
    """A department of the school, e.g. 总务处."""

    name = models.CharField(_("name"), max_length=40)
    key = models.CharField(max_length=80, unique=True, editable=False)
    head = models.ForeignKey("Person", models.PROTECT, verbose_name=_("head"), null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    history = history()

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        permissions = [
            ("view_structure", "See the school's structure"),
            ("manage_structure", "Keep the school's structure"),
            ("manage_limits", "Set dated limits"),
            ("import_school", "Enter people and rooms that a list names"),
            ("view_trail", "Read the trail of changes"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("school:department-detail", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError when its head has left, or when it would go out of use while it still is in use."""
        super().clean()
        before = Department._base_manager.filter(pk=self.pk).first()
        demand_working(self, before, "head")
        demand_unused(self, before)


class PersonQuerySet(models.QuerySet["Person"]):
    def working(self) -> "PersonQuerySet":
        """Those who work here now."""
        return self.filter(is_active=True)

    def with_class_led(self) -> "PersonQuerySet":
        """``leads_class`` read along."""
        led = _classes_led(models.OuterRef("pk"))
        return self.annotate(leads_class=models.Exists(led))  # type: ignore[no-redef]  # instead of the property


def _classes_led(person: Any) -> "models.QuerySet[Any]":
    """The classes that ``person`` leads, of the latest school year that has begun and has any."""
    from logistics.school.models.years import SchoolClass, SchoolYear

    begun = SchoolYear.objects.filter(classes__isnull=False, first_day__lte=timezone.localdate())
    latest = begun.order_by("-first_day").values("pk")[:1]
    return SchoolClass.objects.filter(homeroom_teacher=person, year=models.Subquery(latest)).order_by()


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, name: str = "", password: str | None = None, **fields: Any) -> "Person":
        """A person with a login; without a password the person cannot sign in yet."""
        person: Person = self.model(username=username, name=name or username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(username, password=password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        person: Person = self.get(username=username)
        return person


class Person(AbstractBaseUser):
    """A member of staff, who is also the user. What the person may do follows from the roles held today.

    Django's groups and per-user permissions are not used: the table in ``roles.py`` is the only source.
    """

    username = models.CharField(
        _("login name"),
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Somebody has this login name already.")},
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    name_sort = models.CharField(max_length=SORT_KEY_LENGTH, editable=False)
    staff_number = models.CharField(_("staff number"), max_length=20, unique=True, null=True, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="people"
    )
    position = models.CharField(_("position"), max_length=40, blank=True)
    phone = models.CharField(_("mobile phone"), max_length=30, blank=True)
    extension = models.CharField(_("office phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    office = models.ForeignKey(
        "Room", models.PROTECT, verbose_name=_("office"), null=True, blank=True, related_name="occupants"
    )
    is_active = models.BooleanField(
        _("works here"), default=True, help_text=_("Take this away when the person has left; records stay.")
    )
    is_staff = models.BooleanField(_("may use the admin site"), default=False)
    is_superuser = models.BooleanField(_("may do everything"), default=False)
    must_change_password = models.BooleanField(_("must set an own password"), default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()
    history = history(excluded_fields=["password", "last_login"])

    class Meta:
        ordering = ["name_sort", "id"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        permissions = [
            ("view_contacts", "See the contact list"),
            ("manage_people", "Keep the staff list"),
            ("export_people", "Take the staff list with its phone numbers along"),
            ("appoint_roles", "Appoint roles and deputies"),
            ("appoint_leaders", "Appoint principal, leaders and director"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("school:person-detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") == ["last_login"]:  # signing in changes nothing worth an entry in the trail
            Person._base_manager.filter(pk=self.pk).update(last_login=self.last_login)
            return
        self.name_sort = sort_key(self.name)
        self.staff_number = self.staff_number or None
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def assignments_today(self) -> "list[RoleAssignment]":
        """The role assignments in force today, one query a request."""
        return list(self.assignments.in_force().select_related("deputy_for"))

    @cached_property
    def leads_class(self) -> bool:
        """Whether a class of this school year has this homeroom teacher, who needs no appointment to that role."""
        return _classes_led(self.pk).exists()

    @cached_property
    def own_roles(self) -> frozenset[str]:
        """The roles held today in one's own right, with the staff member's, which everybody has."""
        held = {a.role for a in self.assignments_today if a.deputy_for_id is None}
        return frozenset(held | {Role.STAFF} | ({Role.HOMEROOM} if self.leads_class else set()))

    @cached_property
    def roles_today(self) -> frozenset[str]:
        """Own and deputised roles."""
        return self.own_roles | {a.role for a in self.assignments_today}

    @property
    def own_permissions(self) -> frozenset[str]:
        """What the own roles give, without what one may do as a deputy."""
        from logistics.school.roles import ROLES

        return frozenset[str]().union(*(ROLES[role] for role in self.own_roles))

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        """What the roles held today give; the superuser's leave to do everything is not spelled out."""
        given = (b.get_all_permissions(self, obj) for b in auth.get_backends() if hasattr(b, "get_all_permissions"))
        return set[str]().union(*given)

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Whether a role held today (or being the superuser) gives ``permission``."""
        if self.is_active and self.is_superuser:
            return True
        return any(
            backend.has_perm(self, permission, obj) for backend in auth.get_backends() if hasattr(backend, "has_perm")
        )

    def has_perms(self, permissions: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(permission, obj) for permission in permissions)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_superuser or any(p.startswith(f"{app_label}.") for p in self.get_all_permissions())

    def principal_for(self, permission: str) -> "Person | None":
        """The person in whose place ``permission`` is used: set when only a deputised role gives it."""
        from logistics.school.roles import ROLES

        if self.is_superuser or permission in self.own_permissions:
            return None
        return next((a.deputy_for for a in self.assignments_today if permission in ROLES[a.role]), None)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def in_force(self, day: dt.date | None = None) -> "RoleAssignmentQuerySet":
        """Those in force on ``day`` (today). A deputy stands in only while the other still holds the role."""
        day = day or timezone.localdate()
        current = Q(first_day__lte=day, withdrawn_at__isnull=True) & (Q(last_day__isnull=True) | Q(last_day__gte=day))
        held = RoleAssignment._base_manager.filter(
            current, person_id=models.OuterRef("deputy_for_id"), role=models.OuterRef("role"), deputy_for__isnull=True
        )
        return self.filter(current).filter(Q(deputy_for__isnull=True) | models.Exists(held))

    def standing(self, day: dt.date | None = None) -> "RoleAssignmentQuerySet":
        """Those in force on ``day`` (today) or later: neither ended nor withdrawn."""
        day = day or timezone.localdate()
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=day), withdrawn_at__isnull=True)


class RoleAssignment(models.Model):
    """A role held by a person from day to day; with ``deputy_for`` it is handed over and ends by itself (O02)."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=[c for c in Role.choices if c[0] != Role.STAFF])
    first_day = models.DateField(_("from"), default=timezone.localdate)
    last_day = models.DateField(_("to"), null=True, blank=True)
    deputy_for = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("in place of"), null=True, blank=True, related_name="handed_over"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)  # taken back before it began

    objects = RoleAssignmentQuerySet.as_manager()
    history = history()

    class Meta:
        ordering = ["role", "first_day"]
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="assignment_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(last_day__isnull=False),
                name="deputy_has_last_day",
                violation_error_message=_("A deputy stands in up to a certain day: fill in the last day."),
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("person")),
                name="deputy_is_another",
                violation_error_message=_("Nobody is his own deputy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    @property
    def begun(self) -> bool:
        return self.first_day <= timezone.localdate()

    @property
    def over(self) -> bool:
        """Ended or withdrawn: it gives nothing any more."""
        ended = self.last_day is not None and self.last_day < timezone.localdate()
        return ended or self.withdrawn_at is not None
