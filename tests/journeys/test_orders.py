"""The office records Kev's order at 17:00, and nothing more reaches him: two people lift it first, so that he hears."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import become, book, letters, link_in, newest_letter, plan_talks

pytestmark = pytest.mark.browser


def weekday_in(days: int) -> str:
    day = date.today() + timedelta(days=days)
    return (day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)).isoformat()


def invite(staff: Page, title: str, days: int) -> None:
    become(staff, "Ms Ode")
    plan_talks(staff, minutes="20", day=weekday_in(days), group="Kingfishers", title=title)
    staff.get_by_role("link", name="See who would be invited").click()
    staff.get_by_role("button", name="Send these invitations").click()
    expect(staff.locator("main")).to_contain_text("on their way")


def test_kevs_order(staff: Page, phone: Page) -> None:
    lift_by_two(staff)
    invite(staff, "Winter talks", 40)
    phone.goto(link := link_in(newest_letter(staff, "Kev")))
    book(phone)
    expect(phone.locator("button[name=act][value=give_back]")).to_be_attached()
    newest_letter(staff, "Kev", after=1)  # says which time he has
    heard = len(letters(staff, "Kev"))
    record_it(staff)
    answer = phone.goto(link)
    assert answer is not None
    assert answer.status == 404
    decide_about_his_time(staff)
    before = len(letters(staff, "Dawn"))
    invite(staff, "Spring talks", 60)
    newest_letter(staff, "Dawn", after=before)
    assert len(letters(staff, "Kev")) == heard


def lift_by_two(staff: Page) -> None:
    """The order of the demonstration: Mrs Finch asks, Mrs Bell agrees; Mrs Finch alone could not."""
    become(staff, "Mrs Finch")
    staff.goto("/orders/")
    staff.get_by_role("link", name="Open Kev Marsh").click()
    staff.get_by_label("A paper that says it has ended").check()
    staff.get_by_label("On which day did you see it?").fill(date.today().isoformat())
    staff.get_by_role("button", name="Ask a second person").click()
    expect(staff.locator("main")).to_contain_text("You have asked")
    expect(staff.get_by_role("button", name="lift it")).to_have_count(0)
    become(staff, "Mrs Bell")
    staff.goto("/orders/")
    staff.get_by_role("link", name="Look at it Kev Marsh").click()
    staff.get_by_role("button", name="I have seen it and agree").click()
    expect(staff.locator("main")).to_contain_text("Lifted")


def record_it(staff: Page) -> None:
    """One question a page; what he will and will not get stands on the last one; then it binds."""
    become(staff, "Mrs Finch")
    staff.goto("/orders/record/")
    staff.get_by_label("Name of the child").fill("Tyler")
    staff.get_by_role("button", name="Find").click()
    staff.get_by_role("link", name="Write down an order Tyler Marsh").click()
    go_on = staff.get_by_role("button", name="Go on")
    staff.get_by_label("Non-molestation order").check()
    go_on.click()
    staff.get_by_label("The school holds a copy").check()
    go_on.click()
    staff.get_by_label("Kev Marsh").check()
    go_on.click()
    expect(staff.get_by_label("Tyler Marsh")).to_be_checked()
    go_on.click()
    staff.get_by_label("Everything about the child").check()
    go_on.click()
    staff.get_by_label("Dawn Marsh").check()
    go_on.click()
    go_on.click()
    staff.get_by_label("The words of the order").fill("The respondent must not contact the child.")
    go_on.click()
    expect(staff.locator("main")).to_contain_text("Nothing is left that they get")
    staff.get_by_role("button", name="Write it down").click()
    page = staff.locator("main")
    expect(page).to_contain_text("It binds from now on")
    expect(page).not_to_contain_text("The respondent")
    staff.get_by_role("button", name="Open the words").click()
    expect(page).to_contain_text("The respondent must not contact the child.")


def decide_about_his_time(staff: Page) -> None:
    """The host sees whom to ask, and not why; the office gives the time back."""
    become(staff, "Ms Ode")
    row = staff.locator("tr", has_text="Kev Marsh")
    expect(row).to_contain_text("Speak to the office first")
    become(staff, "Mrs Finch")
    staff.goto("/orders/")
    staff.locator("tr", has_text="Has a time").get_by_role("link", name="Decide").click()
    expect(staff.locator("main")).to_contain_text("Kev Marsh")
    staff.get_by_role("button", name="Give the time back").click()
    expect(staff.locator("main")).to_contain_text("The time is free again")
