"""Which parents have had a letter of praise about themselves this term, and who has had none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from gatepost.know.rules import adults_open_to, children_open_to
from gatepost.language.dates import LONDON
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach.audience import Line, lines_for
from gatepost.reach.models import Notice
from gatepost.reach.services.budgets import term_began


@dataclass(frozen=True)
class PraiseOfParents:
    """Of the adults whom one works with and may write to: those without a letter this term, and how many there are."""

    without: tuple[Line, ...]
    number: int

    @property
    def praised(self) -> int:
        """How many have had one."""
        return self.number - len(self.without)


def praise_of_parents(actor: Actor) -> PraiseOfParents:
    """Adults, not children: a letter to a mother is none to the father. Whom the gate keeps out is not here."""
    since = datetime.combine(term_began(), time.min, LONDON)
    letters = Notice.objects.filter(kind=notices.praise_letter.name, created_at__gte=since).order_by()
    had = set(letters.exclude(state__in=[Notice.State.BARRED, Notice.State.RECALLED]).values_list("adult", flat=True))
    mine = set(adults_open_to(actor).values_list("pk", flat=True))
    lines = lines_for(notices.praise_letter, children_open_to(actor))
    open_to = [line for line in lines if line.decision.allowed and line.adult.pk in mine]
    return PraiseOfParents(tuple(line for line in open_to if line.adult.pk not in had), len(open_to))
