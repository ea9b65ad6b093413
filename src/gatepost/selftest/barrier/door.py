"""The page at the door of a breakfast: the barred adult types a name on the school's own device."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.urls import reverse

from gatepost.core import clock
from gatepost.meet import addresses
from gatepost.meet import services as meet
from gatepost.meet.models import Event, Kiosk
from gatepost.reach.links import token_hash
from gatepost.testing import Cast

if TYPE_CHECKING:
    from gatepost.selftest.barrier.world import World

SECRET = "what the tablet at the door holds"  # noqa: S105  # of a school that is thrown away
PRESS = UUID(int=7)


def open_the_door(cast: Cast, now: datetime) -> str:
    """A breakfast, and the page at its door all day. Returns where it is."""
    day = clock.today() + timedelta(days=300)
    host = cast.nye
    wanted = meet.Plan(Event.Kind.BREAKFAST, "Breakfast", "Hall", [day], time(8), time(9), 60, [cast.robins], [host])
    event = meet.plan_event(wanted, school_id=cast.school.pk, by=cast.actor_of(host))
    kiosk = Kiosk.objects.create(
        school=cast.school,
        session=event.sessions.get(),
        device_hash=token_hash(SECRET),
        begun_by=host,
        begun_at=now,
        until=now + timedelta(days=2),
    )
    return reverse("kiosk:open", args=[addresses.key_of(kiosk.school_id, kiosk.pk)])


def other_signs_in(world: World, dice: Random) -> None:
    """The other adult comes to the breakfast, and types who they are."""
    kiosk = Kiosk.objects.get(device_hash=token_hash(SECRET))
    meet.sign_in(kiosk, name=world.other.name, of_child=world.child.name, language="en", press=uuid4())
