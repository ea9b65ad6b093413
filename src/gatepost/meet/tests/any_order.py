"""An evening at which anything may be pressed in any order, from however old a page; and what has to hold after each.

`test_any_order.py` plays it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time, timedelta
from itertools import combinations, product
from typing import Any
from unittest import mock

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import booleans, integers, sampled_from

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.language.dates import LONDON
from gatepost.meet import notices, queries, reminding, services
from gatepost.meet.models import (
    Booking,
    Eligible,
    Event,
    Hold,
    Interpreter,
    InterpreterBooking,
    Invitation,
    Seat,
    Slot,
    Waiting,
)
from gatepost.meet.services import Wishes, eligibility, interpreting
from gatepost.org.actor import Actor
from gatepost.reach.models import Answer, Notice
from gatepost.testing import Cast

WHO = ("amina", "ruth", "jo", "mark", "dawn", "hina", "bilal")  # Somali; signs; two who live apart; one; two together
anybody, time_of_day, window = sampled_from(WHO), integers(0, 5), integers(0, 1)


class Evening(RuleBasedStateMachine):
    """Six times of one teacher, a class of one place, and five adults with two windows each."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        day = clock.today() + timedelta(days=20)
        self.evening = self.cast.event(days=[day], begins=time(16), ends=time(17))
        shared: dict[str, Any] = {"kind": Event.Kind.OPEN_CLASSROOM, "minutes": 30, "places": 1}
        hosts = [self.cast.nye]
        self.taster = self.cast.event(days=[day], begins=time(16), ends=time(16, 30), hosts=hosts, **shared)
        for event in (self.evening, self.taster):
            self.cast.invite_all(event)
        self.staff = self.cast.actor_of(self.cast.finch)
        self.outside = [self._interpreter(name) for name in ("Sagal", "Tom")]
        self.old: dict[tuple[int, Any], int] = {}

    def teardown(self) -> None:
        """Nothing of it stays for the next."""
        try:
            assert audit.first_bad_line(self.cast.school.pk) is None
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def _interpreter(self, name: str) -> Interpreter:
        typed = {"name": name, "languages": ["so", "bfi"], "qualified": True, "phone": "0113 496 0002"}
        return interpreting.add(typed, school_id=self.cast.school.pk, by=self.staff)

    def _read(self, who: str, event: Event) -> tuple[Invitation, Actor]:
        """As the next request would read it."""
        read = Invitation.objects.select_related("event", "adult", "child", "ask")  # as the door reads it
        invitation = read.filter(adult=getattr(self.cast, who), event=event).order_by("pk")[0]
        return invitation, self.cast.family_actor(invitation)

    @contextmanager
    def _pressed(self, invitation: Invitation, seen: int | None) -> Iterator[None]:
        """A page that is older than the last change does nothing; whatever is refused leaves nothing behind."""
        is_old = seen is not None and seen != invitation.changes
        before = self._rows()
        try:
            yield
            assert not is_old, "an old page had an effect"
            held = queries.booking_of(invitation)
            assert held is None or is_for(invitation), "it was not for them"
        except Refused:
            assert self._rows() == before
        now = Invitation.objects.values_list("changes", flat=True).get(pk=invitation.pk)
        self.old |= {key: now for key in self.old if key[1] == invitation.pk and self.old[key] == seen}  # what stands

    @staticmethod
    def _rows() -> list[Any]:
        kept = [model.objects.count() for model in (Booking, Hold, Answer, Notice, InterpreterBooking, Waiting)]  # type: ignore[attr-defined]
        return [*kept, sorted(Slot.objects.values_list("pk", "taken", "places"))]

    @rule(who=anybody, window=window, shared=booleans())
    def look(self, who: str, window: int, shared: bool) -> None:
        """Open the page in a window, and leave it there."""
        invitation, _ = self._read(who, self.taster if shared else self.evening)
        self.old[window, invitation.pk] = invitation.changes

    @rule(who=anybody, at=time_of_day, window=window, speaks=booleans())
    def choose(self, who: str, at: int, window: int, speaks: bool) -> None:
        """Book, or move."""
        invitation, by = self._read(who, self.evening)
        slot = self.evening.slots.order_by("starts_at")[at]
        seen = self.old.get((window, invitation.pk))
        wishes = Wishes(interpreter="so" if speaks else "")
        with self._pressed(invitation, seen):
            services.book(invitation, slot, wishes=wishes, by=by, seen=seen)

    @rule(at=time_of_day, along=booleans())
    def bring(self, at: int, along: bool) -> None:
        """Hina books and says that Zara's father comes along, or not any more."""
        invitation, by = self._read("hina", self.evening)
        slot = self.evening.slots.order_by("starts_at")[at]
        with self._pressed(invitation, None):
            services.book(invitation, slot, wishes=Wishes(second_parent=along), by=by)

    @rule(comes=booleans())
    def come_along(self, comes: bool) -> None:
        """Bilal says whether he does."""
        invitation, by = self._read("bilal", self.evening)
        with self._pressed(invitation, None):
            services.say_along(invitation, comes=comes, by=by)

    @rule(who=anybody, window=window)
    def come(self, who: str, window: int) -> None:
        """Take the one place of the class, or wait for it."""
        invitation, by = self._read(who, self.taster)
        seen = self.old.get((window, invitation.pk))
        with self._pressed(invitation, seen):
            services.book(invitation, self.taster.slots.get(), wishes=Wishes(), by=by, seen=seen)

    @rule(who=anybody, stays=booleans())
    def wait(self, who: str, stays: bool) -> None:
        """Go on the list, or off it."""
        invitation, by = self._read(who, self.taster)
        with suppress(Refused):  # who is not asked can wait for nothing
            (services.wait if stays else services.stop_waiting)(invitation, by=by)

    @rule(who=anybody, window=window, shared=booleans(), act=sampled_from(["back", "undo", "wish", "no", "withdraw"]))
    def change(self, who: str, window: int, shared: bool, act: str) -> None:
        """Give it back, take it again, wish for something, decline; or the school withdraws it."""
        invitation, by = self._read(who, self.taster if shared else self.evening)
        seen = self.old.get((window, invitation.pk))
        held = queries.booking_of(invitation)
        with self._pressed(invitation, seen if act != "withdraw" else None):
            if act == "back":
                services.give_back(invitation, by=by, seen=seen)
            elif act == "undo":
                services.take_back(invitation, by=by, seen=seen)
            elif act == "wish":
                services.wish(invitation, wishes=Wishes(talk_about="Reading"), by=by, seen=seen)
            elif act == "no":
                services.say_no(invitation, value="declined", by=by, seen=seen)
            elif held:
                services.withdraw(held, by=self.staff)

    @rule(who=anybody, shared=booleans(), which=integers(0, 1))
    def find(self, who: str, shared: bool, which: int) -> None:
        """The school finds an interpreter, instead of anybody before."""
        invitation, _ = self._read(who, self.taster if shared else self.evening)
        held = queries.booking_of(invitation)
        asked = interpreting.of(held) if held else None
        if asked:
            with suppress(Refused):
                interpreting.arrange(asked, interpreting.Found(interpreter=self.outside[which]), by=self.staff)

    @rule(some=booleans(), without=anybody)
    def invite(self, some: bool, without: str) -> None:
        """The class is for everybody, or for all but one of them."""
        adults = [getattr(self.cast, who).pk for who in WHO if who != without]
        with suppress(Refused):  # somebody who has the place would lose it
            if some:
                eligibility.open_to(self.taster, adults, by=self.staff)
            else:
                eligibility.open_to_all(self.taster, by=self.staff)

    @rule()
    def remind(self) -> None:
        """Two days before, on a clock of its own, everybody is reminded who holds a time."""
        day = self.evening.slots.all()[0].starts_at.date() - timedelta(days=2)
        then = datetime.combine(day, time(10), LONDON).astimezone(UTC)
        with mock.patch.object(clock, "now", lambda: then):
            reminding.remind_all()

    @invariant()
    def every_promise_holds(self) -> None:
        """All of them, from one look at the rows."""
        rows = Rows()
        for holds in (places, one_at_a_time, kept, interpreted, waiting, told, reminded, asked, along):
            holds(rows)
        apart(rows, self.cast.jo.pk, self.cast.mark.pk)


# ── what holds, by an arithmetic of its own ──


class Rows:
    """What stands after an act."""

    def __init__(self) -> None:
        live = Booking.objects.filter(status="booked").select_related("slot", "invitation__adult", "invitation__event")
        self.live = list(live)
        self.of = {booking.invitation_id: booking for booking in self.live}
        self.slots = list(Slot.objects.all())
        asked = InterpreterBooking.objects.exclude(state="released").order_by()
        self.asked = list(asked.select_related("booking__slot"))

    def busy(self, adult: Any) -> list[tuple[datetime, datetime]]:
        """When somebody is here."""
        return [span(booking) for booking in self.live if booking.invitation.adult_id == adult]


def places(rows: Rows) -> None:
    """No place is given twice, none is lost, and nobody holds two times of one event."""
    taken = Counter(booking.slot_id for booking in rows.live)
    assert all(taken[slot.pk] == slot.taken <= slot.places for slot in rows.slots)
    assert len(rows.of) == len(rows.live)


def one_at_a_time(rows: Rows) -> None:
    """No adult and no interpreter is in two places."""
    for one, other in combinations(rows.live, 2):
        assert one.invitation.adult_id != other.invitation.adult_id or not cross(span(one), span(other))
    found = [each for each in rows.asked if each.interpreter_id]
    for mine, theirs in combinations(found, 2):
        crossed = cross(span(mine.booking), span(theirs.booking))
        assert mine.interpreter_id != theirs.interpreter_id or not crossed


def apart(rows: Rows, one: Any, other: Any) -> None:
    """Who lives apart does not meet, nor on the stairs."""
    for (begins, ends), theirs in product(rows.busy(one), rows.busy(other)):
        gap = timedelta(minutes=rows.live[0].invitation.event.apart_minutes)
        assert not cross((begins - gap, ends + gap), theirs)


def kept(rows: Rows) -> None:
    """Nobody's time is kept for a meeting that is off."""
    live = {booking.pk for booking in rows.live}
    assert set(Hold.objects.exclude(booking=None).values_list("booking", flat=True)) == live
    assert {each.booking_id for each in rows.asked} <= live


def interpreted(rows: Rows) -> None:
    """Whoever needs an interpreter has one found or asked for; signs have the next time, and nobody else has it."""
    needed = {booking.pk for booking in rows.live if booking.invitation.adult.interpreter}
    assert needed <= {each.booking_id for each in rows.asked}
    doubled = Counter(each.next_slot_id for each in rows.asked)
    assert all(slot.places == 1 - doubled[slot.pk] for slot in rows.slots)


def waiting(rows: Rows) -> None:
    """Nobody waits who has a place, or who could have one that is free."""
    waits = Invitation.objects.filter(waits__ended_at=None, waits__isnull=False).select_related("adult", "event")
    for invitation in waits:
        assert invitation.pk not in rows.of
        free = [each for each in queries.times_for(invitation, None) if not each.taken]
        for each in free:
            stays = each.starts_at, each.starts_at + timedelta(minutes=invitation.event.minutes)
            assert any(cross(stays, spent) for spent in rows.busy(invitation.adult_id))


def told(rows: Rows) -> None:
    """What an adult was told last is what stands."""
    latest: dict[Any, Notice] = {}
    for notice in Notice.objects.filter(kind__in=TOLD):
        before = latest.setdefault(notice.subject, notice)
        if notice.params["number"] > before.params["number"]:
            latest[notice.subject] = notice
    for invitation, booking in rows.of.items():
        assert invitation in latest
        assert latest[invitation].kind != "meet.given_back"
        assert latest[invitation].params["when_at"] == booking.slot.starts_at.isoformat()


def reminded(rows: Rows) -> None:
    """Nobody is reminded of a time that they do not hold any more."""
    kinds = (notices.reminder.name, notices.reminder_today.name)
    for notice in Notice.objects.filter(kind__in=kinds, state__in=TO_SAY):
        stands = rows.of.get(notice.subject)
        assert stands is not None
        assert notice.params["when_at"] == stands.slot.starts_at.isoformat()


def asked(rows: Rows) -> None:
    """Whoever an event is not for holds nothing of it, waits for nothing, and is not asked any more."""
    for invitation in Invitation.objects.filter(event__for_some=True).select_related("event"):
        if not is_for(invitation):
            assert invitation.pk not in rows.of
            assert not queries.is_waiting(invitation)
            unsaid = Notice.objects.filter(subject=invitation.pk, state__in=TO_SAY)
            assert not unsaid.filter(kind__in=[notices.invitation.name, notices.times.name]).exists()


def along(rows: Rows) -> None:
    """Whoever said that they come along has that time and nothing else then; of a time that is off nobody thinks so."""
    sat = Seat.objects.filter(adult__isnull=False, booking__status="booked").select_related("booking__slot")
    for seat in sat:
        is_held = Hold.objects.filter(booking=seat.booking_id, kind="adult", key=seat.adult_id).exists()
        assert is_held == (seat.comes is True)
        if is_held:
            assert not any(cross(span(seat.booking), spent) for spent in rows.busy(seat.adult_id))
    said = Notice.objects.filter(kind=notices.asked_along.name).order_by("created_at").last()
    if said:
        stands = [seat.booking.slot.starts_at.isoformat() for seat in sat if seat.comes is not False]
        assert said.params["when_at"] in stands if stands else not said.params["stands"] or sat


def is_for(invitation: Invitation) -> bool:
    """Whether this adult may come at all, as the rows say."""
    some = Event.objects.filter(pk=invitation.event_id, for_some=True).exists()
    return not some or Eligible.objects.filter(event=invitation.event_id, adult=invitation.adult_id).exists()


def span(booking: Booking) -> tuple[datetime, datetime]:
    return booking.slot.starts_at, booking.slot.ends_at


TO_SAY = (Notice.State.QUEUED, Notice.State.BY_HAND, Notice.State.HELD)
TOLD = ("meet.booked", "meet.promoted", "meet.given_back")


def cross(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
