"""Whether what was signed still says what was signed."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.approvals.models import Route, Signature
from logistics.approvals.services.routes import digest_of, hash_of
from logistics.base.checks import Check, Problem


def altered_facts() -> Iterator[Problem]:
    """Routes whose frozen facts no longer have the hash they were signed with."""
    for route in Route.objects.only("facts", "facts_hash", "kind", "number", "title").iterator(500):
        if hash_of(route.facts) != route.facts_hash:
            yield Problem(_("%(paper)s no longer says what was signed.") % {"paper": route}, route.get_absolute_url())


def broken_chains() -> Iterator[Problem]:
    """Signatures that no longer follow from the one before them on their route."""
    rows = Signature.objects.select_related("route").order_by("route", "pk")
    for _route, signatures in groupby(rows.iterator(2000), key=lambda row: row.route_id):
        before = ""
        for signature in signatures:
            if digest_of(signature, before) != signature.digest:
                route = signature.route
                text = _("A signature on %(paper)s has been altered.")
                yield Problem(text % {"paper": route}, route.get_absolute_url())
                break
            before = signature.digest


CHECKS = [
    Check(
        gettext_lazy("Signed papers say what was signed"),
        gettext_lazy("Somebody has written into the database by hand. Restore the paper from a backup."),
        altered_facts,
    ),
    Check(
        gettext_lazy("Signatures are unaltered"),
        gettext_lazy("Somebody has written into the database by hand. Restore the paper from a backup."),
        broken_chains,
    ),
]
