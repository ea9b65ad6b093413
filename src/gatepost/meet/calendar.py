"""Meetings as calendar entries (RFC 5545, 5546): their time and place, and no child, ever: calendars are shared.

`icalendar` must not write the time zone: it lists one date for each change of the clocks, and a parser that many
programs use reads the first of a list only, so that a meeting in December stands an hour early. Ours says the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event, Timezone, vCalAddress

from gatepost.core import clock
from gatepost.language.dates import LONDON

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
WEEK = timedelta(weeks=1)
MAKER = "-//Gatepost//EN"
EUROPE_LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Meeting:
    """One time that somebody holds, or held; of a series that is booked as a whole, all its sessions."""

    key: UUID  # of what they were invited to: it stays the same however often the time is changed
    number: int  # how often it has been changed: programs believe the highest
    starts_at: datetime
    minutes: int
    title: str
    place: str
    is_off: bool = False
    also_at: tuple[datetime, ...] = ()  # the sessions after the first
    only: bool = False  # one day of a series, and nothing of the others
    way_there: str = ""  # how to get there, and where to ring


@dataclass(frozen=True)
class Between:
    """Who asks whom: the school by its name and address, and the one address that a mail goes to."""

    school: str
    address: str
    to: str = ""


def for_one(meetings: Sequence[Meeting], method: str, between: Between) -> bytes:
    """An entry, as a mail (`REQUEST`, `CANCEL`) or a page (`PUBLISH`) hands it out: one name for a whole series."""
    made = _calendar()
    made.add("method", method)
    for meeting in meetings:
        event = _event(meeting)
        event.add("organizer", _address(between.address, cn=_line(between.school)))
        if method != PUBLISH:
            coming = {"partstat": "DECLINED" if meeting.is_off else "ACCEPTED", "rsvp": "FALSE"}
            event.add("attendee", _address(between.to, **coming))
        made.add_component(event)
    return bytes(made.to_ical())


def to_follow(meetings: Sequence[Meeting], name: str) -> bytes:
    """All meetings of a member of staff, for a program that looks again every hour. It asks nobody for anything."""
    made = _calendar()
    made.add("name", _line(name))
    made.add("x-wr-calname", _line(name))
    made.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for meeting in meetings:
        made.add_component(_event(meeting))
    return bytes(made.to_ical())


def _calendar() -> Calendar:
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add_component(Timezone.from_ical(EUROPE_LONDON))
    return made


def _event(meeting: Meeting) -> Event:
    event = Event()
    starts_at = meeting.starts_at.astimezone(UTC)  # minutes are counted where no clock changes
    ends_at = starts_at + timedelta(minutes=meeting.minutes)
    event.add("uid", f"{meeting.key}@gatepost")
    event.add("sequence", meeting.number)
    event.add("dtstamp", clock.now())
    zone = UTC if _comes_twice(starts_at) or _comes_twice(ends_at) else LONDON
    event.add("dtstart", starts_at.astimezone(zone))
    event.add("dtend", ends_at.astimezone(zone))
    if meeting.only:
        event.add("recurrence-id", starts_at.astimezone(zone))
    for name, value in _again(meeting):
        event.add(name, value)
    event.add("summary", _line(meeting.title))
    event.add("location", _line(meeting.place))
    if meeting.way_there:
        event.add("description", _line(meeting.way_there))
    event.add("status", "CANCELLED" if meeting.is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.is_off else "OPAQUE")
    return event


def _again(meeting: Meeting) -> Iterator[tuple[str, object]]:
    """The sessions after the first, by the clock on London's walls.

    Weekly ones are a rule, with the weeks that are left out: a mail that asks for several entries at once is none
    (RFC 5546 §3.2.2), and some programs read no list of dates. Days without a rule are named, one to a line.
    """
    first, *later = (moment.astimezone(LONDON) for moment in (meeting.starts_at, *meeting.also_at))
    if not later:
        return
    weeks = (later[-1].date() - first.date()) // WEEK
    on_time = [first.replace(tzinfo=None) + WEEK * number for number in range(1, weeks + 1)]
    if {each.replace(tzinfo=None) for each in later} <= set(on_time):
        yield "rrule", {"freq": "weekly", "until": later[-1].astimezone(UTC)}
        left_out = [each for each in on_time if each.replace(tzinfo=LONDON) not in later]
        yield from (("exdate", each.replace(tzinfo=LONDON)) for each in left_out)
    else:
        yield from (("rdate", each) for each in (first, *later))  # the first, too: else some programs leave it out


def _comes_twice(moment: datetime) -> bool:
    """Whether the clocks on the wall show this time twice, in the night when they go back."""
    wall = moment.astimezone(LONDON)
    return wall.utcoffset() != wall.replace(fold=1 - wall.fold).utcoffset()


def _address(address: str, **said: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    made.params.update(said)
    return made


def _line(words: str) -> str:
    """On one line: some programs end an entry at a sign that only looks like the end of a line."""
    return " ".join(words.split())
