"""Whose words somebody who reads a language is given: never those of their own child's family, nor about it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from gatepost.core import clock
from gatepost.know.models import Care
from gatepost.know.rules import children_not_own, children_of
from gatepost.language import table
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import bilingual_now, languages_of
from gatepost.reach.models import Translation, Treated

OPEN = [Translation.State.ASKED, Translation.State.PROPOSED]


def _tags(languages: frozenset[str]) -> list[str]:
    """These languages, in other letters too."""
    return [*languages, *(f"{tag}-Latn" for tag in languages)]


def _not_own(actor: Actor) -> QuerySet[Translation]:
    """What is about nobody of somebody's own family, nor about how they themselves treated somebody."""
    family = Care.objects.filter(child__in=children_of(actor), ended_on=None).values("adult")
    about = Q(child=None) | Q(child__in=children_not_own(actor))
    of_me = Treated.objects.filter(spoke_with=actor.person_id).values("pk")  # how I treated them: never read by me
    return Translation.objects.filter(about).exclude(adult__in=family).exclude(of__in=of_me)


def words_to_read(actor: Actor) -> QuerySet[Translation]:
    """What waits for somebody who reads this language; of what nobody here reads, the office has it said by others."""
    if not actor.is_staff or not actor.schools:
        return Translation.objects.none()
    languages = languages_of(actor.person_id)
    tags = _tags(languages)
    mine = Q(incoming=False, target__in=tags) | Q(incoming=True, source__in=tags)
    if has(actor, Permission.CLEAR):
        known = _tags(frozenset(bilingual_now().values_list("language", flat=True)))
        mine |= Q(incoming=True) & ~Q(source__in=known)
    waiting = _not_own(actor).filter(mine, state__in=OPEN)
    return waiting.select_related("proposed_by").order_by("due_on", "asked_at", "id")


def may_read_and_write(actor: Actor, row: Translation) -> bool:
    """Whether these words are among them."""
    return words_to_read(actor).filter(pk=row.pk).exists()


def may_open_queue(actor: Actor) -> bool:
    """Whoever reads a language for the school; and the office, which sees that nothing waits too long."""
    return (actor.is_staff and bool(languages_of(actor.person_id))) or has(actor, Permission.CLEAR)


def waiting_by_language() -> dict[str, tuple[int, int]]:
    """How much waits in each language, and how much of it too long, for the office: numbers, no words."""
    counts: dict[str, tuple[int, int]] = {}
    rows = Translation.objects.filter(state__in=OPEN).values_list("source", "target", "incoming", "due_on")
    for source, target, incoming, due_on in rows:
        tag = source if incoming else target
        language = table.find(tag)
        key = language.tag if language else tag
        all_of, late = counts.get(key, (0, 0))
        counts[key] = all_of + 1, late + (due_on < clock.today())
    return counts
