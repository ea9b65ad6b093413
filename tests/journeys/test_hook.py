"""A breakfast leads to a talk: somebody signs in at the door, is matched, invited, and books; the page counts it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import at_a_desk
from tests.journeys.people import become, book, letters, link_in, newest_letter
from tests.journeys.served import Served
from tests.journeys.test_templates import weekday_in

pytestmark = pytest.mark.browser

GROUP, HOST, TALKS = "Goldcrests", "Mrs Lowe", "Talks after breakfast"
MORNING = """
from gatepost.core import clock, scope
from gatepost.meet.models import Session
from gatepost.org.models import School
for school in School.objects.all():
    with scope.only([school.pk], organisation=school.organisation_id):
        Session.objects.filter(event="{event}").update(starts_at=clock.now())
"""


def test_from_the_door_of_a_breakfast_to_a_booked_talk(
    staff: Page, phone: Page, chromium: Browser, demo: Served
) -> None:
    become(staff, "Mrs Finch")
    name, child = who_might_come(staff, plan(staff, "conversation", TALKS, weekday_in(40)))
    before = len(letters(staff, name))
    breakfast = plan(staff, "breakfast", "Breakfast", weekday_in(41))
    demo.command("shell", "-c", MORNING.format(event=breakfast.rstrip("/").rpartition("/")[2]))
    sign_in_at_the_door(chromium, demo, breakfast, name, child)
    staff.goto(f"{breakfast}arrivals/")
    staff.get_by_role("button", name=re.compile(f"{re.escape(name)} · {re.escape(child)}")).click()
    expect(staff.locator("main")).to_contain_text("1 person is matched")
    staff.goto(f"{breakfast}follow-on/")
    staff.get_by_role("button", name="Invite those who came").click()
    expect(staff.locator("body")).to_contain_text("1 invitation is on its way")
    phone.goto(link_in(newest_letter(staff, name, after=before, having="/i/")))
    book(phone)
    expect(phone.locator("main")).to_contain_text("The quiet room")
    staff.goto(f"{breakfast}follow-on/")
    assert staff.locator("main td.number").all_inner_texts() == ["1", "1", "1", "0"]


def plan(page: Page, kind: str, title: str, day: str) -> str:
    """Plan one of the two, the breakfast with the talks that follow. Returns where the event is."""
    page.goto(f"/meet/plan/{kind}/")
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label(GROUP, exact=True).check()
    page.get_by_label("First day").fill(day)
    if kind == "breakfast":
        page.get_by_label("Which conversations follow?").select_option(TALKS)
    page.get_by_label("From", exact=True).fill("16:00" if kind == "conversation" else "08:00")
    for somebody in page.get_by_role("group", name=re.compile("Who l")).get_by_role("checkbox", checked=True).all():
        somebody.uncheck()
    page.get_by_label(HOST, exact=True).check()
    page.get_by_label("Where?").fill("The quiet room")
    page.get_by_role("button", name="Make the times").click()
    expect(page.get_by_role("link", name="See who would be invited")).to_be_visible()
    return page.url


def who_might_come(page: Page, event: str) -> tuple[str, str]:
    """An adult whom a message reaches, and their child."""
    page.goto(f"{event}preview/")
    told = page.get_by_role("table", name="Who would be invited").get_by_role("row")
    row = told.filter(has_text=re.compile("Text message|E-mail")).first
    return row.get_by_role("rowheader").inner_text(), row.get_by_role("cell").first.inner_text()


def sign_in_at_the_door(chromium: Browser, demo: Served, event: str, name: str, child: str) -> None:
    """The school's own device: whoever opened the page is signed out there, and it names nobody."""
    context = at_a_desk(chromium, demo)
    door = context.new_page()
    become(door, "Mrs Finch")
    door.goto(f"{event}arrivals/")
    door.get_by_role("button", name="Open the sign-in page on this device").click()
    door.get_by_label("Your name").fill(name)
    door.get_by_label("Your child’s name or class").fill(child)
    door.get_by_role("button", name="I am here").click()
    expect(door.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(door.locator("body")).not_to_contain_text(name)
    door.get_by_role("link", name="Next person").click()
    expect(door.get_by_label("Your name")).to_have_value("")
    door.goto(event)
    expect(door.get_by_role("heading", level=1)).not_to_have_text("Breakfast")
    context.close()
