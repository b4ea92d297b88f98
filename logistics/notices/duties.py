"""What waits for a person here: messages that could not be sent, for who keeps the channels."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from logistics.base.duties import Duty, Fact
from logistics.notices.choices import DeliveryState
from logistics.notices.models import Delivery
from logistics.school.models import Person


def waiting_for(person: Person) -> Iterator[Duty]:
    """One line for all that were given up."""
    if not person.has_perm("notices.manage_channels"):
        return
    count = Delivery.objects.filter(state=DeliveryState.GIVEN_UP).count()
    if count:
        said = ngettext("%(count)d message could not be sent", "%(count)d messages could not be sent", count)
        yield Duty(said % {"count": count}, f"{reverse('notices:delivery-list')}?state={DeliveryState.GIVEN_UP}")


def facts_for(person: Person) -> Iterator[Fact]:
    """None."""
    yield from ()
