"""Engines that draft a translation, behind one interface. None is set up by default: nothing leaves the machine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class EngineFailed(Exception):
    """No draft came, and why, in a few plain words."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of some words."""

    words: str
    engine: str  # its name and version, as it says them
    unknown: int = 0  # words that it said it does not know


class Engine(Protocol):
    """Something that drafts."""

    def speaks(self, source: str, target: str) -> bool: ...

    def draft(self, words: str, source: str, target: str) -> Draft: ...


@cache
def _engine(path: str) -> Engine:
    made: Engine = import_string(path)()
    return made


def engine_for(source: str, target: str) -> Engine | None:
    """The first engine of the settings that was told to draft from one language into the other."""
    found = (_engine(path) for path in settings.GATEPOST_ENGINES)
    return next((engine for engine in found if engine.speaks(source, target)), None)
