"""The main job, once, from an imported roster to a kept promise: Amina, Jo, Mark, Kev, Lee, Ms Ode and Mrs Bell."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import old_phone
from tests.journeys.people import (
    become,
    book,
    choose_pin,
    free_times,
    letter_with,
    letters,
    link_in,
    newest_code,
    newest_letter,
    open_with,
    plan_talks,
)
from tests.journeys.served import Served

pytestmark = pytest.mark.browser

GROUP = "Kingfishers"
PIN = "2846"


def weekday_in(days: int) -> str:
    day = date.today() + timedelta(days=days)
    return (day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)).isoformat()


def test_from_an_invitation_to_a_kept_promise(demo: Served, chromium: Browser, staff: Page, phone: Page) -> None:
    invite(staff)
    meet_amina(staff, phone)
    parents_apart(demo, chromium, staff)
    write_down_and_promise(staff)
    read_and_answer(staff, phone)
    keep_the_promise(staff, phone)
    see_who_is_not_heard(staff)


def invite(staff: Page) -> None:
    """Ms Ode plans a round in under a minute; a hurried one is refused; she sees who would be told, and sends."""
    become(staff, "Ms Ode")
    plan_talks(staff, minutes="15", day=weekday_in(14), group=GROUP)
    expect(staff.locator("main")).to_contain_text("20 minutes or more")
    staff.get_by_label("Minutes for each family").fill("30")
    staff.get_by_role("button", name="Make the times").click()
    staff.get_by_role("link", name="See who would be invited").click()
    page = staff.locator("main")
    expect(page).to_contain_text("Amina Warsame")
    expect(page).to_contain_text("Somali")
    expect(page).to_contain_text("ask-the-office")  # Kev: a teacher sees only whom to ask
    expect(page).not_to_contain_text("order-bars")
    expect(page).to_contain_text("emergency-contact-only")
    staff.get_by_role("button", name="Send these invitations").click()
    expect(page).to_contain_text("on their way")


def meet_amina(staff: Page, phone: Page) -> None:
    """A text in Somali leads to a page that works on an old phone without script: book, move, give back, book."""
    letter = newest_letter(staff, "Amina")
    assert "Ayan" in letter and "Warsame" not in letter
    url = link_in(letter)
    phone.goto(url)
    assert phone.locator("html").get_attribute("lang") == "so"
    phone.get_by_label("turjubaan", exact=False).first.check()
    phone.locator("summary").click()
    phone.locator("input[name=supporter]").fill("Hodan")
    phone.locator("textarea[name=talk_about]").fill("Akhriska guriga")
    first = book(phone)
    expect(phone.locator("main")).not_to_contain_text("Hodan")
    expect(phone.locator("main")).not_to_contain_text("Akhriska")
    phone.goto(url + "?change=1")
    assert first in free_times(phone)
    book(phone, nth=2)
    phone.locator("button[name=act][value=give_back]").click()
    expect(phone.locator("input[name=slot]").first).to_be_attached()
    phone.locator("textarea[name=talk_about]").fill("Akhriska guriga")
    book(phone)


def parents_apart(demo: Served, chromium: Browser, staff: Page) -> None:
    """Jo, Mark, Lee and Mia's mother each book alone; Kev gets nothing; nothing shows anything of another."""
    taken: dict[str, list[str]] = {}
    for name, child, strangers in [
        ("Jo Pell", "Ella", ["Mark"]),
        ("Mark Pell", "Ella", ["Jo "]),
        ("Lee Carver", "Mia", ["Sara", "Whitlock"]),
        ("Sara Whitlock", "Mia", ["Lee", "Carver"]),
    ]:
        letter = newest_letter(staff, name)
        assert child in letter
        context = old_phone(chromium, demo)
        page = context.new_page()
        page.goto(link_in(letter))
        taken[name] = free_times(page)
        book(page)
        entry = context.request.get(link_in(letter) + "meeting.ics").text()
        seen = letter + page.content() + entry
        assert "BEGIN:VEVENT" in entry
        for stranger in strangers:
            assert stranger not in seen
        context.close()
    assert len(taken["Mark Pell"]) < len(taken["Jo Pell"])  # the times around hers look like any taken time
    assert len(taken["Sara Whitlock"]) < len(taken["Lee Carver"])
    assert letters(staff, "Kev") == []


def write_down_and_promise(staff: Page) -> None:
    """Ms Ode listens, writes while she listens, promises, and shares; nothing is lost on the way."""
    become(staff, "Ms Ode")
    row = staff.get_by_role("row").filter(has_text="Amina Warsame")
    row.get_by_role("link").first.click()
    expect(staff.locator("main")).to_contain_text("Akhriska guriga")
    staff.get_by_role("button", name="Begin").click()
    staff.get_by_label("What Amina Warsame says").fill("He reads to his little sister every night.")
    expect(staff.get_by_role("status").filter(has_text="Saved").first).to_be_visible()
    staff.reload()
    expect(staff.get_by_label("What Amina Warsame says")).to_have_value("He reads to his little sister every night.")
    staff.get_by_label("Strengths, talents, interests").fill("Kind to small children.")
    staff.get_by_role("button", name="On to what matters most").click()
    staff.get_by_label("What matters most to both of you").fill("Books he likes.")
    staff.get_by_role("button", name="On to promises").click()
    staff.get_by_label("What will be done").fill("Reading cards in Somali")
    staff.get_by_role("button", name="Add this promise").click()
    staff.get_by_text("Add a target").click()
    staff.get_by_label("What the child works towards").fill("Chooses a book each week")
    staff.get_by_label("Learning").check()
    staff.get_by_label("Look at it again on").fill(weekday_in(40))
    staff.get_by_role("button", name="Add this target").click()
    staff.get_by_role("link", name="On to the summary").click()
    staff.get_by_role("button", name="See what the family will read").click()
    expect(staff.locator("main")).to_contain_text("Not yet")  # neither summary nor next date: it says what is missing
    staff.get_by_role("link", name="Back to the talk").click()
    staff.get_by_role("link", name="Review").click()
    staff.get_by_label("The summary").fill("Ayan loves to read to his sister. We will find books he likes.")
    staff.get_by_label("When you talk again").fill(weekday_in(60))
    staff.get_by_role("button", name="See what the family will read").click()
    choose_pin(staff, PIN)  # Amina sits there, and chooses it anew
    staff.get_by_role("button", name="Share with the family").click()
    row_of_amina_came(staff)


def row_of_amina_came(staff: Page) -> None:
    """She came: written down by a person, not guessed."""
    staff.goto("/meet/")
    staff.get_by_role("link", name="Autumn talks").first.click()
    row = staff.get_by_role("row").filter(has_text="Amina Warsame").first
    row.get_by_role("button", name="Came", exact=True).click()
    expect(staff.locator("main")).to_contain_text("Came")


def read_and_answer(staff: Page, phone: Page) -> None:
    """One telephone: a link, a code and the PIN, spent by a button; "not quite" makes a promise to ring back."""
    url = link_of_summary(staff, "Amina")
    before = len(letters(staff, "Amina"))
    phone.goto(url)
    expect(phone.locator("main")).not_to_contain_text("Ayan")
    phone.locator("button[name=send]").click()
    code = newest_code(staff, "Amina", after=before)
    phone.goto(url)  # looking again spends nothing, and still asks for the code that has come
    page = phone.locator("main")
    open_with(phone, code=code, pin="1357")
    expect(page).not_to_contain_text("Ayan")
    open_with(phone, pin=PIN)  # a slip in the PIN costs no second code
    expect(page).to_contain_text("Ayan loves to read to his sister.")
    expect(page).to_contain_text("Reading cards in Somali")
    phone.locator("button[name=say][value=not_quite]").click()
    expect(page).to_contain_text("Ms Ode")
    phone.locator("textarea[name=correction]").fill("Waa laba jeer toddobaadkii")
    phone.locator("button[name=correct]").click()
    expect(page).to_contain_text("Waa laba jeer toddobaadkii")
    words_outlive_the_visit(staff, phone, url)
    phone.goto(url)


def words_outlive_the_visit(staff: Page, phone: Page, url: str) -> None:
    """She types, somebody closes the page in another window, she sends: her words wait behind code and PIN."""
    phone.goto(url)
    phone.locator("textarea[name=correction]").fill("Mar kale")
    other = phone.context.new_page()
    other.goto(url)
    other.locator("button[name=close]").click()
    other.wait_for_load_state()  # Chromium forgets to close a page that is just being loaded
    expect(other.locator("main")).not_to_contain_text("Ayan")
    other.close()
    phone.locator("button[name=correct]").click()
    expect(phone.locator("main")).not_to_contain_text("Mar kale")
    before = len(letters(staff, "Amina"))
    phone.locator("button[name=send]").click()
    open_with(phone, code=newest_code(staff, "Amina", after=before), pin=PIN)
    expect(phone.locator("textarea[name=correction]")).to_have_value("Mar kale")
    phone.locator("button[name=correct]").click()
    expect(phone.locator("main .banner").filter(has_text="Mar kale")).to_be_visible()


def link_of_summary(staff: Page, name: str) -> str:
    """Where the summary lies: the newest link of that kind, once it has come."""
    letter_with(staff, name, "/s/")
    return link_in(staff.locator("main .message").inner_text())


def keep_the_promise(staff: Page, phone: Page) -> None:
    """Today shows what was promised; kept is one tap; the family sees it."""
    become(staff, "Ms Ode")
    expect(staff.locator("main")).to_contain_text("Ring the family")
    row = staff.locator("li.promise").filter(has_text="Reading cards in Somali").first
    row.get_by_role("button", name="Kept").click()
    phone.reload()
    promise = phone.locator("li.promise").filter(has_text="Reading cards in Somali")
    expect(promise.locator(".tag.good")).to_be_visible()


def see_who_is_not_heard(staff: Page) -> None:
    """Mrs Bell sees whom the school has not heard from: not Amina any more, never Kev; and who came of those asked."""
    become(staff, "Mrs Bell")
    staff.goto("/measure/not-heard/")
    everybody = whole_list(staff)
    assert "Amina Warsame" not in everybody
    assert "Hina Hussain" in everybody
    assert "Kev " not in everybody
    staff.goto("/measure/attendance/")
    expect(staff.locator("main")).to_contain_text("Autumn talks")
    counts = staff.request.get("/measure/not-heard/counts.csv").text()
    assert "Hussain" not in counts


def whole_list(page: Page) -> str:
    """The text of a list over all its pages."""
    text = page.locator("main").inner_text()
    while page.locator("a[rel=next]").count():
        page.locator("a[rel=next]").first.click()
        page.wait_for_load_state()
        text += page.locator("main").inner_text()
    return text
