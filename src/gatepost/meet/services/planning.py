"""Planning: an event with its sessions and the times or places in them. Nobody is told yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.core.whole import whole
from gatepost.know.models import Group
from gatepost.meet.kinds import KINDS, Books, EventKind, Kind
from gatepost.meet.models import Event, Hold, Session, Slot
from gatepost.meet.services import holding
from gatepost.org.actor import Actor
from gatepost.org.models import Person

MOST_SLOTS = 2000


@dataclass(frozen=True)
class Plan:
    """What somebody types to plan an event."""

    kind: Kind
    title: str
    place: str
    days: Sequence[date]
    begins: time
    ends: time
    minutes: int
    groups: Sequence[Group]
    hosts: Sequence[Person]
    purpose: str = ""
    places: int | None = None  # None: as many as the template says
    learning: bool | None = None
    agenda_days: int = 2  # so long before, what is talked about is settled
    way_there: str = ""  # how to get there
    ways: Sequence[str] = ()  # values of `Way` that families choose from
    follow_on: Event | None = None  # what those who came are invited to afterwards

    @property
    def template(self) -> EventKind:
        """What its kind sets."""
        return KINDS[self.kind]


@whole
def plan_event(plan: Plan, *, school_id: UUID, by: Actor) -> Event:
    """Make an event with its sessions and what can be booked in them. Nobody is told yet.

    Holds afterwards: each host's time is held, five minutes at a time, so that nobody is in two places; structured
    conversations are never back to back and never shorter than 20 minutes.
    """
    starts = _starts(plan)
    _refuse_bad_plan(plan, starts)
    template = plan.template
    event = Event.objects.create(
        school_id=school_id,
        kind=plan.kind,
        title=plan.title,
        purpose=plan.purpose,
        place=plan.place,
        minutes=plan.minutes,
        agenda_days=plan.agenda_days,
        ways=list(plan.ways),
        way_there=plan.way_there,
        learning=template.learning if plan.learning is None else plan.learning,
        follow_on=plan.follow_on,
        made_by_id=by.staff_id,
        made_at=clock.now(),
    )
    event.groups.set(plan.groups)
    sessions = _sessions(event, starts)
    slots = _slots(plan, sessions, starts)
    try:
        with transaction.atomic():
            Slot.objects.bulk_create(slots)
    except IntegrityError:  # at another school, or a moment ago
        raise Refused(_busy(plan)) from None
    _hold_hosts(plan, slots)
    audit.record("meet.planned", event, by=by, slots=len(slots))
    return event


def _sessions(event: Event, starts: list[datetime]) -> dict[date, Session]:
    """One for each day: from its first time to the end of its last."""
    days: dict[date, list[datetime]] = {}
    for start in starts:
        days.setdefault(timezone.localdate(start), []).append(start)
    made = {
        day: Session(
            school_id=event.school_id,
            event=event,
            starts_at=times[0],
            minutes=(times[-1] - times[0]) // timedelta(minutes=1) + event.minutes,
        )
        for day, times in days.items()
    }
    Session.objects.bulk_create(made.values())
    return made


def _slots(plan: Plan, sessions: dict[date, Session], starts: list[datetime]) -> list[Slot]:
    """A time for each host; or the places of each session, in the care of the first host."""
    template, places = plan.template, plan.places or plan.template.places
    shared = template.books is not Books.TIME
    hosts = plan.hosts[:1] if shared else plan.hosts
    made = []
    for start in starts[:1] if template.whole else starts:
        session = sessions[timezone.localdate(start)]
        made += [
            Slot(
                school_id=session.school_id,
                event=session.event,
                session=session,
                host=host,
                starts_at=start,
                minutes=plan.minutes,
                places=places if shared else 1,
            )
            for host in hosts
        ]
    return made


def _hold_hosts(plan: Plan, slots: list[Slot]) -> None:
    """Keep every host's time; where many share a session, that of all who lead it."""
    shared = plan.template.books is not Books.TIME
    holds = [
        Hold(school_id=slot.school_id, kind=Hold.Kind.HOST, key=host.pk, at=at, slot=slot)
        for slot in slots
        for host in (plan.hosts if shared else [slot.host])
        for stretch in holding.stretches_of(slot)
        for at in stretch.cells()
    ]
    holding.insert(holds, clash=_busy(plan))


def _busy(plan: Plan) -> str:
    names = ", ".join(host.name for host in plan.hosts)
    return _("%(host)s already has a meeting at one of these times.") % {"host": names}


def _refuse_bad_plan(plan: Plan, starts: list[datetime]) -> None:
    if plan.minutes < plan.template.shortest:
        raise Refused(_("A structured conversation lasts 20 minutes or more, so that there is time to listen."))
    if plan.minutes % 5 or plan.begins.minute % 5:
        raise Refused(_("Times begin and last in steps of five minutes. Please choose 10 or 15 rather than 12."))
    if not plan.hosts:
        raise Refused(_("Please choose at least one member of staff."))
    if not starts:
        raise Refused(_("No time fits between the beginning and the end. Please check them."))
    if starts[0] < clock.now():
        raise Refused(_("The first time has already passed. Please choose a later day."))
    if len(starts) * len(plan.hosts) > MOST_SLOTS:
        raise Refused(_("That makes more than 2,000 times. Please plan fewer days or hosts at once."))
    busy = Slot.objects.filter(host__in=plan.hosts, starts_at__in=starts, places__gt=0).first()
    if busy:
        raise Refused(_("%(host)s already has a meeting at one of these times.") % {"host": busy.host.name})


def _starts(plan: Plan) -> list[datetime]:
    """The wall-clock times at which slots begin: one a day where a session is shared, else as many as fit.

    Talks that a template keeps unhurried get minutes to breathe after each.
    """
    step = timedelta(minutes=plan.minutes + plan.template.pause)
    found = []
    for day in sorted(set(plan.days)):
        at, end = datetime.combine(day, plan.begins), datetime.combine(day, plan.ends)
        while end - at >= timedelta(minutes=plan.minutes):
            found.append(timezone.make_aware(at).astimezone(UTC))
            if end - at < step or plan.template.books is not Books.TIME:
                break
            at += step
    return sorted(set(found))  # in the hour that the clocks leave out, two readings are one moment
