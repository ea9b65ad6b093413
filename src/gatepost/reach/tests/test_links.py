"""Links and codes: one thing for one adult, only hashes kept, spent by a button and never by looking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from gatepost.core import clock
from gatepost.core.errors import Refused, Wait
from gatepost.reach import links
from gatepost.reach.models import FamilyLink, LinkCode, Notice
from gatepost.reach.services import proofs
from gatepost.testing import Cast


def link_for(cast: Cast) -> FamilyLink:
    cast.invitation(cast.amina)
    cast.letters(cast.amina)
    return FamilyLink.objects.get(adult=cast.amina)


def asked_code(cast: Cast, link: FamilyLink) -> str:
    means = proofs.means_for_messages(link)
    proofs.send_code(link, means, browser="hers", network="", by=cast.family_actor(cast.invitation(cast.amina)))
    return cast.code(cast.amina)


def test_only_the_hash_of_a_token_is_kept(cast: Cast) -> None:
    link = link_for(cast)
    token = cast.link(cast.amina).split("/")[2]
    assert token not in str(FamilyLink.objects.filter(pk=link.pk).values().get())
    assert links.link_of(token, "invite:open") == link
    assert links.link_of(token, "summary:open") is None


def test_a_code_opens_once_for_its_own_link(cast: Cast) -> None:
    link = link_for(cast)
    code = asked_code(cast, link)
    assert code not in str(list(LinkCode.objects.values()) + list(Notice.objects.values("params")))
    assert not links.redeem(link, code, browser="another")
    assert not links.redeem(link, code, browser="")
    assert links.redeem(link, code, browser="hers")
    assert not links.redeem(link, code, browser="hers")


def test_five_wrong_tries_end_a_code(cast: Cast) -> None:
    link = link_for(cast)
    code = asked_code(cast, link)
    wrong = "000000" if code != "000000" else "111111"
    assert not any(links.redeem(link, wrong, browser="hers") for _ in range(5))
    assert not links.redeem(link, code, browser="hers")


def test_a_code_lives_ten_minutes(cast: Cast) -> None:
    link = link_for(cast)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        code = asked_code(cast, link)
        traveller.shift(timedelta(minutes=10, seconds=1))
        assert not links.redeem(link, code, browser="hers")


def test_six_codes_in_an_hour_are_too_many(cast: Cast) -> None:
    link = link_for(cast)
    with time_machine.travel(datetime(2027, 2, 4, 12, 0, 1, tzinfo=UTC), tick=False):
        for _ in range(proofs.CODES_OF_A_LINK.most):
            asked_code(cast, link)
        with pytest.raises(Wait) as refused:
            asked_code(cast, link)
    assert refused.value.until == datetime(2027, 2, 4, 13, tzinfo=UTC)


def test_a_shared_telephone_gets_no_code(cast: Cast) -> None:
    invitation = cast.invitation(cast.noor)
    cast.letters(cast.noor)
    link = FamilyLink.objects.get(adult=cast.noor)
    with pytest.raises(Refused, match="yours alone"):
        proofs.send_code(
            link, proofs.means_for_messages(link), browser="x", network="", by=cast.family_actor(invitation)
        )


def test_a_link_ends_a_week_after_its_event(cast: Cast) -> None:
    link_for(cast)
    token = cast.link(cast.amina).split("/")[2]
    last = cast.invitation(cast.amina).event.slots.latest("starts_at").starts_at
    with time_machine.travel(last + timedelta(days=7), tick=False):
        assert links.link_of(token, "invite:open")
    with time_machine.travel(last + timedelta(days=8), tick=False):
        assert links.link_of(token, "invite:open") is None


def test_a_code_may_be_typed_in_any_alphabet(cast: Cast) -> None:
    link = link_for(cast)
    code = asked_code(cast, link)
    urdu = "".join(chr(ord("۰") + int(digit)) for digit in code)
    assert links.redeem(link, f"\u2068{urdu[:3]} {urdu[3:]}\u2069", browser="hers")
