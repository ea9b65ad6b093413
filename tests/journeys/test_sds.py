"""The line once more for a roster that others wrote: Microsoft's own School Data Sync sample, as far as its data reach.

It names a teacher, three pupils, a guardian who is also somebody's relative, and no languages: so English, and one
bond that waits for the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import at_a_desk, old_phone
from tests.journeys.people import (
    book,
    choose_pin,
    letters,
    link_in,
    newest_code,
    newest_letter,
    open_with,
    set_up_app,
    sign_in,
    text_of,
)
from tests.journeys.served import Served, serving

PIN = "4938"
pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "sds-csv" / "v2.1"
TEACHER, PASSWORD = "kfein@classrmtest31.org", "a long walk to school"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Served]:
    """A school that came from the sample, whose teacher has set a password."""
    if not SAMPLE.is_dir():
        pytest.skip("the School Data Sync sample is not beside this checkout")
    prepare = [["migrate", "-v0"], ["import", str(SAMPLE), "--apply"]]
    with serving(tmp_path, prepare=prepare, mode="GATEPOST_DEBUG") as served:
        served.command("set_password", "--email", TEACHER, said=PASSWORD + "\n")
        yield served


def test_a_roster_that_others_wrote(school: Served, chromium: Browser) -> None:
    desk, phone = at_a_desk(chromium, school), old_phone(chromium, school)
    teacher, jean = desk.new_page(), phone.new_page()
    sign_in(teacher, TEACHER, PASSWORD)
    set_up_app(teacher)
    invite(teacher)
    jean.goto(link_in(newest_letter(teacher, "Jean")))
    book(jean)
    expect(jean.locator("main")).to_contain_text("Kristen Fein")
    assert len(letters(teacher, "Jean")) >= 1
    write_down(teacher)
    read(teacher, jean)
    desk.close()
    phone.close()


def invite(teacher: Page) -> None:
    """A parents' evening for Biology 10: the guardian is told, the mere relative waits for the office."""
    teacher.goto("/meet/plan/evening/")
    day = date.today() + timedelta(days=14)
    teacher.get_by_label("What is it called?").fill("Biology evening")
    teacher.get_by_label("Biology 10", exact=True).check()
    teacher.get_by_label("First day").fill(day.isoformat())
    teacher.get_by_label("Kristen Fein", exact=True).check()
    teacher.get_by_label("Where?").fill("Laboratory")
    teacher.get_by_role("button", name="Make the times").click()
    teacher.get_by_role("link", name="See who would be invited").click()
    main = teacher.locator("main")
    expect(main).to_contain_text("unknown-parent-told")
    expect(main).to_contain_text("relationship-unknown")
    teacher.get_by_role("button", name="Send these invitations").click()
    expect(main).to_contain_text("on their way")


def write_down(teacher: Page) -> None:
    """The talk, one promise, the summary."""
    teacher.goto("/")
    teacher.get_by_role("row").filter(has_text="Jean Craig").get_by_role("link").first.click()
    teacher.get_by_role("button", name="Begin").click()
    teacher.get_by_label("Asked; nothing to add").check()
    teacher.get_by_role("button", name="On to what matters most").click()
    teacher.get_by_role("button", name="On to promises").click()
    teacher.get_by_label("What will be done").fill("Lend a microscope")
    teacher.get_by_role("button", name="Add this promise").click()
    teacher.get_by_role("link", name="On to the summary").click()
    teacher.get_by_label("The summary").fill("Jack likes cells.")
    teacher.get_by_label("Or why there is no date yet").fill("The term ends.")
    teacher.get_by_role("button", name="See what the family will read").click()
    choose_pin(teacher, PIN)
    teacher.get_by_role("button", name="Share with the family").click()
    teacher.goto("/agree/promises/")
    teacher.get_by_role("row").filter(has_text="Lend a microscope").get_by_role("button", name="Kept").first.click()


def read(teacher: Page, jean: Page) -> None:
    """Link, code and PIN; the promise stands there as kept."""
    found = [link_in(text) for text in texts(teacher, "Jean") if "/s/" in text]
    jean.goto(found[0])
    before = len(letters(teacher, "Jean"))
    jean.locator("button[name=send]").click()
    open_with(jean, code=newest_code(teacher, "Jean", after=before), pin=PIN)
    promise = jean.locator("li.promise").filter(has_text="Lend a microscope")
    expect(promise).to_contain_text("Kept")


def texts(page: Page, name: str) -> list[str]:
    """All letters to somebody once the summary is among them, newest first."""
    found: list[str] = []
    while not any("/s/" in text for text in found):
        found = [text_of(page, letter) for letter in letters(page, name)]
    return found
