"""Says on every page from which staff write to families that nothing leaves the school at present."""

from __future__ import annotations

from typing import Any

from django import template

from gatepost.reach.services.freezing import frozen

register = template.Library()


@register.inclusion_tag("reach/staff/stopped.html")
def stopped(may_let_go: bool = False) -> dict[str, Any]:
    """Who has stopped all messages; nothing at all while they go out. `may_let_go`: whoever looks may let them go."""
    held = frozen()
    return {"stopped_by": held.begun_by.name if held else "", "may_let_go": may_let_go}
