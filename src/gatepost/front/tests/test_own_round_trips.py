"""What an adult says on their own page and what staff write down is the same, through either page, untouched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gatepost.core.limits import Budget
from gatepost.front.own import language_name, send_link
from gatepost.front.tests.submitting import fields_of
from gatepost.front.tests.test_round_trips import (
    SIGNED,
    WRITTEN,
    columns,
    kinds,
    lines,
    often,
    sent,
    times,
    untouched,
    words,
)
from gatepost.know.models import (
    AccessNeed,
    Adult,
    AdultChange,
    AdultLanguage,
    Barrier,
    Channel,
    Facet,
    SpeaksFirst,
    Strength,
    TimeOfDay,
)
from gatepost.language.scripts import SCRIPTS
from gatepost.reach import door
from gatepost.testing import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.page]


@pytest.fixture
def own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[Client, str]:
    """Hina's browser, and the address of her own page, opened; she may press as often as the dice say."""
    monkeypatch.setattr(door, "ACTS_OF_A_LINK", Budget("acts of a link", 10_000, 3600))
    client = Client()
    send_link(cast.hina, by=cast.actor_of(cast.ode))
    return client, cast.open_record(client, cast.hina)


@pytest.fixture
def office(cast: Cast) -> Client:
    """Mrs Finch's browser."""
    return cast.sign_in(Client(), cast.finch)


def both_ways(
    own: tuple[Client, str],
    office: Client,
    adult: Adult,
    names: tuple[str, str],
    said: dict[str, Any],
    held: Callable[[], Any],
) -> None:
    """She says it on her page; neither page changes anything when it is opened and sent as it is."""
    client, home = own
    mine, theirs = f"{home}{names[0]}/", reverse(f"front:{names[1]}", args=[adult.pk])
    sent(client, mine, said)
    before = held()
    untouched(office, theirs, held)
    untouched(client, mine, held)
    page = fields_of(office.get(theirs).content)
    sent(client, mine, {name: [] for name in page})  # she takes all of it back …
    sent(office, theirs, page)  # … and the office writes it down anew, as it was
    assert held() == before
    untouched(client, mine, held)


def name(tag: str) -> str:
    """A language as the page writes it."""
    return language_name(tag)


@often
@given(data=st.data())
def test_wishes(cast: Cast, own: tuple[Client, str], office: Client, data: st.DataObject) -> None:
    ways = data.draw(st.lists(st.sampled_from(Channel.values), unique=True))
    said = {
        "language": data.draw(st.sampled_from(["", *WRITTEN])),
        "script": data.draw(st.sampled_from(["", *SCRIPTS])),
        "interpreter": data.draw(st.sampled_from(["", *WRITTEN, *SIGNED])),
        "times": sorted(data.draw(times), key=TimeOfDay.values.index),
        "no_voice_calls": data.draw(st.booleans()),
        "speaks_first": data.draw(st.sampled_from(SpeaksFirst.values)),
    }
    expected = said | {"channel_order": ways, "name": cast.hina.name}
    held = partial(columns, cast.hina, expected)
    client, home = own
    typed = said | {"language": name(said["language"]), "interpreter": name(said["interpreter"])}
    sent(client, f"{home}wishes/", typed | {f"way_{place}": way for place, way in enumerate(ways)})
    assert held() == expected
    theirs = reverse("front:wishes", args=[cast.hina.pk])
    untouched(office, theirs, held)
    page = fields_of(office.get(theirs).content)
    sent(client, f"{home}wishes/", {"speaks_first": "no_wish"})
    sent(office, theirs, page)
    assert held() == expected
    untouched(client, f"{home}wishes/", held)


def test_a_wish_that_the_table_does_not_know_survives_her_page(cast: Cast, own: tuple[Client, str]) -> None:
    client, home = own
    Adult.objects.filter(pk=cast.hina.pk).update(language="x-klingon", script="Cher", interpreter="ase")
    AdultLanguage.objects.create(organisation=cast.organisation, adult=cast.hina, use="signs", language="ase")
    AdultLanguage.objects.create(organisation=cast.organisation, adult=cast.hina, use="reads", language="en-GB")
    names = ("language", "script", "interpreter")
    untouched(client, f"{home}wishes/", lambda: columns(cast.hina, names))
    untouched(client, f"{home}languages/", lambda: set(cast.hina.languages.values_list("use", "language")))
    assert columns(cast.hina, names) == {"language": "x-klingon", "script": "Cher", "interpreter": "ase"}


@often
@given(
    speaks=st.lists(st.sampled_from(WRITTEN), max_size=2, unique=True),
    reads=st.lists(st.sampled_from(WRITTEN), max_size=1),
    signs=st.lists(st.sampled_from(SIGNED), max_size=1),
)
def test_languages(
    cast: Cast, own: tuple[Client, str], office: Client, speaks: list[str], reads: list[str], signs: list[str]
) -> None:
    client, home = own
    AdultLanguage.objects.filter(adult=cast.hina).delete()
    uses = {"speaks": speaks, "reads": reads, "signs": signs}
    said = {f"{use}_{at}": name(tag) for use, tags in uses.items() for at, tag in enumerate(tags)}

    def held() -> set[tuple[str, str]]:
        return set(cast.hina.languages.values_list("use", "language"))

    sent(client, f"{home}languages/", said)
    assert held() == {(use, tag) for use, tags in uses.items() for tag in tags}
    untouched(office, reverse("front:languages", args=[cast.hina.pk]), held)
    untouched(client, f"{home}languages/", held)


@often
@given(needs=kinds(AccessNeed), barriers=kinds(Barrier), facets=st.sets(st.sampled_from(Facet.Kind.values)))
def test_needs_barriers_and_facets(
    cast: Cast,
    own: tuple[Client, str],
    office: Client,
    needs: dict[str, str],
    barriers: dict[str, str],
    facets: set[str],
) -> None:
    for page, rows, said in (("needs", cast.hina.needs, needs), ("barriers", cast.hina.barriers, barriers)):
        typed = {f"{kind}_words": text for kind, text in said.items()} | dict.fromkeys(said, "on")

        def held(rows: Any = rows) -> dict[str, str]:
            return dict(rows.values_list("kind", "words"))

        both_ways(own, office, cast.hina, (page, page), typed, held)
        assert held() == said
    both_ways(
        own,
        office,
        cast.hina,
        ("about-me", "facets"),
        {"facets": sorted(facets)},
        lambda: set(cast.hina.facets.values_list("kind", flat=True)),
    )
    assert set(cast.hina.facets.values_list("kind", flat=True)) == facets


@often
@given(text=lines, language=st.sampled_from(WRITTEN + SIGNED), chosen=times, when_words=words)
def test_strengths(
    cast: Cast, own: tuple[Client, str], office: Client, text: str, language: str, chosen: list[str], when_words: str
) -> None:
    client, home = own
    chosen = sorted(chosen, key=TimeOfDay.values.index)
    said = {"words": text, "language": language, "times": chosen, "when_words": when_words}
    Strength.objects.all().delete()
    sent(client, f"{home}strengths/", said | {"language": name(language)})
    strength = cast.hina.strengths.get()
    assert columns(strength, said) == said
    assert AdultChange.objects.filter(thing_id=strength.pk, by_adult=cast.hina).exists()
    untouched(office, reverse("front:strength", args=[strength.pk]), lambda: columns(strength, said))
    untouched(client, f"{home}strengths/{strength.pk}/", lambda: columns(strength, said))
