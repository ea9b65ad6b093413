"""How much one family gets in a day, and at what hours: what can wait, waits until the morning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.know.models import Adult, HouseholdMember
from gatepost.language.dates import LONDON, london_day
from gatepost.reach.delivery import hours
from gatepost.reach.models import Notice
from gatepost.reach.services.taking_back import in_a_minute

A_DAY = 2  # messages to many that one adult gets in a day, unless it is urgent
A_FAMILY_A_DAY = 3  # and one household: what goes to both parents counts once
TO_MANY = ("reach.broadcast", "support.home_note")


def soon(*, urgent: bool) -> datetime:
    """In a minute; what is not urgent never in the night."""
    at = in_a_minute()
    return at if urgent or not settings.GATEPOST_QUIET_HOURS else hours.next_time(at)


def tomorrow() -> datetime:
    """When the next day begins."""
    day = clock.now().astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(day, hours.DAY[0], LONDON)


def who_has_had_enough(adults: Iterable[UUID]) -> set[UUID]:
    """Those of these adults who have had their messages to many for today: they, or the household they live in.

    Whoever gets it all in one message a day, or a week, never has.
    """
    told = defaultdict[UUID, list[UUID]](list)
    for adult, batch, pk in _today().values_list("adult", "batch", "pk"):
        told[adult].append(batch or pk)
    if not told:
        return set()
    wanted = set(Adult.objects.filter(pk__in=set(adults), together="").values_list("pk", flat=True))
    theirs = HouseholdMember.objects.filter(adult__in=wanted, until_on=None).values("household")
    homes = HouseholdMember.objects.filter(household__in=theirs, adult__isnull=False, until_on=None)
    lives_in = defaultdict[UUID, set[UUID]](set)
    for household, adult in homes.values_list("household", "adult"):
        lives_in[household].add(adult)
    enough = {adult for adult in wanted if len(told[adult]) >= A_DAY}
    for family in lives_in.values():
        if len({each for adult in family for each in told[adult]}) >= A_FAMILY_A_DAY:
            enough |= family & wanted
    return enough


def _today() -> QuerySet[Notice]:
    """What was sent to many today."""
    midnight = datetime.combine(london_day(clock.now()), time.min, LONDON)
    sent = Notice.objects.filter(kind__in=TO_MANY, created_at__gte=midnight).order_by()
    return sent.exclude(state__in=[Notice.State.RECALLED, Notice.State.BARRED])
