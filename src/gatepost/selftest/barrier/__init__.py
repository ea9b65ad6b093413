"""Nothing that a barred adult may not know comes to them, over any channel: not a byte depends on it.

Two twins of a world are lived, alike but for what the adult may not know: the other adult's address, times, words,
notes, answers, and who opened their record. Everything that comes to the barred adult is the same in both. That the
other adult's time is taken they may see, as of any stranger's: in the other twin a stranger holds it.
"""

from __future__ import annotations

import random
from collections import Counter
from contextlib import nullcontext
from itertools import zip_longest

from django.db import transaction

from gatepost.selftest import Outcome, Wanted
from gatepost.selftest.barrier import channels, plants, steps, waiting
from gatepost.selftest.barrier import world as worlds
from gatepost.selftest.barrier.world import STORIES, Drawn, Ground, World
from gatepost.testing import build_cast, cast_scope

COUNT = 2000
MOST_STEPS = 12
SAY_EVERY = 100

type Seen = list[tuple[str, str]]


def run(wanted: Wanted) -> Outcome:
    """Live so many worlds twice. A channel over which nothing came in the whole run is a failure of its own."""
    came, problems = Counter[str](), list[str]()
    planted = plants.planted(wanted.plant) if wanted.plant else nullcontext()
    with transaction.atomic(), planted:
        cast = build_cast()
        with cast_scope(cast):
            ground = worlds.prepare(cast)
            for number in range(wanted.start, wanted.start + wanted.count):
                difference = twins(ground, draw(wanted.seed, number), came)
                if difference:
                    problems.append(f"world {number}: {difference}")
                    wanted.say(problems[-1])
                if (number + 1) % SAY_EVERY == 0:
                    wanted.say(f"{number + 1} worlds, {len(problems)} differ")
        transaction.set_rollback(True)
    empty = [channel for channel in channels.CHANNELS if not came[channel]]
    problems += [f"nothing came over: {channel}" for channel in empty]
    figures = {"from": wanted.start, "steps": came["steps"], "channels": {c: came[c] for c in channels.CHANNELS}}
    return Outcome(count=wanted.count, failures=len(problems), example="; ".join(problems[:3]), figures=figures)


def draw(seed: int, number: int) -> Drawn:
    """What the dice say of one world: any world of a run can be lived alone."""
    dice = random.Random(f"{seed}:{number}")
    names = ["plan", "invite"]
    for _ in range(dice.randint(4, MOST_STEPS) - len(names)):
        names.append(steps.drawn_name(steps.SECRET if dice.random() < 0.5 else steps.OPEN, dice))
    if dice.random() < 0.3:  # sometimes what is secret has happened before anybody was invited
        names.insert(1, steps.drawn_name(steps.SECRET, dice))
        names.pop()
    return Drawn(
        number=number,
        story=STORIES[number % len(STORIES)],
        way=dice.choice(["mail", "mail", "text", "text", "none"]),
        apart=dice.choice([0, 30]),
        one_mailbox=dice.random() < 0.15,
        conversation=dice.random() < 0.3,
        steps=tuple((name, dice.randrange(10**9)) for name in names),
    )


def twins(ground: Ground, drawn: Drawn, came: Counter[str]) -> str:
    """Live both twins. Says over which channels they differ; nothing where they do not."""
    trace: list[dict[str, bool]] = []
    secret = live(ground, drawn, trace, knows=True)
    plain = live(ground, drawn, trace, knows=False)
    came.update(channel for channel, what in secret if what)
    came["steps"] += len(drawn.steps)
    return difference(drawn, plain, secret)


def live(ground: Ground, drawn: Drawn, trace: list[dict[str, bool]], *, knows: bool) -> Seen:
    """One twin. The one that knows notes in `trace` which times look taken, and when; the other goes by it."""
    with transaction.atomic():
        world = worlds.open_world(ground, drawn)
        with world.at_a_fixed_time():
            for name, number in drawn.steps:
                if name in steps.MINE or (name not in steps.SECRETS and _can_wait(world)):
                    _same_times(world, trace, knows=knows)
                if knows or name not in steps.SECRETS:
                    _step(world, name, number)
                world.ticks += 1
            _same_times(world, trace, knows=knows)
            world.cast.deliver()
            channels.everything(world)
        transaction.set_rollback(True)
    return world.seen


def _same_times(world: World, trace: list[dict[str, bool]], *, knows: bool) -> None:
    """Before anybody looks, in the twin without the other adult's bookings strangers hold what looks taken."""
    if knows:
        trace.append(worlds.slots_closed_to_me(world))
    else:
        worlds.take_as_if_by_strangers(world, trace.pop(0))
        waiting.give_what_is_free(world)


def _can_wait(world: World) -> bool:
    """Whether what the other adult does may give me a place: then it matters in which order things happen."""
    return any(event.kind == waiting.SHARED for event in world.events)


def _step(world: World, name: str, number: int) -> None:
    with transaction.atomic():
        steps.take(world, name, number)


def difference(drawn: Drawn, plain: Seen, secret: Seen) -> str:
    """Every channel over which something else came, and the first of the differences."""
    if plain == secret:
        return ""
    told = f"{drawn.story.me}, by {drawn.way}: {' '.join(name for name, _ in drawn.steps)}"
    differ = [channel for channel in channels.CHANNELS if over(channel, plain) != over(channel, secret)]
    first = differ[-1] if differ else "order"
    pairs = list(zip_longest(over(first, plain), over(first, secret), fillvalue=""))
    without, with_it = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    at = next((i for i, (a, b) in enumerate(zip(without, with_it, strict=False)) if a != b), 0)
    return f"{', '.join(differ)}: {without[at - 40 : at + 60]!r} and {with_it[at - 40 : at + 60]!r} ({told})"


def over(channel: str, seen: Seen) -> list[str]:
    """What came over one channel."""
    return [what for name, what in seen if name == channel]


__all__ = ["COUNT", "Seen", "difference", "draw", "live", "run"]
