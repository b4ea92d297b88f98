"""Who may do what to whom in the school's structure, and which days are closed. Nothing is written here."""

import datetime as dt

from logistics.school.choices import Role
from logistics.school.models import Person, RoleAssignment, Term
from logistics.school.roles import KEPT_APART, ROLES

LEADING = frozenset({Role.PRINCIPAL, Role.LEADER, Role.DIRECTOR})  # appointed only with ``appoint_leaders``


def closed_on(day: dt.date) -> bool:
    """Whether ``day`` lies in a closed term or before one: no paper is dated on it any more."""
    through = Term.closed_through()
    return through is not None and day <= through


def permission_to_appoint(role: str) -> str:
    """What one needs to appoint people to ``role``."""
    return "school.appoint_leaders" if role in LEADING else "school.appoint_roles"


def may_appoint_to(actor: Person, role: str) -> bool:
    """Whether ``actor`` appoints people to ``role``. To leading ones no deputy does: it would outlast his own days."""
    permission = permission_to_appoint(role)
    return actor.has_perm(permission) and not (role in LEADING and actor.principal_for(permission))


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
    return can_leave(actor, person)


def can_leave(actor: Person, person: Person) -> bool:
    """Whether ``actor`` may write down that ``person`` has left; nobody shuts himself out, or one who may more."""
    return can_manage(actor, person) and person.is_active and actor.pk != person.pk and not gives_more(person, actor)


def gives_more(person: Person, actor: Person) -> bool:
    """Whether the roles of ``person``, now or to come, give more than ``actor`` has himself and not as a deputy."""
    theirs = frozenset[str]().union(*(ROLES[a.role] for a in person.assignments.standing()))
    return not (actor.is_superuser or theirs - KEPT_APART <= actor.own_permissions)


def can_reopen(actor: Person, term: Term) -> bool:
    """The latest closed term, by the principal."""
    return term.closed and term.last_day == Term.closed_through() and actor.has_perm("school.reopen_term")
