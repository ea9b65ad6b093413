"""A time in somebody's calendar: one entry for each invitation, which follows every change and names no child."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from gatepost.core import clock
from gatepost.know.models import ContactPoint
from gatepost.language.dates import LONDON
from gatepost.meet import services as meet
from gatepost.meet.calendar import REQUEST, Between, Meeting, for_one
from gatepost.meet.models import Invitation
from gatepost.reach.delivery.render import letter_for
from gatepost.reach.kinds import Entry
from gatepost.testing import Cast


def entries(cast: Cast, invitation: Invitation) -> list[Entry | None]:
    """What comes with each message to this adult after the invitation, oldest first."""
    told = [each for each in cast.told(invitation.adult) if each.kind != "meet.invitation"]
    point = ContactPoint.objects.get(adult=invitation.adult)
    return [letter_for(each, point, []).entry for each in told]


def own(entry: Entry | None) -> tuple[str, str, int, str]:
    """What a calendar program goes by: what is asked, which entry, its number, and whether it still stands."""
    assert entry
    (event,) = Calendar.from_ical(entry.body).walk("VEVENT")
    assert str(event["status"]) == ("CANCELLED" if entry.method == "CANCEL" else "CONFIRMED")
    return entry.method, str(event["uid"]), int(event["sequence"]), f"{event.decoded('dtstart').astimezone(UTC):%H%M}"


def test_one_entry_follows_every_change(cast: Cast) -> None:
    invitation = cast.invitation(cast.jo)
    ContactPoint.objects.filter(adult=cast.jo).update(confirmed_at=clock.now())
    actor, slots = cast.family_actor(invitation), list(invitation.event.slots.order_by("starts_at")[:2])
    for slot in slots:
        meet.book(invitation, slot, wishes=meet.Wishes(), by=actor)
    meet.give_back(invitation, by=actor)
    meet.book(invitation, slots[0], wishes=meet.Wishes(), by=actor)
    first, second = (f"{slot.starts_at.astimezone(UTC):%H%M}" for slot in slots)
    uid = f"{invitation.pk}@gatepost"
    assert [own(each) for each in entries(cast, invitation)] == [
        ("REQUEST", uid, 0, first),
        ("REQUEST", uid, 1, second),
        ("CANCEL", uid, 2, second),
        ("REQUEST", uid, 3, first),
    ]


def test_another_place_is_told_and_changes_the_entry(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.jo)
    ContactPoint.objects.filter(adult=cast.jo).update(confirmed_at=clock.now())
    slot = cast.slot(event=invitation.event)
    meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    page = f"/meet/events/{invitation.event_id}/place/"
    assert "School hall" in cast.sign_in(client, cast.finch).get(page).content.decode()
    for _twice in range(2):
        client.post(page, {"place": "Café Aroma"})
    _booked, changed = entries(cast, invitation)
    assert changed
    assert own(changed)[:3] == ("REQUEST", f"{invitation.pk}@gatepost", 1) and "Café Aroma" in changed.body
    assert "The place has changed" in cast.letters(cast.jo)[-1] and len(cast.told(cast.jo)) == 3
    assert cast.told(cast.mark)[-1].kind == "meet.invitation"  # who has no time is told nothing


def test_a_mailbox_that_others_read_gets_no_entry(cast: Cast) -> None:
    invitation = cast.invitation(cast.jo)
    meet.book(invitation, cast.slot(event=invitation.event), wishes=meet.Wishes(), by=cast.family_actor(invitation))
    ContactPoint.objects.filter(adult=cast.jo).update(shared=True, confirmed_at=clock.now())
    assert entries(cast, invitation) == [None]


def test_an_entry_names_no_child_and_only_the_address_that_it_goes_to(cast: Cast) -> None:
    invitation = cast.invitation(cast.jo)
    ContactPoint.objects.filter(adult=cast.jo).update(confirmed_at=clock.now())
    meet.book(invitation, cast.slot(event=invitation.event), wishes=meet.Wishes(), by=cast.family_actor(invitation))
    (entry,) = entries(cast, invitation)
    assert entry and "mailto:jo.pell@example.org" in entry.body
    for name in ("Ella", "Jo Pell", "Mark", "mark.pell", "Ms Ode"):
        assert name not in entry.body


def test_the_page_hands_out_the_same_entry_and_takes_it_back(cast: Cast, client: Client) -> None:
    invitation, link = cast.invitation(cast.jo), cast.link(cast.jo)
    assert client.get(link + "meeting.ics").status_code == 302  # nothing to put into a calendar yet
    client.post(link, {"slot": invitation.event.slots.first().pk})
    held = client.get(link + "meeting.ics")
    assert held.headers["Content-Type"].endswith("method=PUBLISH")
    client.post(link, {"act": "give_back"})
    off = client.get(link + "meeting.ics").content.decode()
    for body, number, status in ((held.content.decode(), 0, "CONFIRMED"), (off, 1, "CANCELLED")):
        assert f"SEQUENCE:{number}\r\n" in body and f"STATUS:{status}" in body and f"UID:{invitation.pk}" in body


def test_a_whole_series_stands_in_it_in_one_entry(cast: Cast, client: Client) -> None:
    day = clock.today() + timedelta(days=7)
    days = [day + timedelta(weeks=week) for week in (0, 1, 3)]  # in between is a holiday
    event = cast.event(kind="masterclass", days=days, minutes=60)
    invitation, link = cast.invitation(cast.jo, event=event), cast.link(cast.jo)
    ContactPoint.objects.filter(adult=cast.jo).update(confirmed_at=clock.now())
    client.post(link, {"slot": event.slots.get().pk})
    (mail,) = entries(cast, invitation)
    for body in (mail.body if mail else "", client.get(link + "meeting.ics").content.decode()):
        (entry,) = Calendar.from_ical(body).walk("VEVENT")
        assert "RRULE:FREQ=WEEKLY" in body and body.count("EXDATE") == 1
        assert entry.decoded("dtstart").date() == days[0]
        assert entry["exdate"].dts[0].dt.date() == day + timedelta(weeks=2)
        assert entry["rrule"]["until"][0] == event.sessions.last().starts_at


@pytest.mark.once
@pytest.mark.parametrize("month", [1, 7])
def test_the_time_zone_is_a_rule_and_the_stamp_is_utc(month: int) -> None:
    at = datetime(2027, month, 15, 16, 10, tzinfo=LONDON)
    meeting = Meeting(Invitation().pk, 0, at, 10, "A talk; here, at five", "Café\nهال " * 9)
    raw = for_one([meeting], REQUEST, Between("Elm, Park", "a@b.example", "c@d.example"))
    assert raw.count(b"RRULE:FREQ=YEARLY") == 2 and b"RDATE" not in raw
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event.decoded("dtstart") == at and event["dtstart"].params["tzid"] == "Europe/London"
    assert event["dtstamp"].to_ical().endswith(b"Z") and "\n" not in event["location"]
