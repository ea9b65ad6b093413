"""How plainly a record is written, for whoever writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gatepost.agree.models import Record
from gatepost.language.plain import Findings, look_over

WRITTEN_BY_STAFF = (
    "summary_plain",
    "strengths",
    "works_at_home",
    "priorities",
    "contact_between",
    "no_next_because",
)
"""What a family reads and staff have worded. What the family said stands in its own words, and is not judged."""


@dataclass(frozen=True)
class LookedOver:
    """One text of a record, and what was found in it."""

    label: str
    findings: Findings


def look_over_words(record: Record, words: Mapping[str, Any]) -> dict[str, Findings]:
    """What was found in each of these texts that staff have worded, by its name; nothing where there is nothing."""
    names = (record.child.name, record.adult.name, record.teacher.name)
    found = {name: look_over(str(words.get(name) or ""), names) for name in WRITTEN_BY_STAFF if name in words}
    return {name: findings for name, findings in found.items() if findings}


def look_over_record(record: Record, labels: Mapping[str, Any]) -> list[LookedOver]:
    """All that was found in what a family would read of this record now, the hardest first."""
    names = (record.child.name, record.adult.name, record.teacher.name)
    words = look_over_words(record, {name: getattr(record, name) for name in WRITTEN_BY_STAFF})
    found = [LookedOver(str(labels[name]), findings) for name, findings in words.items()]
    for action in record.actions.all():
        texts = [text for text in (action.text, action.because) if text]
        found += [LookedOver(_("Promise"), look_over(text, names)) for text in texts]
    found += [
        LookedOver(_("Target"), look_over(f"{each.text}. {each.measure}", names)) for each in record.targets.all()
    ]
    return sorted((each for each in found if each.findings), key=lambda each: -(each.findings.age or 0))


def hardest(record: Record) -> float | None:
    """The highest reading age in what a family would read, where it is so high that somebody has to answer for it."""
    looked = look_over_record(record, dict.fromkeys(WRITTEN_BY_STAFF, ""))
    return looked[0].findings.age if looked and looked[0].findings.stops else None
