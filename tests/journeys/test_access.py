"""Every page for everybody: no axe violation, nothing wider than the screen, nothing from elsewhere, keys alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.journeys.conftest import at_a_desk
from tests.journeys.people import (
    PATIENCE,
    become,
    book,
    choose_pin,
    letter_with,
    letters,
    link_in,
    newest_code,
    newest_letter,
    open_with,
)
from tests.journeys.served import Served

pytestmark = pytest.mark.browser

# Mr Nye's class: the other journeys play with Ms Ode's.
READS, BOOKED, ASKED, KEYS = "Saima Ahmed", "Waqas Ahmed", "Nimco Isse", "Ubah Nur"
PIN = "4938"
PHONE, DESK = 320, 1280
TALL = {PHONE: 640, DESK: 900}
SMALL = (PHONE,)


class Eyes:
    """Looks at pages, and remembers what nobody should meet."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        self.found: list[str] = []
        page.on("request", self._asked)
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.found.append(f"{page.url}: {error}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.origin + "/"):
            self.found.append(f"{self.page.url} asks {request.url}")

    def _told(self, message: ConsoleMessage) -> None:
        refused_on_purpose = "Failed to load resource" in message.text and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not refused_on_purpose:
            self.found.append(f"{self.page.url} says {message.text}")

    def open(self, path: str, *, answer: int = 200, close_at: tuple[int, ...] = (DESK,), name: str = "") -> None:
        """Go there, and look."""
        if close_at == (DESK,):
            self._look_in_urdu(path, name or path)
        response = self.page.goto(path)
        assert response and response.status == answer, f"{path} answers {response and response.status}"
        self.look(name or path, close_at=close_at)

    def _look_in_urdu(self, path: str, name: str) -> None:
        """The same page from right to left on an old phone: what staff read is English, the frame around it is not."""
        cookie = {"name": "django_language", "value": "ur", "url": self.origin}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        self.page.set_viewport_size({"width": PHONE, "height": TALL[PHONE]})
        self.page.goto(path)
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.found.append(f"{name} in Urdu is wider than {PHONE} px")
        assert self.page.locator("html").get_attribute("dir") == "rtl"
        self._ask_axe(f"{name} in Urdu at {PHONE} px")
        self.page.context.clear_cookies(name="django_language")

    def look(self, name: str, *, close_at: tuple[int, ...] = (DESK,)) -> None:
        """Look at the page as it stands, on a desk and on an old phone (which is also 400 % zoom).

        Whether it fits is asked at both, axe where we are to look closely.
        """
        self.page.wait_for_load_state()  # a press has begun a page, and need not have ended it
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": TALL[width]})
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.found.append(f"{name} is wider than {width} px")
            if width in close_at:
                self._ask_axe(f"{name} at {width} px")

    def _ask_axe(self, name: str) -> None:
        for problem in Axe().run(self.page).response["violations"]:
            places = [node["target"] for node in problem["nodes"]][:3]
            self.found.append(f"{name}: {problem['id']} {places}")


@dataclass
class School:
    """Where things are, once Mr Nye has invited, met one family and shared what was said."""

    event: str
    talk: str = ""
    record: str = ""
    summary: str = ""
    links: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def desk(chromium: Browser, demo: Served) -> Iterator[BrowserContext]:
    """One desk for all of these tests."""
    context = at_a_desk(chromium, demo)
    yield context
    context.close()


@pytest.fixture(scope="module")
def eyes(desk: BrowserContext, demo: Served) -> Eyes:
    """At that desk."""
    return Eyes(desk.new_page(), demo.origin)


@pytest.fixture(scope="module")
def school(desk: BrowserContext) -> School:
    """Everything that has a page exists once."""
    page = desk.new_page()
    become(page, "Mr Nye")
    school = School(invite(page, "Robins", in_days=21))
    school.links = {name: link_in(newest_letter(page, name)) for name in (READS, BOOKED, ASKED, KEYS)}
    for name in (READS, BOOKED):
        page.goto(school.links[name])
        page.locator("textarea[name=talk_about]").fill("گھر پر پڑھنا")
        book(page)
    meet(page, school)
    page.close()
    return school


def invite(page: Page, group: str, *, in_days: int) -> str:
    """Plan a round, and send the invitations. Returns where the round is."""
    day = date.today() + timedelta(days=in_days)
    page.goto("/meet/plan/conversation/")
    page.get_by_label("What is it called?").fill(f"Talks for the {group}")
    page.get_by_label(group, exact=True).check()
    page.get_by_label("First day").fill((day - timedelta(days=day.weekday())).isoformat())
    page.get_by_label("Last day").fill((day - timedelta(days=day.weekday() - 1)).isoformat())
    page.get_by_label("Minutes for each family").fill("20")
    page.get_by_label("Mr Nye", exact=True).check()
    page.get_by_label("Where?").fill("Café Aroma, upstairs")
    page.get_by_role("button", name="Make the times").click()
    event = page.url
    page.get_by_role("link", name="See who would be invited").click()
    page.get_by_role("button", name="Send these invitations").click()
    expect(page.locator("main")).to_contain_text("on their way")
    return event


def meet(page: Page, school: School) -> None:
    """Write down what the mother said, promise, and share it."""
    page.goto(school.event)
    page.locator("main").get_by_role("row").filter(has_text=READS).get_by_role(
        "button", name="Came", exact=True
    ).click()
    page.goto("/")
    page.get_by_role("row").filter(has_text=READS).get_by_role("link").first.click()
    school.talk = page.url
    page.get_by_role("button", name="Begin").click()
    page.get_by_label(f"What {READS} says").fill("He reads to his little sister every night.")
    page.get_by_role("button", name="On to what matters most").click()
    page.get_by_label("What matters most to both of you").fill("Books he likes.")
    page.get_by_role("button", name="On to promises").click()
    for words in ("Reading cards in Urdu", "A buddy at playtime, until the big playground feels like his own"):
        page.get_by_label("What will be done").fill(words)
        page.get_by_role("button", name="Add this promise").click()
    page.get_by_text("Add a target").click()
    page.get_by_label("What the child works towards").fill("Chooses a book each week")
    page.get_by_label("Learning").check()
    page.get_by_label("Look at it again on").fill((date.today() + timedelta(days=60)).isoformat())
    page.get_by_role("button", name="Add this target").click()
    page.get_by_role("link", name="On to the summary").click()
    page.get_by_label("The summary").fill("Rayyan loves to read to his sister. We will find books he likes.")
    page.get_by_label("When you talk again").fill((date.today() + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="See what the family will read").click()
    choose_pin(page, PIN)
    desk_page = page.context.new_page()
    page.get_by_role("button", name="Share with the family").click()
    school.record = page.url
    letter_with(desk_page, READS, "/s/")
    school.summary = link_in(desk_page.locator("main .message").inner_text())
    desk_page.close()


def wait_for_one(page: Page, path: str, selector: str) -> None:
    """Look again and again until such a thing stands there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page.goto(path)
        if page.locator(selector).count():
            return
        time.sleep(0.3)
    raise AssertionError(f"nothing came to {path}")


def in_language(path: str, tag: str) -> str:
    return f"{path}?in={tag}"


def first(eyes: Eyes, selector: str) -> str:
    """Where the first such link on the page leads."""
    return str(eyes.page.locator(selector).first.get_attribute("href"))


def test_pages_of_a_teacher(eyes: Eyes, school: School) -> None:
    become(eyes.page, "Mr Nye")
    for path in ("/", "/meet/", "/meet/plan/evening/", "/meet/plan/conversation/", "/agree/promises/", "/acting-as/"):
        eyes.open(path)
    eyes.page.goto("/meet/plan/conversation/")
    eyes.page.get_by_role("button", name="Make the times").click()
    eyes.look("a plan with nothing in it")
    eyes.open(school.event, name="the event")
    begin = "the talk, before it begins"
    answer = first(eyes, "a[href*='/invitations/']")
    eyes.open(school.event + "preview/", name="the preview")
    eyes.open(answer, name="booking for a family")
    for stage in ("explore", "focus", "plan", "review"):
        eyes.open(f"{school.talk}?stage={stage}", name=f"the talk, {stage}")
    eyes.open(school.record, name="the record")
    eyes.open(school.record + "share/", name="before it is shared")
    eyes.open(first(eyes, "main a[href*='/proofs/']"), name="PINs and codes on paper")
    eyes.page.locator("button[name=act][value=pin]").click()
    eyes.look("no PIN typed")
    eyes.page.locator("button[name=act][value=paper]").click()
    eyes.look("a code on paper")
    eyes.page.goto("/")
    eyes.page.get_by_role("row").filter(has_text=BOOKED).get_by_role("link").first.click()
    eyes.look(begin)
    eyes.page.goto("/agree/promises/")
    eyes.page.locator("summary").first.click()
    eyes.page.get_by_role("button", name="Write this down").first.click()
    eyes.look("not kept, without a reason")
    eyes.open("/office/", answer=403, name="a page that is not hers")
    assert eyes.found == []


def test_pages_of_the_office_and_of_the_head(eyes: Eyes, school: School) -> None:
    become(eyes.page, "Mrs Finch")
    eyes.open("/", name="today, in the office")
    for show in ("by_hand", "held", "trouble", "to_settle"):
        eyes.open(f"/office/?show={show}")
    eyes.open(first(eyes, "a[href*='/office/settle/']"), name="settling")
    invite(eyes.page, "Kestrels", in_days=28)  # one of their mothers has no telephone and no mailbox
    wait_for_one(eyes.page, "/office/?show=by_hand", "main tbody a")
    eyes.open(first(eyes, "a[href*='/office/say/']"), name="saying in person")
    eyes.open("/measure/not-heard/")
    eyes.open(first(eyes, "a[href*='/reach/adults/']"), name="noting a talk")
    become(eyes.page, "Mrs Bell")
    eyes.open("/", name="today, the head")
    eyes.open("/measure/attendance/")
    assert eyes.found == []


def test_pages_of_everybody(eyes: Eyes, school: School) -> None:
    eyes.page.context.clear_cookies()
    for path in ("/sign-in/", "/sign-up/", "/password/reset/", "/password/reset/done/", "/password/reset/key/1-abc/"):
        eyes.open(path)
    for path in ("/password/reset/key/done/", "/demo/people/", "/post-room/", "/post-room/?who=nobody"):
        eyes.open(path)
    for path in ("/guide/", "/guide/words/", "/guide/rights/assessment/"):
        eyes.open(path)
    eyes.open(letters(eyes.page, READS)[0], name="a letter")
    eyes.open("/nowhere/", answer=404, name="no such page")
    eyes.page.goto("/sign-in/")
    eyes.page.get_by_role("button", name="Sign in", exact=True).click()
    eyes.look("signing in with nothing")
    assert eyes.found == []


@pytest.mark.parametrize(("tag", "frame"), [("en", "page"), ("ur", "family")])
def test_the_gallery(eyes: Eyes, tag: str, frame: str) -> None:
    eyes.open(f"/gallery?in={tag}&frame={frame}", close_at=(DESK, PHONE))
    assert eyes.found == []


@pytest.mark.parametrize("tag", ["ur", "en"])
def test_pages_of_a_family(eyes: Eyes, school: School, tag: str) -> None:
    """Choosing, what comes back when nothing was chosen, having booked, no time, no thank you, and an old link."""
    asked, booked = school.links[ASKED], school.links[BOOKED]
    send = "main form button[type=submit]"
    eyes.open(in_language(asked, tag), close_at=SMALL, name=f"choosing, {tag}")
    assert eyes.page.locator("html").get_attribute("lang") == tag
    eyes.page.locator(send).first.click()
    eyes.look(f"nothing chosen, {tag}", close_at=SMALL)
    for path, name in (("none/", "none of these"), ("no/", "declined")):
        eyes.open(in_language(asked + path, tag), close_at=SMALL, name=f"{name}, {tag}")
        eyes.page.locator(send).first.click()
        eyes.look(f"{name}, said, {tag}", close_at=SMALL)
    eyes.open(in_language(booked, tag), close_at=SMALL, name=f"booked, {tag}")
    for more in eyes.page.locator("summary").all():
        more.click()
    eyes.look(f"booked, all of it, {tag}", close_at=SMALL)
    eyes.page.locator("button[value=wish]").click()
    eyes.look(f"wished, {tag}", close_at=SMALL)
    eyes.page.context.add_cookies([{"name": "django_language", "value": tag, "url": eyes.origin}])
    eyes.open(asked[:-4] + "/", answer=404, close_at=SMALL, name=f"no such link, {tag}")
    assert eyes.page.locator("script").count() == 0
    assert eyes.found == []


@pytest.mark.parametrize("tag", ["ur", "en"])
def test_the_summary(eyes: Eyes, school: School, tag: str) -> None:
    """The code page in its states, the summary, and the answer to it."""
    page = eyes.page
    page.context.clear_cookies()
    address = in_language(school.summary, tag)
    room = page.context.new_page()
    before = len(letters(room, READS))
    eyes.open(address, close_at=SMALL, name=f"asking for a code, {tag}")
    page.locator("button[name=send]").click()
    eyes.look(f"the code is sent, {tag}", close_at=SMALL)
    open_with(page, code="000000", pin=PIN)
    eyes.look(f"a wrong code, {tag}", close_at=SMALL)
    open_with(page, code=newest_code(room, READS, after=before), pin="1357")
    eyes.look(f"a wrong PIN, {tag}", close_at=SMALL)
    open_with(page, pin=PIN)
    expect(page.locator("main")).to_contain_text("Reading cards in Urdu")
    eyes.look(f"the summary, {tag}", close_at=SMALL)
    page.locator("button[name=say][value=not_quite]").click()
    eyes.look(f"the summary, not quite, {tag}", close_at=SMALL)
    page.locator("textarea[name=correction]").fill("صفحہ")
    in_between = page.context.new_page()
    in_between.goto(address)
    in_between.locator("button[name=close]").click()
    in_between.wait_for_load_state()  # Chromium forgets to close a page that is just being loaded
    in_between.close()
    page.locator("button[name=correct]").click()
    eyes.look(f"words are kept, {tag}", close_at=SMALL)
    assert page.locator("script").count() == 0
    room.close()
    assert eyes.found == []


def press_until(page: Page, key: str, found: Callable[[], bool]) -> None:
    for _ in range(60):
        page.keyboard.press(key)
        if found():
            return
    raise AssertionError(f"{key} does not lead there: {page.evaluate('document.activeElement.outerHTML')}")


def on(page: Page, selector: str) -> bool:
    """Whether the keyboard stands there, and can be seen to."""
    there = "chosen => document.activeElement.matches(chosen)"
    ringed = """() => { const at = document.activeElement, shown = at.closest('.time') ? at.nextElementSibling : at;
      return getComputedStyle(shown).outlineStyle === 'solid'; }"""
    if not page.evaluate(there, selector):
        return False
    assert page.evaluate(ringed), f"nobody sees that the keyboard stands on {selector}"
    return True


def test_a_time_is_booked_with_keys_alone(desk: BrowserContext, school: School) -> None:
    page = desk.new_page()
    page.set_viewport_size({"width": PHONE, "height": TALL[PHONE]})
    page.goto(school.links[KEYS])
    page.keyboard.press("Tab")
    assert on(page, "a.skip")
    page.keyboard.press("Enter")
    press_until(page, "Tab", lambda: on(page, "input[name=slot]"))
    page.keyboard.press("Space")
    press_until(page, "Tab", lambda: on(page, "summary"))
    page.keyboard.press("Enter")
    press_until(page, "Tab", lambda: on(page, "input[name=way]"))
    page.keyboard.press("Space")
    press_until(page, "Tab", lambda: on(page, "button[type=submit]"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("You have a time")
    page.close()
