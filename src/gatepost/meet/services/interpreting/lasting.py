"""How long an interpreter is needed: signing takes twice the time, so the host's next time belongs to it, too."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from gatepost.core.errors import Refused
from gatepost.meet.models import SIGNED, Booking, Hold, InterpreterBooking, Slot
from gatepost.meet.queries.choosing import GAP
from gatepost.meet.services import holding


def take_twice(asked: InterpreterBooking) -> None:
    """Signing takes twice the time: the host's next time, where it is free, belongs to this meeting, too."""
    asked.next_slot = None
    if asked.language != SIGNED:
        return
    after = next_after(asked.booking.slot)
    if after is None:
        return
    if not Slot.objects.filter(pk=after.pk, taken=0, places=1).update(places=0):
        raise Refused(_("That time has just been taken. Please choose another."))
    asked.next_slot = after
    _hold_adult_twice(asked.booking, after)


def _hold_adult_twice(booking: Booking, after: Slot) -> None:
    """Whoever signs is here for both times, so they cannot be booked elsewhere in the second."""
    first = set(holding.Stretch(booking.slot.starts_at, booking.slot.minutes).cells())
    cells = [at for at in holding.Stretch(after.starts_at, after.minutes).cells() if at not in first]
    holds = [Hold(kind=Hold.Kind.ADULT, key=booking.invitation.adult_id, at=at) for at in cells]
    clash = _("You have another meeting at that time. Please choose another.")
    holding.hold_all(holds, of=booking, clash=clash)


def next_after(slot: Slot) -> Slot | None:
    """The host's next time of the same event, where it follows at once."""
    near = Slot.objects.filter(event=slot.event_id, host=slot.host_id, starts_at__gte=slot.ends_at)
    return near.filter(starts_at__lte=slot.ends_at + GAP).order_by("starts_at").first()


def give_next_back(asked: InterpreterBooking) -> None:
    """The second time is anybody's again."""
    if asked.next_slot_id:
        Slot.objects.filter(pk=asked.next_slot_id, places=0).update(places=F("places") + 1)
        if second := asked.next_slot:
            kept = Hold.objects.filter(booking=asked.booking, kind=Hold.Kind.ADULT)
            kept.filter(at__gte=second.starts_at, at__lt=second.ends_at).delete()
        asked.next_slot = None


def stretches(asked: InterpreterBooking) -> list[holding.Stretch]:
    """When the interpreter is needed."""
    second = [holding.Stretch(asked.next_slot.starts_at, asked.next_slot.minutes)] if asked.next_slot else []
    return holding.stretches_of(asked.booking.slot) + second
