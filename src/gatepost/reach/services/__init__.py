"""The verbs of telling and asking: tell, ask, note that people have spoken, and what families and staff do besides."""

from gatepost.reach.services.asking import answer, ask, ask_all, touch
from gatepost.reach.services.telling import (
    News,
    ask_again,
    delivery_to,
    it_came,
    language_for,
    may_tell,
    release,
    release_settled,
    said_in_person,
    send_again,
    settled_but_held,
    tell,
    tell_all,
    tell_there,
)

__all__ = [
    "News",
    "answer",
    "ask",
    "ask_again",
    "ask_all",
    "delivery_to",
    "it_came",
    "language_for",
    "may_tell",
    "release",
    "release_settled",
    "said_in_person",
    "send_again",
    "settled_but_held",
    "tell",
    "tell_all",
    "tell_there",
    "touch",
]
