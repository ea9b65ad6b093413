"""The verbs of coming together: plan, invite, book, move, give back, say no, note who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import RULES, Verdict
from gatepost.disclosure.gate import decide_all
from gatepost.know.models import Child, Group
from gatepost.know.queries import Pair, care_facts
from gatepost.meet import notices, queries
from gatepost.meet.models import SHORTEST_TALK, Attendance, Booking, Event, Invitation, Seat, Slot
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach import services as reach
from gatepost.reach.models import Touch
from gatepost.reach.ways import by_another_way

MOST_SLOTS = 2000


@dataclass(frozen=True)
class Wishes:
    """What a family asks for besides a time."""

    talk_about: str = ""
    supporter: str = ""
    interpreter: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class Plan:
    """What somebody types to plan an event."""

    kind: Event.Kind
    title: str
    place: str
    days: Sequence[date]
    begins: time
    ends: time
    minutes: int
    groups: Sequence[Group]
    hosts: Sequence[Person]


@transaction.atomic
def plan_event(plan: Plan, *, school_id: UUID, by: Actor) -> Event:
    """Make an event with its times. Nobody is told yet.

    Holds afterwards: each host has a slot at each time; structured conversations are never back to back and never
    shorter than 20 minutes.
    """
    starts = _starts(plan)
    _refuse_bad_plan(plan, starts)
    event = Event.objects.create(
        school_id=school_id,
        kind=plan.kind,
        title=plan.title,
        place=plan.place,
        minutes=plan.minutes,
        made_by_id=by.staff_id,
        made_at=clock.now(),
    )
    event.groups.set(plan.groups)
    slots = [
        Slot(school_id=school_id, event=event, host=host, starts_at=start, minutes=plan.minutes)
        for host in plan.hosts
        for start in starts
    ]
    try:
        with transaction.atomic():
            Slot.objects.bulk_create(slots)
    except IntegrityError:  # at another school, or a moment ago
        raise Refused(_("%(host)s already has a meeting at one of these times.") % {"host": _names(plan)}) from None
    audit.record("meet.planned", event, by=by, slots=len(slots))
    return event


def _names(plan: Plan) -> str:
    return ", ".join(host.name for host in plan.hosts)


def _refuse_bad_plan(plan: Plan, starts: list[datetime]) -> None:
    if plan.kind == Event.Kind.CONVERSATION and plan.minutes < SHORTEST_TALK:
        raise Refused(_("A structured conversation lasts 20 minutes or more, so that there is time to listen."))
    if not starts:
        raise Refused(_("No time fits between the beginning and the end. Please check them."))
    if starts[0] < clock.now():
        raise Refused(_("The first time has already passed. Please choose a later day."))
    if len(starts) * len(plan.hosts) > MOST_SLOTS:
        raise Refused(_("That makes more than 2,000 times. Please plan fewer days or hosts at once."))
    busy = Slot.objects.filter(host__in=plan.hosts, starts_at__in=starts).first()
    if busy:
        raise Refused(_("%(host)s already has a meeting at one of these times.") % {"host": busy.host.name})


def _starts(plan: Plan) -> list[datetime]:
    """The wall-clock times at which slots begin. Conversations get ten minutes to breathe after each."""
    step = timedelta(minutes=plan.minutes + (10 if plan.kind == Event.Kind.CONVERSATION else 0))
    found = []
    for day in sorted(set(plan.days)):
        at, end = datetime.combine(day, plan.begins), datetime.combine(day, plan.ends)
        while end - at >= timedelta(minutes=plan.minutes):
            found.append(timezone.make_aware(at).astimezone(UTC))
            if end - at < step:
                break
            at += step
    return sorted(set(found))  # in the hour that the clocks leave out, two readings are one moment


@transaction.atomic
def invite(event: Event, *, by: Actor, only: Pair | None = None) -> list[Invitation]:
    """Invite every adult whom the gate lets pass and who has not been invited yet; or one of them, about one child.

    Holds afterwards: each has an invitation of their own, a question that waits for an answer, and a notice in the
    ledger. Pressing it twice invites nobody twice.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)  # two people who press at once invite once
    lines = [line for line in queries.recipients(event) if line.verdict is Verdict.ALLOW and not line.invited]
    if only:
        lines = [line for line in lines if (line.adult.pk, line.child.pk) == only]
    asks = reach.ask_all("meet.come", [(line.adult, line.child) for line in lines])
    invited = Invitation.objects.bulk_create(
        Invitation(
            school_id=event.school_id, event=event, adult=line.adult, child=line.child, ask=ask, made_at=clock.now()
        )
        for line, ask in zip(lines, asks, strict=True)
    )
    said = {
        "minutes": event.minutes,
        "conversation": event.kind == Event.Kind.CONVERSATION,
        "first_on": _first_day(event),
    }
    news = [
        reach.News(made.adult, made.child, made.pk, said | {"interpreter": made.adult.interpreter}) for made in invited
    ]
    reach.tell_all(notices.invitation, news, by=by)
    event.sent_at = event.sent_at or clock.now()
    event.save()
    audit.record("meet.invited", event, by=by, invitations=len(invited))
    return invited


def _first_day(event: Event) -> str:
    first = event.slots.order_by("starts_at").first()
    return timezone.localdate(first.starts_at).isoformat() if first else ""


@transaction.atomic
def book(invitation: Invitation, slot: Slot, *, wishes: Wishes, by: Actor, way: Touch.Way = Touch.Way.WEB) -> Booking:
    """Give an adult a time and tell them, in their language; one they held before goes back.

    Holds afterwards: `taken` counts the live bookings of each slot and never passes `places`, however many people
    press the button at once; the adult holds exactly one time for this invitation.
    """
    _one_at_a_time(invitation)
    _refuse_bad_choice(invitation, slot)
    before = queries.booking_of(invitation)
    if before and before.slot_id == slot.pk:
        return wish(invitation, wishes=wishes, by=by)
    _exchange(slot, before)
    booking = Booking(school_id=invitation.school_id, slot=slot, invitation=invitation, booked_at=clock.now())
    _sit(booking, wishes)
    reach.answer(invitation.ask, "yes", way=way, by=by)
    audit.record("meet.moved" if before else "meet.booked", booking, by=by)
    _tell_booked(booking, by=by)
    return booking


def _one_at_a_time(invitation: Invitation) -> None:
    """Queue everybody who books or gives back for this child: a double press, and two adults who are kept apart.

    Taken before the slots and the audit trail, always; `no_key`, so that rows that only point at the child never wait.
    """
    Child.objects.select_for_update(no_key=True).get(pk=invitation.child_id)


def _refuse_bad_choice(invitation: Invitation, slot: Slot) -> None:
    facts = care_facts(invitation.adult, invitation.child)
    if not decide_all(facts, notices.invitation.facts, on=clock.today()).allowed:
        raise Refused(RULES["ask-the-office"])  # staff on the telephone; a family's link does not open any more
    taken = _("That time has just been taken. Please choose another.")
    if not queries.slots_for(invitation).filter(pk=slot.pk).exists():
        raise Refused(taken)
    if slot.starts_at < clock.now():
        raise Refused(_("That time has passed. Please choose another."))
    if queries.is_closed(slot, queries.too_close(invitation)):
        raise Refused(taken)  # the same words: another adult's time looks like any taken time


def _exchange(slot: Slot, before: Booking | None) -> None:
    """Claim the new slot and free the old one, always in the same order, so that two families who swap cannot lock."""
    steps = [(slot.pk, _claim)]
    if before:
        Booking.objects.filter(pk=before.pk).update(status=Booking.Status.GIVEN_BACK)
        steps.append((before.slot_id, _free))
    for pk, step in sorted(steps, key=lambda pair: pair[0]):
        step(pk)


def _claim(slot_id: UUID) -> None:
    if not Slot.objects.filter(pk=slot_id, taken__lt=F("places")).update(taken=F("taken") + 1):
        raise Refused(_("That time has just been taken. Please choose another."))


def _free(slot_id: UUID) -> None:
    Slot.objects.filter(pk=slot_id, taken__gt=0).update(taken=F("taken") - 1)


def _sit(booking: Booking, wishes: Wishes) -> None:
    """Replace what was wished for. Old wishes are not kept: they can be written again, never read back."""
    booking.talk_about, booking.elsewhere = wishes.talk_about, wishes.elsewhere
    is_new = booking._state.adding
    booking.save()
    if not is_new:
        Seat.objects.filter(booking=booking).delete()
    seats = {Seat.Kind.SUPPORTER: wishes.supporter, Seat.Kind.INTERPRETER: wishes.interpreter}
    Seat.objects.bulk_create(
        Seat(school_id=booking.school_id, booking=booking, kind=kind, detail=detail)
        for kind, detail in seats.items()
        if detail
    )


def _tell_booked(booking: Booking, *, by: Actor) -> None:
    invitation, slot = booking.invitation, booking.slot
    reach.tell(
        invitation.adult,
        notices.booked,
        about=invitation.child,
        subject=invitation.pk,
        by=by,
        when_at=slot.starts_at.isoformat(),
        host=slot.host.name,
        place=slot.event.place,
    )


@transaction.atomic
def wish(invitation: Invitation, *, wishes: Wishes, by: Actor) -> Booking:
    """Replace what an adult asked for besides the time."""
    _one_at_a_time(invitation)
    booking = queries.booking_of(invitation)
    if booking is None:
        raise Refused(_("Please choose a time first."))
    _sit(booking, wishes)
    audit.record("meet.wished", booking, by=by)
    return booking


@transaction.atomic
def give_back(invitation: Invitation, *, by: Actor, way: Touch.Way = Touch.Way.WEB) -> None:
    """Free the time an adult holds, and say so. Done twice, it is done once.

    Holds afterwards: somebody else can have the time; the invitation stands, and another can be chosen.
    """
    if _let_go(invitation, by=by):
        reach.answer(invitation.ask, "given_back", way=way, by=by)


def _let_go(invitation: Invitation, *, by: Actor) -> bool:
    """Free the time an adult holds and tell them; whether they held one."""
    _one_at_a_time(invitation)
    booking = queries.booking_of(invitation)
    if booking is None or not Booking.objects.filter(pk=booking.pk, status="booked").update(status="given_back"):
        return False
    _free(booking.slot_id)
    audit.record("meet.given_back", booking, by=by)
    told = reach.tell(invitation.adult, notices.given_back, about=invitation.child, subject=invitation.pk, by=by)
    by_another_way(told, by=by)
    return True


@transaction.atomic
def take_back(invitation: Invitation, *, by: Actor) -> Booking:
    """Undo a giving-back within a quarter of an hour: the same time, with everything that was wished for.

    Nobody's time is kept empty meanwhile: if somebody else has taken it, it is gone.
    """
    before = queries.given_back_lately(invitation, queries.held_of(invitation).before)
    if before is None:
        raise Refused(_("That time has just been taken. Please choose another."))
    seats = {seat.kind: seat.detail for seat in before.seats.all()}
    wishes = Wishes(
        talk_about=before.talk_about,
        supporter=seats.get(Seat.Kind.SUPPORTER, ""),
        interpreter=seats.get(Seat.Kind.INTERPRETER, ""),
        elsewhere=before.elsewhere,
    )
    return book(invitation, before.slot, wishes=wishes, by=by)


@transaction.atomic
def withdraw(booking: Booking, *, by: Actor) -> None:
    """Free a time that an adult may not keep any more. Nobody is told by the system: a person decides how.

    Holds afterwards: somebody else can have the time; the adult counts as neither heard nor answered.
    """
    _one_at_a_time(booking.invitation)
    if not Booking.objects.filter(pk=booking.pk, status="booked").update(status="given_back"):
        raise Refused(_("This time has been given back already."))
    _free(booking.slot_id)
    audit.record("meet.withdrawn", booking, by=by)


@transaction.atomic
def say_no(invitation: Invitation, *, value: str, words: str = "", by: Actor, way: Touch.Way = Touch.Way.WEB) -> None:
    """Keep that an adult declines, or can make none of these times. That is an answer, and welcome as one.

    Holds afterwards: any time they held is free; the school has heard from them, one thing and not two.
    """
    _let_go(invitation, by=by)
    reach.answer(invitation.ask, value, words=words, way=way, by=by)
    audit.record("meet.said_no", invitation, by=by, value=value)


@transaction.atomic
def note_who_came(booking: Booking, *, came: bool, by: Actor) -> Attendance:
    """Write down whether an adult came. A talk counts as a two-way contact; an empty chair does not."""
    before = Attendance.objects.filter(booking=booking, came=True).exists()
    noted, _fresh = Attendance.objects.update_or_create(
        booking=booking,
        defaults={"school_id": booking.school_id, "came": came, "noted_by_id": by.staff_id, "noted_at": clock.now()},
    )
    audit.record("meet.noted_who_came", noted, by=by, came=came)
    if came and not before:
        invitation = booking.invitation
        reach.touch(
            invitation.adult,
            child=invitation.child,
            way=Touch.Way.MEETING,
            two_way=True,
            school_id=booking.school_id,
            by=by,
        )
    return noted
