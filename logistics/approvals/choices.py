"""The fixed choices of this app: how far a route is, what somebody says by signing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RouteState(TextChoices):
    """Only what is approved holds; the signatures of any other ended route are void and stay readable."""

    RUNNING = "running", _("being signed")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class StepState(TextChoices):
    COMING = "coming", _("not yet due")
    OPEN = "open", _("waiting for a signature")
    DONE = "done", _("signed")
    VOID = "void", _("no longer needed")


class Verdict(TextChoices):
    """What a signature says. ``MEETING`` leaves the step open: it is signed once the meeting has decided."""

    APPROVE = "approve", pgettext_lazy("signature", "approves")
    RETURN = "return", pgettext_lazy("signature", "returns it")
    REJECT = "reject", pgettext_lazy("signature", "rejects it")
    MEETING = "meeting", pgettext_lazy("signature", "sends it to the meeting")


class MeetingState(TextChoices):
    """Whether a collective decision is asked for before the last step is signed."""

    NONE = "", _("no meeting needed")
    WANTED = "wanted", _("waits for the meeting")
    PASSED = "passed", _("the meeting agreed")
    REFUSED = "refused", _("the meeting did not agree")


class Presence(TextChoices):
    """出席/缺席/列席."""

    PRESENT = "present", _("present, with a vote")
    OBSERVER = "observer", _("present, without a vote")
    ABSENT = "absent", _("absent")


NEEDS_REASON = frozenset({Verdict.RETURN, Verdict.REJECT})
ENDS_AS = {Verdict.RETURN: RouteState.RETURNED, Verdict.REJECT: RouteState.REJECTED}
TONES = {
    RouteState.RUNNING: "wait",
    RouteState.APPROVED: "good",
    RouteState.RETURNED: "warn",
    RouteState.REJECTED: "bad",
    RouteState.WITHDRAWN: "plain",
}
