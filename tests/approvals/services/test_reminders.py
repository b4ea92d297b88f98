"""Who has to sign is reminded every so many days, once each time, and no more once he has signed."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from logistics.approvals.choices import Verdict
from logistics.approvals.rules import open_step
from logistics.approvals.services.reminders import remind
from logistics.notices.models import Notice
from logistics.school.choices import Role
from logistics.school.models import Limit
from tests.finance import papers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R06")]


@pytest.fixture
def step(teacher):
    leader = papers.signer(Role.LEADER)
    made = papers.submitted(teacher)
    Notice.objects.all().delete()
    step = papers.step_of(made)
    step.paper_of_test, step.leader = made, leader
    return step


def after(days: float):
    return time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False)


def test_reminded_after_two_days_and_again(step):
    with after(1):
        assert remind(step.pk) is not None
        assert Notice.objects.count() == 0
    with after(2.1):
        assert remind(step.pk) > timezone.now()
        remind(step.pk)  # a second worker, or the same task again
        assert [notice.person for notice in Notice.objects.all()] == [step.leader]
        assert "2" in Notice.objects.get().text
    with after(4.2):
        remind(step.pk)
        assert Notice.objects.count() == 2


def test_who_has_signed_is_left_alone(step):
    papers.sign(step.paper_of_test, step.leader, Verdict.APPROVE)
    Notice.objects.all().delete()
    with after(5):
        assert remind(step.pk) is None
        assert Notice.objects.count() == 0
        assert remind(papers.step_of(step.paper_of_test).pk) is not None  # the next one is


def test_the_school_may_switch_it_off(step):
    Limit.objects.create(
        key="approvals.remind_after_days", value=0, in_force_from=timezone.localdate(), source="本校规定"
    )
    with after(9):
        assert remind(step.pk) is None
    assert open_step(step.route) is not None
