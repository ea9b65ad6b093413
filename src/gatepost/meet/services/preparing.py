"""Making a meeting ready: its room, who sits there besides the family, and what is done so that they can come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.language.words import say_list
from gatepost.meet import notices
from gatepost.meet.inwords import ask_for_role
from gatepost.meet.models import Arrangement, Booking, Hold, Room, RoomBooking, Seat, SeatMail
from gatepost.meet.queries.agenda import people_at
from gatepost.meet.queries.preparing import needed_of, suits
from gatepost.meet.seats import OF_THE_SCHOOL
from gatepost.meet.services import helping, holding, interpreting, telling
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach import services as reach
from gatepost.reach.services.taking_back import forget


def when(booking: Booking) -> list[holding.Stretch]:
    """How long the meeting lasts: twice as long where it is signed."""
    live = interpreting.of(booking)
    return interpreting.stretches(live) if live else holding.stretches_of(booking.slot)


@transaction.atomic
def add_room(typed: Mapping[str, Any], *, school_id: UUID, by: Actor) -> Room:
    """Families can be met in it from now on."""
    if Room.objects.filter(name=typed["name"], ended_at=None).exists():
        raise Refused(_("There is a room of this name already."))
    room = Room.objects.create(school_id=school_id, **typed)
    audit.record("meet.room_added", room, by=by)
    return room


@transaction.atomic
def end_room(room: Room, *, by: Actor) -> None:
    """It is used for this no longer. Meetings that have it keep it."""
    if Room.objects.filter(pk=room.pk, ended_at=None).update(ended_at=clock.now()):
        audit.record("meet.room_ended", room, by=by)


@whole
def take_room(booking: Booking, room: Room, *, by: Actor) -> RoomBooking:
    """Meet in this room, instead of any before.

    Holds afterwards: no other meeting has it then; it has what the adults who come need.
    """
    _refuse_given_back(booking)
    if room.ended_at or not suits(room, needed_of(booking)):
        raise Refused(_("This room has not what the adults who come need."))
    _leave_room(booking)
    clash = _("%(room)s is taken then.") % {"room": room.name}
    holding.hold(Hold.Kind.ROOM, room.pk, when(booking), of=booking, clash=clash)
    taken = RoomBooking.objects.create(school_id=booking.school_id, booking=booking, room=room, made_at=clock.now())
    audit.record("meet.room_taken", taken, by=by)
    return taken


def _refuse_given_back(booking: Booking) -> None:
    """Nobody and nothing is kept for a meeting that somebody has called off meanwhile; whoever does so now waits."""
    live = Booking.objects.filter(pk=booking.pk, status=Booking.Status.BOOKED)
    if live.select_for_update(no_key=True).values_list("pk").first() is None:
        raise Refused(_("This time has been given back already."))


def _leave_room(booking: Booking) -> None:
    holding.let_go(booking, Hold.Kind.ROOM)
    RoomBooking.objects.filter(booking=booking).delete()


@whole
def add_professional(booking: Booking, person: Person, role: str, *, by: Actor) -> Seat:
    """Somebody of the school comes, too: the family reads who, and what for.

    Holds afterwards: their time is held; there is a reason in plain words.
    """
    if not role.strip():
        raise Refused(_("Please say in plain words why they come: the family reads it."))
    _refuse_given_back(booking)
    if person.pk == booking.slot.host_id:
        raise Refused(_("They host this meeting already."))
    if Seat.objects.filter(booking=booking, person=person).exists():
        raise Refused(_("They are on the list already."))
    clash = _("%(name)s is at another meeting then.") % {"name": person.name}
    holding.hold(Hold.Kind.HOST, person.pk, when(booking), of=booking, clash=clash)
    seat = Seat.objects.create(
        school_id=booking.school_id,
        booking=booking,
        kind=Seat.Kind.PROFESSIONAL,
        detail=person.name,
        role=role.strip(),
        person=person,
    )
    return _seated(seat, booking, by=by)


def _seated(seat: Seat, booking: Booking, *, by: Actor) -> Seat:
    """The family reads who comes; they themselves are told when and where."""
    audit.record("meet.professional_added", seat, by=by)
    ask_for_role(seat, by=by)
    _tell_who_comes(booking, by=by)
    telling.tell_one(booking, telling.who_sits(seat), SeatMail.News.BOOKED)
    return seat


@whole
def add_from_outside(booking: Booking, kind: Seat.Kind, name: str, role: str, *, email: str = "", by: Actor) -> Seat:
    """Somebody who does not work here comes: a nurse, a social worker, another parent who knows the way.

    Holds afterwards: the family has been told who; they hear when and where, by mail or from you, and see nothing of
    Gatepost; nobody sits there twice.
    """
    name, role = name.strip(), role.strip()
    if not name or not role:
        raise Refused(_("Please say who comes, and in plain words why: the family reads it."))
    _refuse_given_back(booking)
    seats = Seat.objects.filter(booking=booking, kind__in=OF_THE_SCHOOL)
    if seats.filter(detail__iexact=name).exists():
        raise Refused(_("They are on the list already."))
    said = {"kind": kind, "detail": name, "role": role, "email": email}
    return _seated(Seat.objects.create(school_id=booking.school_id, booking=booking, **said), booking, by=by)


@transaction.atomic
def remove_professional(booking: Booking, seat_id: UUID, *, by: Actor) -> None:
    """They do not come after all."""
    seat = Seat.objects.filter(booking=booking, kind__in=OF_THE_SCHOOL, pk=seat_id).first()
    if seat is None:
        return
    if seat.person_id:
        Hold.objects.filter(booking=booking, kind=Hold.Kind.HOST, key=seat.person_id).delete()
    audit.record("meet.professional_removed", seat, by=by)
    telling.tell_one(booking, telling.who_sits(seat), SeatMail.News.RELEASED)
    seat.delete()
    _tell_who_comes(booking, by=by)


def _tell_who_comes(booking: Booking, *, by: Actor) -> None:
    """The family hears who will be there now. Of several changes one after the other, only the last is said."""
    adult, invitation = booking.invitation.adult, booking.invitation
    seats = Seat.objects.filter(booking=booking).order_by("pk")
    names = [each.name for each in people_at(booking, seats, roles=False)]
    said = {"names": say_list(names, reach.language_for(adult))}
    forget([notices.who_comes.name], subject=invitation.pk, adult=invitation.adult_id)
    reach.tell(adult, notices.who_comes, about=invitation.child, subject=invitation.pk, by=by, **said)


@transaction.atomic
def arrange(booking: Booking, kind: Arrangement.Kind, *, words: str, pence: int, by: Actor) -> Arrangement:
    """Write down what is done so that they can come, and what it costs."""
    made, _fresh = Arrangement.objects.update_or_create(
        invitation=booking.invitation,
        kind=kind,
        defaults={
            "school_id": booking.school_id,
            "words": words.strip(),
            "pence": pence,
            "by_id": by.staff_id,
            "at": clock.now(),
        },
    )
    audit.record("meet.arranged", made, by=by, kind=kind, pence=pence)
    if made.asked_at:
        helping.tell_arranged(made, by=by)
    return made


def follow(booking: Booking, before: Booking | None, *, by: Actor) -> None:
    """What the time before had comes along, where it is free at the new one; what is not free is let go.

    The holds of the time before are gone already.
    """
    if before is None:
        return
    lost = False
    for seat in Seat.objects.filter(booking=before, kind__in=OF_THE_SCHOOL).select_related("person"):
        if seat.person is None or _can(partial(_hold_host, booking, seat.person)):
            Seat.objects.filter(pk=seat.pk).update(booking=booking)
            telling.tell_one(booking, telling.who_sits(seat), SeatMail.News.MOVED)
        else:
            audit.record("meet.professional_removed", seat, by=by)
            telling.tell_one(before, telling.who_sits(seat), SeatMail.News.RELEASED)
            seat.delete()
            lost = True
    if lost:
        _tell_who_comes(booking, by=by)
    room = RoomBooking.objects.filter(booking=before).select_related("room").first()
    if room:
        RoomBooking.objects.filter(pk=room.pk).delete()
        _can(partial(take_room, booking, room.room, by=by))


def _hold_host(booking: Booking, person: Person) -> None:
    holding.hold(Hold.Kind.HOST, person.pk, when(booking), of=booking, clash=_("Busy."))


def _can(step: Callable[[], object]) -> bool:
    """Whether a step could be done; where not, nothing of it was."""
    try:
        with transaction.atomic():
            step()
    except Refused:
        return False
    return True


def release(booking: Booking) -> None:
    """The meeting does not take place: the room is free, and who was to come hears it; holds go with the meeting's."""
    telling.tell_all(booking, SeatMail.News.RELEASED)
    RoomBooking.objects.filter(booking=booking).delete()
