"""Roles: appointing, ending, handing one to a deputy (requirement O02). Every step stays in the history."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.base.locks import hold
from logistics.school.models import Person, RoleAssignment
from logistics.school.rules import can_appoint, can_end, can_hand_over, may_appoint_to
from logistics.school.services.people import end_at_once

ROLES_LOCK = "school.roles"


@transaction.atomic
def appoint(
    *, actor: Person, person: Person, role: str, first_day: dt.date, last_day: dt.date | None = None
) -> RoleAssignment:
    """Appoint ``person`` to ``role`` from day to day (without ``last_day`` until ended).

    Raises PermissionDenied for who may not appoint to it or appoints himself; ValidationError for somebody who left,
    a role held already, a day that has passed.
    """
    hold(ROLES_LOCK)
    if actor.pk == person.pk or not may_appoint_to(actor, role):
        raise PermissionDenied(_("Nobody appoints himself, and leaders are appointed by the principal."))
    if not can_appoint(actor, person):
        raise ValidationError(_("%(person)s no longer works here."), params={"person": person})
    _demand_days(first_day, last_day)
    own = RoleAssignment.objects.filter(person=person, role=role, deputy_for=None)
    if held := _overlapping(own, first_day, last_day):
        raise ValidationError(
            _("%(person)s holds this role already, from %(day)s."), params={"person": person, "day": held.first_day}
        )
    return _save(RoleAssignment(person=person, role=role, first_day=first_day, last_day=last_day))


@transaction.atomic
def end(*, actor: Person, assignment: RoleAssignment, last_day: dt.date | None = None) -> RoleAssignment:
    """End a role on ``last_day``, or at once. With it end the deputies who stand in for its holder.

    Raises PermissionDenied, and ValidationError for a day before today or after the day it ends anyway.
    """
    hold(ROLES_LOCK)
    assignment = RoleAssignment.objects.select_related("person").get(pk=assignment.pk)
    if not can_end(actor, assignment):
        raise PermissionDenied(_("This role is not yours to end."))
    if last_day is None:
        end_at_once(assignment)
        return assignment
    if last_day < max(timezone.localdate(), assignment.first_day):
        raise ValidationError({"last_day": _("This day has passed, or lies before the first day of the role.")})
    if assignment.last_day and last_day > assignment.last_day:
        raise ValidationError(
            {"last_day": _("The role ends earlier anyway, on %(day)s.") % {"day": assignment.last_day}}
        )
    assignment.last_day = last_day
    return _save(assignment)


@transaction.atomic
def hand_over(
    *, actor: Person, assignment: RoleAssignment, to: Person, first_day: dt.date, last_day: dt.date
) -> RoleAssignment:
    """Hand a role to a deputy from day to day; it comes back by itself, and the holder keeps it all the while.

    Raises PermissionDenied for who neither holds nor appoints to it, makes himself a deputy, or only stands in himself;
    ValidationError when the days leave the holder's own, another deputy stands in then, or the deputy has the role.
    """
    hold(ROLES_LOCK)
    assignment = RoleAssignment.objects.select_related("person").get(pk=assignment.pk)
    if actor.pk == to.pk or not can_hand_over(actor, assignment):
        raise PermissionDenied(_("A role is handed on by its holder or by who appoints to it, never to himself."))
    if not to.is_active:
        raise ValidationError(_("%(person)s no longer works here."), params={"person": to})
    _demand_days(first_day, last_day)
    if first_day < assignment.first_day or (assignment.last_day and last_day > assignment.last_day):
        raise ValidationError({"last_day": _("A deputy stands in only on days on which the role is held.")})
    held = RoleAssignment.objects.filter(role=assignment.role)
    if other := _overlapping(held.filter(deputy_for=assignment.person), first_day, last_day):
        raise ValidationError(
            _("%(person)s stands in already, from %(first)s to %(last)s."),
            params={"person": other.person, "first": other.first_day, "last": other.last_day},
        )
    if to.pk == assignment.person_id or _overlapping(held.filter(person=to, deputy_for=None), first_day, last_day):
        raise ValidationError(_("%(person)s holds this role already."), params={"person": to})
    return _save(
        RoleAssignment(
            person=to, role=assignment.role, deputy_for=assignment.person, first_day=first_day, last_day=last_day
        )
    )


def _demand_days(first_day: dt.date, last_day: dt.date | None) -> None:
    if first_day < timezone.localdate():
        raise ValidationError({"first_day": _("This day has passed: nobody is appointed backwards.")})
    if last_day and last_day < first_day:
        raise ValidationError({"last_day": _("The last day is before the first.")})


def _overlapping(rows: QuerySet[RoleAssignment], first_day: dt.date, last_day: dt.date | None) -> RoleAssignment | None:
    rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=first_day), withdrawn_at__isnull=True)
    return (rows.filter(first_day__lte=last_day) if last_day else rows).select_related("person").first()


def _save(assignment: RoleAssignment) -> RoleAssignment:
    assignment.full_clean()
    assignment.save()
    return assignment
