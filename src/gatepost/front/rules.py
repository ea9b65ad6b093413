"""Who may play a part."""

from __future__ import annotations

from django.conf import settings

from gatepost.org.actor import Actor


def may_play(actor: Actor) -> bool:
    """Everybody in the demonstration; nobody anywhere else."""
    return bool(settings.GATEPOST_DEMO)
