"""How much one family gets in a day: each adult, and all who live under one roof."""

from __future__ import annotations

from uuid import uuid4

from gatepost.core import clock
from gatepost.know.models import Adult, Household
from gatepost.reach.delivery.load import A_DAY, A_FAMILY_A_DAY, who_has_had_enough
from gatepost.reach.models import Notice
from gatepost.testing import Cast


def sent(cast: Cast, *adults: Adult) -> None:
    """One message to many, which these adults get."""
    batch = uuid4()
    for adult in adults:
        told = {"adult": adult, "kind": "reach.broadcast", "language": "en", "batch": batch}
        Notice.objects.create(school=cast.school, created_at=clock.now(), **told)


def enough(cast: Cast) -> set[Adult]:
    """Who of Hina and Bilal has had enough."""
    found = who_has_had_enough([cast.hina.pk, cast.bilal.pk])
    return {adult for adult in (cast.hina, cast.bilal) if adult.pk in found}


def one_roof(cast: Cast) -> None:
    home = Household.objects.create(organisation=cast.organisation)
    for adult in (cast.hina, cast.bilal):
        home.members.create(organisation=cast.organisation, adult=adult)


def test_an_adult_has_had_enough_alone(cast: Cast) -> None:
    for _message in range(A_DAY):
        assert not enough(cast)
        sent(cast, cast.hina)
    assert enough(cast) == {cast.hina}


def test_what_goes_to_both_parents_counts_once_for_the_family(cast: Cast) -> None:
    one_roof(cast)
    sent(cast, cast.hina, cast.bilal)
    sent(cast, cast.hina)
    assert enough(cast) == {cast.hina}


def test_a_family_has_had_enough_together(cast: Cast) -> None:
    one_roof(cast)
    sent(cast, cast.hina)
    sent(cast, cast.hina)
    sent(cast, cast.bilal)
    assert A_FAMILY_A_DAY == 3 and enough(cast) == {cast.hina, cast.bilal}


def test_two_homes_are_two_families(cast: Cast) -> None:
    sent(cast, cast.hina)
    sent(cast, cast.hina)
    sent(cast, cast.bilal)
    assert enough(cast) == {cast.hina}
