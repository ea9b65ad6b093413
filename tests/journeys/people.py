"""What people do in the journeys, in words: become somebody, read one's letters, write down, promise."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

PATIENCE = 30.0


def become(page: Page, name: str) -> None:
    """Play one of the staff."""
    page.goto("/demo/people/")
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def letters(page: Page, name: str) -> list[str]:
    """Where the letters to somebody lie in the post room, newest first."""
    page.goto(f"/post-room/?who={name}")
    return [str(link.get_attribute("href")) for link in page.locator("main th[scope=row] a").all()]


CODE = r"(?<!\d)\d{3} ?\d{3}(?!\d)"


def newest_letter(page: Page, name: str, *, after: int = 0, having: str = "") -> str:
    """The text of somebody's newest letter that has this in it, once one came after the first `after`."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = letters(page, name)
        for letter in found[: max(len(found) - after, 0)]:
            page.goto(letter)
            text = page.locator("main .message").inner_text()
            if re.search(having, text):
                return text
        time.sleep(0.3)
    raise AssertionError(f"no letter came to {name}")


def link_in(letter: str) -> str:
    """The path of the link in a letter."""
    found = re.findall(r"http://[^/\s]+(/\S+)", letter)
    assert found, letter
    return str(found[-1])


def code_in(letter: str) -> str:
    """The six digits in a letter."""
    found = re.search(r"(?<!\d)(\d{3}) ?(\d{3})(?!\d)", letter)
    assert found, letter
    return found[1] + found[2]


def plan_talks(page: Page, *, minutes: str, day: str, group: str, title: str = "Autumn talks") -> None:
    """Fill in the template of structured conversations and make the times."""
    page.goto("/meet/plan/conversation/")
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label(group, exact=True).check()
    page.get_by_label("First day").fill(day)
    page.get_by_label("From").fill("15:00")
    page.get_by_label("Until").fill("19:00")
    page.get_by_label("Minutes for each family").fill(minutes)
    page.get_by_label("Ms Ode", exact=True).check()
    page.get_by_label("Where?").fill("Café Aroma")
    page.get_by_role("button", name="Make the times").click()


def free_times(page: Page) -> list[str]:
    """The values of the times that a family's page offers."""
    return [str(tile.get_attribute("value")) for tile in page.locator("input[name=slot]:not([disabled])").all()]


def book(page: Page, *, nth: int = 0) -> str:
    """Pick one of the free times and book it. Returns its value."""
    value = free_times(page)[nth]
    page.locator(f"input[name=slot][value='{value}']").check(force=True)
    page.locator("form button[type=submit]").first.click()
    return value
