"""What a meeting needs to be ready: what the adults need, which rooms have it, and who outnumbers whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gatepost.know.arrangements import ARRANGEMENTS
from gatepost.know.models import AccessNeed, Barrier
from gatepost.meet.models import (
    Arrangement,
    Attendance,
    Booking,
    Event,
    Hold,
    InterpreterBooking,
    Invitation,
    Room,
    Seat,
)
from gatepost.meet.seats import OF_THE_SCHOOL

FEATURE_FOR = {
    AccessNeed.Kind.HEARING_LOOP: Room.Feature.LOOP,
    AccessNeed.Kind.STEP_FREE: Room.Feature.STEP_FREE,
    AccessNeed.Kind.SEAT: Room.Feature.STEP_FREE,
    AccessNeed.Kind.QUIET_ROOM: Room.Feature.QUIET,
}
FAMILY_SIDE = (Seat.Kind.SECOND_PARENT, Seat.Kind.SUPPORTER, Seat.Kind.ADVOCATE)
MOST_FOR_EACH = 2  # professionals for each grown-up of the family's side, before it feels like a panel


def adults_of(booking: Booking) -> set[UUID]:
    """The adults of the family who come."""
    others = Seat.objects.filter(booking=booking, adult__isnull=False, comes=True).values_list("adult", flat=True)
    return {booking.invitation.adult_id, *(each for each in others if each)}


def needs_of(booking: Booking) -> list[AccessNeed]:
    """What they have said they need."""
    return list(AccessNeed.objects.filter(adult__in=adults_of(booking)))


def needed_of(booking: Booking) -> frozenset[str]:
    """What the room must have for them."""
    kinds = AccessNeed.objects.filter(adult__in=adults_of(booking)).values_list("kind", flat=True)
    return frozenset(str(FEATURE_FOR[AccessNeed.Kind(kind)]) for kind in kinds if kind in FEATURE_FOR)


def suits(room: Room, needed: Collection[str]) -> bool:
    """Whether a room has all of it."""
    return set(needed) <= set(room.features)


def rooms_for(booking: Booking, cells: Collection[datetime]) -> list[Room]:
    """The rooms that suit and are free then. Where school was hard for them, one with its own entrance comes first."""
    taken = Hold.objects.filter(kind=Hold.Kind.ROOM, at__in=cells).exclude(booking=booking).values("key")
    needed = needed_of(booking)
    found = [room for room in Room.objects.filter(ended_at=None).exclude(pk__in=taken) if suits(room, needed)]
    shy = Barrier.objects.filter(adult__in=adults_of(booking), kind=Barrier.Kind.OWN_SCHOOLING).exists()
    return sorted(found, key=lambda room: (shy and Room.Feature.PRIVATE not in room.features, room.name))


@dataclass(frozen=True)
class Sides:
    """How many sit on each side of the table."""

    school: int
    family: int

    @property
    def outnumbered(self) -> bool:
        """Whether the family meets a row of professionals."""
        return self.school > MOST_FOR_EACH * self.family


def sides_of(seats: Collection[Seat]) -> Sides:
    """The host and colleagues; the adult and whoever comes with them. An interpreter sits between."""
    kinds = [seat.kind for seat in seats]
    theirs = [seat for seat in seats if seat.kind in FAMILY_SIDE and seat.comes is not False]
    return Sides(1 + sum(map(kinds.count, OF_THE_SCHOOL)), 1 + len(theirs))


@dataclass(frozen=True)
class Offer:
    """One thing that stands in an adult's way, and what the school offers."""

    label: str
    words: str
    offer: str | Promise


def offers_of(booking: Booking) -> list[Offer]:
    """From what the adult has said themselves, and from nothing else."""
    said = Barrier.objects.filter(adult=booking.invitation.adult_id)
    return [Offer(each.get_kind_display(), each.words, ARRANGEMENTS[Barrier.Kind(each.kind)]) for each in said]


def stayed_away(invitation: Invitation) -> bool:
    """Whether this adult did not come twice, the last two times about this child: then another way is offered."""
    noted = Attendance.objects.filter(
        booking__invitation__adult=invitation.adult_id, booking__invitation__child=invitation.child_id
    )
    return list(noted.order_by("-noted_at").values_list("came", flat=True)[:2]) == [False, False]


def cost_of(event: Event) -> int:
    """What is arranged for the families of an event costs, in pence."""
    total: int | None = Arrangement.objects.filter(invitation__event=event).aggregate(sum=Sum("pence"))["sum"]
    return total or 0


def tasks_of(booking: Booking, seats: Collection[Seat]) -> list[str]:
    """What the host does before the family comes: one list, to print."""
    chairs = 1 + len(seats) + 1
    tasks = [
        _("%(number)s chairs in a round, none behind a desk") % {"number": chairs},
        _("Water, tea and coffee, and somebody at the door who knows their name"),
    ]
    food = Arrangement.objects.filter(invitation=booking.invitation_id, kind=Arrangement.Kind.FOOD).first()
    if food:
        tasks.append(_("To eat: %(words)s") % {"words": food.words or _("ask what they like")})
    for need in needs_of(booking):
        words = f"{need.get_kind_display()}: {need.words}" if need.words else need.get_kind_display()
        tasks.append(_("Made ready: %(need)s") % {"need": words})
    arranged = Arrangement.objects.filter(invitation=booking.invitation_id).exclude(kind=Arrangement.Kind.FOOD)
    tasks += [
        f"{each.get_kind_display()}: {each.words}" if each.words else each.get_kind_display() for each in arranged
    ]
    live = InterpreterBooking.objects.filter(booking=booking).exclude(state="released").first()
    if live:
        tasks.append(_("A chair for the interpreter, where the parent sees both of you"))
    return tasks
