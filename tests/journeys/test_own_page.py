"""Ms Ode sends Hina the link to her own page; Hina reads it in Urdu on an old phone, and puts it right."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from gatepost.exchange.demo.cast import PIN
from tests.journeys.people import CODE, become, letters, link_in, newest_letter, open_with

pytestmark = pytest.mark.browser

WORDS = "رات کی شفٹ"


def test_hina_sees_what_is_held_about_her_and_puts_it_right(staff: Page, phone: Page) -> None:
    link = send_it(staff)
    open_it(staff, phone, link)
    say_what_is_hard(phone)
    staff_find_it(staff)
    close_it(phone, link)


def send_it(staff: Page) -> str:
    """One press on her page; the letter says why, and names no child."""
    become(staff, "Ms Ode")
    staff.goto("/families/?q=Hina")
    staff.get_by_role("link", name="Hina Hussain").first.click()
    before = len(letters(staff, "Hina"))
    staff.get_by_role("button", name="Send them the link to their own page").click()
    expect(staff.locator("body")).to_contain_text("on its way to Hina")
    letter = newest_letter(staff, "Hina", after=before, having="/h/")
    assert "Zara" not in letter
    return link_in(letter)


def open_it(staff: Page, phone: Page, link: str) -> None:
    """A code to her phone, and the PIN that she chose: before that, nothing is shown."""
    phone.goto(link)
    expect(phone.locator("main")).not_to_contain_text("Hina")
    before = len(letters(staff, "Hina"))
    phone.locator("button[name=send]").click()
    code = newest_letter(staff, "Hina", after=before, having=CODE)
    open_with(phone, code="".join(sign for sign in code if sign.isdigit())[:6], pin=PIN)
    assert phone.locator("html").get_attribute("dir") == "rtl"
    expect(phone.locator("main")).to_contain_text("Hina Hussain")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320


def say_what_is_hard(phone: Page) -> None:
    """She writes down what makes it hard, and reads what the school does about it."""
    phone.locator("main a[href*='/barriers/']").click()
    expect(phone.locator("input[name=time_words]")).to_be_hidden()
    phone.locator("input[name=time]").check()
    phone.locator("input[name=time_words]").fill(WORDS)
    phone.locator("input[name=time]").uncheck()
    expect(phone.locator("input[name=time_words]")).to_be_visible()  # what she has written counts, so she sees it
    phone.locator("main form button").first.click()
    expect(phone.locator("main")).to_contain_text(WORDS)
    expect(phone.locator("main")).to_contain_text("فون پر بات کر سکتے ہیں")


def staff_find_it(staff: Page) -> None:
    """Whoever works with her family finds it, with what the school does about it in their words."""
    become(staff, "Ms Ode")
    staff.goto("/families/?q=Hina")
    staff.get_by_role("link", name="Hina Hussain").first.click()
    expect(staff.locator("main")).to_contain_text(WORDS)


def close_it(phone: Page, link: str) -> None:
    """Whoever takes the phone next reads nothing."""
    phone.locator("button[name=close]").click()
    phone.goto(link)
    expect(phone.locator("main")).not_to_contain_text("Hina Hussain")
