"""What an adult says of themselves: wishes, languages, needs, barriers, strengths. They may take all of it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import AccessNeed, Adult, AdultLanguage, Barrier, Facet, Strength
from gatepost.know.services import history
from gatepost.know.signals import wishes_changed
from gatepost.org.actor import Actor

WISHES = (
    *("language", "script", "interpreter", "channel_order", "times", "together"),
    *("no_voice_calls", "speaks_first"),
)


@transaction.atomic
def say_wishes(adult: Adult, wishes: Mapping[str, Any], *, by: Actor) -> None:
    """How an adult wishes to be written to and spoken with.

    Holds afterwards: the wishes named stand, each change has its line; what is not named is as it was. A feed changes
    no language that a person has said.
    """
    unknown = set(wishes) - {*WISHES, "name"}
    if unknown:
        raise ValueError(f"No wish is called {', '.join(sorted(unknown))}.")
    changed = history.amend(adult, wishes, of=adult, by=by)
    if changed:
        audit.record("know.wishes_said", adult, by=by, fields=sorted(wishes))
    if {"together", "times"} & set(changed):
        wishes_changed.send(Adult, adult=adult, together="together" in changed, by=by)


@transaction.atomic
def say_languages(adult: Adult, languages: Mapping[str, Iterable[str]], *, by: Actor) -> None:
    """Which languages an adult speaks, reads and signs; a use that is not named stays as it is."""
    for use, tags in languages.items():
        rows = AdultLanguage.objects.filter(adult=adult, use=use)
        before, wanted = {row.language for row in rows}, set(tags)
        if before == wanted:
            continue
        rows.filter(language__in=before - wanted).delete()
        AdultLanguage.objects.bulk_create(
            AdultLanguage(organisation_id=adult.organisation_id, adult=adult, use=use, language=tag)
            for tag in sorted(wanted - before)
        )
        history.note(adult, {use: (sorted(before), sorted(wanted))}, of=adult, by=by)
        audit.record("know.languages_said", adult, by=by, use=use)


def say_needs(adult: Adult, said: Mapping[str, str], *, by: Actor) -> None:
    """What an adult needs to take part: kind → their words, perhaps blank. These are all, from now on."""
    _say_all(AccessNeed.objects.filter(adult=adult), adult, said, by=by, keep_words=True)


def say_barriers(adult: Adult, said: Mapping[str, str], *, by: Actor) -> None:
    """What makes it hard for a parent to take part. It is theirs: taken back, it is gone, also from the history."""
    _say_all(Barrier.objects.filter(adult=adult), adult, said, by=by, keep_words=False)


@transaction.atomic
def _say_all(
    rows: QuerySet[AccessNeed] | QuerySet[Barrier],
    adult: Adult,
    said: Mapping[str, str],
    *,
    by: Actor,
    keep_words: bool,
) -> None:
    if not said.get("other", "x").strip():
        raise Refused(_("Please say in a few words what it is."))
    before = {row.kind: row.words for row in rows}
    if before == said:
        return
    rows.exclude(kind__in=said).delete()
    for kind, words in said.items():
        if before.get(kind) == words:
            continue
        rows.update_or_create(
            adult=adult,
            kind=kind,
            defaults={"words": words},
            create_defaults={
                "words": words,
                "said_on": clock.today(),
                "organisation_id": adult.organisation_id,
            },
        )
    name = rows.model._meta.object_name or ""
    pair = (_listed(before), _listed(said)) if keep_words else ("", "")
    history.note(adult, {name: pair}, of=adult, by=by)
    audit.record("know.said", adult, by=by, what=name)


def _listed(said: Mapping[str, str]) -> str:
    return "; ".join(f"{kind}: {words}" if words else kind for kind, words in sorted(said.items()))


@transaction.atomic
def say_facets(adult: Adult, kinds: Iterable[str], *, by: Actor) -> None:
    """What an adult has said of themselves, for counting only. The history does not keep what."""
    before, wanted = set(adult.facets.values_list("kind", flat=True)), set(kinds)
    if before == wanted:
        return
    adult.facets.filter(kind__in=before - wanted).delete()
    Facet.objects.bulk_create(
        Facet(organisation_id=adult.organisation_id, adult=adult, kind=kind, said_on=clock.today())
        for kind in sorted(wanted - before)
    )
    history.note(adult, {"Facet": ("", "")}, of=adult, by=by)
    audit.record("know.said", adult, by=by, what="Facet")


@transaction.atomic
def add_strength(
    adult: Adult, words: str, *, language: str, times: Iterable[str] = (), when_words: str = "", by: Actor
) -> Strength:
    """What an adult is good at and would enjoy doing with the school, in their own words and language."""
    if not words.strip():
        raise Refused(_("Please say in a few words what it is."))
    strength = Strength.objects.create(
        organisation_id=adult.organisation_id,
        adult=adult,
        words=words,
        language=language,
        times=list(times),
        when_words=when_words,
        said_on=clock.today(),
    )
    history.note(strength, {"strength": ("", words)}, of=adult, by=by)
    audit.record("know.strength_said", strength, by=by)
    return strength


@transaction.atomic
def change_strength(strength: Strength, facts: Mapping[str, Any], *, by: Actor) -> None:
    """The same strength in other words, or at other times."""
    if not str(facts.get("words", strength.words)).strip():
        raise Refused(_("Please say in a few words what it is."))
    if history.amend(strength, facts, of=strength.adult, by=by):
        audit.record("know.strength_said", strength, by=by)


@transaction.atomic
def remove_strength(strength: Strength, *, by: Actor) -> None:
    """They do not offer it any more: it is gone."""
    history.note(strength, {"strength": ("", "")}, of=strength.adult, by=by)
    audit.record("know.strength_removed", strength, by=by)
    strength.delete()
