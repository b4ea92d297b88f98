"""The form pages: native inputs, the summary of errors on top, what happens after saving."""

import pytest

from logistics.school.models import Limit
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.base.pages")]
GOOD = {"key": "x", "value": "3", "in_force_from": "2099-09-01", "source": "本校规定"}


def test_inputs_are_the_browsers_own(as_person, stranger):
    text = as_person(stranger).get("/limits/new/").content.decode()
    assert 'type="date"' in text
    assert 'type="number"' in text
    assert 'data-draft="/limits/new/"' in text
    assert "data-invalid" not in text


def test_a_refused_form_keeps_the_words_and_links_to_the_field(as_person, stranger):
    text = as_person(stranger).post("/limits/new/", {**GOOD, "value": "many"}).content.decode()
    assert '<a href="#id_value">' in text
    assert "data-invalid" in text
    assert 'value="2099-09-01"' in text
    assert 'value="many"' in text


def test_a_saved_form_says_what_happened(as_person, stranger):
    answer = as_person(stranger).post("/limits/new/", GOOD, follow=True)
    assert Limit.objects.filter(key="x").exists()
    assert "Kept x 3." in answer.content.decode()


@pytest.mark.requirement("O05")
def test_what_a_page_saves_is_in_the_trail_under_its_person(as_person):
    person = cast.keeper()
    as_person(person).post("/limits/new/", GOOD)
    assert Limit.objects.get(key="x").history.get().history_user == person


def test_the_browser_hears_that_a_form_was_taken_and_only_then(as_person, stranger):
    signed_in = as_person(stranger)
    assert "saved" not in signed_in.post("/limits/new/", {**GOOD, "value": "many"}).cookies
    assert signed_in.post("/limits/new/", GOOD).cookies["saved"].value == "%2Flimits%2Fnew%2F"
    signed_in.logout()
    assert "saved" not in signed_in.post("/limits/new/", GOOD).cookies
