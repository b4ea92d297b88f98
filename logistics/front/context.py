"""What the shell around every page shows: the school, the term, the person's roles and menu."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from logistics.front.menu_of import menu_of
from logistics.notices.models import Notice
from logistics.school.choices import Role, TermNumber
from logistics.school.models import School, Term

LANGUAGES = (("zh-hans", "中文"), ("en", "English"))


@dataclass(frozen=True)
class Now:
    """The school's name and the term of today, as the header writes them."""

    school: str
    year: str = ""
    term: str = ""
    closed: bool = False


def now() -> Now:
    """Read in one query, because every page asks."""
    current = (
        Term.objects.filter(first_day__lte=timezone.localdate())
        .order_by("-first_day")
        .values(row=JSONObject(year="year__name", number="number", closed="closed_at"))
    )
    rows = School.objects.filter(pk=1).annotate(term=Subquery(current[:1]))
    row = rows.values("name", "short_name", "term").first()
    if row is None:
        return Now(gettext("Our school"))
    term: dict[str, Any] = row["term"] or {}
    label = str(TermNumber(term["number"]).label) if term else ""
    return Now(row["short_name"] or row["name"], term.get("year", ""), label, bool(term.get("closed")))


def roles_of(person: Any) -> list[str]:
    """The person's roles today in words; a deputised one says whose it is."""
    held = [(Role(a.role).label, a.deputy_for) for a in person.assignments_today]
    if person.leads_class and Role.HOMEROOM not in {a.role for a in person.assignments_today}:
        held.append((Role.HOMEROOM.label, None))
    return [
        gettext("%(role)s in place of %(person)s") % {"role": role, "person": other} if other else str(role)
        for role, other in held
    ] or [str(Role.STAFF.label)]


def unread(person: Any) -> int:
    """How many notices the person has not read."""
    return Notice.objects.filter(person=person, read_at=None).count()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; what reads the database does so only when the page shows it."""
    person = getattr(request, "user", None)
    signed_in = bool(person and person.is_authenticated)
    return {
        "now": SimpleLazyObject(now),
        "menu": SimpleLazyObject(lambda: menu_of(person, request.path) if signed_in else []),
        "unread": SimpleLazyObject(lambda: unread(person) if signed_in else 0),
        "roles": SimpleLazyObject(lambda: roles_of(person) if signed_in else []),
        "signed_in": signed_in,
        "language": get_language(),
        "languages": LANGUAGES,
        "request_id": getattr(request, "id", ""),
    }
