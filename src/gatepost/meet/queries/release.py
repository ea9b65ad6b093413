"""What a round of talks takes from teaching: which hours, who is covered, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from gatepost.core import clock
from gatepost.meet.kinds import Books
from gatepost.meet.models import Cover, Event, LessonTimes, Slot
from gatepost.org.calendar import closed_days


@dataclass(frozen=True)
class Need:
    """One host on one day who would be teaching."""

    host_id: UUID
    host: str
    day: date
    minutes: int
    cover: Cover | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.host_id}:{self.day.isoformat()}"


def hours_of(event: Event) -> float:
    """How many hours of staff the whole event takes, before anybody is invited."""
    minutes = sum(Slot.objects.filter(event=event).values_list("minutes", flat=True))
    return minutes / 60


def needs_of(event: Event) -> list[Need]:
    """Who hosts while there are lessons, day by day. Nobody, as long as nobody has said when there are."""
    lessons = LessonTimes.objects.filter(school=event.school_id).first()
    if lessons is None or event.template.books is not Books.TIME:
        return []
    covers = {(each.host_id, each.day): each for each in Cover.objects.filter(event=event)}
    taken: dict[tuple[UUID, str, date], int] = {}
    for slot in Slot.objects.filter(event=event).select_related("host"):
        if minutes := _in_lessons(slot, lessons):
            key = slot.host_id, slot.host.name, timezone.localdate(slot.starts_at)
            taken[key] = taken.get(key, 0) + minutes
    days = [day for _host, _name, day in taken]
    closed = closed_days(event.school_id, min(days), max(days)) if days else frozenset()
    rows = [
        Need(host, name, day, minutes, covers.get((host, day)))
        for (host, name, day), minutes in taken.items()
        if day not in closed and day.weekday() < 5
    ]
    return sorted(rows, key=lambda need: (need.day, need.host))


def _in_lessons(slot: Slot, lessons: LessonTimes) -> int:
    """How many minutes of a slot lie in the lessons of its day, by the clock on the wall."""
    starts, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
    first = max(starts.replace(tzinfo=None), datetime.combine(starts.date(), lessons.begins))
    last = min(ends.replace(tzinfo=None), datetime.combine(starts.date(), lessons.ends))
    return max(0, (last - first) // timedelta(minutes=1))


def uncovered(event: Event) -> list[Need]:
    """Those of them, still to come, for whom nobody teaches yet."""
    return [need for need in needs_of(event) if need.cover is None and need.day >= clock.today()]
