"""The evening itself: a host who runs late, and a family that comes without a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.core import audit, clock
from gatepost.core.whole import whole
from gatepost.know.models import Channel, ContactPoint
from gatepost.know.queries import contacts_for
from gatepost.meet import notices, queries
from gatepost.meet.models import Booking, Delay, Invitation, Session
from gatepost.meet.services.booking import book
from gatepost.meet.wishes import Wishes
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach import services as reach
from gatepost.reach.delivery.render import is_neutral
from gatepost.reach.models import Touch


@whole
def say_late(session: Session, host: Person, *, minutes: int, by: Actor) -> int:
    """A host runs late: those who still have a time with them are told by text, where a text reaches them.

    Holds afterwards: the list at the door says so too, for everybody else. Returns how many texts are on their way.
    """
    said = Delay.objects.create(
        school_id=session.school_id,
        session=session,
        host=host,
        minutes=minutes,
        said_by_id=by.staff_id,
        said_at=clock.now(),
    )
    audit.record("meet.running_late", said, by=by, minutes=minutes)
    waiting = queries.who_waits(session, host) if minutes else []
    texted = by_text([booking.invitation for booking in waiting])
    news = [
        reach.News(each.adult, each.child, each.pk, {"host": host.name, "minutes": minutes})
        for each in {each.adult_id: each for each in texted}.values()  # one text for two children
    ]
    reach.tell_all(notices.running_late, news, by=by)
    return len(news)


def by_text(invitations: Sequence[Invitation]) -> list[Invitation]:
    """Those whose adult a text reaches, about this child: a mail would be read at home."""
    points = contacts_for([(each.adult_id, each.child_id) for each in invitations])
    found = ((each, points[each.adult_id, each.child_id]) for each in invitations)
    return [each for each, point in found if point and point.channel == Channel.SMS and not _says_nothing(point)]


def _says_nothing(point: ContactPoint) -> bool:
    """Whether others read it, or nobody knows who does: there it would only say that there is a message."""
    return is_neutral(notices.running_late, point)


@whole
def arrive(booking: Booking, *, by: Actor, at: datetime | None = None) -> None:
    """They are here: the list at the door and the page of whoever listens say so. The first moment counts."""
    if Booking.objects.filter(pk=booking.pk, arrived_at=None).update(arrived_at=at or clock.now()):
        audit.record("meet.arrived", booking, by=by)


@whole
def walk_in(invitation: Invitation, *, by: Actor) -> Booking | None:
    """A family has come without a time: it gets the next free one of today, and is here.

    Holds afterwards: the same rows and traces as if they had booked it themselves, said at the door. None: nothing
    is free any more today.
    """
    slot = queries.next_free_today(invitation)
    if slot is None:
        return None
    booking = book(invitation, slot, wishes=Wishes(), by=by, way=Touch.Way.DOOR)
    arrive(booking, by=by)
    return booking
