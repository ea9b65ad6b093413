"""Whatever a family has said survives every page on which staff edit it: written, read back, sent again untouched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.front.tests.submitting import fields_of
from gatepost.know import services as know
from gatepost.know.models import (
    FACTS,
    AccessNeed,
    Adult,
    AdultChange,
    AdultLanguage,
    Barrier,
    Basis,
    Care,
    Channel,
    ChildChange,
    Facet,
    SpeaksFirst,
    Strength,
    TimeOfDay,
)
from gatepost.language.scripts import SCRIPTS
from gatepost.language.table import LANGUAGES
from gatepost.testing import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.once]
often = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

WRITTEN = [language.tag for language in LANGUAGES if language.written]
SIGNED = [language.tag for language in LANGUAGES if not language.written]
letters = st.characters(exclude_categories=["Cs", "Cc"])
words = st.text(letters, max_size=40).map(str.strip)
some_words = words.filter(bool)
lines = st.lists(some_words, min_size=1, max_size=3).map("\n".join)
times = st.lists(st.sampled_from(TimeOfDay.values), unique=True).map(sorted)


def kinds(model: type[AccessNeed] | type[Barrier]) -> st.SearchStrategy[dict[str, str]]:
    """Some kinds with words; something else never without."""
    plain = [kind for kind in model.Kind.values if kind != "other"]
    said = st.dictionaries(st.sampled_from(plain), words)
    return st.tuples(said, st.one_of(st.none(), some_words)).map(
        lambda pair: pair[0] | ({"other": pair[1]} if pair[1] else {})
    )


def untouched(client: Client, url: str, rows: Callable[[], Any]) -> None:
    """Opening the page and sending it as it is changes nothing, and leaves no line in the history."""
    before, history = rows(), (AdultChange.objects.count(), ChildChange.objects.count())
    answer = client.post(url, fields_of(client.get(url).content))
    assert answer.status_code == 302, answer.context["form"].errors
    assert rows() == before
    assert (AdultChange.objects.count(), ChildChange.objects.count()) == history


def sent(client: Client, url: str, said: dict[str, Any]) -> None:
    """Somebody writes these answers into the page."""
    answer = client.post(url, {name: value for name, value in said.items() if value not in (None, False)})
    assert answer.status_code == 302, answer.context["form"].errors


def columns(row: models.Model, names: Any) -> dict[str, Any]:
    row.refresh_from_db()
    return {name: getattr(row, name) for name in names}


@often
@given(data=st.data())
def test_wishes(cast: Cast, client: Client, data: st.DataObject) -> None:
    cast.sign_in(client, cast.ode)
    ways = data.draw(st.lists(st.sampled_from(Channel.values), unique=True))
    said = {
        "name": data.draw(some_words),
        "language": data.draw(st.sampled_from(["", *WRITTEN])),
        "script": data.draw(st.sampled_from(["", *SCRIPTS])),
        "interpreter": data.draw(st.sampled_from(["", *WRITTEN, *SIGNED])),
        "times": sorted(data.draw(times), key=TimeOfDay.values.index),
        "no_voice_calls": data.draw(st.booleans()),
        "speaks_first": data.draw(st.sampled_from(SpeaksFirst.values)),
    }
    url = reverse("front:wishes", args=[cast.ruth.pk])
    sent(client, url, said | {f"way_{place}": way for place, way in enumerate(ways)})
    expected = said | {"channel_order": ways}
    assert columns(cast.ruth, expected) == expected
    untouched(client, url, lambda: columns(cast.ruth, expected))


def test_a_wish_that_the_table_does_not_know_survives(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    Adult.objects.filter(pk=cast.ruth.pk).update(language="x-klingon", script="Cher", interpreter="ase")
    AdultLanguage.objects.create(organisation=cast.organisation, adult=cast.ruth, use="signs", language="ase")
    names = ("language", "script", "interpreter")
    untouched(client, reverse("front:wishes", args=[cast.ruth.pk]), lambda: columns(cast.ruth, names))
    url = reverse("front:languages", args=[cast.ruth.pk])
    untouched(client, url, lambda: list(cast.ruth.languages.values_list("use", "language")))
    assert columns(cast.ruth, names) == {"language": "x-klingon", "script": "Cher", "interpreter": "ase"}


@often
@given(
    speaks=st.sets(st.sampled_from(WRITTEN), max_size=5),
    reads=st.sets(st.sampled_from(WRITTEN), max_size=3),
    signs=st.sets(st.sampled_from(SIGNED), max_size=2),
)
def test_languages(cast: Cast, client: Client, speaks: set[str], reads: set[str], signs: set[str]) -> None:
    cast.sign_in(client, cast.ode)
    know.say_languages(cast.nadia, {"speaks": speaks, "reads": reads, "signs": signs}, by=cast.actor_of(cast.ode))
    expected = {*(("speaks", tag) for tag in speaks), *(("reads", tag) for tag in reads)}
    expected |= {("signs", tag) for tag in signs}

    def held() -> set[tuple[str, str]]:
        return set(cast.nadia.languages.values_list("use", "language"))

    assert held() == expected
    untouched(client, reverse("front:languages", args=[cast.nadia.pk]), held)


@often
@given(needs=kinds(AccessNeed), barriers=kinds(Barrier), facets=st.sets(st.sampled_from(Facet.Kind.values)))
def test_needs_barriers_and_facets(
    cast: Cast, client: Client, needs: dict[str, str], barriers: dict[str, str], facets: set[str]
) -> None:
    cast.sign_in(client, cast.finch)
    for name, rows, said in (("needs", cast.gran.needs, needs), ("barriers", cast.gran.barriers, barriers)):
        url = reverse(f"front:{name}", args=[cast.gran.pk])
        typed = {f"{kind}_words": text for kind, text in said.items()} | dict.fromkeys(said, "on")
        sent(client, url, typed)
        assert dict(rows.values_list("kind", "words")) == said
        untouched(client, url, lambda rows=rows: dict(rows.values_list("kind", "words")))
    url = reverse("front:facets", args=[cast.gran.pk])
    sent(client, url, {"facets": sorted(facets)})
    assert set(cast.gran.facets.values_list("kind", flat=True)) == facets
    untouched(client, url, lambda: set(cast.gran.facets.values_list("kind", flat=True)))


@often
@given(text=lines, language=st.sampled_from(WRITTEN + SIGNED), chosen=times, when_words=words)
def test_strengths(cast: Cast, client: Client, text: str, language: str, chosen: list[str], when_words: str) -> None:
    cast.sign_in(client, cast.ode)
    said = {
        "words": text,
        "language": language,
        "times": sorted(chosen, key=TimeOfDay.values.index),
        "when_words": when_words,
    }
    Strength.objects.all().delete()
    sent(client, reverse("front:add_strength", args=[cast.hina.pk]), said)
    strength = cast.hina.strengths.get()
    assert columns(strength, said) == said
    untouched(client, reverse("front:strength", args=[strength.pk]), lambda: columns(strength, said))


@often
@given(data=st.data())
def test_every_fact_about_a_bond(cast: Cast, client: Client, data: st.DataObject) -> None:
    cast.sign_in(client, cast.finch)
    care = Care.objects.get(adult=cast.gran, child=cast.kai)
    days = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))
    said: dict[str, Any] = {
        "standing": data.draw(st.sampled_from(["parent", "carer", "emergency_only", "unknown"])),
        "relationship": data.draw(words),
        "responsibility_basis": data.draw(st.sampled_from(["", *Basis.values])),
        "rank": data.draw(st.none() | st.integers(1, 999)),
    }
    for fact in FACTS:
        said[fact] = data.draw(st.sampled_from(["yes", "no", "unknown"]))
        begins, ends = data.draw(days), data.draw(days)
        if begins and ends and ends < begins:
            begins, ends = ends, begins
        said |= {f"{fact}_from": begins, f"{fact}_until": ends}
    url = reverse("front:bond", args=[care.pk])
    sent(client, url, said)
    assert columns(care, said) == said
    untouched(client, url, lambda: columns(care, said))


@often
@given(text=lines, shared=st.booleans())
def test_addresses_and_contact_points(cast: Cast, client: Client, text: str, shared: bool) -> None:
    cast.sign_in(client, cast.finch)
    by = cast.actor_of(cast.finch)
    home = know.found_household([cast.gran, cast.kai], organisation=cast.organisation.pk, by=by)
    url = reverse("front:address", args=[home.pk])
    sent(client, url, {"address": text})
    assert columns(home, ["address"]) == {"address": text}
    untouched(client, url, lambda: columns(home, ["address"]))
    point = cast.gran.contact_points.get()
    url = reverse("front:contact", args=[point.pk])
    sent(client, url, {"value": point.value, "shared": shared})
    assert columns(point, ["shared", "ended_on"]) == {"shared": shared, "ended_on": None}
    untouched(client, url, lambda: columns(point, ["value", "shared", "ended_on", "rank"]))
