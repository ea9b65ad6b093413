"""An interpreter comes along with the booking: asked for with it, moved with it, let go with it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet.models import Booking, Hold, InterpreterBooking, InterpreterMail
from gatepost.meet.services import holding
from gatepost.meet.services.interpreting.lasting import give_next_back, stretches, take_twice
from gatepost.meet.services.interpreting.telling import tell, tell_adult
from gatepost.org.actor import Actor
from gatepost.org.calendar import school_days_after

State, News = InterpreterBooking.State, InterpreterMail.News
FIND_WITHIN = 5  # school days


def of(booking: Booking, *, to_change: bool = False) -> InterpreterBooking | None:
    """What is arranged for this meeting, if it needs an interpreter; to change it, after whoever does so just now."""
    live = InterpreterBooking.objects.filter(booking=booking).exclude(state=State.RELEASED)
    if to_change:  # without what hangs on it: that is read once the wait is over
        return live.select_for_update(no_key=True).first()
    return live.select_related("person", "interpreter", "next_slot").first()


def keep_in_step(booking: Booking, *, wanted: str, wish: str = "", before: Booking | None, by: Actor) -> None:
    """Ask for an interpreter with a new booking, or bring the one of the time before along.

    Holds afterwards: whoever was found is held for the new time and told, or free again and told; never for both.
    """
    live = of(before, to_change=True) if before else None
    if live:
        _move(live, booking, by=by)
    elif wanted:
        _ask(booking, "" if wanted == "?" else wanted, wish, by=by)


def wish_changed(booking: Booking, *, wanted: str, wish: str = "", by: Actor) -> None:
    """The same for a wish that was written anew, while the time stays."""
    live = of(booking, to_change=True)
    if wanted and not live:
        _ask(booking, "" if wanted == "?" else wanted, wish, by=by)
    elif live and not wanted:
        _release(live, by=by)
    elif live and wish not in ("", live.wish) and not live.is_settled:
        _choose(live, wish, by=by)


def _ask(booking: Booking, language: str, wish: str, *, by: Actor) -> InterpreterBooking:
    asked = InterpreterBooking(
        school_id=booking.school_id,
        booking=booking,
        language=language,
        wish=wish or InterpreterBooking.Wish.WAIT,
        asked_at=clock.now(),
        changed_at=clock.now(),
        due_on=_due(booking),
    )
    take_twice(asked)
    asked.save()
    audit.record("meet.interpreter_asked", asked, by=by)
    return asked


def _due(booking: Booking) -> date:
    """By when the school finds somebody."""
    return school_days_after(booking.school_id, clock.today(), FIND_WITHIN)


def _move(live: InterpreterBooking, booking: Booking, *, by: Actor) -> None:
    slot_before = live.booking.slot
    give_next_back(live)
    live.booking, live.changed_at, live.confirmed_at = booking, clock.now(), None
    if live.wish == InterpreterBooking.Wish.OTHER_DATE and booking.slot.starts_at != slot_before.starts_at:
        live.wish = InterpreterBooking.Wish.WAIT  # they have their other date
    take_twice(live)
    if live.is_settled:
        try:
            with transaction.atomic():
                hold(live)
            live.state = State.BOOKED  # a new day is confirmed anew
            live.save()
            tell(live, News.MOVED)
            tell_adult(live, by=by)
        except Refused:
            tell(live, News.RELEASED, slot_before)
            _nobody(live)
            live.due_on = _due(booking)
            tell_adult(live, by=by)
    live.save()
    audit.record("meet.interpreter_moved", live, by=by, state=live.state)


def release(booking: Booking, *, by: Actor) -> None:
    """The meeting does not take place: whoever was found is free again, and told."""
    if live := of(booking, to_change=True):
        _release(live, by=by)


def _release(live: InterpreterBooking, *, by: Actor) -> None:
    if live.is_settled:
        tell(live, News.RELEASED)
    give_next_back(live)
    free(live)
    live.state, live.changed_at = State.RELEASED, clock.now()
    live.save()
    audit.record("meet.interpreter_released", live, by=by)


def _nobody(live: InterpreterBooking) -> None:
    live.state, live.person, live.interpreter, live.relative = State.REQUESTED, None, None, ""
    live.qualified = live.warned = live.by_remote = False


def free(live: InterpreterBooking) -> None:
    """Whoever interprets is kept for it no longer."""
    for kind in (Hold.Kind.INTERPRETER, Hold.Kind.HOST):  # the host's own time is held for the slot, not the booking
        holding.let_go(live.booking, kind)


def hold(live: InterpreterBooking) -> None:
    """Keep the time of whoever interprets. A colleague's is the same time in which they could host."""
    clash = _("%(name)s is at another meeting then.") % {"name": live.by_whom}
    if live.person_id:
        holding.hold(Hold.Kind.HOST, live.person_id, stretches(live), of=live.booking, clash=clash)
    elif live.interpreter_id:
        holding.hold(Hold.Kind.INTERPRETER, live.interpreter_id, stretches(live), of=live.booking, clash=clash)


@transaction.atomic
def choose(booking: Booking, wish: InterpreterBooking.Wish, *, by: Actor) -> None:
    """What the adult would like while nobody is found."""
    live = of(booking, to_change=True)
    if live is None or live.is_settled:
        raise Refused(_("Your interpreter is booked."))
    _choose(live, wish, by=by)


def _choose(live: InterpreterBooking, wish: str, *, by: Actor) -> None:
    live.wish, live.changed_at = wish, clock.now()
    live.save()
    audit.record("meet.interpreter_wish", live, by=by, wish=wish)
