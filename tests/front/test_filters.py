"""A filter kept under a name."""

import pytest

from logistics.front.models import KeptFilter
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.base.pages")]
KEEP = "/filters/?at=/people/%3Fq%3D%E9%99%88%26page%3D3%26sort%3D-name_sort"


@pytest.fixture
def own(as_person, keeper):
    return as_person(keeper)


def test_keeping_leads_back_to_the_filtered_list(own, keeper):
    answer = own.post(KEEP, {"name": "姓陈的"})
    assert answer["Location"] == "/people/?q=%E9%99%88&sort=-name_sort"
    assert KeptFilter.objects.get().get_absolute_url() == answer["Location"]
    assert "姓陈的" in own.get("/").content.decode()
    assert "姓陈的" in own.get("/filters/?at=/people/").content.decode()


def test_the_same_name_is_kept_anew(own):
    own.post(KEEP, {"name": "我的"})
    own.post("/filters/?at=/people/%3Fq%3Dx", {"name": "我的"})
    assert KeptFilter.objects.get().query == "q=x"


def test_dropping(own):
    own.post(KEEP, {"name": "我的"})
    own.post("/filters/?at=/people/", {"drop": KeptFilter.objects.get().pk})
    assert not KeptFilter.objects.exists()


@pytest.mark.requirement("O02")
def test_others_neither_see_nor_drop_it(own, as_person):
    own.post(KEEP, {"name": "我的"})
    kept = KeptFilter.objects.get()
    other = as_person(cast.teacher())
    assert "我的</a>" not in other.get("/filters/?at=/people/").content.decode()
    assert other.post("/filters/?at=/people/", {"drop": kept.pk}).status_code == 404
    for odd in ("x", "9" * 5000):
        assert other.post("/filters/?at=/people/", {"drop": odd}).status_code == 404
    assert KeptFilter.objects.exists()


@pytest.mark.parametrize(
    "at", ["", "/", "/password/", "/nowhere/", "https://elsewhere.example/people/", "//x/people/", "//["]
)
def test_only_lists_of_this_house_are_kept(own, at):
    assert own.post("/filters/", {"name": "x"}, query_params={"at": at}).status_code == 404


def test_a_filter_without_a_name_or_without_a_condition_is_not_kept(own):
    assert own.post(KEEP, {"name": " "}).status_code == 200
    assert own.post("/filters/?at=/people/", {"name": "x"}).status_code == 200
    assert not KeptFilter.objects.exists()
