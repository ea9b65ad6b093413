"""Nothing goes out at night in London, whatever the clocks do; and when somebody likes to be reached, it goes then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.know.models.adults import TimeOfDay
from gatepost.language.dates import LONDON
from gatepost.reach.delivery.hours import LONGEST_WAIT, may_go, next_time

pytestmark = pytest.mark.once

MINUTE = timedelta(minutes=1)
ZONES = [ZoneInfo(name) for name in ("Asia/Karachi", "Africa/Mogadishu", "Europe/Warsaw", "America/New_York")]
WEEKENDS = [datetime(2026, 10, 24, tzinfo=UTC), datetime(2027, 3, 27, tzinfo=UTC)]  # the clocks change on the Sunday


def minutes(begin: datetime) -> Iterator[datetime]:
    """Every minute of two days and the nights around them."""
    return (begin + number * MINUTE for number in range(-6 * 60, 54 * 60))


@pytest.mark.parametrize("begin", WEEKENDS)
def test_every_minute_of_both_weekends_leads_to_one_moment_of_daylight(begin: datetime) -> None:
    mornings = set()
    for now in minutes(begin):
        goes, wall = next_time(now), now.astimezone(LONDON)
        assert may_go(goes) and may_go(now) is (7 <= wall.hour < 21)
        if may_go(now):
            assert goes == now
        else:
            there = goes.astimezone(LONDON)
            assert (there.hour, there.minute) == (7, 0) and now < goes and goes - now <= timedelta(hours=11)
            mornings.add(goes)
    assert len(mornings) == 3  # one for each night: none twice, none left out


@pytest.mark.parametrize("begin", WEEKENDS)
def test_it_is_london_that_counts_wherever_a_family_is(begin: datetime) -> None:
    for now in minutes(begin):
        there = {next_time(now.astimezone(zone)) for zone in ZONES}
        assert there == {next_time(now)}


@pytest.mark.parametrize("begin", WEEKENDS)
def test_a_reminder_goes_once_whenever_it_falls_due(begin: datetime) -> None:
    """A worker looks each minute: what falls due in the night goes at the first minute of daylight, and never again."""
    waiting: Counter[datetime] = Counter()
    gone = 0
    for now in minutes(begin):
        waiting[next_time(now)] += 1
        for moment in [moment for moment in waiting if moment <= now]:
            assert may_go(now)
            gone += waiting.pop(moment)
    assert gone + sum(waiting.values()) == 60 * 60 and len(waiting) == 1


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    wishes=st.sets(st.sampled_from(list(TimeOfDay))),
)
def test_a_wish_never_leads_into_the_night_nor_further_than_a_day(now: datetime, wishes: set[str]) -> None:
    goes = next_time(now, wishes)
    assert goes >= now and may_go(goes)
    assert goes - now <= LONGEST_WAIT
    assert next_time(goes, ()) == goes


def test_who_likes_the_evening_hears_in_the_evening_and_who_likes_the_weekend_there() -> None:
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
    assert next_time(noon, {"evening"}).hour == 18
    assert next_time(noon, {"afternoon", "evening"}) == noon
    assert next_time(noon, {"weekend"}) == noon  # too far off to wait for
    assert next_time(noon + timedelta(days=2), {"weekend"}) == datetime(2026, 11, 28, 7, tzinfo=UTC)
    assert next_time(noon, {"before_school"}) == datetime(2026, 11, 26, 7, tzinfo=UTC)
