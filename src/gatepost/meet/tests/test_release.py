"""Ms Ode teaches until a quarter past three: no talk is offered before that unless somebody teaches instead."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.meet import services
from gatepost.meet.models import Cover, Event
from gatepost.meet.queries import release as queries
from gatepost.meet.services import release
from gatepost.testing import Cast


def wednesday() -> date:
    day = clock.today() + timedelta(days=30)
    return day + timedelta(days=(2 - day.weekday()) % 7)


def talks(cast: Cast, begins: time = time(14, 15)) -> Event:
    kind = Event.Kind.CONVERSATION
    return cast.event(kind=kind, days=[wednesday()], begins=begins, ends=time(16, 30), minutes=45)


def lessons(cast: Cast) -> None:
    release.say_lesson_times(time(9), time(15, 15), school_id=cast.school.pk, by=cast.actor_of(cast.finch))


def test_as_long_as_nobody_knows_of_lessons_every_time_can_be_offered(cast: Cast) -> None:
    assert queries.needs_of(talks(cast)) == []


def test_nobody_is_invited_into_a_lesson_that_nobody_teaches(cast: Cast) -> None:
    lessons(cast)
    event, by = talks(cast), cast.actor_of(cast.ode)
    (need,) = queries.needs_of(event)
    assert (need.host, need.day, need.minutes) == ("Ms Ode", wednesday(), 50)  # 45 of the first, 5 of the second
    with pytest.raises(Refused, match="would be teaching"):
        services.invite(event, by=by)
    release.arrange_cover(event, need, "Mrs Birch", 4250, by=by)
    assert queries.uncovered(event) == [] and services.invite(event, by=by)
    assert Cover.objects.get().pence == 4250


def test_after_lessons_nobody_has_to_be_covered(cast: Cast) -> None:
    lessons(cast)
    assert queries.needs_of(talks(cast, begins=time(15, 15))) == []


def test_the_hours_of_a_round_are_known_before_it_is_offered(cast: Cast) -> None:
    event = talks(cast)
    assert queries.hours_of(event) == event.slots.count() * 45 / 60


def test_the_office_says_when_there_are_lessons_and_who_teaches(cast: Cast, client: Client) -> None:
    event = talks(cast)
    cast.sign_in(client, cast.finch)
    page = f"/meet/events/{event.pk}/cover/"
    assert "Nobody has said when there are lessons" in client.get(page).text
    client.post(page, {"act": "lessons", "begins": "09:00", "ends": "15:15"})
    assert "Cover needed" in client.get(page).text
    refused = client.post(f"/meet/events/{event.pk}/preview/", follow=True).text
    assert "would be teaching then" in refused
    need = queries.needs_of(event)[0].key
    client.post(page, {"act": "cover", "need": need, "words": "Mrs Birch", "pounds": "42.50"})
    assert "Mrs Birch" in client.get(page).text and "£42.50" in client.get(page).text
