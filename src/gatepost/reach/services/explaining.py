"""Where we cannot write in a family's language: an interpreter, a recorded message or a call, with one press.

It lands with a named member of staff, whoever wrote the words, and stands on their first page until they have seen to
it; after a day with everybody else who works with the family.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Disclosed
from gatepost.know.models import Adult, Child, Group
from gatepost.know.rules import adults_heard_by, children_open_to
from gatepost.org.actor import Actor
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import away_now
from gatepost.reach.models import Explain
from gatepost.reach.models.explain import How
from gatepost.reach.signals import explained

WITHIN = 2  # school days
COVER_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """What is to be explained: what it belongs to, on which page, to whom, and who wrote it."""

    of: UUID
    where: Explain.Where
    adult: Adult
    child: Child
    owner_id: UUID


@dataclass(frozen=True)
class Offer(Disclosed):
    """What a family's page offers beside words that are not in its language; or who sees to it, and by when."""

    ways: tuple[tuple[str, str], ...] = ()
    who: str = ""
    by_day: date | None = None


def asked_in(request: HttpRequest) -> str:
    """What somebody pressed on their page; blank: something else."""
    how = request.POST.get("explain", "") if request.method == "POST" else ""
    return how if how in How.values else ""


@transaction.atomic
def ask(wanted: Wanted, how: str, *, by: Actor) -> Explain:
    """Ask for it. Asked again while it waits, the last way counts; who does not hear is never put on a call list."""
    if how == How.CALL and wanted.adult.no_voice_calls:
        how = How.RECORDING
    defaults = {
        "school_id": wanted.child.school_id,
        "where": wanted.where,
        "child": wanted.child,
        "how": how,
        "owner_id": wanted.owner_id,
        "asked_at": clock.now(),
        "due_on": clock.school_days_after(clock.today(), WITHIN),
    }
    asked, new = Explain.objects.get_or_create(adult=wanted.adult, of=wanted.of, done_at=None, defaults=defaults)
    if not new and asked.how != how:
        asked.how = how
        asked.save(update_fields=["how"])
    audit.record("reach.explain_asked", asked, by=by, how=how)
    return asked


@transaction.atomic
def done(asked: Explain, *, by: Actor) -> None:
    """Somebody has explained it to them."""
    if not Explain.objects.filter(pk=asked.pk, done_at=None).update(done_at=clock.now(), done_by=by.staff_id):
        raise Refused(_("Somebody has just done this."))
    audit.record("reach.explained", asked, by=by)
    explained.send(Explain, asked=asked, by=by)


def offer(of: UUID, adult: Adult, *, lacking: bool) -> Offer | None:
    """What the page says of it; None where the words are in their language, and nobody has asked."""
    asked = Explain.objects.filter(adult=adult, of=of, done_at=None).select_related("owner").first()
    if asked:
        return Offer(who=asked.owner.name, by_day=asked.due_on)
    ways = [how for how in How if how != How.CALL or not adult.no_voice_calls]
    return Offer(tuple((how.value, str(how.label)) for how in ways)) if lacking else None


# ── who may ──────────────────────────────────────────────────────────────────────────────────────


def may_explain_any(actor: Actor) -> bool:
    """Whoever works with families."""
    return actor.is_staff and has(actor, Permission.NOTE_TALK)


def to_explain(actor: Actor) -> QuerySet[Explain]:
    """What waits: for whoever wrote it and whoever teaches the child; after a day for all who work with the family."""
    if not may_explain_any(actor):
        return Explain.objects.none()
    taught = Exists(Group.objects.filter(children=OuterRef("child"), teachers=actor.person_id))
    mine = Q(owner=actor.person_id) | Q(taught)
    late = Q(asked_at__lt=clock.now() - COVER_AFTER) | Q(owner__in=away_now())
    waits = Explain.objects.filter(mine | late, done_at=None)
    theirs = waits.filter(child__in=children_open_to(actor), adult__in=adults_heard_by(actor))
    return theirs.select_related("adult", "child", "owner")


def may_explain(actor: Actor, asked: Explain) -> bool:
    """Whether this waits for this member of staff."""
    return to_explain(actor).filter(pk=asked.pk).exists()
