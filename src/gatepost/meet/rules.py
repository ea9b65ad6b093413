"""Who may plan, invite, book and note. The list is the rule; the question asks the list."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gatepost.know.models import Child
from gatepost.know.rules import children_not_own, children_of, children_open_to
from gatepost.meet.models import (
    AnotherWay,
    Arrangement,
    Booking,
    Event,
    Interpreter,
    InterpreterBooking,
    InterpreterMail,
    Invitation,
    Kiosk,
    Outing,
    Room,
    SeatMail,
    Session,
    SignIn,
)
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.permissions import Permission, has
from gatepost.org.rules import may_teach


def children_met_by(actor: Actor) -> QuerySet[Child]:
    """The children this member of staff works with; of the whole school for whoever answers for its meetings."""
    return children_not_own(actor) if has(actor, Permission.MEET_ALL) else children_open_to(actor)


def events_open_to(actor: Actor) -> QuerySet[Event]:
    """Whoever answers for the school's meetings sees all; others those they made, host or whose class is asked."""
    if not may_plan(actor):
        return Event.objects.none()
    if has(actor, Permission.MEET_ALL):
        return Event.objects.all()
    mine = Event.objects.filter(made_by=actor.person_id) | Event.objects.filter(slots__host=actor.person_id)
    return (mine | Event.objects.filter(groups__teachers=actor.person_id)).distinct()


def may_plan(actor: Actor) -> bool:
    """Whoever meets families may plan to."""
    return may_teach(actor)


def may_open(actor: Actor, event: Event) -> bool:
    """Whether this event concerns this member of staff."""
    return events_open_to(actor).filter(pk=event.pk).exists()


def may_send(actor: Actor, event: Event) -> bool:
    """Whoever made the event, and whoever answers for the school's meetings."""
    return has(actor, Permission.MEET_ALL) or (may_plan(actor) and event.made_by_id == actor.person_id)


def bookings_open_to(actor: Actor) -> QuerySet[Booking]:
    """The office sees all bookings, a teacher those they host; never those about their own child."""
    about = Booking.objects.filter(invitation__child__in=children_met_by(actor))
    return about if has(actor, Permission.MEET_ALL) else about.filter(slot__host=actor.person_id)


def arrangements_open_to(actor: Actor) -> QuerySet[Arrangement]:
    """What families need for the bookings that are open to this member of staff; before they have a time, whoever
    invited them.
    """
    if not may_plan(actor):
        return Arrangement.objects.none()
    held = Booking.objects.filter(status=Booking.Status.BOOKED)
    events = Event.objects.all() if has(actor, Permission.MEET_ALL) else Event.objects.filter(made_by=actor.person_id)
    asked = Invitation.objects.filter(event__in=events, child__in=children_met_by(actor))
    open_ones = bookings_open_to(actor).filter(status=Booking.Status.BOOKED)
    theirs = Q(invitation__in=open_ones.values("invitation"))
    none_yet = Q(invitation__in=asked.exclude(pk__in=held.values("invitation")).values("pk"))
    return Arrangement.objects.filter(theirs | none_yet)


def invitations_open_to(actor: Actor, event: Event) -> QuerySet[Invitation]:
    """Invitations to this event about children this member of staff works with; never those about their own child."""
    return Invitation.objects.filter(event=event, child__in=children_met_by(actor))


def may_note(actor: Actor, booking: Booking) -> bool:
    """Whether this member of staff may say who came to this meeting."""
    return bookings_open_to(actor).filter(pk=booking.pk).exists()


def may_open_session(actor: Actor, session: Session) -> bool:
    """Whether the event of this session concerns this member of staff."""
    return may_open(actor, session.event)


def may_say_late(actor: Actor, session: Session, host: Person) -> bool:
    """A host says it of themselves; whoever answers for the school's meetings, of every host of this session."""
    is_here = session.slots.filter(host=host).exists()
    return is_here and (actor.person_id == host.pk or has(actor, Permission.MEET_ALL))


def may_answer_for(actor: Actor, invitation: Invitation) -> bool:
    """The office keys in what an adult says on the telephone or at the gate; the host may too."""
    open_child = children_met_by(actor).filter(pk=invitation.child_id).exists()
    return open_child and may_open(actor, invitation.event)


def may_answer(actor: Actor, invitation: Invitation) -> bool:
    """The adult who was invited, holding the link that was made for this invitation, if the event is for them."""
    is_theirs = actor.adult_id == invitation.adult_id and actor.subject == invitation.pk
    return is_theirs and invitation.event.is_for(invitation.adult_id)


def interpreting_open_to(actor: Actor) -> QuerySet[InterpreterBooking]:
    """What is arranged for the meetings that are open to this member of staff."""
    return InterpreterBooking.objects.filter(booking__in=bookings_open_to(actor))


def may_arrange(actor: Actor, asked: InterpreterBooking) -> bool:
    """Whoever hosts the meeting, and whoever answers for the school's meetings."""
    return interpreting_open_to(actor).filter(pk=asked.pk).exists()


def may_keep_interpreters(actor: Actor) -> bool:
    """Whoever answers for the school's meetings says who interprets for it."""
    return has(actor, Permission.MEET_ALL)


def may_end_interpreter(actor: Actor, outside: Interpreter) -> bool:
    """The same, about one of them."""
    return may_keep_interpreters(actor)


def may_say_to_interpreter(actor: Actor, mail: InterpreterMail) -> bool:
    """Whoever keeps the list rings them, and never about a meeting for their own child."""
    return may_keep_interpreters(actor) and may_arrange(actor, mail.of)


def may_say_to_seated(actor: Actor, mail: SeatMail) -> bool:
    """Whoever makes the meeting ready tells those who sit there."""
    return may_plan(actor) and bookings_open_to(actor).filter(pk=mail.booking_id).exists()


def may_prepare(actor: Actor, booking: Booking) -> bool:
    """Whoever hosts a meeting makes it ready, and whoever answers for the school's meetings."""
    return booking.status == Booking.Status.BOOKED and bookings_open_to(actor).filter(pk=booking.pk).exists()


def may_keep_rooms(actor: Actor) -> bool:
    """Whoever answers for the school's meetings says which rooms there are."""
    return has(actor, Permission.MEET_ALL)


def may_end_room(actor: Actor, room: Room) -> bool:
    """The same, about one of them."""
    return may_keep_rooms(actor)


def may_end_kiosk(actor: Actor, kiosk: Kiosk) -> bool:
    """Whoever may open the event may close its page at the door."""
    return may_open_session(actor, kiosk.session)


def sign_ins_open_to(actor: Actor) -> QuerySet[SignIn]:
    """What was signed at the doors of the events that concern this member of staff."""
    return SignIn.objects.filter(session__event__in=events_open_to(actor))


def may_match(actor: Actor, said: SignIn) -> bool:
    """Whether this member of staff may say who it was: of the children they work with, never of their own."""
    return sign_ins_open_to(actor).filter(pk=said.pk).exists()


def outings_open_to(actor: Actor) -> QuerySet[Outing]:
    """Who goes in alone sees their own, whoever is on duty those they watch, whoever answers for the school all.

    Of a visit to one's own family nobody learns in this way, unless they are on duty for it.
    """
    near = Outing.objects.filter(Q(person=actor.person_id) | Q(duty=actor.person_id))
    if not (has(actor, Permission.MEET_ALL) or has(actor, Permission.ALERTS)):
        return near
    own = Outing.objects.filter(booking__invitation__child__in=children_of(actor)).values("pk")
    return near | Outing.objects.exclude(pk__in=own)


def may_open_outing(actor: Actor, outing: Outing) -> bool:
    """Whether this outing is theirs, or theirs to look after."""
    return may_plan(actor) and outings_open_to(actor).filter(pk=outing.pk).exists()


def may_call_off(actor: Actor, session: Session) -> bool:
    """Whoever sends the invitations of an event may call off one of its days."""
    return may_send(actor, session.event)


def may_say_another_way(actor: Actor, offered: AnotherWay) -> bool:
    """The adult to whom it was offered, holding the link that was made for it."""
    return actor.adult_id == offered.invitation.adult_id and actor.subject == offered.pk


def another_ways_open_to(actor: Actor) -> QuerySet[AnotherWay]:
    """What adults said of the children this member of staff works with; never of their own."""
    if not may_plan(actor):
        return AnotherWay.objects.none()
    return AnotherWay.objects.filter(invitation__child__in=children_met_by(actor))


def may_settle_another_way(actor: Actor, offered: AnotherWay) -> bool:
    """Whether it concerns this member of staff."""
    return another_ways_open_to(actor).filter(pk=offered.pk).exists()
