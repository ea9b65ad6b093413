"""What an adult may choose from, what a page may show of an invitation, and who would be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, Max, Min, Q, QuerySet
from django.utils.translation import get_language

from gatepost.core import clock
from gatepost.disclosure import RULES, Decision, Disclosed, Verdict, decide_all
from gatepost.know.models import Adult, Care, Channel, Child, Group
from gatepost.know.queries import apart_from, care_facts_of, contacts_for
from gatepost.know.rules import children_of
from gatepost.language.words import say_list
from gatepost.meet import notices
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.org.actor import Actor
from gatepost.org.models import School
from gatepost.org.rules import reader_of
from gatepost.reach.onpaper import channel_shown, on_paper
from gatepost.reach.parts import Bill, bill_of
from gatepost.reach.render import text_like
from gatepost.reach.services import language_for

UNDO = timedelta(minutes=15)


@dataclass(frozen=True)
class ShownTime(Disclosed):
    """One time on a family's page: whether it can be had, never why not."""

    slot_id: UUID
    starts_at: datetime
    host: str
    taken: bool


@dataclass(frozen=True)
class ShownInvitation(Disclosed):
    """All that a family's page may know of an invitation."""

    child: str  # blank where the link went to a shared contact point
    hosts: str
    place: str
    minutes: int
    is_conversation: bool
    interpreter: str
    booked_at: datetime | None
    booked_with: str
    times: tuple[ShownTime, ...]
    is_over: bool


@dataclass(frozen=True)
class Held:
    """What an adult holds of the times they were invited to, and what they gave back last."""

    booking: Booking | None
    before: Booking | None


def held_of(invitation: Invitation) -> Held:
    """Both, in one query."""
    of_it = Booking.objects.filter(invitation=invitation).select_related("slot__host", "slot__event")
    found = list(of_it.order_by("-booked_at"))
    live, past = Booking.Status.BOOKED, Booking.Status.GIVEN_BACK
    return Held(
        booking=next((each for each in found if each.status == live), None),
        before=next((each for each in found if each.status == past), None),
    )


def shown(invitation: Invitation, *, nameless: bool, booking: Booking | None, choosing: bool = True) -> ShownInvitation:
    """What the page of this invitation says. The caller holds a link that the gate has let pass.

    `choosing`: it offers the times.
    """
    event = invitation.event
    times = times_for(invitation, booking) if choosing else ()
    return ShownInvitation(
        child="" if nameless else invitation.child.called,
        hosts=say_list(sorted({time.host for time in times}), get_language() or "en"),
        place=event.place,
        minutes=event.minutes,
        is_conversation=event.kind == Event.Kind.CONVERSATION,
        interpreter=invitation.adult.interpreter,
        booked_at=booking.slot.starts_at if booking else None,
        booked_with=booking.slot.host.name if booking else "",
        times=times,
        is_over=choosing and all(time.starts_at < clock.now() for time in times),
    )


def booking_of(invitation: Invitation) -> Booking | None:
    """The time this adult holds, if any."""
    return held_of(invitation).booking


def given_back_lately(invitation: Invitation, before: Booking | None) -> Booking | None:
    """The time this adult gave back a moment ago, while it can still be taken back."""
    if before is None or before.slot.is_full or before.slot.starts_at < clock.now():
        return None
    said = invitation.ask.answers.first()
    if said is None or said.value != "given_back" or said.at < clock.now() - UNDO:
        return None
    return None if is_closed(before.slot, too_close(invitation)) else before


def slots_for(invitation: Invitation) -> QuerySet[Slot]:
    """The event's times with those who teach this child; with all hosts, where none of them does."""
    slots = Slot.objects.filter(event=invitation.event_id)
    teachers = Group.objects.filter(children=invitation.child_id).values("teachers")
    own = slots.filter(host__in=teachers)
    return slots.filter(Q(host__in=teachers) | ~Exists(own)).select_related("host")


def times_for(invitation: Invitation, booking: Booking | None) -> tuple[ShownTime, ...]:
    """The times to choose from. One that would let adults meet who live apart looks like any taken time (D2)."""
    closed = too_close(invitation)
    now = clock.now()
    return tuple(
        ShownTime(
            slot_id=slot.pk,
            starts_at=slot.starts_at,
            host=slot.host.name,
            taken=slot.starts_at < now
            or (slot.is_full and not (booking and booking.slot_id == slot.pk))
            or is_closed(slot, closed),
        )
        for slot in slots_for(invitation)
    )


def too_close(invitation: Invitation) -> list[tuple[datetime, datetime]]:
    """The stretches of time in which an adult who is kept apart from this one is at the school, for whatever child."""
    others = apart_from(invitation.adult)
    if not others:
        return []
    gap = timedelta(minutes=invitation.event.apart_minutes)
    ours = Slot.objects.filter(event=invitation.event).order_by()
    days = ours.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    if not days["first"]:
        return []
    day = timedelta(days=1)  # far wider than any gap
    taken = Booking.objects.filter(
        status=Booking.Status.BOOKED,
        invitation__adult__in=others,
        slot__starts_at__range=(days["first"] - day, days["last"] + day),
    ).select_related("slot")
    return [(booking.slot.starts_at - gap, booking.slot.ends_at + gap) for booking in taken]


def is_closed(slot: Slot, stretches: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether a slot touches one of these stretches."""
    return any(slot.starts_at < end and slot.ends_at > start for start, end in stretches)


@dataclass(frozen=True)
class Recipient:
    """One line of the preview: who would be told, how, in which language; or who is left out, and by which rule."""

    adult: Adult
    child: Child
    channel: str
    language: str
    verdict: Verdict
    rule: str
    invited: bool

    @property
    def why(self) -> str:
        """The rule in words."""
        return RULES[self.rule]


def left_out(lines: list[Recipient], *, seen_by: Actor) -> list[Recipient]:
    """Who would not be told. Only who may know learns that an order exists; others see whom to ask."""
    reader = reader_of(seen_by)
    out = [line for line in lines if line.verdict is not Verdict.ALLOW]
    shown = [(line, Decision(line.verdict, line.rule).as_seen_by(reader)) for line in out]
    return [replace(line, verdict=decision.verdict, rule=decision.rule) for line, decision in shown]


def not_own(lines: list[Recipient], *, seen_by: Actor) -> list[Recipient]:
    """A preview without the adults of one's own child: they are invited like all others, and not looked at."""
    own = set(children_of(seen_by).values_list("pk", flat=True))
    return [line for line in lines if line.child.pk not in own]


def recipients(event: Event) -> list[Recipient]:
    """Every adult in the lives of the children of this event, and what the gate says of inviting them."""
    children = {child.pk: child for child in Child.objects.filter(groups__in=event.groups.all()).distinct()}
    cares = list(
        Care.objects.filter(child__in=children, ended_on=None)
        .select_related("adult", "child")
        .order_by("child__name", "adult__name")
    )
    pairs = {(care.adult_id, care.child_id) for care in cares}
    facts, contacts = care_facts_of(pairs), contacts_for(pairs)
    letters = on_paper(notices.invitation, ((care.adult, care.child) for care in cares), contacts)
    done = set(Invitation.objects.filter(event=event).values_list("adult", "child"))
    found = []
    for care in cares:
        pair = care.adult_id, care.child_id
        decision, point = decide_all(facts[pair], notices.invitation.facts, on=clock.today()), contacts[pair]
        found.append(
            Recipient(
                adult=care.adult,
                child=care.child,
                channel=channel_shown(pair, letters, point),
                language=language_for(care.adult),
                verdict=decision.verdict,
                rule=decision.rule,
                invited=pair in done,
            )
        )
    return found


def bill(told: list[Recipient], school: School) -> Bill:
    """What the texts among these invitations will cost at most: in each language, the longest name counts."""
    by_text = [line for line in told if line.channel == Channel.SMS]
    adults = Counter(line.language for line in by_text)
    names = {tag: max((line.child.called for line in by_text if line.language == tag), key=len) for tag in adults}
    like = {tag: text_like(notices.invitation, school=school, language=tag, child=name) for tag, name in names.items()}
    return bill_of(like, adults)
