"""Two records that are one adult: a person says so, sees first what moves, and can take it back.

Nothing here guesses. Rows move from the one who goes to the one who is kept; what both have stays where it is, and is
not used any more. It lives in `front`, because bookings, links and letters move too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from gatepost.core import audit, clock, scope
from gatepost.core.errors import Refused
from gatepost.disclosure import Standing, Tri
from gatepost.know.models import FACTS, Adult, AdultMerge, Care, ContactPoint, HouseholdMember, Order, SpeaksFirst
from gatepost.know.queries import apart_from
from gatepost.know.services import history
from gatepost.meet.models import Booking, Invitation
from gatepost.org.actor import Actor
from gatepost.org.models import School

STAYS = {"merges", "merged_from", "merged_into", "gone", "kept", "by_adult"}  # about the record, not the person
FILLED = ("language", "script", "interpreter", "channel_order", "times", "together", "person_id", "speaks_first")
EMPTY: dict[str, Any] = {"channel_order": [], "times": [], "person_id": None, "speaks_first": SpeaksFirst.NO_WISH}


@dataclass
class Plan:
    """What would move, what both have, and why it may not be."""

    kept: Adult
    gone: Adult
    moves: dict[tuple[type[models.Model], str], list[UUID]] = field(default_factory=dict)
    stays: dict[type[models.Model], list[UUID]] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[tuple[str, int]]:
        """What moves, in words, with how many."""
        found: Counter[str] = Counter()
        for (model, _field), ids in self.moves.items():
            found[str(NAMES.get(model._meta.label, model._meta.verbose_name))] += len(ids)
        return sorted((words, number) for words, number in found.items() if number)

    @property
    def both(self) -> list[tuple[str, int]]:
        """What both have, in words, with how many."""
        return sorted(
            (str(NAMES.get(model._meta.label, model._meta.verbose_name)), len(ids))
            for model, ids in self.stays.items()
            if ids
        )


NAMES: dict[str, Any] = {
    "know.Care": _lazy("Children"),
    "know.ContactPoint": _lazy("Telephones and mailboxes"),
    "know.Order": _lazy("Orders"),
    "know.Facet": _lazy("Things said of themselves"),
    "know.AdultLanguage": _lazy("Languages"),
    "know.AccessNeed": _lazy("Access needs"),
    "know.Barrier": _lazy("Barriers"),
    "know.Strength": _lazy("Strengths"),
    "know.HouseholdMember": _lazy("Households"),
    "know.AdultChange": _lazy("Lines of history"),
    "reach.Notice": _lazy("Letters and messages"),
    "reach.FamilyLink": _lazy("Links"),
    "reach.Ask": _lazy("Questions"),
    "reach.Touch": _lazy("Contacts"),
    "meet.Invitation": _lazy("Invitations, with their bookings"),
    "agree.Record": _lazy("Talks written down"),
}
"""Rows in words that the office knows."""


def plan(kept: Adult, gone: Adult) -> Plan:
    """What merging these two would do; it changes nothing."""
    with _whole_organisation(kept):
        made = Plan(kept, gone)
        for model, name in _relations():
            _sort(made, model, name)
        _keep_together(made)
        made.refusals, made.doubts = list(_refusals(made)), list(_doubts(made))
        return made


@transaction.atomic
def merge(kept: Adult, gone: Adult, *, by: Actor) -> AdultMerge:
    """Make two records one adult.

    Holds afterwards: everything that pointed at the one who goes points at the one who is kept, save what both had,
    which is ended; the row of the one who goes stays, so that a feed that still names it finds the one who is kept;
    `undo` takes all of it back.
    """
    with _whole_organisation(kept):
        made = plan(kept, gone)
        if made.refusals:
            raise Refused(" ".join(made.refusals))
        changed: list[dict[str, Any]] = []
        _end_doubles(made, changed)
        for (model, name), ids in made.moves.items():
            model._default_manager.filter(pk__in=ids).update(**{name: kept})
        _fill(kept, gone, changed)
        history.note(kept, {"merged": ("", gone.name)}, of=kept, by=by)
        done = AdultMerge.objects.create(
            organisation_id=kept.organisation_id,
            kept=kept,
            gone=gone,
            merged_by_id=by.staff_id,
            merged_at=clock.now(),
            moved={_label(model, name): _texts(ids) for (model, name), ids in made.moves.items() if ids},
            had={_label(*pair): _texts(_pointing(*pair, kept)) for pair in _relations()},
            changed=changed,
        )
        audit.record("know.adults_merged", done, by=by)
        return done


def may_be_undone(done: AdultMerge) -> bool:
    """Whether nothing was added to the one who was kept since."""
    if done.undone_at is not None:
        return False
    with _whole_organisation(done.kept):
        return all(
            {str(pk) for pk in _pointing(model, name, done.kept)} <= set(done.had.get(_label(model, name), []))
            for model, name in _relations()
        )


@transaction.atomic
def undo(done: AdultMerge, *, by: Actor) -> None:
    """Take a merge back, as long as nothing was added since.

    Holds afterwards: both records point at what they pointed at before, and hold what they held.
    """
    with _whole_organisation(done.kept):
        done = AdultMerge.objects.select_for_update().get(pk=done.pk)
        if not may_be_undone(done):
            raise Refused(_("Something was added since. Please move it by hand."))
        for model, name in _relations():
            ids = done.moved.get(_label(model, name), [])
            model._default_manager.filter(pk__in=ids).update(**{name: done.gone})
        for each in reversed(done.changed):
            model = _MODELS[each["model"]]
            value = each["old"]
            if value and each["field"].endswith(("_on", "_from", "_until")):
                value = date.fromisoformat(value)
            model._default_manager.filter(pk=each["id"]).update(**{each["field"]: value})
        done.undone_at, done.undone_by_id = clock.now(), by.staff_id
        done.save()
        history.note(done.kept, {"merged": (done.gone.name, "")}, of=done.kept, by=by)
        audit.record("know.merge_undone", done, by=by)


_MODELS: dict[str, type[models.Model]] = {
    model._meta.label: model for model in (Adult, Care, ContactPoint, HouseholdMember)
}


# ── what points at an adult ──────────────────────────────────────────────────────────────────────


@contextmanager
def _whole_organisation(adult: Adult) -> Iterator[None]:
    """An adult belongs to the organisation: what its other schools hold of them moves too, or nothing does."""
    schools = School.objects.filter(organisation=adult.organisation_id).values_list("pk", flat=True)
    with scope.only(schools, organisation=adult.organisation_id):
        yield


def _relations() -> list[tuple[type[models.Model], str]]:
    """Every column of the product that points at an adult, save those about the record itself."""
    found = [
        (each.related_model, each.field.name)
        for each in Adult._meta.get_fields(include_hidden=True)
        if isinstance(each, models.ManyToOneRel) and each.field.name not in STAYS
    ]
    return sorted(found, key=lambda pair: _label(*pair))


def _label(model: type[models.Model], name: str) -> str:
    return f"{model._meta.label}.{name}"


def _pointing(model: type[models.Model], name: str, adult: Adult) -> list[UUID]:
    return list(model._default_manager.filter(**{name: adult}).values_list("pk", flat=True))


def _texts(ids: Iterable[UUID]) -> list[str]:
    return sorted(map(str, ids))


def _sort(made: Plan, model: type[models.Model], name: str) -> None:
    """What of one relation moves, and what would stand there twice."""
    ids = _pointing(model, name, made.gone)
    doubles: set[UUID] = set()
    for constraint in model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or name not in constraint.fields:
            continue
        rest = [each for each in constraint.fields if each != name]
        theirs = model._default_manager.filter(**{name: made.kept}).order_by().values_list(*rest)
        ours = model._default_manager.filter(**{name: made.gone}).order_by().values_list("pk", *rest)
        there = set(theirs)
        doubles |= {pk for pk, *values in ours if tuple(values) in there}
    made.moves[model, name] = [pk for pk in ids if pk not in doubles]
    made.stays[model] = [*made.stays.get(model, []), *doubles]


def _keep_together(made: Plan) -> None:
    """What belongs to a row that stays, stays with it: its question, its letters, its link."""
    stayed = {pk for ids in made.stays.values() for pk in ids}
    asked = set(Invitation.objects.filter(pk__in=made.stays.get(Invitation, [])).values_list("ask", flat=True))
    for (model, name), ids in made.moves.items():
        left = set(asked) & set(ids)
        if any(each.name == "subject" for each in model._meta.get_fields()):
            left |= set(model._default_manager.filter(pk__in=ids, subject__in=stayed).values_list("pk", flat=True))
        if left:
            made.moves[model, name] = [pk for pk in ids if pk not in left]


# ── why not ──────────────────────────────────────────────────────────────────────────────────────


def _refusals(made: Plan) -> Iterator[str]:
    kept, gone = made.kept, made.gone
    if kept.pk == gone.pk or kept.merged_into_id or gone.merged_into_id or kept.organisation_id != gone.organisation_id:
        yield _("These are not two records any more.")
        return
    if kept.person_id and gone.person_id:
        yield _("Two different people sign in as these adults.")
    orders = Order.objects.filter(adult__in=[kept, gone])
    children = Counter(child for _adult, child in set(orders.values_list("adult", "child")))
    if max(children.values(), default=0) > 1:
        yield _("Both are under an order about the same child. The safeguarding lead has to look first.")
    if gone.pk in apart_from(kept):
        yield _("The records keep these two apart, so they are not one person. Settle what they are first.")
    yield from _differences(made)
    booked = Booking.objects.filter(
        invitation__in=made.stays.get(Invitation, []), status=Booking.Status.BOOKED, slot__starts_at__gt=clock.now()
    )
    for booking in booked.select_related("slot__event"):
        yield _("Both are invited to “%(event)s”, and %(name)s has booked. Give that booking back first.") % {
            "event": booking.slot.event.title,
            "name": gone.name,
        }


def _differences(made: Plan) -> Iterator[str]:
    for mine, theirs in _double_cares(made):
        if any(
            UNSAID[name] not in (getattr(mine, name), getattr(theirs, name))
            and getattr(mine, name) != getattr(theirs, name)
            for name in UNSAID
        ):
            yield _("They are written down differently for %(child)s. Settle one of the two first.") % {
                "child": mine.child.called
            }


def _doubts(made: Plan) -> Iterator[str]:
    """Words that a person should read before they say yes."""
    for mine, theirs in _double_cares(made):
        words = mine.relationship, theirs.relationship
        if all(words) and words[0].casefold() != words[1].casefold():
            yield _("For %(child)s one is written down as “%(one)s”, the other as “%(other)s”.") % {
                "child": mine.child.called,
                "one": words[0],
                "other": words[1],
            }


UNSAID = {"standing": Standing.UNKNOWN.value, **dict.fromkeys(FACTS, Tri.UNKNOWN.value)}


def _double_cares(made: Plan) -> Iterator[tuple[Care, Care]]:
    """Bonds of both to one child: (of the one who is kept, of the one who goes)."""
    double = list(Care.objects.filter(pk__in=made.stays.get(Care, [])))
    mine = {care.child_id: care for care in Care.objects.filter(adult=made.kept).select_related("child")}
    for theirs in double:
        yield mine[theirs.child_id], theirs


# ── what both have ───────────────────────────────────────────────────────────────────────────────


def _end_doubles(made: Plan, changed: list[dict[str, Any]]) -> None:
    today = clock.today()
    for mine, theirs in _double_cares(made):
        if mine.ended_on and not theirs.ended_on:
            _set(mine, "ended_on", None, changed)
        for name, unsaid in UNSAID.items():
            if getattr(mine, name) == unsaid and getattr(theirs, name) != unsaid:
                also = () if name == "standing" else (f"{name}_from", f"{name}_until")
                for each in (name, *also):
                    _set(mine, each, getattr(theirs, each), changed)
        _set(mine, "responsibility_basis", mine.responsibility_basis or theirs.responsibility_basis, changed)
        _set(mine, "held", mine.held or theirs.held, changed)
        _set(mine, "from_source", mine.from_source and theirs.from_source, changed)
        if theirs.ended_on is None:
            _set(theirs, "ended_on", today, changed)
    for point in ContactPoint.objects.filter(pk__in=made.stays.get(ContactPoint, []), ended_on=None):
        _set(point, "ended_on", today, changed)
    for member in HouseholdMember.objects.filter(pk__in=made.stays.get(HouseholdMember, []), until_on=None):
        if not member.from_on or member.from_on <= today:
            _set(member, "until_on", today, changed)
    _share_anew(made, changed)


def _share_anew(made: Plan, changed: list[dict[str, Any]]) -> None:
    """A number that only these two shared is now one person's own."""
    ours = {made.kept.pk, made.gone.pk}
    for point in ContactPoint.objects.filter(adult__in=ours, shared=True, by_hand=False, ended_on=None):
        same = ContactPoint.objects.filter(channel=point.channel, value__iexact=point.value)
        if not same.exclude(adult__in=ours).exists():
            _set(point, "shared", False, changed)


def _fill(kept: Adult, gone: Adult, changed: list[dict[str, Any]]) -> None:
    """What nobody has said of the one who is kept, and somebody of the other."""
    _set(kept, "no_voice_calls", kept.no_voice_calls or gone.no_voice_calls, changed)
    for name in FILLED:
        empty = EMPTY.get(name, "")
        value = getattr(gone, name)
        if getattr(kept, name) == empty and value != empty:
            if name == "person_id":
                _set(gone, name, None, changed)
                value = UUID(changed[-1]["old"])
            _set(kept, name, value, changed)
    _set(gone, "merged_into_id", kept.pk, changed)


def _set(row: models.Model, name: str, value: Any, changed: list[dict[str, Any]]) -> None:
    """Set one column, and keep what it was."""
    before = getattr(row, name)
    if before == value:
        return
    setattr(row, name, value)
    row.save()
    kept = before if before is None or isinstance(before, (bool, list, str)) else str(before)
    changed.append({"model": row._meta.label, "id": str(row.pk), "field": name, "old": kept})
