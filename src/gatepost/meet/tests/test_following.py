"""Ms Ode's own calendar follows her meetings: each talk and session, no family, and nothing once she ends it."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from icalendar import Calendar

from gatepost.core import clock, scope
from gatepost.core.logs import redact
from gatepost.meet import services as meet
from gatepost.meet.models import Feed
from gatepost.meet.services import preparing
from gatepost.org.models import Staff
from gatepost.testing import Cast


def begun(cast: Cast, client: Client) -> str:
    """The path of the address that she is shown, once."""
    page = cast.sign_in(client, cast.ode).post("/meet/calendar/", {"act": "begin"}).content.decode()
    address = page.partition('class="key">')[2].partition("<")[0]
    assert address.endswith("/meetings.ics") and address not in client.get("/meet/calendar/").content.decode()
    return "/c/" + address.partition("/c/")[2]


def read(path: str) -> tuple[int, str]:
    """As a program of hers reads it, without any cookie."""
    with scope.nobody():
        answer = Client().get(path)
    return answer.status_code, answer.content.decode()


def test_her_calendar_shows_when_and_where_and_no_family(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.amina)
    slot = cast.slot(event=invitation.event)
    meet.book(invitation, slot, wishes=meet.Wishes(supporter="Hodan"), by=cast.family_actor(invitation))
    day = clock.today() + timedelta(days=40)
    days = [day, day + timedelta(weeks=1)]
    cast.event(kind="masterclass", title="Ayan and friends", days=days, minutes=60)
    status, body = read(begun(cast, client))
    entries = Calendar.from_ical(body).walk("VEVENT")
    assert status == 200 and len(entries) == 3  # no time that nobody has booked
    assert entries[0].decoded("dtstart") == slot.starts_at and entries[0]["location"] == "School hall"
    assert not any(name in body for name in ("Ayan", "Amina", "Warsame", "Hodan"))


def test_a_colleague_who_comes_too_has_it_in_theirs(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.amina)
    held = meet.book(
        invitation, cast.slot(event=invitation.event), wishes=meet.Wishes(), by=cast.family_actor(invitation)
    )
    preparing.add_professional(held, cast.adeyemi, "She knows about reading", by=cast.actor_of(cast.ode))
    with scope.only([cast.school.pk], organisation=cast.organisation.pk):
        token = meet.begin_feed(by=cast.actor_of(cast.adeyemi))
    assert read(f"/c/{token}/meetings.ics")[1].count("BEGIN:VEVENT") == 1


def test_a_new_address_ends_the_old_one_and_so_does_leaving(cast: Cast, client: Client) -> None:
    old, new = begun(cast, client), begun(cast, client)
    assert (read(old)[0], read(new)[0]) == (404, 200)
    Staff.objects.filter(person=cast.ode).update(until_on=clock.today() - timedelta(days=1))
    assert read(new)[0] == 404


def test_she_ends_it_and_nothing_of_the_secret_is_kept_or_logged(cast: Cast, client: Client) -> None:
    path = begun(cast, client)
    token = path.split("/")[2]
    assert token not in str(Feed.objects.values()) and token not in redact(f"GET {path} 200")
    client.post("/meet/calendar/", {"act": "end"})
    assert read(path)[0] == 404 and not Feed.objects.filter(ended_at=None).exists()
