"""Three people sign in for the first time, with passkeys that Chromium's virtual authenticator keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.people import set_up_app, sign_in
from tests.journeys.served import Served, serving

pytestmark = pytest.mark.browser

FINCH, LARK, WREN = "finch@school.example", "lark@school.example", "wren@school.example"
PEOPLE = {FINCH: "Mrs Finch", LARK: "Mr Lark", WREN: "Ms Wren"}
PASSWORD = "a long walk to school"
ROLE = ["--role", "office", "--school", "Elm Park"]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty school with three members of staff, as its first day is."""
    prepare = [["migrate", "-v0"]]
    for email, name in PEOPLE.items():
        prepare.append(["add_staff", "--email", email, "--name", name, *ROLE])
    prepare[1].append("--create-school")
    with serving(tmp_path_factory.mktemp("school"), prepare=prepare, mode="GATEPOST_DEBUG") as served:
        for email in PEOPLE:
            served.command("set_password", "--email", email, said=PASSWORD + "\n")
        yield served


@pytest.fixture
def desk(chromium: Browser, school: Served) -> Iterator[BrowserContext]:
    """A desk at `localhost`: passkeys belong to a name, never to a number."""
    origin = school.origin.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=origin, viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(desk: BrowserContext) -> Iterator[Page]:
    """A page that may complain of nothing: no script or style of it is stopped by our own content policy."""
    made, complaints = desk.new_page(), []
    made.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield made
    assert complaints == []


def with_passkeys(page: Page, **more: Any) -> Any:
    """Give this page a device that keeps passkeys and knows its owner's finger."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = kind | {"isUserVerified": True, "automaticPresenceSimulation": True} | more
    number = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return device, number


def test_a_passkey_is_added_and_signs_in_by_itself(page: Page) -> None:
    device, number = with_passkeys(page)
    sign_in(page, FINCH, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more thing before you begin")
    page.goto("/office/")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more thing before you begin")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Let it sign me in without the password").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    assert len(device.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]) == 1

    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")

    page.goto("/account/again/?next=/office/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page).to_have_url(re.compile("/office/$"))


def test_a_passkey_is_the_second_step_after_the_password(page: Page) -> None:
    with_passkeys(page, hasResidentKey=False, hasUserVerification=False, transport="usb")
    sign_in(page, LARK, PASSWORD)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, LARK, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")


def test_a_passkey_of_another_device_is_refused_and_the_app_is_there(page: Page) -> None:
    sign_in(page, WREN, PASSWORD)
    set_up_app(page)
    page.goto("/account/passkeys/add/")
    device, number = with_passkeys(page, isUserVerified=False)
    page.get_by_label("Let it sign me in without the password").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("[data-passkey-status]")).to_contain_text("did not answer")
    assert device.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"] == []
    page.goto("/account/")
    expect(page.get_by_text("in use")).to_be_visible()
