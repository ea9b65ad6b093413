"""Whom an invitation reaches and how, and what their page shows: every adult of the cast."""

from __future__ import annotations

import pytest
from django.test import Client

from gatepost.testing import Cast

FAMILIES: dict[str, str] = {
    "amina": "text",
    "hina": "text",
    "bilal": "mail",
    "jo": "mail",
    "mark": "mail",
    "dawn": "mail",
    "lee": "mail",
    "lees_ex": "mail",
    "ruth": "text",
    "foster": "mail",
    "gran": "text",
    "noor": "shared",  # one telephone for two: it names neither child nor purpose
    "sami": "shared",
    "nadia": "in person",  # no telephone and no mailbox
    "pat": "mail",
    "una": "mail",  # responsibility unknown: told
    "kev": "nothing",  # barred from everything
    "em": "nothing",  # emergency contact only: waits for the office
    "rel": "nothing",  # relationship unknown: waits for the office
    "stranger": "nothing",  # another school
}
"""What reaches each adult of the cast when Ms Ode's class is invited."""


@pytest.mark.parametrize(("who", "how"), FAMILIES.items())
def test_what_reaches_each_adult_and_what_their_page_shows(cast: Cast, client: Client, who: str, how: str) -> None:
    cast.invite_all()
    adult = getattr(cast, who)
    states = [notice.state for notice in cast.told(adult)]
    if how in ("nothing", "in person"):
        assert states == (["by_hand"] if how == "in person" else [])
        assert cast.letters(adult) == []
        return
    page = client.get(cast.link(adult) + "?in=en")
    assert page.status_code == 200
    child = adult.invitations.get().child
    assert (child.called in page.content.decode()) is (how != "shared")
    assert (child.called in cast.letters(adult)[0]) is (how != "shared")
    others = [name for key, name in names(cast).items() if key != who and name not in names(cast)[who]]
    assert not [name for name in others if name in page.content.decode() + cast.letters(adult)[0]]


def names(cast: Cast) -> dict[str, str]:
    """Every adult of the cast by their full name."""
    return {who: getattr(cast, who).name for who in FAMILIES}
