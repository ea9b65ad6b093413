"""Letting a colleague's own calendar follow their meetings: begun, renewed and ended by nobody but them."""

from __future__ import annotations

import secrets

from django.db import transaction

from gatepost.core import audit, clock, scope
from gatepost.core.whole import whole
from gatepost.meet.models import Feed
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach.links import token_hash


@whole
def begin_feed(*, by: Actor) -> str:
    """A new address for one's own meetings; one from before ends. Returns its secret, which exists nowhere else."""
    Person.objects.select_for_update(no_key=True).get(pk=by.staff_id)  # pressed twice at once
    end_feed(by=by)
    token = secrets.token_urlsafe(24)
    made = Feed.objects.create(
        school_id=by.school_id, person_id=by.staff_id, token_hash=token_hash(token), begun_at=clock.now()
    )
    audit.record("meet.feed_begun", made, by=by)
    return token


@transaction.atomic
def end_feed(*, by: Actor) -> None:
    """Nobody reads anything at one's address any more."""
    live = Feed.objects.filter(person=by.staff_id, school=by.school_id, ended_at=None).first()
    if live and Feed.objects.filter(pk=live.pk, ended_at=None).update(ended_at=clock.now()):
        audit.record("meet.feed_ended", live, by=by)


def feed_of(token: str) -> Feed | None:
    """The live feed at this address."""
    held = token_hash(token)
    with scope.holding(held):
        return Feed.by_token.filter(token_hash=held, ended_at=None).select_related("school", "person").first()
