"""What changes after somebody has booked: a day is called off, an interpreter is found, coming did not work twice."""

from __future__ import annotations

from datetime import time, timedelta
from unittest import mock

import icalendar
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.meet import forgetting, notices, queries, services
from gatepost.meet.models import AnotherWay, Booking, Event, Hold, InterpreterMail, Session, SignIn, Waiting
from gatepost.meet.services import interpreting
from gatepost.meet.tests.interpreted import with_interpreter
from gatepost.reach.kinds import Mailed
from gatepost.testing import Cast


def kinds(cast: Cast, adult: object) -> list[str]:
    return [notice.kind for notice in cast.told(adult)]  # type: ignore[arg-type]


def series(cast: Cast) -> Event:
    """A masterclass on three days, in which Amina has a place."""
    first = clock.today() + timedelta(days=90)
    days = [first + timedelta(weeks=week) for week in range(3)]
    times = {"days": days, "minutes": 60, "begins": time(16), "ends": time(17)}
    event = cast.event(kind=Event.Kind.MASTERCLASS, places=5, **times)
    invitation = cast.invitation(cast.amina, event=event)
    services.book(invitation, event.slots.get(), wishes=services.Wishes(), by=cast.family_actor(invitation))
    return event


def test_a_day_of_a_series_leaves_calendars_and_the_last_one_ends_it_all(cast: Cast, client: Client) -> None:
    event, by = series(cast), cast.actor_of(cast.finch)
    first, second, third = event.sessions.order_by("starts_at")
    assert services.call_off(second, by=by) == 1 and services.call_off(second, by=by) == 0
    told = cast.told(cast.amina)[-1]
    assert told.kind == "meet.called_off" and told.params["series"]
    entry = notices.called_off.entry
    assert entry
    mailed = Mailed(told.subject, told.params, "Elm Park", "office@example.org", "amina@example.org")  # type: ignore[arg-type]
    made = icalendar.Calendar.from_ical((entry(mailed) or pytest.fail("no entry")).body)
    off = made.walk("VEVENT")[0]
    assert (made["METHOD"], off["STATUS"], off["RECURRENCE-ID"].dt) == ("CANCEL", "CANCELLED", second.starts_at)
    assert "RRULE" not in off and "RDATE" not in off
    held = Hold.objects.filter(at__gte=second.starts_at, at__lt=second.ends_at)
    assert not held.exists() and Booking.objects.filter(status="booked").count() == 1
    services.call_off(first, by=by)
    assert event.slots.get().session == third  # what can be booked begins with the day that is left
    dawn = cast.invitation(cast.dawn, event=event)
    Waiting.objects.create(school=cast.school, invitation=dawn, since=clock.now())
    assert services.call_off(Session.objects.get(pk=third.pk), by=by) == 2  # the last: who has a place, and who waits
    assert not (Hold.objects.exists() or Waiting.objects.filter(ended_at=None).exists())
    assert all("http" not in cast.letters(adult)[-1] for adult in (cast.amina, cast.dawn))  # nothing is left to choose
    assert "This meeting does not take place" in client.get(cast.link(cast.dawn) + "?in=en").content.decode()


def test_a_day_of_talks_that_is_called_off_frees_everybody_and_cannot_be_booked(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.amina)
    services.book(
        invitation, invitation.event.slots.all()[0], wishes=services.Wishes(), by=cast.family_actor(invitation)
    )
    session = invitation.event.sessions.get()
    cast.sign_in(client, cast.ode)
    assert "Call it off" in client.get(f"/meet/sessions/{session.pk}/call-off/").content.decode()
    client.post(f"/meet/sessions/{session.pk}/call-off/")
    assert kinds(cast, cast.amina)[-1] == "meet.called_off" and queries.booking_of(invitation) is None
    assert all(each.taken for each in queries.times_for(invitation, None))
    assert not Hold.objects.filter(kind="adult", key=cast.amina.pk).exists()
    day = timezone.localtime(session.starts_at)
    again = cast.event(days=[day.date()])  # the same host at the same minutes
    assert again.slots.filter(starts_at=session.starts_at, host=cast.ode).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        session.slots.update(places=1)


def test_the_parent_hears_by_itself_that_an_interpreter_is_found_and_comes_along(cast: Cast) -> None:
    invitation = cast.invitation(cast.ruth)
    by, times = cast.family_actor(invitation), list(invitation.event.slots.order_by("starts_at"))
    services.book(invitation, times[0], wishes=services.Wishes(), by=by)
    assert "meet.interpreter" not in kinds(cast, cast.ruth)
    with_interpreter(cast, Booking.objects.get(invitation=invitation))
    services.book(invitation, times[4], wishes=services.Wishes(), by=by)
    told = [notice for notice in cast.told(cast.ruth) if notice.kind == "meet.interpreter"]
    assert [notice.params["found"] for notice in told] == [True, True]
    assert told[0].state == "recalled" and told[1].params["when_at"] == times[4].starts_at.isoformat()
    assert InterpreterMail.objects.count() == 2


def test_ruth_is_held_for_both_of_her_times_and_the_second_goes_with_the_first(cast: Cast) -> None:
    invitation = cast.invitation(cast.ruth)
    by, times = cast.family_actor(invitation), list(invitation.event.slots.order_by("starts_at"))
    held = services.book(invitation, times[0], wishes=services.Wishes(), by=by)
    second = times[1]

    def kept() -> int:
        mine = Hold.objects.filter(kind="adult", key=cast.ruth.pk)
        return mine.filter(at__gte=second.starts_at, at__lt=second.ends_at).count()

    assert kept() == second.minutes // 5
    live = interpreting.of(held)
    assert live and live.next_slot == second
    services.book(invitation, times[4], wishes=services.Wishes(), by=by)
    assert kept() == 0
    services.give_back(invitation, by=by)
    assert not Hold.objects.filter(kind="adult", key=cast.ruth.pk).exists()


def not_come(cast: Cast, count: int, adult: Adult | None = None) -> None:
    """Dawn, or whoever is named, had a time and did not come, so many times."""
    for _time in range(count):
        event = cast.event()
        invitation = cast.invitation(adult or cast.dawn, event=event)
        held = services.book(
            invitation, event.slots.all()[0], wishes=services.Wishes(), by=cast.family_actor(invitation)
        )
        services.note_who_came(held, came=False, by=cast.actor_of(cast.ode))


def test_coming_did_not_work_twice_so_another_way_is_offered_once_and_never_blames(cast: Cast, client: Client) -> None:
    not_come(cast, 1)
    assert "meet.another_way" not in kinds(cast, cast.dawn)
    not_come(cast, 2)
    assert kinds(cast, cast.dawn).count("meet.another_way") == 1
    letter = next(each for each in cast.letters(cast.dawn) if "/w/" in each)
    assert "Nothing is wrong" in letter and "not come" not in letter and "miss" not in letter
    link = "/w/" + letter.split("/w/")[1].split("/")[0] + "/"
    assert "A telephone call" in client.get(link).content.decode()
    client.post(link, {"ways": ["call"], "times": ["evening"], "words": "After eight."})
    assert "After eight." not in client.get(link).content.decode()
    cast.sign_in(client, cast.ode)
    assert "family who would like another way" in client.get("/").content.decode()
    page = client.get("/meet/another-way/").content.decode()
    assert "A telephone call" in page and "After eight." in page
    client.post(f"/meet/another-way/{AnotherWay.objects.get().pk}/")
    assert "After eight." not in client.get("/meet/another-way/").content.decode()


def test_who_wants_no_voice_call_is_offered_none(cast: Cast) -> None:
    cast.ruth.no_voice_calls = True
    cast.ruth.save()
    not_come(cast, 2, cast.ruth)
    letter = next(each for each in cast.letters(cast.ruth) if "/w/" in each)
    assert "By video" in letter and "By phone" not in letter


def test_in_one_series_it_is_offered_once_and_who_came_is_noted_all_the_same(cast: Cast) -> None:
    days = [clock.today() + timedelta(weeks=week) for week in range(1, 6)]
    event = cast.event(kind=Event.Kind.MASTERCLASS, days=days)
    invitation = cast.invitation(cast.dawn, event=event)
    by = cast.family_actor(invitation)
    held = services.book(invitation, event.slots.get(), wishes=services.Wishes(), by=by)
    for day, came in zip(event.sessions.order_by("starts_at"), [False, False, True, False, False], strict=True):
        services.note_who_came(held, came=came, session=day, by=cast.actor_of(cast.ode))
        if offered := AnotherWay.objects.filter(said_at=None).first():
            services.say_another_way(offered, "Ring me after eight.", by=by)
    assert held.attendance.count() == 5
    assert AnotherWay.objects.get().words == "Ring me after eight."
    assert kinds(cast, cast.dawn).count("meet.another_way") == 1


def test_who_came_after_all_is_offered_nothing(cast: Cast) -> None:
    not_come(cast, 2)
    held = Booking.objects.filter(invitation__adult=cast.dawn).latest("booked_at")
    services.note_who_came(held, came=True, by=cast.actor_of(cast.ode))
    assert not AnotherWay.objects.exists()
    assert [each.state for each in cast.told(cast.dawn) if each.kind == "meet.another_way"] == ["recalled"]


def test_a_name_that_nobody_matched_in_four_weeks_is_forgotten(cast: Cast) -> None:
    event = cast.event(kind=Event.Kind.BREAKFAST, minutes=90, begins=time(8), ends=time(9, 30))
    event.sessions.update(starts_at=clock.now())
    services.key_paper(event.sessions.get(), [("Dawn Marsh", "Tyler")], by=cast.actor_of(cast.ode))
    assert forgetting.forget_old() == 0
    later = clock.now() + timedelta(days=29)
    with mock.patch("gatepost.core.clock.now", lambda: later):
        assert forgetting.forget_old() == 1 and forgetting.forget_old() == 0
    said = SignIn.objects.get()
    assert (said.state, said.name, said.of_child) == ("forgotten", "", "")
