"""What the pages of the school link to in property."""

import pytest

from assets.links import links_for
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A03")]


def test_a_class_leads_to_the_property_in_its_room(keeper, teacher):
    cast.term()
    room = cast.room()
    sitting = cast.school_class(place=room)
    (link,) = links_for(keeper, sitting)
    assert link.url == f"/assets/rooms/{room.pk}/"
    assert not list(links_for(teacher, sitting))


def test_a_class_without_a_room_leads_nowhere(keeper):
    cast.term()
    assert not list(links_for(keeper, cast.school_class()))
