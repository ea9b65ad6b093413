"""Interpreters, from the wish to the meeting: asked for with the booking, found, confirmed, moved and let go with it.

The family's time is held at once. Finding somebody is the school's promise, never a reason to wait for a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.know.models import Child
from gatepost.meet import notices
from gatepost.meet.models import (
    SIGNED,
    Booking,
    Hold,
    Interpreter,
    InterpreterBooking,
    InterpreterMail,
    Session,
    Slot,
    Way,
)
from gatepost.meet.queries.choosing import GAP
from gatepost.meet.queries.places import place_for_family, way_of
from gatepost.meet.services import holding
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after
from gatepost.org.models import Person
from gatepost.org.queries import bilingual_now
from gatepost.reach import services as reach
from gatepost.reach.taking_back import forget

State, News = InterpreterBooking.State, InterpreterMail.News
FIND_WITHIN, CONFIRM_FROM = 5, timedelta(days=2)  # school days; before the day of the meeting


@dataclass(frozen=True)
class Found:
    """Who interprets: one of the three; and how."""

    person: Person | None = None
    interpreter: Interpreter | None = None
    relative: str = ""
    warned: bool = False  # whoever chose a relative has read the warning and ticked it
    remote: bool = False


def of(booking: Booking, *, to_change: bool = False) -> InterpreterBooking | None:
    """What is arranged for this meeting, if it needs an interpreter; to change it, after whoever does so just now."""
    live = InterpreterBooking.objects.filter(booking=booking).exclude(state=State.RELEASED)
    if to_change:  # without what hangs on it: that is read once the wait is over
        return live.select_for_update(no_key=True).first()
    return live.select_related("person", "interpreter", "next_slot").first()


def keep_in_step(booking: Booking, *, wanted: str, before: Booking | None, by: Actor) -> None:
    """Ask for an interpreter with a new booking, or bring the one of the time before along.

    Holds afterwards: whoever was found is held for the new time and told, or free again and told; never for both.
    """
    live = of(before, to_change=True) if before else None
    if live:
        _move(live, booking, by=by)
    elif wanted:
        _ask(booking, "" if wanted == "?" else wanted, by=by)


def wish_changed(booking: Booking, *, wanted: str, by: Actor) -> None:
    """The same for a wish that was written anew, while the time stays."""
    live = of(booking, to_change=True)
    if wanted and not live:
        _ask(booking, "" if wanted == "?" else wanted, by=by)
    elif live and not wanted:
        _release(live, by=by)


def _ask(booking: Booking, language: str, *, by: Actor) -> InterpreterBooking:
    asked = InterpreterBooking(
        school_id=booking.school_id,
        booking=booking,
        language=language,
        asked_at=clock.now(),
        changed_at=clock.now(),
        due_on=_due(booking),
    )
    _take_twice(asked)
    asked.save()
    audit.record("meet.interpreter_asked", asked, by=by)
    return asked


def _due(booking: Booking) -> date:
    """By when the school finds somebody."""
    return school_days_after(booking.school_id, clock.today(), FIND_WITHIN)


def _take_twice(asked: InterpreterBooking) -> None:
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


def _move(live: InterpreterBooking, booking: Booking, *, by: Actor) -> None:
    slot_before = live.booking.slot
    give_next_back(live)
    live.booking, live.changed_at, live.confirmed_at = booking, clock.now(), None
    if live.wish == InterpreterBooking.Wish.OTHER_DATE and booking.slot.starts_at != slot_before.starts_at:
        live.wish = InterpreterBooking.Wish.WAIT  # they have their other date
    _take_twice(live)
    if live.is_settled:
        try:
            with transaction.atomic():
                _hold(live)
            live.state = State.BOOKED  # a new day is confirmed anew
            live.save()
            _tell(live, News.MOVED)
            _tell_adult(live, by=by)
        except Refused:
            _tell(live, News.RELEASED, slot_before)
            _nobody(live)
            live.due_on = _due(booking)
            _tell_adult(live, by=by)
    live.save()
    audit.record("meet.interpreter_moved", live, by=by, state=live.state)


def release(booking: Booking, *, by: Actor) -> None:
    """The meeting does not take place: whoever was found is free again, and told."""
    if live := of(booking, to_change=True):
        _release(live, by=by)


def _release(live: InterpreterBooking, *, by: Actor) -> None:
    if live.is_settled:
        _tell(live, News.RELEASED)
    give_next_back(live)
    _free(live)
    live.state, live.changed_at = State.RELEASED, clock.now()
    live.save()
    audit.record("meet.interpreter_released", live, by=by)


def _nobody(live: InterpreterBooking) -> None:
    live.state, live.person, live.interpreter, live.relative = State.REQUESTED, None, None, ""
    live.qualified = live.warned = live.by_remote = False


def _free(live: InterpreterBooking) -> None:
    for kind in (Hold.Kind.INTERPRETER, Hold.Kind.HOST):  # the host's own time is held for the slot, not the booking
        holding.let_go(live.booking, kind)


def _hold(live: InterpreterBooking) -> None:
    """Keep the time of whoever interprets. A colleague's is the same time in which they could host."""
    clash = _("%(name)s is at another meeting then.") % {"name": live.by_whom}
    if live.person_id:
        holding.hold(Hold.Kind.HOST, live.person_id, stretches(live), of=live.booking, clash=clash)
    elif live.interpreter_id:
        holding.hold(Hold.Kind.INTERPRETER, live.interpreter_id, stretches(live), of=live.booking, clash=clash)


@whole
def arrange(asked: InterpreterBooking, found: Found, *, language: str = "", by: Actor) -> None:
    """Book whoever was found, instead of anybody before them.

    Holds afterwards: their time is held; they are told; a child never interprets; signs are interpreted by somebody
    qualified; a relative only where the warning was read.
    """
    live = InterpreterBooking.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if live.state == State.RELEASED:
        raise Refused(_("No interpreter is needed any more."))
    live.language = language or live.language
    _refuse_unsuited(live, found)
    if live.is_settled:
        _tell(live, News.RELEASED)
    _free(live)
    live.state, live.changed_at, live.confirmed_at = State.BOOKED, clock.now(), None
    live.person, live.interpreter, live.relative = found.person, found.interpreter, found.relative.strip()
    live.qualified = bool(found.interpreter and found.interpreter.qualified)
    live.warned, live.by_remote = found.warned, found.remote
    _hold(live)
    live.save()
    _tell(live, News.BOOKED)
    _tell_adult(live, by=by)
    audit.record("meet.interpreter_booked", live, by=by, by_whom=_kind_of(live))


def _kind_of(live: InterpreterBooking) -> str:
    return "colleague" if live.person_id else "outside" if live.interpreter_id else "relative"


def _refuse_unsuited(live: InterpreterBooking, found: Found) -> None:
    if [bool(found.person), bool(found.interpreter), bool(found.relative.strip())].count(True) != 1:
        raise Refused(_("Please choose one person who interprets."))
    if not live.language:
        raise Refused(_("Please say first which language is needed."))
    if live.language == SIGNED and not (found.interpreter and found.interpreter.qualified):
        raise Refused(_("British Sign Language is interpreted by a qualified interpreter, and by nobody else."))
    if found.person and not bilingual_now().filter(person=found.person, language=live.language).exists():
        raise Refused(_("%(name)s does not read this language for the school.") % {"name": found.person.name})
    outside = found.interpreter
    if outside and (outside.ended_at or live.language not in outside.languages):
        raise Refused(_("%(name)s does not interpret this language.") % {"name": outside.name})
    if outside and not (outside.remote if found.remote else outside.comes):
        raise Refused(_("%(name)s does not work in this way.") % {"name": outside.name})
    if found.relative:
        _refuse_child(live, found)


def _refuse_child(live: InterpreterBooking, found: Found) -> None:
    """No child interprets for their own parents, by whatever name; of a grown-up relative somebody was warned."""
    name = found.relative.strip().casefold()
    theirs = Child.objects.filter(cares__adult=live.booking.invitation.adult_id, cares__ended_on=None)
    if any(name in (child.name.casefold(), child.called.casefold()) for child in theirs):
        raise Refused(_("A child never interprets: it is too much for them, and too little for their parents."))
    if not found.warned:
        raise Refused(_("Please read the warning about relatives first, and tick that you have."))


@transaction.atomic
def confirm(asked: InterpreterBooking, *, by: Actor) -> None:
    """Somebody has made sure, one or two days before, that the interpreter comes."""
    live = InterpreterBooking.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if live.state == State.CONFIRMED:
        return
    if live.state != State.BOOKED:
        raise Refused(_("Nobody is booked yet."))
    if not may_be_confirmed(live):
        raise Refused(_("Please confirm it one or two days before the meeting: much can happen until then."))
    live.state, live.confirmed_at, live.changed_at = State.CONFIRMED, clock.now(), clock.now()
    live.save()
    audit.record("meet.interpreter_confirmed", live, by=by)


def may_be_confirmed(live: InterpreterBooking) -> bool:
    """Whether the meeting is near enough."""
    return timezone.localdate(live.booking.slot.starts_at) - clock.today() <= CONFIRM_FROM


@transaction.atomic
def choose(booking: Booking, wish: InterpreterBooking.Wish, *, by: Actor) -> None:
    """What the adult would like while nobody is found."""
    live = of(booking, to_change=True)
    if live is None or live.is_settled:
        raise Refused(_("Your interpreter is booked."))
    live.wish, live.changed_at = wish, clock.now()
    live.save()
    audit.record("meet.interpreter_wish", live, by=by, wish=wish)


@transaction.atomic
def go_without(asked: InterpreterBooking, how: str, *, by: Actor) -> None:
    """The meeting took place although nobody interpreted: say how they understood each other."""
    if not how.strip():
        raise Refused(_("Please say how you understood each other."))
    InterpreterBooking.objects.filter(pk=asked.pk).update(went_without=how.strip(), changed_at=clock.now())
    audit.record("meet.went_without_interpreter", asked, by=by)


def refuse_unnoticed(booking: Booking) -> None:
    """A talk that needs an interpreter and has none does not pass as one like any other.

    Where many share a session it takes place anyway: who came is noted.
    """
    if booking.slot.event.template.counts_places:
        return
    live = of(booking)
    if live and not live.is_settled and not live.went_without:
        raise Refused(_("This meeting needs an interpreter, and none is booked. Please say first how it took place."))


def _tell(live: InterpreterBooking, news: InterpreterMail.News, at: Slot | None = None) -> None:
    """A line in the ledger for an interpreter outside the school; colleagues see it on their first page."""
    outside = live.interpreter
    if outside is None:
        return
    slot, way = at or live.booking.slot, way_of(live.booking)
    InterpreterMail.objects.create(
        school_id=live.school_id,
        interpreter=outside,
        of=live,
        news=news,
        state=InterpreterMail.State.QUEUED if outside.email else InterpreterMail.State.BY_HAND,
        starts_at=slot.starts_at,
        minutes=slot.minutes if at else sum(each.minutes for each in stretches(live)),
        place="" if live.by_remote or way in (Way.PHONE, Way.VIDEO) else place_for_family(slot.event.place, way),
        made_at=clock.now(),
    )


def _tell_adult(live: InterpreterBooking, *, by: Actor) -> None:
    """The adult hears by itself that somebody interprets, or that we look again. Of several news only the last."""
    invitation, slot = live.booking.invitation, live.booking.slot
    if slot.starts_at < clock.now():
        return
    said: dict[str, Any] = {"when_at": slot.starts_at.isoformat(), "tongue": live.language}
    said |= {"found": live.is_settled, "remote": live.by_remote}
    forget([notices.interpreter.name], subject=invitation.pk)
    reach.tell(invitation.adult, notices.interpreter, about=invitation.child, subject=invitation.pk, by=by, **said)


def tell_called_off(bookings: Iterable[Booking], session: Session) -> None:
    """One day of a series is off: whoever comes from outside to interpret on it is told."""
    if not session.event.template.whole:
        return  # the whole meeting goes, and they are told with it
    live = InterpreterBooking.objects.filter(booking__in=[each.pk for each in bookings])
    for each in live.filter(state__in=[State.BOOKED, State.CONFIRMED]).select_related("interpreter"):
        if outside := each.interpreter:
            InterpreterMail.objects.create(
                school_id=each.school_id,
                interpreter=outside,
                of=each,
                news=News.RELEASED,
                state=InterpreterMail.State.QUEUED if outside.email else InterpreterMail.State.BY_HAND,
                starts_at=session.starts_at,
                minutes=session.minutes,
                place=session.place or session.event.place,
                made_at=clock.now(),
            )


def tell_place(bookings: Iterable[Booking]) -> None:
    """These meetings are held at another place: whoever comes to them from outside to interpret is told."""
    live = InterpreterBooking.objects.filter(booking__in=[each.pk for each in bookings], by_remote=False)
    settled = live.filter(state__in=[State.BOOKED, State.CONFIRMED], interpreter__isnull=False)
    for each in settled.select_related("interpreter", "booking__slot__event", "next_slot"):
        _tell(each, News.MOVED)


@transaction.atomic
def say_language(asked: InterpreterBooking, language: str, *, by: Actor) -> None:
    """Which language is needed, where the wish did not say."""
    if InterpreterBooking.objects.filter(pk=asked.pk, language="").update(language=language, changed_at=clock.now()):
        audit.record("meet.interpreter_language", asked, by=by)


@transaction.atomic
def add(typed: Mapping[str, Any], *, school_id: UUID, by: Actor) -> Interpreter:
    """Somebody outside the school interprets for it from now on."""
    outside = Interpreter.objects.create(school_id=school_id, **typed)
    audit.record("meet.interpreter_added", outside, by=by)
    return outside


@transaction.atomic
def end(outside: Interpreter, *, by: Actor) -> None:
    """They interpret for the school no longer: nobody can choose them any more."""
    if Interpreter.objects.filter(pk=outside.pk, ended_at=None).update(ended_at=clock.now()):
        audit.record("meet.interpreter_ended", outside, by=by)
