"""Tampering with the audit trail: every change, removal, addition, reordering, move and cut is found.

Two schools write a trail each through the product's own service. Then each try takes the lines into its hands, as
somebody could who rules over the database but has not the key, and tampers with them once. What must find it is what
`gatepost audit verify` runs: the chain, and a head from before, which is all that shows a cut. Before that, the
database itself is asked to change a line: it must refuse.
"""

from __future__ import annotations

import copy
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection, transaction

from gatepost.core import audit, scope
from gatepost.core.models import AuditEvent
from gatepost.core.trail import Head, first_bad_of, head_of
from gatepost.org.models import Organisation, School
from gatepost.selftest import Outcome, Wanted

COUNT = 1000
LINES = 60  # in each chain
VERBS = ["meet.booked", "agree.shared", "core.read", "know.settled"]

type Chains = dict[uuid.UUID, list[AuditEvent]]


@dataclass(frozen=True)
class World:
    """Two chains, and their heads as they were carried out of the house."""

    chains: Chains
    heads: dict[uuid.UUID, Head]


def run(wanted: Wanted) -> Outcome:
    """Tamper so many times, each time with fresh chains."""
    world = _world(random.Random(wanted.seed))
    missed, example, figures = 0, "", dict.fromkeys(TAMPERINGS, 0)
    wrong = _allowed_by_the_database() + (["a whole trail was doubted"] if found(world) else [])
    for number in range(wanted.start, wanted.start + wanted.count):
        dice = random.Random(f"{wanted.seed}/{number}")
        name = dice.choice(list(TAMPERINGS))
        hands = World(copy.deepcopy(world.chains), world.heads)
        TAMPERINGS[name](hands, dice)
        figures[name] += 1
        if wanted.plant == "blind" or not found(hands):
            missed += 1
            example = example or f"number {number}: {name}"
    return Outcome(
        count=wanted.count,
        failures=missed + len(wrong),
        example=example or "; ".join(wrong),
        figures={"tamperings": figures, "lines": 2 * LINES},
    )


def found(world: World) -> bool:
    """Whether the check of both chains and their heads says that something is wrong."""
    for school, lines in world.chains.items():
        in_order = sorted(lines, key=lambda line: line.number)
        if first_bad_of(in_order, school) is not None:
            return True
        head = world.heads[school]
        if not any(line.number == head.number and line.digest == head.digest for line in in_order):
            return True
    return False


def _world(dice: random.Random) -> World:
    organisation = Organisation.objects.create(name="Made up")
    schools = [School.objects.create(organisation=organisation, name=name) for name in ("Elm", "Oak")]
    with scope.only([school.pk for school in schools], organisation=organisation.pk):
        for school in schools:
            audit.record_all(dice.choice(VERBS), [(school, {"n": n}) for n in range(LINES)], by=None)
        chains = {
            school.pk: list(AuditEvent.objects.filter(school_id=school.pk).order_by("number")) for school in schools
        }
    return World(chains, {school.pk: head_of(school.pk) for school in schools})


def _allowed_by_the_database() -> list[str]:
    """What the database let happen that it must refuse."""
    deeds = ["UPDATE core_auditevent SET verb = 'x'", "DELETE FROM core_auditevent"]
    return [deed for deed in deeds if _can(deed)]


def _can(deed: str) -> bool:
    try:
        with (
            scope.only(School.objects.values_list("pk", flat=True)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)
    except DatabaseError:
        return False
    return True


# ── what somebody could do to the lines ──────────────────────────────────────────────────────────


def _some(world: World, dice: random.Random) -> tuple[uuid.UUID, list[AuditEvent]]:
    school = dice.choice(list(world.chains))
    return school, world.chains[school]


def _change(world: World, dice: random.Random) -> None:
    """One column of one line."""
    line = dice.choice(_some(world, dice)[1])
    name = dice.choice([*_OTHER, "digest", "previous"])
    if name in _OTHER:
        setattr(line, name, _OTHER[name](line))
    else:
        at, old = dice.randrange(64), getattr(line, name)
        setattr(line, name, old[:at] + ("0" if old[at] != "0" else "1") + old[at + 1 :])


_OTHER: dict[str, Callable[[AuditEvent], object]] = {
    "verb": lambda line: line.verb + "x",
    "thing": lambda line: "know.Child",
    "thing_id": lambda line: uuid.uuid4(),
    "about": lambda line: uuid.uuid4(),
    "by_person": lambda line: uuid.uuid4(),
    "by_adult": lambda line: uuid.uuid4(),
    "at": lambda line: line.at + timedelta(microseconds=1),
    "details": lambda line: {**line.details, "n": -1},
    "number": lambda line: line.number + LINES,
    "key": lambda line: line.key + 1,
}


def _delete(world: World, dice: random.Random) -> None:
    """A line from the middle, and its followers numbered on or not."""
    lines = _some(world, dice)[1]
    at = dice.randrange(len(lines) - 1)
    del lines[at]
    if dice.random() < 0.5:
        for line in lines[at:]:
            line.number -= 1


def _reorder(world: World, dice: random.Random) -> None:
    """Two lines change places."""
    one, other = dice.sample(_some(world, dice)[1], 2)
    one.number, other.number = other.number, one.number


def _truncate(world: World, dice: random.Random) -> None:
    """The end of a chain goes: some lines, or all of them."""
    lines = _some(world, dice)[1]
    del lines[dice.randrange(len(lines)) :]


def _move(world: World, dice: random.Random) -> None:
    """A line goes to another school, in the place of one there or at the end."""
    school, lines = _some(world, dice)
    there = next(other for other in world.chains if other != school)
    line = lines.pop(dice.randrange(len(lines)))
    line.school_id = there
    if dice.random() < 0.5:
        line.number = len(world.chains[there]) + 1
    world.chains[there].append(line)


def _swap_digests(world: World, dice: random.Random) -> None:
    """Two lines exchange their digests."""
    one, other = dice.sample(_some(world, dice)[1], 2)
    one.digest, other.digest = other.digest, one.digest


def _swap_words(world: World, dice: random.Random) -> None:
    """Two lines exchange what they say, and keep number and digest."""
    one, other = dice.sample(_some(world, dice)[1], 2)
    one.details, other.details = other.details, one.details


def _forge(world: World, dice: random.Random) -> None:
    """One more line at the end, with a digest from somebody who has not the key."""
    school, lines = _some(world, dice)
    last = lines[-1]
    lines.append(
        AuditEvent(
            school_id=school,
            number=last.number + 1,
            at=last.at,
            verb="know.settled",
            thing="know.Child",
            key=last.key,
            previous=last.digest,
            digest=f"{dice.getrandbits(256):064x}",
        )
    )


def _replay(world: World, dice: random.Random) -> None:
    """An old line once more, at the end."""
    lines = _some(world, dice)[1]
    again = copy.deepcopy(dice.choice(lines))
    again.number = len(lines) + 1
    lines.append(again)


TAMPERINGS: dict[str, Callable[[World, random.Random], None]] = {
    "change": _change,
    "delete": _delete,
    "reorder": _reorder,
    "truncate": _truncate,
    "move": _move,
    "swap_digests": _swap_digests,
    "swap_words": _swap_words,
    "forge": _forge,
    "replay": _replay,
}
