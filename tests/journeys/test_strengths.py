"""Amina answers by text that she bakes and speaks Arabic; she is asked, says yes, and is thanked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import become, letter_with, letters, link_in, text_of

pytestmark = pytest.mark.browser

QUESTION = "Maxaad ku fiican tahay?"
WISH = "Bake bread with Kingfishers"


def test_amina_says_what_she_is_good_at_by_text_helps_and_is_thanked(staff: Page, phone: Page) -> None:
    decline_the_rest(staff, phone)
    ask_everybody(staff)
    answer_by_text(staff, QUESTION, "Rooti waan dubaa, Carabina waan ku hadlaa. Arabic")
    find_and_ask(staff)
    answer_by_text(staff, WISH, "Haa")
    say_thank_you(staff)
    letter_with(staff, "Amina", "The children ate it all.")
    the_page_works_on_an_old_phone(staff, phone)


def decline_the_rest(staff: Page, phone: Page) -> None:
    """Other stories have invited her: with two questions open, a person would have to read what her yes is about."""
    become(staff, "Mrs Finch")
    told = [text_of(staff, letter) for letter in letters(staff, "Amina")]
    for link in dict.fromkeys(link_in(text) for text in told if "/i/" in text):
        phone.goto(f"{link}no/")
        phone.locator("main form button[type=submit]").first.click()


def ask_everybody(staff: Page) -> None:
    """The office sees how many would be asked, in which languages, and asks."""
    become(staff, "Mrs Finch")
    staff.goto("/support/ask/")
    expect(staff.locator("main")).to_contain_text("Somali")
    staff.get_by_role("button", name="Ask them").click()
    expect(staff.locator("main")).to_contain_text("on their way")


def answer_by_text(staff: Page, letter: str, words: str) -> None:
    """She writes back to the text, as on her telephone."""
    letter_with(staff, "Amina", letter)
    staff.get_by_label("Answer this text").fill(words)
    staff.get_by_role("button", name="Send", exact=True).click()
    expect(staff.locator("body")).to_contain_text("on its way to the school")


def find_and_ask(staff: Page) -> None:
    """Ms Ode needs somebody who bakes, searches in English, and asks Amina by name."""
    become(staff, "Ms Ode")
    staff.goto("/support/")
    staff.get_by_label("What do you need?").fill("baking")
    staff.get_by_role("button", name="Search").click()
    row = staff.get_by_role("row", name="Amina Warsame").first
    expect(row).to_contain_text("Rooti")
    row.get_by_role("link", name="Ask").click()
    staff.get_by_label("What would you like them to do?").fill(WISH)
    staff.get_by_label("When?").fill("Friday, 9am")
    staff.get_by_role("button", name="Ask", exact=True).click()
    expect(staff.locator("main")).to_contain_text("No answer yet")


def say_thank_you(staff: Page) -> None:
    """Her yes stands on the page; after Friday she is thanked in her language, and in Ms Ode's own words."""
    staff.goto("/support/")
    staff.get_by_role("link", name="Say thank you").first.click()
    staff.get_by_label("A line of your own").fill("The children ate it all.")
    staff.get_by_role("button", name="Say thank you").click()
    expect(staff.locator("main")).to_contain_text("Thanked")


def the_page_works_on_an_old_phone(staff: Page, phone: Page) -> None:
    """Who would rather click than write a text, can: right to left, at 320 pixels, without script."""
    letter_with(staff, "Hina", "/g/")
    phone.goto(link_in(staff.locator("main .message").inner_text()))
    assert phone.locator("html").get_attribute("dir") == "rtl"
    phone.locator("textarea[name=words]").fill("میں سلائی کرتی ہوں")
    phone.locator("main form button").first.click()
    phone.wait_for_load_state()
    expect(phone.locator("main")).not_to_contain_text("سلائی کرتی")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
