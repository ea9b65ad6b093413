"""Keeps the demonstration and development away from real families: who starts a process asks here first."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import CommandError

from gatepost.config.checks import LOOPBACK
from gatepost.core.errors import Refused


def stay_on(host: str) -> None:
    """Refuse to open the demonstration or development to another machine: their post room holds live links."""
    if (settings.GATEPOST_DEMO or settings.DEBUG) and host not in LOOPBACK:
        raise CommandError("The demonstration hands out every role and every letter: it is served on 127.0.0.1 only.")


def stay_apart() -> None:
    """Refuse to play the demonstration on the data of a real school: its mail would end in the post room."""
    if not settings.GATEPOST_DEMO:
        return
    from gatepost.exchange.demo.build import (
        refuse_beside_real_schools,
    )  # web processes read this before models are there

    try:
        refuse_beside_real_schools()
    except Refused as refusal:
        raise CommandError(str(refusal)) from None
