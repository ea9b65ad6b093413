"""The pages about strengths and texts, who opens them and with what answer. See `pages.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gatepost.know import services as know
from gatepost.support import services as support

if TYPE_CHECKING:
    from tests.pages import World


def _strength(w: World) -> str:
    by = w.cast.actor_of(w.cast.finch)
    return str(know.add_strength(w.cast.amina, "I bake", language="en", by=by).pk)


def _help(w: World) -> str:
    by = w.cast.actor_of(w.cast.ode)
    strength = know.add_strength(w.cast.amina, "I bake", language="en", by=by)
    return str(support.ask_for_help(strength, what="Bake", when_words="", place="", by=by).pk)


PAGES_OF_STRENGTHS: dict[str, tuple[Callable[[World], str], tuple[int, ...]]] = {
    "support:strengths": (lambda w: "/support/?q=bake", (200, 200, 200, 200, 200, 200, 302)),
    "support:ask_everybody": (lambda w: "/support/ask/", (403, 403, 403, 200, 200, 200, 302)),
    "support:ask_for_help": (lambda w: f"/support/strengths/{_strength(w)}/ask/", (200, 403, 403, 200, 200, 404, 302)),
    "support:thank": (lambda w: f"/support/helps/{_help(w)}/thank/", (200, 403, 403, 200, 200, 404, 302)),
}

POSTS_OF_STRENGTHS = {"front:text_read"}
