"""Carries what is there over: sessions for the times of old, holds from now on, and families' words to the agenda."""

from datetime import timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

CELL = timedelta(minutes=5)


def _sessions(apps: Any) -> None:
    Slot, Session, Event = (apps.get_model("meet", name) for name in ("Slot", "Session", "Event"))
    for event in Event.objects.filter(slots__isnull=False).distinct().iterator(chunk_size=500):
        days: dict[Any, list[Any]] = {}
        for slot in Slot.objects.filter(event=event).order_by("starts_at"):
            days.setdefault(timezone.localdate(slot.starts_at), []).append(slot)
        for slots in days.values():
            first = slots[0].starts_at
            end = max(slot.starts_at + timedelta(minutes=slot.minutes) for slot in slots)
            length = (end - first) // timedelta(minutes=1)
            session = Session.objects.create(school_id=event.school_id, event=event, starts_at=first, minutes=length)
            Slot.objects.filter(pk__in=[slot.pk for slot in slots]).update(session=session)


def _noted(apps: Any) -> None:
    Attendance = apps.get_model("meet", "Attendance")
    for noted in Attendance.objects.select_related("booking__slot").iterator(chunk_size=500):
        Attendance.objects.filter(pk=noted.pk).update(session=noted.booking.slot.session_id)


def _cells(slot: Any) -> list[Any]:
    at = slot.starts_at.replace(minute=slot.starts_at.minute // 5 * 5, second=0, microsecond=0)
    ends, found = slot.starts_at + timedelta(minutes=slot.minutes), []
    while at < ends:
        found.append(at)
        at += CELL
    return found


def _holds(apps: Any) -> None:
    """What clashes already stays as it was agreed: the first keeps the time, and nobody's booking is undone."""
    Slot, Booking, Hold = (apps.get_model("meet", name) for name in ("Slot", "Booking", "Hold"))
    held = []
    for slot in Slot.objects.filter(starts_at__gt=timezone.now()).order_by("starts_at").iterator(chunk_size=500):
        held += [Hold(school_id=slot.school_id, kind="host", key=slot.host_id, at=at, slot=slot) for at in _cells(slot)]
    live = Booking.objects.filter(status="booked", slot__starts_at__gt=timezone.now())
    for booking in live.select_related("slot", "invitation").order_by("booked_at").iterator(chunk_size=500):
        key, school = booking.invitation.adult_id, booking.school_id
        held += [Hold(school_id=school, kind="adult", key=key, at=at, booking=booking) for at in _cells(booking.slot)]
    Hold.objects.bulk_create(held, batch_size=500, ignore_conflicts=True)


def _agendas(apps: Any) -> None:
    """What families wrote with their bookings becomes theirs: one thing for each invitation: the words of the booking that is held, else of the latest one."""
    Booking, Item = apps.get_model("meet", "Booking"), apps.get_model("meet", "AgendaItem")
    said = Booking.objects.exclude(talk_about="").order_by("booked_at")
    words: dict[Any, Any] = {}
    for booking in said.iterator(chunk_size=500):
        before = words.get(booking.invitation_id)
        if before is None or booking.status == "booked" or before.status != "booked":
            words[booking.invitation_id] = booking
    Item.objects.bulk_create(
        (
            Item(
                school_id=each.school_id,
                invitation_id=each.invitation_id,
                side="family",
                words=each.talk_about,
                at=each.booked_at,
            )
            for each in words.values()
        ),
        batch_size=500,
    )


def fill(apps: Any, schema_editor: Any) -> None:
    """All four, in their order."""
    _sessions(apps)
    _noted(apps)
    _holds(apps)
    _agendas(apps)


class Migration(migrations.Migration):
    dependencies = [("meet", "0002_any_coming_together")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
