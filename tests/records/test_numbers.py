"""Number series: no gap, no double."""

import pytest
from django.db import transaction

from logistics.records.numbers import take

pytestmark = [pytest.mark.requirement("A01")]


@pytest.mark.django_db
def test_numbers_follow_each_other():
    assert take("ZC", 2026, 2) == ["ZC2026-00001", "ZC2026-00002"]
    assert take("ZC", 2026) == ["ZC2026-00003"]
    assert take("ZC", 2027) == ["ZC2027-00001"]


@pytest.mark.django_db
def test_a_paper_that_fails_gives_its_number_back():
    with transaction.atomic():
        take("ZC", 2026)
        transaction.set_rollback(True)
    assert take("ZC", 2026) == ["ZC2026-00001"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number():
    with pytest.raises(RuntimeError):
        take("ZC", 2026)
