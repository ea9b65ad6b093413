"""Hears texts that say whether a summary made sense, and that somebody has put one into the family's language."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.dispatch import receiver

from gatepost.agree import queries, services
from gatepost.agree import words as in_their_language
from gatepost.agree.models import Record
from gatepost.org.actor import Actor
from gatepost.reach.models import Ask, Touch, Translation
from gatepost.reach.signals import text_came, words_came

NUMBERED = re.compile(r"\s*(\d)\b[\s.):,-]*(.*)", re.DOTALL)
SENSE = {1: queries.YES, 2: queries.NOT_QUITE}


@receiver(text_came)
def _sense(sender: object, *, asked: Ask, words: str, alone: bool, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """1 is yes, 2 is not quite, 3 and words what is wrong; anything else a person reads."""
    found = NUMBERED.match(words) if asked.question == "agree.sense" and alone else None
    record = Record.objects.filter(understood=asked).first() if found else None
    if found is None or record is None:
        return False
    number, more = unicodedata.decimal(found[1]), found[2].strip()
    if number in SENSE and not more:
        services.say_sense(record, made_sense=SENSE[number], by=by, way=way)
    elif number == 3 and more:
        services.correct(record, words=more, by=by, way=way)
    else:
        return False
    return True


@receiver(words_came)
def _summary_in_their_language(sender: object, *, row: Translation, by: Actor | None, **_: Any) -> None:
    """Somebody has put words of a record into the family's language."""
    in_their_language.have_come(row, by=by)
