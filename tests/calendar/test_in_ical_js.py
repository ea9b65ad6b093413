"""Our calendar files, read by the parser of well-known programs: a meeting stands when it is, in every season."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from gatepost.language.dates import LONDON
from gatepost.meet.calendar import CANCEL, REQUEST, Between, Meeting, for_one, to_follow

pytestmark = [pytest.mark.ical, pytest.mark.once]

HERE = Path(__file__).parent
ELM = Between("Elm Park; Primary, Leeds", "gatepost@elmpark.example.org", "amina@example.org")
TITLE = "گفتگو، Elm Park میں؛ آئیں, then; stay " * 3
# January, July, the days before and of both changes, and the hours around them
TIMES = [
    datetime(2027, 1, 15, 16, 10, tzinfo=LONDON),
    datetime(2027, 3, 27, 16, 10, tzinfo=LONDON),
    datetime(2027, 3, 28, 0, 50, tzinfo=LONDON),
    datetime(2027, 3, 28, 2, 10, tzinfo=LONDON),
    datetime(2027, 3, 28, 9, tzinfo=LONDON),
    datetime(2027, 7, 15, 16, 10, tzinfo=LONDON),
    datetime(2027, 10, 30, 16, 10, tzinfo=LONDON),
    datetime(2027, 10, 31, 0, 30, tzinfo=LONDON),
    datetime(2027, 10, 31, 2, 30, tzinfo=LONDON),
    datetime(2026, 12, 3, 16, 10, tzinfo=LONDON),  # where a list of dates for each change goes wrong
    datetime(2031, 10, 26, 9, tzinfo=LONDON),
]


def as_programs_read(*files: bytes) -> list[dict[str, Any]]:
    """What ical.js finds in them."""
    node = shutil.which("node")
    assert node
    said = json.dumps([file.decode() for file in files])
    done = subprocess.run([node, str(HERE / "read.mjs")], input=said, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def meeting(starts_at: datetime, *, number: int = 0, is_off: bool = False) -> Meeting:
    return Meeting(uuid4(), number, starts_at, 45, TITLE, "Café, upstairs\nat the back", is_off)


def when(shown: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(shown["starts"])


def test_every_season_and_both_changes_of_the_clocks_on_invitations_and_in_the_feed() -> None:
    all_of_them = [meeting(at) for at in TIMES]
    one_by_one = [for_one([each], REQUEST, ELM) for each in all_of_them]
    *invited, feed = as_programs_read(*one_by_one, to_follow(all_of_them, "Elm Park"))
    assert [when(each["events"][0]) for each in invited] == [at.astimezone(UTC) for at in TIMES]
    assert [when(each) for each in feed["events"]] == [at.astimezone(UTC) for at in TIMES]
    walls = [at.strftime("%Y-%m-%dT%H:%M:%S") for at in TIMES if at.hour]  # at night they may say UTC
    assert [each["wall"] for each in feed["events"] if each["wall"] in walls] == walls
    for each in feed["events"]:
        assert (datetime.fromisoformat(each["ends"]) - when(each)).total_seconds() == 45 * 60
    assert feed["method"] is None


def test_an_entry_keeps_its_words_its_name_and_its_number() -> None:
    first = meeting(TIMES[0])
    asked = as_programs_read(for_one([first], REQUEST, ELM))[0]
    (seen,) = asked["events"]
    assert asked["method"] == "REQUEST" and seen["status"] == "CONFIRMED" and seen["number"] == 0
    assert seen["title"] == " ".join(TITLE.split()) and seen["place"] == "Café, upstairs at the back"
    assert seen["uid"] == f"{first.key}@gatepost" and seen["stamp"] == "UTC"


def test_what_is_called_off_says_so_twice() -> None:
    (seen,) = as_programs_read(for_one([meeting(TIMES[0], number=3, is_off=True)], CANCEL, ELM))
    assert seen["method"] == "CANCEL"
    assert (seen["events"][0]["status"], seen["events"][0]["number"]) == ("CANCELLED", 3)


def test_a_series_shows_each_session_and_no_day_that_is_left_out() -> None:
    first, *later = (datetime(2027, 3, day, 9, tzinfo=LONDON) for day in (10, 17, 31))  # over the change
    odd = datetime(2027, 4, 8, 16, tzinfo=LONDON)
    weekly, named = (replace(meeting(first), also_at=tuple(days)) for days in (later, [*later, odd]))
    seen = as_programs_read(for_one([weekly], REQUEST, ELM), for_one([named], REQUEST, ELM))
    for each, days in zip(seen, ([first, *later], [first, *later, odd]), strict=True):
        (event,) = each["events"]
        assert [datetime.fromisoformat(at) for at in event["all"]] == [at.astimezone(UTC) for at in days]
