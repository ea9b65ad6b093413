"""Each template is planned in under a minute: reckoned from its own form, by the keystroke-level model.

S. K. Card, T. P. Moran, A. Newell: The keystroke-level model for user performance time with interactive systems.
Communications of the ACM 23(7), 1980, pp. 396–410. Its seconds, for somebody who types 40 words a minute.
"""

from __future__ import annotations

from pathlib import Path

from django.forms import Field

from gatepost.meet.forms.planning import PlanForm
from gatepost.meet.kinds import KINDS, Kind
from gatepost.testing import Cast

KEY, POINT, CLICK, HAND, THINK = 0.28, 1.1, 0.2, 0.4, 1.35
PRESS = THINK + POINT + CLICK
TYPED = {"DateField": 8, "TimeField": 4, "CharField": 20}  # signs of what nothing is filled in for
OWN = {"begins", "ends"}  # filled in, and nearly never right
DOCS = Path(__file__).parents[4] / "docs/how-to/plan-any-meeting.md"


def to_fill(kind: Kind, cast: Cast) -> list[Field]:
    """What Mrs Finch has to type or tick of this template: what it asks for and has not filled in."""
    form = PlanForm(actor=cast.actor_of(cast.finch), kind=kind)
    asked = {name: field for name, field in form.fields.items() if field.required}
    return [field for name, field in asked.items() if name in OWN or not form.get_initial_for_field(field, name)]


def seconds(fields: list[Field]) -> float:
    """From the page of all meetings to the times: two presses to get there, each field, and one press."""
    typed = [TYPED[type(field).__name__] for field in fields if type(field).__name__ in TYPED]
    return (3 + len(fields)) * PRESS + sum(2 * HAND + signs * KEY for signs in typed)


def test_every_template_is_planned_in_under_a_minute(cast: Cast) -> None:
    docs = DOCS.read_text()
    for kind in KINDS:
        fields = to_fill(kind, cast)
        assert seconds(fields) < 60, kind
        assert f"| {kind.label} | {len(fields)} | {round(seconds(fields))} |" in docs
