"""A made-up evening: too many families want too few times, rooms and interpreters, and some of them two at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from gatepost.core import clock, scope
from gatepost.know.models import Adult, Care, Child
from gatepost.meet.kinds import KINDS, Kind
from gatepost.meet.models import Event, Invitation, Room, Slot
from gatepost.meet.services import interpreting, preparing
from gatepost.meet.services.interpreting import Found
from gatepost.org.models import Bilingual, Person, Role, School, Staff
from gatepost.testing import Cast, build_cast, cast_scope

CLASSES, FAMILIES = 3, 10  # in each class
PLACES = 5  # of the classroom and of the series


@dataclass(frozen=True)
class World:
    """The school, and what can be pressed."""

    cast: Cast
    school: School
    invitations: tuple[Invitation, ...]
    slots: dict[UUID, tuple[Slot, ...]]  # those of each event, the most wanted first
    rooms: tuple[Room, ...]
    interpreters: tuple[Found, ...]  # two from outside, and a colleague who also hosts

    def event_ids(self) -> list[UUID]:
        """The events that everybody presses at."""
        return list(self.slots)


def make() -> World:
    """Three teachers with a few short times each, an open classroom and a series for five families, all on one evening.

    Two rooms; three who interpret, one of whom is a teacher of the same evening: each can be at one place only.

    Every third child of a class has a sister or brother in the next one, and a second parent: their adults are asked
    to come to two teachers, to the classroom and to the series at the same hours.
    """
    cast = build_cast()
    with cast_scope(cast):
        hosts = [Person.objects.create_user(f"host{n}@elm.example.org", name=f"Host {n}") for n in range(CLASSES + 1)]
        groups = [cast.kingfishers, cast.robins, cast.owls]
        children = [cast.families(FAMILIES, group) for group in groups]
        for group, host in zip(groups, hosts, strict=False):
            group.teachers.set([host])
            group.children.remove(*group.children.exclude(pk__in=[child.pk for each in children for child in each]))
        _make_siblings(children)
        day, by = clock.today() + timedelta(days=7), cast.actor_of(cast.finch)
        evening: dict[str, Any] = {"days": [day], "begins": time(16), "ends": time(17), "minutes": 10, "by": by}
        events = [
            cast.event(groups=[group], hosts=[host], **evening) for group, host in zip(groups, hosts, strict=False)
        ]
        for number, kind in enumerate((Kind.OPEN_CLASSROOM, Kind.MASTERCLASS)):
            days = [day + timedelta(days=week) for week in range(0, 7 * KINDS[kind].sessions, 7)]
            shared = evening | {"kind": kind, "days": days, "minutes": 30, "begins": time(16, 30 * number)}
            events.append(cast.event(groups=groups, hosts=[hosts[-1]], places=PLACES, **shared))
        for event in events:
            cast.invite_all(event)
        found = Invitation.objects.select_related("event", "adult", "child", "ask").order_by("pk")
        slots = {each.pk: _slots(each) for each in events}
        return World(cast, cast.school, tuple(found), slots, _rooms(cast), _interpreters(cast, hosts[0]))


def _rooms(cast: Cast) -> tuple[Room, ...]:
    by = cast.actor_of(cast.finch)
    return tuple(
        preparing.add_room({"name": name, "features": [], "seats": 6}, school_id=cast.school.pk, by=by)
        for name in ("Library", "Quiet room")
    )


def _interpreters(cast: Cast, teacher: Person) -> tuple[Found, ...]:
    by, typed = cast.actor_of(cast.finch), {"languages": ["so"], "qualified": True, "phone": "0113 496 0002"}
    outside = [interpreting.add(typed | {"name": name}, school_id=cast.school.pk, by=by) for name in ("Sagal", "Yusra")]
    Staff.objects.create(school=cast.school, person=teacher, role=Role.TEACHER, from_on=clock.today())
    asked = {"language": "so", "asked_by": cast.bell, "since": clock.now()}
    Bilingual.objects.create(school=cast.school, person=teacher, **asked)
    return (*(Found(interpreter=each) for each in outside), Found(person=teacher))


def _make_siblings(children: list[list[Child]]) -> None:
    """Some parents have a child in two classes; some children have two parents."""
    for number, mine in enumerate(children):
        for child, sister in list(zip(mine, children[(number + 1) % CLASSES], strict=True))[::3]:
            care = Care.objects.get(child=child, rank=1)
            adult = Adult.objects.create(organisation_id=care.adult.organisation_id, name="Second", language="en")
            _care(care, care.adult, sister, rank=2)
            _care(care, adult, child, rank=3)


def _care(like: Care, adult: Adult, child: Child, rank: int) -> None:
    Care.objects.create(
        school_id=like.school_id,
        adult=adult,
        child=child,
        relationship=like.relationship,
        standing=like.standing,
        responsibility=like.responsibility,
        lives_with=like.lives_with,
        rank=rank,
        from_source=True,
    )


def _slots(event: Event) -> tuple[Slot, ...]:
    return tuple(Slot.objects.filter(event=event).select_related("host", "event").order_by("starts_at"))


@contextmanager
def at(world: World) -> Iterator[None]:
    """Work with the rows of its school."""
    with scope.only([world.school.pk], organisation=world.school.organisation_id):
        yield
