"""Hears texts that may answer a question of this package."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from gatepost.language.yesno import yes_or_no
from gatepost.org.actor import Actor
from gatepost.reach.models import Ask, Touch
from gatepost.reach.services import language_for
from gatepost.reach.signals import text_came
from gatepost.support import queries, services
from gatepost.support.models import Help


@receiver(text_came)
def _strengths(sender: object, *, asked: Ask, words: str, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """Whatever somebody writes back to "what are you good at?" is what they are good at."""
    if asked.question != queries.STRENGTHS:
        return False
    language = asked.adult.language or language_for(asked.adult)
    services.tell_strengths(asked, words, language=language, way=way, by=by)
    return True


@receiver(text_came)
def _help(sender: object, *, asked: Ask, words: str, way: Touch.Way, by: Actor, **_: Any) -> bool:
    """A yes or a no in any of our languages; anything else waits for a person, who reads it."""
    meant = yes_or_no(words) if asked.question == queries.HELP else None
    if meant is None:
        return False
    services.answer_help(Help.objects.get(ask=asked), yes=meant, words=words, way=way, by=by)
    return True
