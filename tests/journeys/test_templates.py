"""Each of the fourteen templates, once: planned, its families invited, and one of them books on an old phone.

Every class but the Kingfishers, the Robins and the Herons: other journeys count the letters that come to those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from gatepost.meet.kinds import KINDS, Kind
from tests.journeys.conftest import at_a_desk
from tests.journeys.people import become, book, free_times, letters, link_in, newest_letter
from tests.journeys.served import Served

pytestmark = pytest.mark.browser

FAR = 70  # days: other journeys plan for sooner
BOOKED = "button[name=act][value=give_back]"


@dataclass(frozen=True)
class Story:
    """One template, and what is its own."""

    kind: Kind
    group: str
    host: str
    begins: str
    place: str  # nothing else is held there, so that an invitation is known by it
    ends: str = ""  # only where families choose among times
    offers: int = 1  # times or days to choose from, at the least
    week: int = 0  # a class that has two stories has them in two weeks: nobody has two meetings at once


STORIES = (
    Story(Kind.EVENING, "Wrens", "Miss Ansah", "16:00", "The hall, table 1", ends="18:00", offers=12),
    Story(Kind.CONVERSATION, "Goldcrests", "Mrs Lowe", "16:00", "The library", ends="18:00", offers=2),
    Story(Kind.MASTERCLASS, "Larks", "Mr Sandhu", "15:45", "The wood workshop"),
    Story(Kind.OPEN_CLASSROOM, "Linnets", "Miss Brady", "09:00", "The Linnets’ classroom"),
    Story(Kind.FAMILY_ACTIVITY, "Owls", "Pat Rowe", "16:00", "The school garden"),
    Story(Kind.LUNCH, "Swifts", "Mrs Iqbal", "12:00", "The dining room", offers=12),
    Story(Kind.BREAKFAST, "Curlews", "Miss Zielińska", "08:00", "The breakfast club"),
    Story(Kind.HOME_VISIT, "Falcons", "Mrs Hughes", "16:00", "At home, or in the park", ends="18:00", offers=2),
    Story(Kind.OUTSIDE, "Kestrels", "Mr Farouk", "16:00", "Café Aroma", ends="18:00", offers=2),
    Story(Kind.COUNCIL, "Swans", "Miss Clarke", "18:00", "The community hall"),
    Story(Kind.DROP_IN, "Ospreys", "Mr Dobson", "15:30", "The front room of the office"),
    Story(Kind.DOORSTEP, "Wrens", "Mrs Bell", "16:00", "At your door", ends="18:00", offers=6, week=1),
    Story(Kind.CALL, "Goldcrests", "Mr Kent", "16:00", "By telephone", ends="18:00", offers=4, week=1),
    Story(Kind.TEAM, "Linnets", "Ms Adeyemi", "15:30", "The round table", ends="17:30", offers=2, week=1),
)


@pytest.fixture(scope="module")
def office(chromium: Browser, demo: Served) -> Iterator[Page]:
    """Mrs Finch, at one desk for all of them."""
    context = at_a_desk(chromium, demo)
    page = context.new_page()
    become(page, "Mrs Finch")
    yield page
    context.close()


def test_every_template_has_its_story() -> None:
    assert [story.kind for story in STORIES] == list(KINDS)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind.value)
def test_from_its_template_to_a_booking(story: Story, office: Page, phone: Page) -> None:
    event = plan(office, story)
    name, before = invite(office, event)
    link = its_link(office, phone, story, name, before)
    expect(phone.locator("script")).to_have_count(0)
    offered = free_times(phone)
    assert len(offered) >= story.offers
    value = book(phone)
    expect(phone.locator(BOOKED)).to_be_visible()
    expect(phone.locator("main")).to_contain_text(story.place)
    if len(offered) > 1:
        phone.goto(f"{link}?change=1")
        assert phone.locator(f"input[name=slot][value='{value}']").count() == 1
    office.goto(event)
    row = office.get_by_role("row").filter(has_text=name).first
    expect(row.get_by_role("button", name="Came", exact=True)).to_be_visible()


def weekday_in(days: int) -> str:
    day = date.today() + timedelta(days=days)
    return (day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)).isoformat()


def plan(page: Page, story: Story) -> str:
    """Fill in what its page asks for, and leave the rest as the template has it. Returns where the event is."""
    page.goto(f"/meet/plan/{story.kind}/")
    title = page.get_by_label("What is it called?")
    title.fill(title.input_value() or str(story.kind.label))
    page.get_by_label(story.group, exact=True).check()
    page.get_by_label("First day").fill(weekday_in(FAR + 7 * story.week))
    page.get_by_label("From", exact=True).fill(story.begins)
    if story.ends:
        page.get_by_label("Until", exact=True).fill(story.ends)
    for somebody in page.get_by_role("group", name=re.compile("Who l")).get_by_role("checkbox", checked=True).all():
        somebody.uncheck()
    page.get_by_label(story.host, exact=True).check()
    page.get_by_label("Where?").fill(story.place)
    page.get_by_role("button", name="Make the times").click()
    expect(page.get_by_role("link", name="See who would be invited")).to_be_visible()
    return page.url


def invite(page: Page, event: str) -> tuple[str, int]:
    """See who would be told, and send. Returns the first who is written to, and how many letters they had before."""
    page.goto(f"{event}preview/")
    told = page.get_by_role("table", name="Who would be invited").get_by_role("row")
    name = told.filter(has_text=re.compile("Text message|E-mail")).first.get_by_role("rowheader").inner_text()
    before = len(letters(page, name))
    page.get_by_role("button", name="Send these invitations").click()
    expect(page.locator("main")).to_contain_text("on their way")
    return name, before


def its_link(page: Page, phone: Page, story: Story, name: str, before: int) -> str:
    """Open the invitation on the phone: the newest letter with a link to it."""
    link = link_in(newest_letter(page, name, after=before, having="/i/"))
    phone.goto(link)
    expect(phone.locator("main")).to_contain_text(story.place)
    return link
