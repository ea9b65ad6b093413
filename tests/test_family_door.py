"""Links, codes, PINs and codes on paper as an attacker, a scanner, a child with the telephone and a slow writer meet
them (`trust.md` §3.2, D4, I4, I10): in requests, on every way in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from gatepost.agree.models import Record
from gatepost.core import clock, limits
from gatepost.core.models import AuditEvent, Limit
from gatepost.disclosure import Bar
from gatepost.know.models import ContactPoint
from gatepost.know.services import record_order
from gatepost.reach.models import Draft, FamilyLink, LinkCode, Notice, Pin
from gatepost.reach.services import proofs
from gatepost.testing import PIN, Cast
from tests.family_door import Phone, is_open, summary

NOON = datetime(2027, 2, 4, 12, 0, 1, tzinfo=UTC)
WRONG = "0" * 6


# ── tier C: who gets in ──────────────────────────────────────────────────────────────────────────


def test_one_telephone_and_a_pin_are_enough(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    client.post(url, {"send": "1"})
    assert not is_open(client.post(url, {"code": cast.code(cast.amina), "pin": PIN}))
    assert is_open(client.get(url))
    assert AuditEvent.objects.filter(verb="reach.proved", by_adult=cast.amina.pk).exists()


def test_a_code_alone_does_not_open_a_record(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    client.post(url, {"send": "1"})
    page = client.post(url, {"code": cast.code(cast.amina), "pin": ""})
    assert page.status_code == 200 and 'name="pin"' in page.text and 'name="code"' not in page.text
    assert not is_open(client.get(url))
    client.post(url, {"pin": PIN})  # a slip in the PIN costs no second code
    assert is_open(client.get(url))


def test_a_pin_alone_does_not_open_a_record(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    client.post(url, {"pin": PIN})
    client.post(url, {"code": WRONG, "pin": PIN})
    assert not is_open(client.get(url))
    assert Pin.objects.get(adult=cast.amina).wrong == 0  # nobody without the telephone makes her wait


def test_the_right_code_goes_stale_before_a_slow_pin(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        client.post(url, {"send": "1"})
        client.post(url, {"code": cast.code(cast.amina), "pin": ""})
        traveller.shift(timedelta(minutes=10, seconds=1))
        client.post(url, {"pin": PIN})
        assert not is_open(client.get(url))


def test_without_a_pin_a_second_confirmed_channel_gets_the_code(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.ruth)
    link = FamilyLink.objects.get(adult=cast.ruth, purpose="summary:open")
    assert link.contact_point and link.contact_point.channel == "sms"
    assert "your mailbox" in client.get(url).text
    client.post(url, {"send": "1"})
    code = LinkCode.objects.get(link=link)
    assert code.contact_point and code.contact_point.channel == "email"
    client.post(url, {"code": cast.code(cast.ruth)})
    assert is_open(client.get(url))


def test_an_unconfirmed_mailbox_is_no_second_channel(cast: Cast, client: Client) -> None:
    ContactPoint.objects.filter(adult=cast.ruth, channel="email").update(confirmed_at=None)
    url = summary(cast, cast.ruth)
    page = client.post(url, {"send": "1"})
    assert "a number that you choose with somebody at the school" in page.text
    assert not LinkCode.objects.exists()


def test_a_code_on_paper_opens_once_even_on_a_shared_telephone(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.noor)
    digits, _paper = proofs.give_paper_code(cast.noor, by=cast.actor_of(cast.finch))
    assert 'name="paper"' in client.get(url).text and 'name="send"' not in client.get(url).text
    client.post(url, {"paper": f"{digits[:4]} {digits[4:]}"})
    assert is_open(client.get(url))
    other = Phone()
    assert "does not open" in other.post(url + "?in=en", {"paper": digits}).text
    assert not is_open(other.get(url))


def test_anothers_paper_code_opens_nothing(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.noor)
    digits, _paper = proofs.give_paper_code(cast.sami, by=cast.actor_of(cast.finch))
    client.post(url, {"paper": digits})
    assert not is_open(client.get(url))


def test_a_paper_code_ends_after_a_week_and_tries_wait(cast: Cast, client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as traveller:
        url = summary(cast, cast.noor)
        digits, _paper = proofs.give_paper_code(cast.noor, by=cast.actor_of(cast.finch))
        answers = [client.post(url + "?in=en", {"paper": "11112222"}) for _ in range(6)]
        assert [each.status_code for each in answers] == [200] * 5 + [429]
        assert "Please wait until 12.15pm" in answers[-1].text
        traveller.shift(timedelta(days=7, minutes=1))
        client.post(url, {"paper": digits})
        assert not is_open(client.get(url))


def test_five_wrong_pins_make_each_next_one_wait_longer_and_nobody_is_locked_out(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.jo)
    cast.has_pin(cast.jo)
    with time_machine.travel(NOON, tick=False) as traveller:
        client.post(url, {"send": "1"})
        client.post(url, {"code": cast.code(cast.jo), "pin": "1357"})
        assert [client.post(url, {"pin": "1357"}).status_code for _ in range(4)] == [200] * 4
        early = client.post(url, {"pin": PIN})  # right, too early: it is not even looked at
        assert early.status_code == 429 and "Please wait until 12.01pm" in early.text
        traveller.shift(timedelta(minutes=1, seconds=1))
        client.post(url, {"pin": "1357"})
        assert "12.03pm" in client.post(url, {"pin": PIN}).text
        traveller.shift(timedelta(minutes=2, seconds=1))
        client.post(url, {"pin": PIN})
        assert is_open(client.get(url))
    pin = Pin.objects.get(adult=cast.jo)
    assert (pin.wrong, pin.wait_until) == (0, None)
    assert AuditEvent.objects.filter(verb="reach.pin_wrong_too_often").count() == 2


def test_a_wait_is_never_longer_than_a_day(cast: Cast) -> None:
    cast.has_pin(cast.jo)
    Pin.objects.update(wrong=4000)
    summary(cast, cast.jo)
    link = FamilyLink.objects.get(adult=cast.jo, purpose="summary:open")
    assert not proofs.type_pin(link, "1357", by=cast.actor_of(cast.finch))
    wait = Pin.objects.get(adult=cast.jo).wait_until
    assert wait and wait <= clock.now() + timedelta(days=1)


# ── looking spends nothing; each browser for itself ──────────────────────────────────────────────


@pytest.mark.parametrize("look", ["get", "head"])
def test_a_scanner_or_preview_spends_and_sends_nothing(cast: Cast, client: Client, look: str) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    before = AuditEvent.objects.count(), Notice.objects.count(), Limit.objects.count()
    for _ in range(20):
        answer = getattr(Phone(), look)(url)
        assert answer.status_code == 200 and not answer.cookies.get("gatepost")
    assert (AuditEvent.objects.count(), Notice.objects.count(), Limit.objects.count()) == before
    client.post(url, {"send": "1"})
    code = cast.code(cast.amina)
    for _ in range(20):
        getattr(Phone(), look)(url + f"?code={code}&pin={PIN}")
    client.post(url, {"code": code, "pin": PIN})
    assert is_open(client.get(url))


def test_a_code_works_in_the_browser_that_asked_and_once(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    thief = Phone()
    client.post(url, {"send": "1"})
    code = cast.code(cast.amina)
    thief.post(url, {"code": code, "pin": PIN})
    assert not is_open(thief.get(url))
    client.post(url, {"code": code, "pin": PIN})
    assert is_open(client.get(url))
    for browser in (thief, Phone()):
        browser.post(url, {"code": code, "pin": PIN})
        assert not is_open(browser.get(url))


def test_a_reload_while_the_code_is_on_its_way_still_asks_for_it(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    client.post(url, {"send": "1"})
    assert 'name="code"' in client.get(url).text
    assert 'name="code"' not in Phone().get(url).text


def test_a_forwarded_link_shows_nothing_without_a_code(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.jo)
    cast.open_record(client, cast.jo, url)
    assert is_open(client.get(url))
    page = re.sub(r'csrfmiddlewaretoken" value="\w+', "", Phone().get(url).text)
    page = page.replace(url, "")  # a token may hold any two letters
    for secret in ("Ella", "Jo", "Ms Ode", "reads at home", "example.org"):
        assert secret not in page


def test_the_page_closes_when_it_is_closed_and_after_half_an_hour(cast: Cast, client: Client) -> None:
    url = summary(cast, cast.jo)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        cast.open_record(client, cast.jo, url)
        for _ in range(3):
            traveller.shift(timedelta(minutes=29))
            assert is_open(client.get(url))
        traveller.shift(timedelta(minutes=31))
        assert not is_open(client.get(url))
        cast.open_record(client, cast.jo, url)
        assert is_open(client.get(url))
        client.post(url, {"close": "1"})
        assert not is_open(client.get(url))


# ── what was typed is never lost ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "button"),
    [({"correction": "Waa laba jeer"}, {"correct": "1"}), ({"unclear": "Which books?"}, {"say": "not_quite"})],
)
def test_words_typed_after_the_visit_are_kept_shown_again_and_sent_with_one_press(
    cast: Cast, client: Client, typed: dict[str, str], button: dict[str, str]
) -> None:
    url = summary(cast, cast.jo)
    (words,) = typed.values()
    with time_machine.travel(clock.now(), tick=False) as traveller:
        cast.open_record(client, cast.jo, url)
        traveller.shift(timedelta(days=2))
        page = client.post(url, typed | button)
        assert "Your words are safe" in page.text and words not in page.text
        other = Phone()
        cast.open_record(other, cast.jo, url)
        assert words not in other.get(url).text  # another browser of hers never typed them
        traveller.shift(timedelta(seconds=1))  # so that hers is the newest code
        cast.open_record(client, cast.jo, url)
        page = client.get(url)
        assert words in page.text and "still here" in page.text
        client.post(url, typed | button)
        assert not Draft.objects.exists()
        assert "still here" not in client.get(url).text
    record = Record.objects.get(adult=cast.jo)
    assert record.understood and words in [answer.words for answer in record.understood.answers.all()]


def test_wishes_typed_too_fast_wait_on_the_page(cast: Cast, client: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        cast.invite_all()
        url = cast.link(cast.dawn)
        answers = [client.post(url, {"talk_about": "Reading & <maths>"}) for _ in range(61)]
    assert answers[-1].status_code == 429 and answers[-2].status_code == 200
    assert '<input type="hidden" name="talk_about" value="Reading &amp; &lt;maths&gt;">' in answers[-1].text
    assert "csrfmiddlewaretoken" in answers[-1].text and "Please wait until 1pm" in answers[-1].text


# ── nothing tells who or what exists ─────────────────────────────────────────────────────────────


def closed_links(cast: Cast) -> dict[str, str]:
    """Links that do not open, each for another reason."""
    cast.invite_all()
    found = {}
    for name, change in {
        "revoked": {"revoked_at": clock.now()},
        "old": {"expires_at": clock.now() - timedelta(seconds=1)},
        "of nothing": {"subject": cast.school.pk},
    }.items():
        adult = {"revoked": cast.jo, "old": cast.hina, "of nothing": cast.dawn}[name]
        found[name] = cast.link(adult)
        FamilyLink.objects.filter(adult=adult).update(**change)
    found["barred since"] = cast.link(cast.mark)
    everything: dict[str, Any] = {"bars": frozenset({Bar.EVERYTHING}), "seen_by": cast.bell, "by": None}
    record_order(cast.mark, child=cast.ella, from_on=clock.today(), **everything)
    found["of another purpose"] = cast.link(cast.lee).replace("/i/", "/s/")
    return found


@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_links_that_do_not_open_answer_the_same_bytes(cast: Cast, method: str) -> None:
    def seen(path: str) -> tuple[int, bytes, dict[str, str]]:
        answer = getattr(Phone(), method)(path)
        return answer.status_code, answer.content.replace(path.encode(), b""), dict(answer.headers)

    closed = closed_links(cast)
    unknown = {kind: seen(f"/{kind}/{'x' * 22}/") for kind in ("i", "s")}
    assert unknown["i"][0] == 404
    for why, path in closed.items():
        assert seen(path) == unknown[path[1]], why


@pytest.mark.once
def test_a_thousand_requests_send_a_handful_of_messages(cast: Cast) -> None:
    url = summary(cast, cast.amina)
    cast.has_pin(cast.amina)
    before = Notice.objects.filter(kind="reach.code").count()
    with time_machine.travel(NOON, tick=False):
        answers = [Phone().post(url, {"send": "1"}, REMOTE_ADDR="203.0.113.7").status_code for _ in range(1000)]
    assert Notice.objects.filter(kind="reach.code").count() - before == proofs.CODES_OF_A_LINK.most
    assert answers.count(429) == 1000 - proofs.CODES_OF_A_LINK.most


def spend_all_of(budget_name: str) -> Callable[[Cast, FamilyLink], None]:
    def spend(cast: Cast, link: FamilyLink) -> None:
        budget = getattr(proofs, budget_name)
        point = proofs.means_for_records(link).point
        on = {"POINT": point and point.value, "NETWORK": "203.0.113.7", "SCHOOL": link.school_id}
        (key,) = [key for key in on if key in budget_name]
        assert limits.spend(budget, on[key], cost=budget.most) is None

    return spend


@pytest.mark.parametrize(
    "budget", ["CODES_TO_A_POINT", "CODES_TO_A_POINT_A_DAY", "CODES_OF_A_NETWORK", "CODES_OF_A_SCHOOL"]
)
def test_every_budget_holds_and_says_until_when(cast: Cast, client: Client, budget: str) -> None:
    with time_machine.travel(NOON, tick=False):
        url = summary(cast, cast.jo)
        cast.has_pin(cast.jo)
        spend_all_of(budget)(cast, FamilyLink.objects.get(adult=cast.jo, purpose="summary:open"))
        page = client.post(url, {"send": "1"}, REMOTE_ADDR="203.0.113.7")
    assert page.status_code == 429 and "Please wait until" in page.text, page.text
    assert not LinkCode.objects.exists()
