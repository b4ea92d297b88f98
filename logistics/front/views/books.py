"""The check of the books: every app's integrity checks, run now."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from logistics.base.checks import Check, Problem
from logistics.base.offers import offered
from logistics.base.permissions import requires

MOST_PROBLEMS = 100  # of one check on the page; who has more has one cause to look for first


@dataclass(frozen=True)
class Outcome:
    """A check and the first problems it found now."""

    check: Check
    problems: Sequence[Problem]
    more: bool


@requires("school.view_trail")
def checks(request: HttpRequest) -> HttpResponse:
    """What is not as it should be stands on top; below it, what was looked at and found right."""
    outcomes = sorted(
        (_run(check) for module in offered("checks") for check in module.CHECKS), key=lambda o: not o.problems
    )
    context = {"title": _("Check of the books"), "outcomes": outcomes, "wrong": sum(bool(o.problems) for o in outcomes)}
    return render(request, "front/checks.html", context)


def _run(check: Check) -> Outcome:
    found = list(islice(check.find(), MOST_PROBLEMS + 1))
    return Outcome(check, found[:MOST_PROBLEMS], len(found) > MOST_PROBLEMS)
