"""A meeting as a calendar entry (RFC 5545): its own time and place, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from gatepost.core import clock
from gatepost.meet.queries import ShownInvitation


def entry(seen: ShownInvitation, key: UUID, *, school: str) -> bytes:
    """One entry, or an empty calendar where no time is held. No organiser, no attendees, no child's name."""
    made = Calendar()
    made.add("prodid", "-//Gatepost//EN")
    made.add("version", "2.0")
    if seen.booked_at:
        meeting = Event()
        meeting.add("uid", f"{key}@gatepost")
        meeting.add("dtstamp", clock.now())
        meeting.add("dtstart", seen.booked_at)
        meeting.add("dtend", seen.booked_at + timedelta(minutes=seen.minutes))
        meeting.add("summary", _("A talk at %(school)s") % {"school": school})
        meeting.add("location", seen.place)
        made.add_component(meeting)
    return bytes(made.to_ical())
