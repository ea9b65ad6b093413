"""Has engines draft what waits. A draft of which little hangs goes on its way, marked as one; all else is only offered.

Nothing is locked and no transaction is open while an engine thinks. What an engine cannot do waits for a person, or
leaves as it was typed.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count, QuerySet

from gatepost.core import audit, clock
from gatepost.language import engines
from gatepost.language.guessing import UNKNOWN
from gatepost.org.models import School
from gatepost.reach.models import Translation
from gatepost.reach.services import reviewing

AT_A_TIME = 20


def due() -> QuerySet[Translation]:
    """What no engine has been asked for yet. None, where no engine is set up."""
    if not engines.engines():
        return Translation.objects.none()
    waits = Translation.objects.filter(state=Translation.State.ASKED, tried_at=None).exclude(source=UNKNOWN)
    return waits.select_related("adult", "child", "school").order_by("asked_at", "id")


def draft_due(school: School) -> int:
    """Ask the engine for what is due at one school. Returns how many drafts were taken."""
    return sum(_draft(row, school) for row in due()[:AT_A_TIME])


def _draft(row: Translation, school: School) -> bool:
    names = {school.name}
    if row.child:
        names |= {row.child.name, row.child.called, *row.child.name.split()}
    if row.adult:
        names |= {row.adult.name, *row.adult.name.split()}
    try:
        made = engines.draft(row.original, row.source.partition("-")[0], row.target, names)
    except engines.EngineFailed as failed:
        _keep(row, problem=str(failed)[:200])
        return False
    return _keep(row, state=Translation.State.PROPOSED, words=made.words, engine=made.engine[:80])


@transaction.atomic
def _keep(row: Translation, **found: str) -> bool:
    """Write down what came, unless a person was faster; what waited for it goes on."""
    waiting = Translation.objects.filter(pk=row.pk, state=Translation.State.ASKED, tried_at=None)
    if not waiting.update(tried_at=clock.now(), **found):
        return False
    row.refresh_from_db()
    audit.record("reach.translation_drafted", row, by=None, engine=row.engine, problem=row.problem)
    if row.state == Translation.State.PROPOSED:
        reviewing.arrived(row, by=None)
    elif row.stakes == Translation.Stakes.LOW:
        reviewing.let_go(row, by=None)
    return row.state == Translation.State.PROPOSED


def marks() -> list[dict[str, object]]:
    """How much people changed of what each engine had drafted, language by language: a mark for the engine."""
    rows = Translation.objects.exclude(change="").order_by().values("engine", "target", "change")
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows.annotate(number=Count("pk")):
        counted.setdefault((row["engine"], row["target"]), {})[row["change"]] = row["number"]
    return [
        {"engine": engine, "target": target, "all": sum(said.values()), **{name: said.get(name, 0) for name in CHANGES}}
        for (engine, target), said in sorted(counted.items())
    ]


CHANGES = tuple(Translation.Change.values)
