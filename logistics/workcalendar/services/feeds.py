"""Feeds: the one of a person or of the school, and a new secret for it."""

from django.db import transaction

from logistics.base.locks import hold
from logistics.school.models import Person
from logistics.workcalendar import rules
from logistics.workcalendar.models import Feed
from logistics.workcalendar.models.feeds import new_secret

LOCK = "workcalendar.feeds"


@transaction.atomic
def feed_of(person: Person | None) -> Feed:
    """The person's feed, or the school's; made when it is asked for first."""
    hold(LOCK)
    feed: Feed = Feed.objects.get_or_create(person=person)[0]
    return feed


@transaction.atomic
def renew(*, person: Person, school: bool = False) -> Feed:
    """A new secret: the address known until now leads nowhere. The school's is renewed by the calendar's keeper.

    Raises Refused.
    """
    if school:
        rules.refuse_keeping(person)
    feed = feed_of(None if school else person)
    feed.secret = new_secret()
    feed.save()
    return feed
