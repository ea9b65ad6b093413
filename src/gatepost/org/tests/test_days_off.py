"""The office keeps the school's days off; school days are counted without them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.org.calendar import closed_days, days_from, school_days_after
from gatepost.org.models import DaysOff
from gatepost.org.services import close_on
from gatepost.testing import Cast

DAYS = some.dates(date(2026, 9, 1), date(2027, 7, 31))
FRIDAY = date(2026, 10, 23)


def half_term(cast: Cast) -> DaysOff:
    first, last, by = date(2026, 10, 26), date(2026, 10, 30), cast.actor_of(cast.finch)
    return close_on("Half-term", first=first, last=last, school_id=cast.school.pk, by=by)


def test_a_holiday_is_kept_once_and_school_days_jump_over_it(cast: Cast) -> None:
    half_term(cast)
    half_term(cast)
    assert DaysOff.objects.count() == AuditEvent.objects.filter(verb="org.days_off_kept").count() == 1
    assert school_days_after(cast.school.pk, FRIDAY, 2) == date(2026, 11, 3)
    assert closed_days(cast.school.pk, FRIDAY, date(2026, 10, 27)) == {date(2026, 10, 26), date(2026, 10, 27)}


@pytest.mark.parametrize("last", [date(2026, 10, 22), date(2027, 10, 23)])
def test_days_that_cannot_be_meant_are_refused(cast: Cast, last: date) -> None:
    with pytest.raises(Refused):
        close_on("?", first=FRIDAY, last=last, school_id=cast.school.pk, by=cast.actor_of(cast.finch))


def test_the_office_adds_a_day_and_takes_it_away(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    day = clock.today() + timedelta(days=300)
    page = client.post("/staff/days-off/", {"name": "Staff training", "first_on": day.isoformat()}, follow=True)
    assert "Staff training" in page.text
    kept = DaysOff.objects.get()
    assert kept.first_on == kept.last_on == day
    client.post(f"/staff/days-off/{kept.pk}/open-again/")
    assert not DaysOff.objects.exists()


@pytest.mark.once
@given(DAYS, some.integers(0, 30), some.sets(DAYS, max_size=20))
def test_exactly_so_many_open_weekdays_lie_between(start: date, days: int, closed: set[date]) -> None:
    end = clock.school_days_after(start, days, closed)
    between = [day for day in days_from(start, end) if day > start and day.weekday() < 5 and day not in closed]
    assert len(between) == days
    assert not days or between[-1] == end
