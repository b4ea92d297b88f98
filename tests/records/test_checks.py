"""Kept files that are lost or damaged are found."""

from pathlib import Path

import pytest

from logistics.records import attachments
from logistics.records.checks import lost_files
from tests import cast
from tests.records.pictures import photo, upload

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("O05")]


@pytest.fixture
def attachment(keeper):
    return attachments.attach(person=keeper, record=cast.room(), upload=upload(photo(), "照片.jpg"))


def test_a_file_that_is_there_is_right(attachment):
    assert list(lost_files()) == []


@pytest.mark.parametrize("harm", ["lost", "cut"])
def test_a_lost_or_cut_file_is_found(attachment, harm):
    path = Path(attachment.file.path)
    path.unlink() if harm == "lost" else path.write_bytes(b"short")
    (problem,) = lost_files()
    assert "照片.jpg" in problem.text
    assert problem.url == attachment.record.get_absolute_url()


def test_a_removed_one_is_not_missed(attachment):
    Path(attachment.file.path).unlink()
    attachments.remove(attachment=attachment)
    assert list(lost_files()) == []
