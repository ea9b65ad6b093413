"""Booking: take a time or a place, move it, give it back, take it back, say no."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, bulk, clock
from gatepost.core.errors import Refused
from gatepost.core.readings import worded_once
from gatepost.core.whole import whole
from gatepost.disclosure import RULES, CareFacts
from gatepost.know.models import Adult, Child
from gatepost.know.queries import Bonds, apart_from, bonds_of
from gatepost.meet import notices, queries
from gatepost.meet.helps import HELP
from gatepost.meet.inwords import way_said
from gatepost.meet.kinds import Books
from gatepost.meet.models import SIGNED, Booking, Event, Hold, Invitation, Seat, Slot
from gatepost.meet.queries.together import lets_come, may_come
from gatepost.meet.services import agenda, counters, helping, holding, interpreting, preparing, together
from gatepost.meet.wishes import Wishes, wishes_at
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.delivery.ways import by_another_way
from gatepost.reach.models import Ask, Touch
from gatepost.reach.services.taking_back import forget

_WISHED = (Seat.Kind.CHILD, Seat.Kind.SUPPORTER, Seat.Kind.ADVOCATE, Seat.Kind.INTERPRETER)


class Overtaken(Refused):
    """What was pressed stood on a page from before another act: nothing was done, and nothing was written over."""


@whole
def book(
    invitation: Invitation,
    slot: Slot,
    *,
    wishes: Wishes,
    by: Actor,
    way: Touch.Way = Touch.Way.WEB,
    seen: int | None = None,
) -> Booking:
    """Give an adult a time and tell them, in their language; one they held before goes back.

    Holds afterwards: `taken` counts the places that are held (one for each booking; one for all children of an adult,
    where places are counted in families) and never passes `places`, however many people press the button at once; the
    adult holds exactly one time for this invitation. `seen`: the count of changes that the page showed, so that one
    page has one effect, however often and in how many windows it is sent.
    """
    one_at_a_time(invitation, seen)
    before = queries.booking_of(invitation)
    bonds = bonds_of(invitation.adult, invitation.child)
    _refuse_bad_choice(invitation, slot, before, bonds)
    if before and before.slot_id == slot.pk:
        return wish(invitation, wishes=wishes, by=by)
    _exchange(slot, before, invitation)
    booking = Booking(school_id=invitation.school_id, slot=slot, invitation=invitation, booked_at=clock.now())
    wanted = _sit(booking, wishes, invitation.adult, by=by)
    _hold_adult(booking)
    if wishes.help:
        helping.ask_for_help(invitation, wishes.help, by=by)
    interpreting.keep_in_step(booking, wanted=wanted, wish=wishes.interpreter_wish, before=before, by=by)
    preparing.follow(booking, before, by=by)
    if before or wishes.second_parent:
        together.keep_in_step(booking, wanted=wishes.second_parent, before=before, by=by)
    end_waiting(invitation)
    reach.answer(_ask_of(invitation), "yes", way=way, by=by)
    audit.record("meet.moved" if before else "meet.booked", booking, by=by)
    _tell_booked(booking, bonds.facts, by=by)
    if before:
        promote(invitation.event, by=by)
    return booking


def one_at_a_time(invitation: Invitation, seen: int | None = None) -> None:
    """Queue everybody who books or gives back for this child: a double press, and two adults who are kept apart.

    Where many come together, also for this adult, who may come with two children. Taken before the slots and the audit
    trail, always; `no_key`, so that rows that only point at the child never wait.
    """
    if connection.features.has_select_for_update:  # SQLite: the transaction itself has begun as the only writer
        (_locked,) = _for_one_only(invitation.child_id)
        if invitation.event.template.books is not Books.TIME:
            Adult.objects.select_for_update(no_key=True).values_list("pk").get(pk=invitation.adult_id)
    if seen is not None and counters.changes_of(invitation.pk) != seen:
        raise Overtaken(_("You had answered already, perhaps in another window. This is what we have."))


@worded_once
def _for_one_only(child: UUID) -> QuerySet[Child, Any]:
    return Child.objects.select_for_update(no_key=True).filter(pk=child).order_by().values_list("pk")


def queue_those_apart(adult: UUID, apart: set[UUID]) -> None:
    """Queue also those who are kept apart from this adult and book for another child at this moment."""
    if apart and connection.features.has_select_for_update:
        both = Adult.objects.select_for_update(no_key=True).filter(pk__in={adult, *apart})
        list(both.order_by("pk").values_list("pk"))


def _ask_of(invitation: Invitation) -> Ask:
    """What the invitation asked. It was put to the same adult about the same child: they need not be read again."""
    invitation.ask.adult, invitation.ask.child = invitation.adult, invitation.child
    return invitation.ask


def _refuse_bad_choice(invitation: Invitation, slot: Slot, before: Booking | None, bonds: Bonds) -> None:
    if not lets_come(invitation, bonds.facts):
        raise Refused(RULES["ask-the-office"])  # staff on the telephone; a family's link does not open any more
    taken = _("That time has just been taken. Please choose another.")
    if not queries.is_offered(invitation, slot.pk):
        raise Refused(taken)
    if slot.starts_at < clock.now():
        raise Refused(_("That time has passed. Please choose another."))
    queue_those_apart(invitation.adult_id, bonds.apart)
    is_signed = invitation.adult.interpreter == SIGNED
    short = queries.too_short(invitation, queries.offered_to(invitation), before) if is_signed else ()
    if slot.pk in short or queries.is_closed(slot, queries.too_close(invitation, bonds.apart)):
        raise Refused(taken)  # the same words: another adult's time looks like any taken time


def _exchange(slot: Slot, before: Booking | None, invitation: Invitation) -> None:
    """Claim the new slot and free the old one, always in the same order, so that two families who swap cannot lock."""
    steps = [(slot.pk, _claim)] if _takes_a_place(slot, queries.beside(invitation, slot)) else []
    if before:
        Booking.objects.filter(pk=before.pk).update(status=Booking.Status.GIVEN_BACK)
        steps += [(before.slot_id, _free)] if _let_go_of(before) else []
    for pk, step in sorted(steps, key=lambda pair: pair[0]):
        step(pk)


def _takes_a_place(slot: Slot, beside: Booking | None) -> bool:
    """Where places are counted in families, an adult who comes with a second child needs no second place."""
    return not (beside and slot.event.template.books is Books.FAMILY)


def _let_go_of(booking: Booking) -> bool:
    """Nobody is held for it any more, and nobody hears any more that they have it. Returns whether a place is free."""
    beside = queries.beside(booking.invitation, booking.slot)
    if beside:
        holding.hand_over(booking, beside, Hold.Kind.ADULT, booking.invitation.adult_id)
    holding.let_go(booking)
    forget(notices.OF_A_TIME, subject=booking.invitation_id, adult=booking.invitation.adult_id)
    return _takes_a_place(booking.slot, beside)


def _release(booking: Booking, *, by: Actor) -> None:
    """Free the place and everything that was kept for it: interpreter, room, colleagues, the adult's own time."""
    if _let_go_of(booking):
        _free(booking.slot_id)
    interpreting.release(booking, by=by)
    preparing.release(booking)
    together.release(booking, by=by)


def _claim(slot_id: UUID) -> None:
    if not counters.take_one(slot_id):
        raise Refused(_("That time has just been taken. Please choose another."))


def _free(slot_id: UUID) -> None:
    Slot.objects.filter(pk=slot_id, taken__gt=0).update(taken=F("taken") - 1)


def _hold_adult(booking: Booking) -> None:
    """Nobody can be with two teachers at once: an adult with two children gets two times one after the other.

    Where many come together, they are there with both.
    """
    if queries.beside(booking.invitation, booking.slot):
        return
    clash = _("You have another meeting at that time. Please choose another.")
    when = holding.stretches_of(booking.slot)
    holding.hold(Hold.Kind.ADULT, booking.invitation.adult_id, when, of=booking, clash=clash)


def _sit(booking: Booking, wishes: Wishes, adult: Adult, *, by: Actor) -> str:
    """Replace what was wished for: old wishes are not kept. What they would like to talk about is added.

    Returns the language of the interpreter, if any: one that the school knows of sits there, whoever answers and how.
    """
    spoken = wishes.interpreter or adult.interpreter
    booking.elsewhere, is_new = wishes.elsewhere, booking._state.adding
    booking.way = wishes.way if wishes.way in booking.invitation.event.ways else ""
    booking.where = wishes.where if booking.way else ""
    if is_new:
        bulk.insert(Booking, [booking])
    else:
        booking.save()
    if wishes.talk_about:
        agenda.add_for_family(booking.invitation, wishes.talk_about, by=by)
    if not is_new:
        Seat.objects.filter(booking=booking, kind__in=_WISHED).delete()
    along = Seat.Kind.ADVOCATE if wishes.advocate else Seat.Kind.SUPPORTER
    seats = [Seat(kind=Seat.Kind.CHILD)] if wishes.child else []
    seats += [Seat(kind=along, detail=wishes.supporter, role=wishes.supporter_role)] if wishes.supporter else []
    seats += [Seat(kind=Seat.Kind.INTERPRETER, detail=spoken)] if spoken else []
    for seat in seats:
        seat.school_id, seat.booking = booking.school_id, booking
    Seat.objects.bulk_create(seats)
    return spoken


def _tell_booked(booking: Booking, facts: CareFacts, *, by: Actor) -> None:
    invitation = booking.invitation
    said = {"host": booking.slot.host.name, **_said_of(booking)}
    news = reach.News(invitation.adult, invitation.child, invitation.pk, said)
    reach.tell_all(notices.booked, [news], by=by, facts={(invitation.adult_id, invitation.child_id): facts})


def _said_of(booking: Booking) -> dict[str, Any]:
    """What a message says of a time, and its entry in a calendar; each one counts as a change of that entry.

    As it stands now that the time is claimed: whoever moves the event or calls off a day waits for that, or came first.
    """
    slot, stands = booking.slot, counters.count_change(booking.invitation_id)
    slot.event.place, slot.event.way_there = stands.place, stands.way_there
    if slot.event.template.whole:
        slot.refresh_from_db(fields=["starts_at"])
    when = {"when_at": slot.starts_at.isoformat(), "minutes": slot.minutes, "place": slot.event.place}
    there = {"way": queries.way_of(booking)} | way_said(slot.event, booking.invitation.adult)
    return when | there | {"number": stands.changes - 1}


@whole
def wish(invitation: Invitation, *, wishes: Wishes, by: Actor, seen: int | None = None) -> Booking:
    """Replace what an adult asked for besides the time."""
    one_at_a_time(invitation, seen)
    booking = queries.booking_of(invitation)
    if booking is None:
        raise Refused(_("Please choose a time first."))
    wanted = _sit(booking, wishes, invitation.adult, by=by)
    interpreting.wish_changed(booking, wanted=wanted, wish=wishes.interpreter_wish, by=by)
    together.keep_in_step(booking, wanted=wishes.second_parent, before=None, by=by)
    helping.tick_help(invitation, wishes.help, offered=HELP, by=by)
    counters.count_change(invitation.pk)
    audit.record("meet.wished", booking, by=by)
    return booking


@whole
def give_back(invitation: Invitation, *, by: Actor, way: Touch.Way = Touch.Way.WEB, seen: int | None = None) -> None:
    """Free the time an adult holds, and say so. Done twice, it is done once.

    Holds afterwards: somebody else can have the time; the invitation stands, and another can be chosen.
    """
    if _let_go(invitation, by=by, seen=seen):
        reach.answer(_ask_of(invitation), "given_back", way=way, by=by)


def _let_go(invitation: Invitation, *, by: Actor, seen: int | None) -> bool:
    """Free the time an adult holds and tell them; whether they held one."""
    one_at_a_time(invitation, seen)
    booking = queries.booking_of(invitation)
    if booking is None or not Booking.objects.filter(pk=booking.pk, status="booked").update(status="given_back"):
        return False
    _release(booking, by=by)
    audit.record("meet.given_back", booking, by=by)
    told = reach.tell(
        invitation.adult,
        notices.given_back,
        about=invitation.child,
        subject=invitation.pk,
        by=by,
        **_said_of(booking),
    )
    by_another_way(told, by=by)
    promote(booking.slot.event, by=by)
    return True


@whole
def take_back(invitation: Invitation, *, by: Actor, seen: int | None = None) -> Booking:
    """Undo a giving-back within a quarter of an hour: the same time, with all that was wished for, and who comes.

    Nobody's time is kept empty meanwhile: if somebody else has taken it, it is gone.
    """
    before = queries.given_back_lately(invitation, queries.held_of(invitation).before)
    if before is None:
        raise Refused(_("That time has just been taken. Please choose another."))
    again = book(invitation, before.slot, wishes=wishes_at(before), by=by, seen=seen)
    if again.pk != before.pk:
        preparing.follow(again, before, by=by)
    return again


@whole
def withdraw(booking: Booking, *, by: Actor) -> None:
    """Free a time that an adult may not keep any more. Nobody is told by the system: a person decides how.

    Holds afterwards: somebody else can have the time; the adult counts as neither heard nor answered.
    """
    one_at_a_time(booking.invitation)
    if not Booking.objects.filter(pk=booking.pk, status="booked").update(status="given_back"):
        raise Refused(_("This time has been given back already."))
    _release(booking, by=by)
    counters.count_change(booking.invitation_id)
    audit.record("meet.withdrawn", booking, by=by)
    promote(booking.slot.event, by=by)


@whole
def say_no(
    invitation: Invitation,
    *,
    value: str,
    words: str = "",
    by: Actor,
    way: Touch.Way = Touch.Way.WEB,
    seen: int | None = None,
) -> None:
    """Keep that an adult declines, or can make none of these times. That is an answer, and welcome as one.

    Holds afterwards: any time they held is free; the school has heard from them, one thing and not two.
    """
    _let_go(invitation, by=by, seen=seen)
    counters.count_change(invitation.pk)
    end_waiting(invitation)
    reach.answer(_ask_of(invitation), value, words=words, way=way, by=by)
    audit.record("meet.said_no", invitation, by=by, value=value)


# ── places that become free ──────────────────────────────────────────────────────────────────────


def promote(event: Event, *, by: Actor) -> list[Booking]:
    """Give every place that is free to whoever is next on the waiting list, and tell them, in the same transaction.

    Holds afterwards: nobody who can have a free place waits for it. Who cannot come then stays on the list.
    """
    if not event.template.counts_places:
        return []
    stands = Slot.objects.filter(event=event, session__called_off_at=None)
    free = list(stands.filter(taken__lt=F("places"), starts_at__gt=clock.now()))
    made: list[Booking] = []
    for invitation in queries.waiting_for(event) if free else []:
        if sum(slot.places - slot.taken for slot in free) <= len(made):
            break
        made += _promote(invitation, by=by)
    return made


def _promote(invitation: Invitation, *, by: Actor) -> list[Booking]:
    one_at_a_time(invitation)  # they, and whoever is kept apart from them, may be booking at this moment
    if queries.booking_of(invitation) or not may_come(invitation):
        return []
    apart = apart_from(invitation.adult)
    queue_those_apart(invitation.adult_id, apart)
    closed, free = queries.too_close(invitation, apart), Q(taken__lt=F("places"), starts_at__gt=clock.now())
    for slot in queries.slots_for(invitation).filter(free, session__called_off_at=None).select_related("host", "event"):
        if queries.is_closed(slot, closed):
            continue
        with suppress(Refused, IntegrityError), transaction.atomic():  # taken, or they are elsewhere then: they wait on
            return [_seat(invitation, slot, by=by)]
    return []


def _seat(invitation: Invitation, slot: Slot, *, by: Actor) -> Booking:
    if _takes_a_place(slot, queries.beside(invitation, slot)):
        _claim(slot.pk)
    booking = Booking(school_id=invitation.school_id, slot=slot, invitation=invitation, booked_at=clock.now())
    wanted = _sit(booking, Wishes(), invitation.adult, by=by)
    _hold_adult(booking)
    interpreting.keep_in_step(booking, wanted=wanted, before=None, by=by)
    preparing.follow(booking, None, by=by)
    end_waiting(invitation)
    audit.record("meet.promoted", booking, by=by)
    told = {"subject": invitation.pk, "by": by, **_said_of(booking)}
    reach.tell(invitation.adult, notices.promoted, about=invitation.child, **told)
    return booking


def end_waiting(invitation: Invitation) -> bool:
    """They wait no longer; whether they did."""
    return bool(counters.wait_until(invitation.pk, clock.now()))
