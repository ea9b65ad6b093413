"""What people do in the journeys, in words: become somebody, read one's letters, write down, promise."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from html import unescape
from urllib.parse import quote

from playwright.sync_api import Page, expect

PATIENCE = 120.0  # a busy machine is no failure


def become(page: Page, name: str) -> None:
    """Play one of the staff."""
    page.goto("/demo/people/")
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def sign_in(page: Page, email: str, password: str) -> None:
    """Type e-mail and password, as in a real school."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def set_up_app(page: Page) -> None:
    """Set up an authenticator app, as everybody does at their first sign-in, and keep the recovery codes."""
    page.goto("/account/app/")
    page.get_by_text("I cannot let it read the square").click()
    secret = page.locator("code.key").inner_text()
    page.get_by_label("The six digits").fill(number_of(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def number_of(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def letters(page: Page, name: str) -> list[str]:
    """Where the letters to somebody lie in the post room, newest first; whoever asks stays where they are."""
    return re.findall(r'<th scope="row"><a href="([^"]+)"', _fetched(page, f"/post-room/?who={quote(name)}"))


def text_of(page: Page, letter: str) -> str:
    """The words of a letter that lies there."""
    found = re.search(r'<p class="message">(.*?)</p>', _fetched(page, letter), re.DOTALL)
    assert found, letter
    return unescape(re.sub(r"<[^>]+>", "", found[1]))


def _fetched(page: Page, address: str) -> str:
    """A page as the server gives it, with the cookies of this browser: to show it each time takes ten times as long."""
    answer = page.request.get(address)
    assert answer.ok, f"{address} answers {answer.status}"
    return answer.text()


CODE = r"(?<!\d)\d{3} ?\d{3}(?!\d)"


def newest_letter(page: Page, name: str, *, after: int = 0, having: str = "") -> str:
    """The text of somebody's newest letter that has this in it, once one came after the first `after`."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = letters(page, name)
        for letter in found[: max(len(found) - after, 0)]:
            text = text_of(page, letter)
            if re.search(having, text):
                return text
        time.sleep(0.3)
    raise AssertionError(f"no letter came to {name}")


def link_in(letter: str) -> str:
    """The path of the link in a letter."""
    found = re.findall(r"http://[^/\s]+(/(?!u/)\S+)", letter)
    assert found, letter
    return str(found[-1])


def code_in(letter: str) -> str:
    """The six digits in a letter."""
    found = re.search(r"(?<!\d)(\d{3}) ?(\d{3})(?!\d)", letter)
    assert found, letter
    return found[1] + found[2]


def newest_code(page: Page, name: str, *, after: int) -> str:
    """The code in the newest letter to somebody that holds one, among those that came after the first `after`."""
    return code_in(newest_letter(page, name, after=after, having=CODE))


def letter_with(page: Page, name: str, words: str) -> None:
    """Open the newest letter to somebody that has these words, once it has come."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for letter in letters(page, name):
            if words in text_of(page, letter):
                page.goto(letter)
                return
        time.sleep(0.3)
    raise AssertionError(f"no such letter came to {name}")


def choose_pin(page: Page, digits: str) -> None:
    """On the page before a summary leaves: the adult sits there, and chooses a PIN with the teacher."""
    before = page.url
    page.locator("main a[href*='/proofs/']").click()
    for label in ("The PIN", "The same PIN once more"):
        page.get_by_label(label, exact=True).fill(digits)
    page.locator("button[name=act][value=pin]").click()
    expect(page.locator("main")).to_contain_text("Chosen")
    page.goto(before)


def open_with(phone: Page, *, code: str = "", pin: str = "") -> None:
    """Type in what the page between a link and a record asks for."""
    if code:
        phone.locator("input[name=code]").fill(code)
    if pin:
        phone.locator("input[name=pin]").fill(pin)
    phone.locator("form:has(input[name=code]) button, form:has(input[name=pin]) button").first.click()


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
    page.locator("form:has(input[name=slot]) button[type=submit]").first.click()
    return value
