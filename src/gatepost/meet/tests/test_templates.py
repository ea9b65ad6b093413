"""Every template: one short page makes it, a family takes a time or a place on a telephone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from gatepost.core import clock
from gatepost.language.dates import london_day
from gatepost.meet import queries
from gatepost.meet.kinds import KINDS, Books, Kind
from gatepost.meet.models import Event
from gatepost.meet.recurrence import MOST_SKIPPED, weekly
from gatepost.org.services import close_on
from gatepost.testing import Cast

FIRST = date(2026, 9, 3)


def next_thursday() -> date:
    day = clock.today() + timedelta(days=7)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def typed(page: str, cast: Cast, day: date) -> dict[str, object]:
    """What one cannot leave to the defaults: the class and the day; the rest as the page fills it in."""
    named = {"groups": cast.kingfishers.pk, "hosts": cast.ode.pk, "first_day": day.isoformat()}
    return named | {
        name: value
        for name, value in {"title": "Come along", "place": "Room 4", "begins": "15:30", "ends": "18:30"}.items()
        if f'name="{name}"' in page
    }


def planned(cast: Cast, client: Client, kind: str, day: date | None = None) -> Event:
    """Ms Ode opens the template's page, types what she has to, and presses the button."""
    cast.sign_in(client, cast.ode)
    page = client.get(f"/meet/plan/{kind}/").text
    template = KINDS[kind]
    filled = {"minutes": template.minutes, "places": template.places, "weeks": template.sessions}
    form = typed(page, cast, day or next_thursday())
    form |= {name: value for name, value in filled.items() if f'name="{name}"' in page}
    answer = client.post(f"/meet/plan/{kind}/", form, follow=True)
    event = Event.objects.first()
    assert event and event.kind == kind, answer.text
    return event


@pytest.mark.parametrize("kind", list(Kind))
def test_a_family_books_whatever_was_planned(cast: Cast, client: Client, kind: str) -> None:
    event = planned(cast, client, kind)
    assert client.post(f"/meet/events/{event.pk}/preview/").status_code == 302
    url, phone = cast.link(cast.amina), Client()
    page = phone.get(url)
    times = queries.times_for(cast.invitation(cast.amina), None)
    assert page.status_code == 200 and (event.title in page.text) == (event.template.books is not Books.TIME)
    assert phone.post(url, {"slot": times[0].slot_id}).status_code == 302
    held = queries.booking_of(cast.invitation(cast.amina))
    assert held and held.slot_id == times[0].slot_id
    assert phone.get(url).status_code == client.get(f"/meet/events/{event.pk}/").status_code == 200


def test_a_weekly_lunch_leaves_the_holiday_out_and_the_kitchen_gets_a_count(cast: Cast, client: Client) -> None:
    first = next_thursday()
    off = first + timedelta(weeks=3)
    close_on("Half-term", first=off, last=off, school_id=cast.school.pk, by=cast.actor_of(cast.finch))
    event = planned(cast, client, Kind.LUNCH, first)
    days = [london_day(session.starts_at) for session in event.sessions.all()]
    assert len(days) == 12 and off not in days and days[-1] == first + timedelta(weeks=12)
    client.post(f"/meet/events/{event.pk}/preview/")
    for adult in (cast.amina, cast.hina):
        Client().post(cast.link(adult), {"slot": event.slots.all()[0].pk})
    kitchen = client.get(f"/meet/events/{event.pk}/kitchen/").text
    assert "2 families" in kitchen and "4 meals" in kitchen and "Amina" not in kitchen
    evening = cast.event(hosts=[cast.nye])
    assert client.get(f"/meet/events/{evening.pk}/kitchen/").status_code == 404


def test_a_place_in_a_series_is_for_all_its_days(cast: Cast, client: Client) -> None:
    event = planned(cast, client, Kind.MASTERCLASS)
    assert event.sessions.count() == 4 and [slot.places for slot in event.slots.all()] == [5]
    cast.invite_all(event)
    page = Client().get(cast.link(cast.jo) + "?in=en").text
    assert page.count("3.30pm") >= 4


@pytest.mark.once
@given(some.integers(1, 40), some.frozensets(some.integers(0, 60)))
def test_a_week_is_left_out_only_when_the_school_is_closed(count: int, weeks_closed: frozenset[int]) -> None:
    first, closed = FIRST, {FIRST + timedelta(weeks=week) for week in weeks_closed}
    found = weekly(first, count, closed)
    both = sorted([*found.days, *found.left_out])
    assert both == [first + timedelta(weeks=week) for week in range(len(both))]
    assert set(found.left_out) <= closed and not closed & set(found.days)
    assert len(found.days) == count or len(found.left_out) == MOST_SKIPPED


def test_where_others_read_along_the_page_names_no_child_and_does_not_say_what_it_is_about(cast: Cast) -> None:
    event = cast.event(kind=Kind.COUNCIL, minutes=90, title="Parents of children with an autism diagnosis")
    amina = cast.invitation(cast.amina, event=event)
    seen = queries.shown(amina, nameless=True, booking=None)
    assert (seen.child, seen.title, seen.purpose, seen.is_shared) == ("", "", "", True)
    assert queries.shown(amina, nameless=False, booking=None).title == event.title
