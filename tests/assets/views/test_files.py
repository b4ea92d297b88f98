"""Pictures and papers of a card: added, shown to who may see the card, taken off."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from logistics.records import attachments
from tests import cast
from tests.assets import stock

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("A01", "O02")]


def photo(name: str = "照片.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


@pytest.fixture
def card(keeper):
    return stock.card(keeper, number="ZC1", room=cast.room("六年级(2)班"))


@pytest.fixture
def kept(keeper, card):
    return attachments.attach(person=keeper, record=card, upload=photo())


def test_a_photo_is_attached_and_shown_on_the_card(as_person, keeper, card):
    client = as_person(keeper)
    client.post(f"{card.get_absolute_url()}files/add/", {"file": photo()})
    kept = attachments.of(card).get()
    assert f"{card.get_absolute_url()}files/{kept.pk}/" in client.get(card.get_absolute_url()).content.decode()


def test_what_is_no_picture_is_refused_in_plain_words(as_person, keeper, card):
    fake = SimpleUploadedFile("a.png", b"not a picture", "image/png")
    answer = as_person(keeper).post(f"{card.get_absolute_url()}files/add/", {"file": fake})
    assert answer.context["form"].errors
    assert not attachments.of(card).exists()


def test_adding_is_the_keepers(as_person, principal, card):
    assert as_person(principal).post(f"{card.get_absolute_url()}files/add/", {"file": photo()}).status_code == 403


def test_who_may_see_the_card_may_see_the_file(as_person, keeper, teacher, card, kept):
    address = f"{card.get_absolute_url()}files/{kept.pk}/"
    assert as_person(teacher).get(address).status_code == 404
    card.room.responsible = teacher
    card.room.save()
    for asked in (address, f"{address}small/"):
        answer = as_person(teacher).get(asked)
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("image/")
        assert b"".join(answer.streaming_content)


def test_a_file_is_not_found_under_another_card(as_person, keeper, card, kept):
    other = stock.card(keeper, number="ZC2")
    assert as_person(keeper).get(f"{other.get_absolute_url()}files/{kept.pk}/").status_code == 404


def test_taken_off_it_is_gone_from_the_card_and_stays_in_the_history(as_person, keeper, card, kept):
    client = as_person(keeper)
    client.post(f"{card.get_absolute_url()}files/{kept.pk}/remove/")
    assert not attachments.of(card).exists()
    assert client.get(f"{card.get_absolute_url()}files/{kept.pk}/").status_code == 404
    assert kept.history.count() == 2


def test_taking_off_is_the_keepers(as_person, principal, card, kept):
    assert as_person(principal).post(f"{card.get_absolute_url()}files/{kept.pk}/remove/").status_code == 403
