"""Hears texts that may answer a question of this package."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.dispatch import receiver

from gatepost.language.yesno import yes_or_no
from gatepost.org.actor import Actor
from gatepost.reach.models import Ask, Explain, Touch, Translation
from gatepost.reach.services import language_for
from gatepost.reach.signals import explained, text_came, words_came
from gatepost.support import extra, extra_words, help_words, home, home_words, queries, services
from gatepost.support.models import ExtraHelpTold, Help, HomeTry

NUMBERED = re.compile(r"[\s(]*(\d)\b[\s.):,-]*(.*)", re.DOTALL)


@receiver(text_came)
def _strengths(sender: object, *, asked: Ask, words: str, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """Whatever somebody writes back to "what are you good at?" is what they are good at."""
    if asked.question != queries.STRENGTHS:
        return False
    language = asked.adult.language or language_for(asked.adult)
    services.tell_strengths(asked, words, language=language, way=way, by=by)
    return True


@receiver(text_came)
def _help(sender: object, *, asked: Ask, words: str, alone: bool, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """A yes or a no in any of our languages; anything else waits for a person, who reads it."""
    meant = yes_or_no(words) if asked.question == queries.HELP and alone else None
    if meant is None:
        return False
    services.answer_help(Help.objects.get(ask=asked), yes=meant, words=words, way=way, by=by)
    return True


@receiver(text_came)
def _home(sender: object, *, asked: Ask, words: str, alone: bool, by: Actor, **_: Any) -> bool:
    """1 is "we tried it", 2 "we would like help", 3 and words what a family does; anything else a person reads."""
    found = NUMBERED.match(words) if asked.question == home.HOME and alone else None
    if found is None:
        return False
    number, more = str(unicodedata.decimal(found[1])), found[2].strip()
    tried = HomeTry.objects.select_related("note", "adult", "child").get(ask=asked)
    if number == "3" and more:
        home.tell_idea(tried, more, way=Touch.Way.SMS, by=by)
    elif number in "12" and not more:
        (home.say_tried if number == "1" else home.ask_for_help)(tried, way=Touch.Way.SMS, by=by)
    else:
        return False
    return True


@receiver(words_came)
def _note_in_their_language(sender: object, *, row: Translation, by: Actor | None, **_: Any) -> None:
    """Somebody has put a note for home into a family's language."""
    home_words.have_come(row, by=by)


@receiver(words_came)
def _help_in_their_language(sender: object, *, row: Translation, by: Actor | None, **_: Any) -> None:
    """Somebody has put what an adult is asked to help with into their language."""
    help_words.have_come(row, by=by)


@receiver(text_came)
def _understood(sender: object, *, asked: Ask, words: str, alone: bool, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """1 or a yes is yes, 2 or a no is not yet, and what follows is what is not clear; else a person reads it."""
    if asked.question != extra.EXTRA or not alone:
        return False
    found = NUMBERED.match(words)
    number, more = (unicodedata.decimal(found[1]), found[2].strip()) if found else (0, "")
    meant = {1: True, 2: False}.get(int(number)) if found else yes_or_no(words)
    if meant is None or (meant and more):
        return False
    told = ExtraHelpTold.objects.select_related("extra__child", "adult").get(ask=asked)
    extra.say(told, understood=meant, words=more, way=way, by=by)
    return True


@receiver(explained)
def _ask_again(sender: object, *, asked: Explain, by: Actor, **_: Any) -> None:
    """Somebody has explained what extra help is for."""
    if asked.where == Explain.Where.EXTRA:
        extra.ask_again(asked, by=by)


@receiver(words_came)
def _extra_in_their_language(sender: object, *, row: Translation, by: Actor | None, **_: Any) -> None:
    """Somebody has put what extra help is for into a family's language."""
    extra_words.have_come(row, by=by)
