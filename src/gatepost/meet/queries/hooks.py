"""What came of a hook: how many of those who came were invited to the talk that follows, booked one, and met."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.know.queries import Pair
from gatepost.meet.models import Attendance, Booking, Event, Invitation, SignIn


@dataclass(frozen=True)
class Conversion:
    """Counted in adults, each with one child: the same people all the way, never others who were invited besides."""

    came: int
    invited: int
    booked: int
    met: int
    unmatched: int  # signed in, and nobody has said who it was

    @property
    def to_invite(self) -> int:
        """How many of them nobody has invited yet."""
        return self.came - self.invited


def who_came(event: Event) -> set[Pair]:
    """The adults who were noted as here, with the child they came for."""
    seen = Attendance.objects.filter(came=True, booking__slot__event=event)
    return set(seen.values_list("booking__invitation__adult", "booking__invitation__child"))


def conversion(hook: Event) -> Conversion:
    """From the hook to the talk, in five numbers."""
    came, then = who_came(hook), hook.follow_on
    invited, booked, met = _of(then) if then else (set(), set(), set())
    waiting = SignIn.objects.filter(session__event=hook, state=SignIn.State.WAITING)
    return Conversion(len(came), len(came & invited), len(came & (booked | met)), len(came & met), waiting.count())


def _of(event: Event) -> tuple[set[Pair], set[Pair], set[Pair]]:
    asked = Invitation.objects.filter(event=event).values_list("adult", "child")
    held = Booking.objects.filter(slot__event=event, status=Booking.Status.BOOKED)
    return set(asked), set(held.values_list("invitation__adult", "invitation__child")), who_came(event)


def rounds_ahead(events: QuerySet[Event]) -> QuerySet[Event]:
    """The rounds of conversations among these that are not over: what a hook can lead to."""
    ahead = events.filter(kind=Event.Kind.CONVERSATION, slots__starts_at__gte=clock.now())
    return Event.objects.filter(pk__in=ahead.order_by().values("pk"))
