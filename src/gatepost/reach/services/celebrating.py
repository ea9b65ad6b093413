"""A child did something well: every adult hears of it once, each by themselves, with words to use at home."""

from __future__ import annotations

from django.db import transaction

from gatepost.core import audit, clock
from gatepost.know.models import Adult, Child
from gatepost.language.sameness import fingerprint
from gatepost.org.actor import Actor
from gatepost.reach import notices, sayings
from gatepost.reach.audience import lines_for
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Celebrated, Success
from gatepost.reach.sayings import Saying
from gatepost.reach.services.threads import write


@transaction.atomic
def praise(child: Child, words: str = "", *, said: Saying = (), by: Actor) -> int:
    """Tell every adult of a child something good, each in their own thread, and what they can say of it at home.

    Holds afterwards: the success is logged; whoever has heard of all of it today does not hear it again, whoever logs
    it; whom the gate keeps out gets nothing, and nobody else is left out. Returns how many were told.
    """
    done = [_logged(child, what, by=by) for what in sayings.successes(said) or [fingerprint(words)]]
    allowed = [line for line in lines_for(notices.praise, [child]) if line.decision.allowed]
    told = [line for line in allowed if _is_news(done, line.adult)]
    for line in told:
        write(line.adult, words, about=child, tone=Tone.GOOD, said=sayings.with_words_for_home(said), by=by)
    return len(told)


def _logged(child: Child, what: str, *, by: Actor) -> Success:
    first = {"school_id": child.school_id, "by_id": by.staff_id, "at": clock.now()}
    success, is_new = Success.objects.get_or_create(child=child, what=what, on=clock.today(), defaults=first)
    if is_new:
        audit.record("reach.success_logged", success, by=by)
    return success


def _is_news(done: list[Success], adult: Adult) -> bool:
    """Whether this adult has not heard of all of it. From now on they have; the database lets it be once."""
    rows = [
        Celebrated.objects.get_or_create(success=each, adult=adult, defaults={"school_id": each.school_id})
        for each in done
    ]
    return any(is_new for _row, is_new in rows)
