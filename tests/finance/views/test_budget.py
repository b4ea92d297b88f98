"""Pages of the budget: how far it is used, kept by who keeps it, shown to who may see it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.models import BudgetLine
from logistics.records import attachments
from tests import cast
from tests.finance import papers
from tests.records.pictures import photo, upload

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("F12")]


def address(name, *args):
    return reverse(f"finance:budget-{name}", args=args)


def test_a_line_is_made_set_and_adjusted(as_person):
    client = as_person(cast.bookkeeper())
    year = timezone.localdate().year
    client.post(address("create"), {"year": year, "item": "水电费", "funds": "public", "original": "5000"})
    line = BudgetLine.objects.get()
    assert line.available == 5000
    data = {"amount": "-500", "paper": "教财7号", "day": timezone.localdate().isoformat()}
    assert client.post(address("adjust", line.pk), {**data, "paper": ""}).status_code == 200
    client.post(address("adjust", line.pk), {**data, "upload": upload(photo(40, 30), "文件.jpg")})
    line.refresh_from_db()
    assert (line.adjusted, line.available) == (Decimal(-500), Decimal(4500))
    entry = line.entries.get(paper="教财7号")
    page = client.get(line.get_absolute_url()).content.decode()
    assert "文件.jpg" in page
    file = attachments.of(entry).get()
    assert client.get(address("file", entry.pk, file.pk)).status_code == 200


def test_the_same_line_twice_is_refused(as_person):
    line = papers.budget_line()
    data = {"year": line.year, "item": line.item, "funds": "public", "original": ""}
    assert as_person(cast.bookkeeper()).post(address("create"), data).status_code == 200
    assert BudgetLine.objects.count() == 1


def test_the_same_line_by_two_at_once_is_told_the_second(as_person, monkeypatch):
    """The second looked before the first had written."""
    rival, look, looks = papers.budget_line(), BudgetLine.validate_constraints, []

    def blind_at_first(line, **given):
        looks.append(line)
        if len(looks) > 1:
            look(line, **given)

    monkeypatch.setattr(BudgetLine, "validate_constraints", blind_at_first)
    data = {"year": rival.year, "item": rival.item, "funds": "public", "original": ""}
    answer = as_person(cast.bookkeeper()).post(address("create"), data)
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert BudgetLine.objects.get() == rival


def test_the_year_is_added_up_and_printed(as_person, teacher):
    papers.approved_request(teacher, [("足球", 5, 85)])
    client = as_person(cast.principal())
    page = client.get(address("list")).content.decode()
    assert "99,575.00" in page
    assert "425.00" in page
    for output in ("pdf", "xlsx"):
        assert client.post(address("print"), {"output": output}).status_code == 302
    assert client.get(address("list"), {"year": "x"}).status_code == 200


def test_a_line_leads_to_its_papers(as_person, teacher):
    made = papers.approved_request(teacher, [("足球", 5, 85)])
    page = as_person(cast.principal()).get(papers.budget_line().get_absolute_url()).content.decode()
    assert made.get_absolute_url() in page


@pytest.mark.requirement("O02")
def test_who_may_not_see_or_keep_it_is_refused(as_person, teacher, principal):
    line = papers.budget_line()
    assert as_person(teacher).get(address("list")).status_code == 403
    assert as_person(principal).get(address("adjust", line.pk)).status_code == 403
