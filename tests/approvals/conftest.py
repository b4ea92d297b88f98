"""Refusals are read in English here, so that the tests stand when a translation is mended."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
