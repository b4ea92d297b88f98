"""What approvals answer to the search box: papers one signed or is to sign."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from logistics.approvals.models import Route
from logistics.base.search import MOST_HITS, Group, Hit, matching
from logistics.school.models import Person


def find(person: Person, text: str) -> list[Group]:
    """Papers by number, subject or applicant, among those this person signs or signed."""
    waiting = Route.objects.waiting_for(person).values("pk")
    mine = Route.objects.filter(Q(signatures__person=person) | Q(pk__in=waiting)).distinct()
    rows = mine.filter(matching(text, "number", "title", "applicant__name")).select_related("applicant").defer("facts")
    hits = [Hit(str(row), row.get_absolute_url(), f"{row.applicant} · {row.title}") for row in rows[:MOST_HITS]]
    return [Group(_("Papers to sign or signed"), rows.count(), hits)] if hits else []
