"""In which languages an adult is at home, and whether they would rather hear than read."""

from __future__ import annotations

from gatepost.know.models import AccessNeed, Adult, AdultLanguage
from gatepost.language import table

Use = AdultLanguage.Use


def tongues_of(adult: Adult) -> frozenset[str]:
    """Every language that an adult speaks, reads, signs or is written to in."""
    held = set(AdultLanguage.objects.filter(adult=adult).values_list("language", flat=True))
    return frozenset(held | {adult.language} - {""})


def listens_first(adult: Adult) -> bool:
    """Whether they hear or see it before they read it.

    They sign, their language has no letters, somebody reads letters to them, or they have said which languages they
    speak and none that they read.
    """
    language = table.find(adult.language) if adult.language else None
    if language and not language.written:
        return True
    uses = set(AdultLanguage.objects.filter(adult=adult).values_list("use", flat=True))
    if Use.SIGNS in uses or (Use.SPEAKS in uses and Use.READS not in uses and not adult.language):
        return True
    return AccessNeed.objects.filter(adult=adult, kind=AccessNeed.Kind.READ_ALOUD).exists()
