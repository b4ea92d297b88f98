"""What the shell around every page shows: the school, the term, the person's roles and menu."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Subquery
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
    unread: int = 0


def now(person: Any = None) -> Now:
    """Read in one query, because every page asks; with how many notices ``person`` has not read."""
    waiting = Notice.objects.filter(person_id=getattr(person, "pk", None) or 0, read_at=None).order_by()
    current = (
        Term.objects.filter(first_day__lte=timezone.localdate())
        .order_by("-first_day")
        .values(row=JSONObject(year="year__name", number="number", closed="closed_at"))
    )
    counted = waiting.values("person").annotate(count=Count("pk")).values("count")
    rows = School.objects.filter(pk=1).annotate(term=Subquery(current[:1]), unread=Subquery(counted))
    row = rows.values("name", "short_name", "term", "unread").first()
    if row is None:
        return Now(gettext("Our school"), unread=waiting.count())
    term: dict[str, Any] = row["term"] or {}
    label = str(TermNumber(term["number"]).label) if term else ""
    name, closed = row["short_name"] or row["name"], bool(term.get("closed"))
    return Now(name, term.get("year", ""), label, closed, row["unread"] or 0)


def roles_of(person: Any) -> list[str]:
    """The person's roles today in words; a deputised one says whose it is."""
    held = [(Role(a.role).label, a.deputy_for) for a in person.assignments_today]
    if person.leads_class and Role.HOMEROOM not in {a.role for a in person.assignments_today}:
        held.append((Role.HOMEROOM.label, None))
    return [
        gettext("%(role)s in place of %(person)s") % {"role": role, "person": other} if other else str(role)
        for role, other in held
    ] or [str(Role.STAFF.label)]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; what reads the database does so only when the page shows it."""
    person = getattr(request, "user", None)
    signed_in = bool(person and person.is_authenticated)
    return {
        "now": SimpleLazyObject(lambda: now(person if signed_in else None)),
        "menu": SimpleLazyObject(lambda: menu_of(person, request.path) if signed_in else []),
        "roles": SimpleLazyObject(lambda: roles_of(person) if signed_in else []),
        "signed_in": signed_in,
        "language": get_language(),
        "languages": LANGUAGES,
        "request_id": getattr(request, "id", ""),
    }
