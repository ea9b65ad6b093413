"""Notes that are ready to send: drafted in every family language, so that no machine and no minute is needed.

A teacher takes one as it is, or changes a word; what is changed goes out as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy


@dataclass(frozen=True)
class Idea:
    """One note that is ready to send."""

    learning: str | Promise
    try_this: str | Promise
    say_this: str | Promise


IDEAS: dict[str, Idea] = {
    "talk": Idea(
        lazy("Talking about the day"),
        lazy("While you eat or walk, tell each other one thing from your day. Use the language you like best."),
        lazy("What made you laugh today?"),
    ),
    "read": Idea(
        lazy("Enjoying books"),
        lazy("Look at a book together and talk about the pictures. Any book and any language will do."),
        lazy("What do you think will happen next?"),
    ),
    "count": Idea(
        lazy("Counting and numbers"),
        lazy("Count things together: stairs, spoons, buses. Then count backwards."),
        lazy("How many will there be if we take two away?"),
    ),
    "clock": Idea(
        lazy("Telling the time"),
        lazy("Look at a clock together three times today and say what time it is."),
        lazy("What time will it be in one hour?"),
    ),
    "cook": Idea(
        lazy("Measuring"),
        lazy("Let your child measure something while you cook: a cup of rice, a spoon of oil."),
        lazy("How much would we need for twice as many people?"),
    ),
    "story": Idea(
        lazy("Telling stories"),
        lazy("Tell your child a story from when you were small. Let them tell it back to you."),
        lazy("What would you have done?"),
    ),
}

TEACHES = {"home_read": "read", "home_count": "count", "home_cook": "cook", "home_story": "story", "home_book": "read"}
"""What children learn with a phrase of the phrasebook: the idea that it belongs to. All others are about talking."""


def learning_of(phrases: Iterable[str]) -> str:
    """What the children learn with these phrases, in English as it stands in the catalogues."""
    about = next((TEACHES[key] for key in phrases if key in TEACHES), "talk")
    with translation.override("en"):
        return str(IDEAS[about].learning)
