"""The notices that `meet` can send."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from gatepost.disclosure import Fact
from gatepost.language.dates import london_day
from gatepost.meet import calendar
from gatepost.meet.models import Invitation, Slot
from gatepost.meet.queries.choosing import moments_of
from gatepost.meet.queries.places import place_for_family
from gatepost.reach.kinds import NUMBER, YES_OR_NO, Entry, Mailed, NoticeKind, Question, register
from gatepost.reach.models import Ask


def last_days(invitations: Collection[UUID]) -> dict[UUID, date]:
    """The last day of the event that each of these invites to: its link ends soon after it."""
    slots = Slot.objects.filter(event__invitations__in=invitations).values("event__invitations")
    ends = slots.annotate(last=Max("starts_at")).values_list("event__invitations", "last")
    return {invitation: london_day(last) for invitation, last in ends}


def _to_come(mailed: Mailed) -> Entry | None:
    """Their time, in their calendar: it takes the place of one they held before."""
    return _entry(mailed, calendar.REQUEST)


def _not_to_come(mailed: Mailed) -> Entry | None:
    """The time that they gave back, out of their calendar."""
    return _entry(mailed, calendar.CANCEL)


def _entry(mailed: Mailed, method: str) -> Entry | None:
    said = mailed.params
    if "number" not in said:  # written before there were entries
        return None
    moment, only = datetime.fromisoformat(said["when_at"]), bool(said.get("series"))
    first, *later = (moment,) if only else moments_of(mailed.subject, moment)
    meeting = calendar.Meeting(
        key=mailed.subject,
        number=said["number"],
        starts_at=first,
        also_at=tuple(later),
        minutes=said["minutes"],
        title=_("A talk at %(school)s") % {"school": mailed.school},
        place=place_for_family(said["place"], said.get("way", "")),
        way_there="" if said.get("way") else " ".join(filter(None, [said.get("way_theirs"), said.get("way_there")])),
        is_off=method == calendar.CANCEL,
        only=only,
    )
    between = calendar.Between(mailed.school, mailed.address, mailed.to)
    return Entry(method, calendar.for_one([meeting], method, between).decode())


HELP = "meet.help"


def _whether_they_come(invitation: UUID) -> Ask | None:
    return Ask.objects.filter(pk__in=Invitation.objects.filter(pk=invitation).values("ask")).first()


def _what_would_help(invitation: UUID) -> Ask | None:
    theirs = Invitation.objects.filter(pk=invitation)
    asked = Ask.objects.filter(adult__in=theirs.values("adult"), child__in=theirs.values("child"), question=HELP)
    return asked.order_by("-asked_at").first()


TO_COME = Question(frozenset({YES_OR_NO}), _whether_they_come)
WHICH_TIME = Question(frozenset({NUMBER, YES_OR_NO}), _whether_they_come)
WHAT_HELPS = Question(frozenset({NUMBER, YES_OR_NO}), _what_would_help)

invitation = register(
    NoticeKind(
        name="meet.invitation",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/invitation",
        why="Asks one adult to choose a time to talk about one child.",
        to_unconfirmed=True,
        opens="invite:open",
        last_days=last_days,
        asks=TO_COME,
        calm=True,
    )
)

times = register(
    NoticeKind(
        name="meet.times",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/times",
        why="Answers a yes by text with three times that are free. A text with 1, 2 or 3 takes one.",
        opens="invite:open",
        last_days=last_days,
        answers=True,
        asks=WHICH_TIME,
        calm=True,
    )
)

what_helps = register(
    NoticeKind(
        name="meet.what_helps",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/what_helps",
        why="Asks by text, once, what would help somebody to come who has booked by text. Numbers answer it.",
        answers=True,
        asks=WHAT_HELPS,
        calm=True,
    )
)

helped = register(
    NoticeKind(
        name="meet.helped",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/helped",
        why="Says what is arranged so that an adult can come, or will be, to the adult who asked for it.",
        opens="invite:open",
        last_days=last_days,
        calm=True,
    )
)

booked = register(
    NoticeKind(
        name="meet.booked",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/booked",
        why="Says which time an adult has, and how to change it. A mail brings an entry for a calendar.",
        entry=_to_come,
        opens="invite:open",
        last_days=last_days,
        answers=True,
        calm=True,
    )
)

promoted = register(
    NoticeKind(
        name="meet.promoted",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/promoted",
        why="Tells the next family on the waiting list that a place is theirs. A mail brings an entry for a calendar.",
        entry=_to_come,
        opens="invite:open",
        last_days=last_days,
        calm=True,
    )
)

place_changed = register(
    NoticeKind(
        name="meet.place_changed",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/place_changed",
        why="Says that a meeting is held at another place. A mail changes the entry in a calendar.",
        entry=_to_come,
        opens="invite:open",
        last_days=last_days,
        calm=True,
    )
)

asked_along = register(
    NoticeKind(
        name="meet.asked_along",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/asked_along",
        why="Asks an adult whether they come along to a talk, as the child's other parent has said; or that it is off.",
        opens="invite:open",
        last_days=last_days,
        asks=TO_COME,
        calm=True,
    )
)

reminder = register(
    NoticeKind(
        name="meet.reminder",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/reminder",
        why="Reminds of a time, once, two days before.",
        opens="invite:open",
        last_days=last_days,
        over=True,
        calm=True,
    )
)

reminder_today = register(
    NoticeKind(
        name="meet.reminder_today",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/reminder",
        why="Reminds of a time once more, on its morning.",
        opens="invite:open",
        last_days=last_days,
        at_once=True,
        over=True,
        calm=True,
    )
)

running_late = register(
    NoticeKind(
        name="meet.running_late",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/running_late",
        why="Says by text, on the evening, that a member of staff is running late.",
        at_once=True,
    )
)

agenda_asked = register(
    NoticeKind(
        name="meet.agenda_asked",
        facts=frozenset({Fact.LOGISTICS, Fact.EDUCATION}),
        template="meet/notices/agenda_asked",
        why="Asks an adult whether the school may add something to what is talked about, after that was settled.",
        opens="invite:open",
        last_days=last_days,
    )
)

who_comes = register(
    NoticeKind(
        name="meet.who_comes",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/who_comes",
        why="Says who of the school will be at a talk, when that has changed.",
        opens="invite:open",
        last_days=last_days,
    )
)

given_back = register(
    NoticeKind(
        name="meet.given_back",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/given_back",
        why="Says that a time was given back, and that another can be chosen. A mail takes it out of a calendar.",
        entry=_not_to_come,
        opens="invite:open",
        last_days=last_days,
        calm=True,
    )
)

called_off = register(
    NoticeKind(
        name="meet.called_off",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/called_off",
        why="Says that a meeting does not take place on its day. A mail takes that day out of a calendar.",
        entry=_not_to_come,
        opens="invite:open",
        last_days=last_days,
        at_once=True,
    )
)

interpreter = register(
    NoticeKind(
        name="meet.interpreter",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/interpreter",
        why="Says that an interpreter is found for a talk, comes along to another time, or is looked for again.",
        opens="invite:open",
        last_days=last_days,
        calm=True,
    )
)

another_way = register(
    NoticeKind(
        name="meet.another_way",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/another_way",
        why="Offers other ways and times to an adult for whom coming did not work twice. Once, and it blames nobody.",
        opens="another:open",
        calm=True,
    )
)

REMINDERS = [reminder.name, reminder_today.name]
OF_A_TIME = [booked.name, promoted.name, place_changed.name, *REMINDERS]
"""What says of a time that it is theirs: of no use, where it has not left yet and the time is theirs no more."""
