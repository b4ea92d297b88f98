"""Who may do what to whom in the school's structure, and which days are closed. Nothing is written here."""

import datetime as dt

from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment, Term
from logistics.school.roles import ROLES

LEADING = frozenset({Role.PRINCIPAL, Role.LEADER, Role.DIRECTOR})  # appointed only with ``appoint_leaders``


def closed_on(day: dt.date) -> bool:
    """Whether ``day`` lies in a closed term or before one: no paper is dated on it any more."""
    through = Term.closed_through()
    return through is not None and day <= through


def permission_to_appoint(role: str) -> str:
    """What one needs to appoint people to ``role``."""
    return "school.appoint_leaders" if role in LEADING else "school.appoint_roles"


def may_appoint_to(actor: Person, role: str) -> bool:
    """Whether ``actor`` appoints people to ``role``."""
    return actor.has_perm(permission_to_appoint(role))


def roles_to_appoint(actor: Person) -> list[tuple[str, str]]:
    """The roles ``actor`` appoints people to, as choices."""
    roles = [role for role in Role if role != Role.STAFF and may_appoint_to(actor, role)]
    return [(role.value, str(role.label)) for role in roles]


def can_appoint(actor: Person, person: Person) -> bool:
    """Nobody appoints himself, whatever else he may do; somebody who left holds no role."""
    return actor.pk != person.pk and person.is_active and bool(roles_to_appoint(actor))


def can_hand_over(actor: Person, assignment: RoleAssignment) -> bool:
    """The holder hands on his own role, or who appoints to it does; what one holds as a deputy nobody hands on."""
    if assignment.deputy_for_id or assignment.over:
        return False
    return actor.pk == assignment.person_id or may_appoint_to(actor, assignment.role)


def can_end(actor: Person, assignment: RoleAssignment) -> bool:
    """Who appoints to a role ends it, but not his own; who handed his role to a deputy takes it back."""
    if assignment.over:
        return False
    if assignment.deputy_for_id and actor.pk == assignment.deputy_for_id:
        return True
    return actor.pk != assignment.person_id and may_appoint_to(actor, assignment.role)


def can_manage(actor: Person, person: Person) -> bool:
    """Whether ``actor`` keeps this person's entry and login: only an administrator touches an administrator's."""
    return actor.has_perm("school.manage_people") and (actor.is_superuser or not person.is_superuser)


def can_reset_password(actor: Person, person: Person) -> bool:
    """Whether ``actor`` gives ``person`` a new first password.

    Never to somebody whose roles give more than his own: with that password he could act in their name.
    """
    if not can_manage(actor, person) or not person.is_active or actor.pk == person.pk:
        return False
    if actor.is_superuser:
        return True
    theirs = frozenset[str]().union(*(ROLES[a.role] for a in person.assignments.standing()))
    return theirs <= actor.get_all_permissions()


def can_leave(actor: Person, person: Person) -> bool:
    """Whether ``actor`` may write down that ``person`` has left; nobody shuts himself out."""
    return can_manage(actor, person) and person.is_active and actor.pk != person.pk


def can_reopen(actor: Person, term: Term) -> bool:
    """The latest closed term, by the principal."""
    return term.closed and term.last_day == Term.closed_through() and actor.has_perm("school.reopen_term")
