"""Signing in without an account: a page at the door, paper keyed afterwards, and who each of them was."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.disclosure import RULES
from gatepost.know.models import Adult, Child
from gatepost.meet import queries
from gatepost.meet.models import Booking, Invitation, Kiosk, Session, SignIn, Slot
from gatepost.meet.queries.together import may_come
from gatepost.meet.services import booking as places
from gatepost.meet.services.attending import note_who_came
from gatepost.meet.services.evening import arrive
from gatepost.org.actor import Actor
from gatepost.reach import services as reach
from gatepost.reach.links import token_hash
from gatepost.reach.models import Touch

AFTERWARDS = timedelta(hours=3)  # a kiosk that nobody ends is over so long after its session


@whole
def begin_kiosk(session: Session, *, by: Actor) -> tuple[Kiosk, str]:
    """Open the page at the door of a session, on the day itself. Returns what only this one device is to hold.

    Holds afterwards: there is one such page for the session; a device that had it before has it no longer.
    """
    _refuse_other_kinds(session)
    if timezone.localdate(session.starts_at) != clock.today():
        raise Refused(_("The sign-in page can be opened on the day itself."))
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)  # two who press at once
    now, secret = clock.now(), secrets.token_urlsafe(32)
    Kiosk.objects.filter(session=session, ended_at=None).update(ended_at=now)
    kiosk = Kiosk.objects.create(
        school_id=session.school_id,
        session=session,
        device_hash=token_hash(secret),
        begun_by_id=by.staff_id,
        begun_at=now,
        until=max(session.ends_at, now) + AFTERWARDS,
    )
    audit.record("meet.kiosk_begun", kiosk, by=by)
    return kiosk, secret


@whole
def end_kiosk(kiosk: Kiosk, *, by: Actor) -> None:
    """Close the page at the door. Done twice, it is done once."""
    if Kiosk.objects.filter(pk=kiosk.pk, ended_at=None).update(ended_at=clock.now()):
        audit.record("meet.kiosk_ended", kiosk, by=by)


@whole
def sign_in(kiosk: Kiosk, *, name: str, of_child: str, language: str, press: UUID) -> None:
    """Keep what somebody typed at the door. Nothing is looked up, so that nothing can be learnt from how it goes.

    `press`: one page has one effect, however often its button is pressed. Who types another name into a page that a
    browser has brought back is somebody else.
    """
    said, is_new = SignIn.objects.get_or_create(
        pk=uuid5(press, f"{name}\n{of_child}"),
        defaults={
            "school_id": kiosk.school_id,
            "session_id": kiosk.session_id,
            "kiosk": kiosk,
            "name": name,
            "of_child": of_child,
            "language": language,
            "signed_at": clock.now(),
        },
    )
    if is_new:
        audit.record("meet.signed_in", said, by=None)


@whole
def key_paper(session: Session, lines: Sequence[tuple[str, str]], *, by: Actor) -> int:
    """Key what people wrote on the sheet at the door: their names, and those of the children or classes."""
    _refuse_other_kinds(session)
    if timezone.localdate(session.starts_at) > clock.today():
        raise Refused(_("Nobody can have signed in yet: this day is still to come."))
    SignIn.objects.bulk_create(
        SignIn(
            id=uuid4(),
            school_id=session.school_id,
            session=session,
            keyed_by_id=by.staff_id,
            name=name,
            of_child=of_child,
            signed_at=session.starts_at,
        )
        for name, of_child in lines
    )
    audit.record("meet.sign_ins_keyed", session, by=by, number=len(lines))
    return len(lines)


def _refuse_other_kinds(session: Session) -> None:
    if not session.event.is_open_door:
        raise Refused(_("Families book this meeting: they are noted on the list at the door."))


@whole
def match(said: SignIn, adult: Adult, child: Child, *, by: Actor) -> Booking:
    """Say who it was that signed in.

    Holds afterwards: the same rows as for anybody who arrives and is noted as here: an invitation, a place, when they
    came, that they came, and that the school and they have spoken. Nobody is written to about it.
    """
    _settle(said, SignIn.State.MATCHED, by=by)
    invitation = _invited(said.session, adult, child)
    places.one_at_a_time(invitation)
    if not may_come(invitation):
        raise Refused(RULES["ask-the-office"])
    booking = queries.booking_of(invitation) or _sit_down(invitation, said, by=by)
    SignIn.objects.filter(pk=said.pk).update(state=SignIn.State.MATCHED, booking=booking)
    arrive(booking, by=by, at=said.signed_at)
    note_who_came(booking, came=True, session=said.session, by=by)
    audit.record("meet.matched", said, by=by, booking=str(booking.pk))
    return booking


@whole
def not_ours(said: SignIn, *, by: Actor) -> None:
    """Somebody who is of none of our families: that somebody came is kept, who it was is not."""
    _settle(said, SignIn.State.NOT_OURS, by=by)
    SignIn.objects.filter(pk=said.pk).update(state=SignIn.State.NOT_OURS, name="", of_child="")
    audit.record("meet.not_ours", said, by=by)


def _settle(said: SignIn, state: SignIn.State, *, by: Actor) -> None:
    """Take it out of the queue, once: whoever presses second is told."""
    waiting = SignIn.objects.filter(pk=said.pk, state=SignIn.State.WAITING, settled_at=None)
    if not waiting.update(settled_at=clock.now(), settled_by_id=by.staff_id):
        raise Refused(_("Somebody has dealt with this sign-in already."))


def _invited(session: Session, adult: Adult, child: Child) -> Invitation:
    """Their invitation to this event; whoever came without one has one from now on, and gets no letter about it."""
    found = Invitation.objects.filter(event=session.event_id, adult=adult, child=child).first()
    return found or Invitation.objects.create(
        school_id=session.school_id,
        event=session.event,
        adult=adult,
        child=child,
        ask=reach.ask(adult, "meet.come", about=child),
        made_at=clock.now(),
    )


def _sit_down(invitation: Invitation, said: SignIn, *, by: Actor) -> Booking:
    """A place for somebody who is here already: whoever comes is welcome, so there is always one more."""
    slots = Slot.objects.filter(event=invitation.event_id)
    slot = slots.filter(session=said.session_id).first() or slots.earliest("starts_at")
    Slot.objects.filter(pk=slot.pk).update(places=Greatest(F("places"), F("taken") + 1), taken=F("taken") + 1)
    now = clock.now()
    booking = Booking.objects.create(
        school_id=invitation.school_id,
        slot=slot,
        invitation=invitation,
        booked_at=now,
        reminded_at=now,  # they are here: nobody reminds them of it
        reminded_today_at=now,
    )
    places.end_waiting(invitation)
    reach.answer(invitation.ask, "yes", way=Touch.Way.DOOR, by=by)
    audit.record("meet.booked", booking, by=by)
    return booking
