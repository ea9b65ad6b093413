"""Finding an interpreter is the school's promise: who does it, that they surely come, and how it went without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.know.models import Child
from gatepost.meet.models import SIGNED, Booking, Interpreter, InterpreterBooking, InterpreterMail
from gatepost.meet.services.interpreting.along import free, hold, of
from gatepost.meet.services.interpreting.telling import tell, tell_adult
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.queries import bilingual_now

State, News = InterpreterBooking.State, InterpreterMail.News
CONFIRM_FROM = timedelta(days=2)  # before the day of the meeting


@dataclass(frozen=True)
class Found:
    """Who interprets: one of the three; and how."""

    person: Person | None = None
    interpreter: Interpreter | None = None
    relative: str = ""
    warned: bool = False  # whoever chose a relative has read the warning and ticked it
    remote: bool = False


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
        tell(live, News.RELEASED)
    free(live)
    live.state, live.changed_at, live.confirmed_at = State.BOOKED, clock.now(), None
    live.person, live.interpreter, live.relative = found.person, found.interpreter, found.relative.strip()
    live.qualified = bool(found.interpreter and found.interpreter.qualified)
    live.warned, live.by_remote = found.warned, found.remote
    hold(live)
    live.save()
    tell(live, News.BOOKED)
    tell_adult(live, by=by)
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
