"""Links and codes: one thing for one adult, only hashes kept, spent by a button and never by looking."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.reach import links, services
from gatepost.reach.models import FamilyLink, LinkCode, Notice
from gatepost.testing import Cast


def link_for(cast: Cast) -> FamilyLink:
    cast.invitation(cast.amina)
    cast.letters(cast.amina)
    return FamilyLink.objects.get(adult=cast.amina)


def asked_code(cast: Cast, link: FamilyLink) -> str:
    services.send_code(link, by=cast.family_actor(cast.invitation(cast.amina)))
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
    assert links.redeem(link, code)
    assert not links.redeem(link, code)


def test_five_wrong_tries_end_a_code(cast: Cast) -> None:
    link = link_for(cast)
    code = asked_code(cast, link)
    wrong = "000000" if code != "000000" else "111111"
    assert not any(links.redeem(link, wrong) for _ in range(5))
    assert not links.redeem(link, code)


def test_a_code_lives_ten_minutes(cast: Cast) -> None:
    link = link_for(cast)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        code = asked_code(cast, link)
        traveller.shift(timedelta(minutes=10, seconds=1))
        assert not links.redeem(link, code)


def test_six_codes_in_an_hour_are_too_many(cast: Cast) -> None:
    link = link_for(cast)
    for _ in range(services.CODES_AN_HOUR):
        asked_code(cast, link)
    with pytest.raises(Refused, match="several codes"):
        asked_code(cast, link)


def test_a_shared_telephone_gets_no_code(cast: Cast) -> None:
    invitation = cast.invitation(cast.noor)
    cast.letters(cast.noor)
    link = FamilyLink.objects.get(adult=cast.noor)
    with pytest.raises(Refused, match="yours alone"):
        services.send_code(link, by=cast.family_actor(invitation))


def test_links_end(cast: Cast) -> None:
    link_for(cast)
    token = cast.link(cast.amina).split("/")[2]
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert links.link_of(token, "invite:open") is None


def test_a_code_may_be_typed_in_any_alphabet(cast: Cast) -> None:
    link = link_for(cast)
    code = asked_code(cast, link)
    urdu = "".join(chr(ord("۰") + int(digit)) for digit in code)
    assert links.redeem(link, f"\u2068{urdu[:3]} {urdu[3:]}\u2069")
