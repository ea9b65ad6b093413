"""Beside a text that answers nothing: what its adult had been sent last, so that a bare "2" can be understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gatepost.know.rules import adults_open_to
from gatepost.org.actor import Actor
from gatepost.reach.delivery.render import all_of, fill
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import IncomingText, Notice
from gatepost.reach.queries.questions import had_before


@dataclass(frozen=True)
class TextRow:
    """One text that waits, and what they had been sent before."""

    text: IncomingText
    before: tuple[tuple[str, str], ...]  # what it was, and about whom
    has_page: bool  # of its adult, open to whoever reads it


def with_what_came_before(texts: Iterable[IncomingText], *, seen_by: Actor) -> list[TextRow]:
    """In the order that they came."""
    texts = list(texts)
    before = had_before(texts)
    pages = adults_open_to(seen_by).filter(pk__in={text.adult_id for text in texts if text.adult_id})
    known = set(pages.values_list("pk", flat=True))
    return [TextRow(text, tuple(_named(told) for told in before[text.pk]), text.adult_id in known) for text in texts]


def _named(told: Notice) -> tuple[str, str]:
    said = fill(f"{KINDS[told.kind].template}.subject", all_of(told) | {"child": ""})
    return said, told.child.called if told.child else ""
