"""No parent is left out without a rule: two with the same rights get the same, whichever of them lives with the child.

A world is drawn and lived twice. In the second one the two have changed places: each does what the other did. What
came to one then is what came to the other before, but for names and addresses. And whatever the school tells of its
own accord, it has told both of them, in the same words, at the end of any world.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from django.db import transaction

from gatepost.know.models import Adult
from gatepost.reach.models import Notice
from gatepost.selftest import Outcome, Wanted
from gatepost.selftest.barrier import channels, steps, writing
from gatepost.selftest.barrier import world as worlds
from gatepost.selftest.barrier.world import Drawn, Ground, Story, World
from gatepost.testing import build_cast, cast_scope

COUNT = 500
MOST_STEPS = 12
BOTH = (Story("mark", "jo", "ella"), Story("jo", "mark", "ella"))
OF_ITS_OWN_ACCORD = {"meet.invitation"}
"""What is told to every adult alike. Everything else answers what one of them did."""

DONE = [
    steps.plan, steps.invite, steps.send, steps.stranger_books, steps.i_book, steps.i_give_back, steps.i_decline,
    steps.i_answer, steps.my_talk, steps.my_promise, steps.other_books, steps.other_gives_back, steps.other_declines,
    steps.other_talk, steps.other_promise, steps.other_answers, writing.other_was_spoken_to,
]  # fmt: skip


def run(wanted: Wanted) -> Outcome:
    """Live so many worlds with the two in either place."""
    problems, came = list[str](), Counter[str]()
    with transaction.atomic():
        cast = build_cast()
        with cast_scope(cast):
            ground = worlds.prepare(cast)
            ground.classes["jo"] = ground.classes["mark"]
            for number in range(wanted.start, wanted.start + wanted.count):
                problem = _both_ways(ground, draw(wanted.seed, number), came)
                if problem:
                    problems.append(f"world {number}: {problem}")
                    wanted.say(problems[-1])
        transaction.set_rollback(True)
    figures = {"from": wanted.start, "told alike": came["told alike"], "came": came["came"]}
    return Outcome(count=wanted.count, failures=len(problems), example="; ".join(problems[:3]), figures=figures)


def draw(seed: int, number: int) -> Drawn:
    """What the dice say of one world."""
    dice = random.Random(f"fair {seed}:{number}")
    names = ["plan", "invite"]
    names += [dice.choice(DONE).__name__ for _ in range(dice.randint(4, MOST_STEPS) - len(names))]
    return Drawn(
        number=number,
        story=BOTH[0],
        way="mail",
        apart=dice.choice([0, 30]),
        one_mailbox=False,
        conversation=dice.random() < 0.3,
        steps=tuple((name, dice.randrange(10**9)) for name in names),
    )


def _both_ways(ground: Ground, drawn: Drawn, came: Counter[str]) -> str:
    lived = [_live(ground, replace(drawn, story=story)) for story in BOTH]
    (mark, told), (jo, told_then) = lived
    came["came"] += len(mark)
    came["told alike"] += len(told)
    done = " ".join(name for name, _ in drawn.steps)
    if told[0] != told[1] or told_then[0] != told_then[1]:
        return f"one was told {told[0]}, the other {told[1]}: {done}"
    for one, other in zip(_alike(mark), _alike(jo), strict=False):
        if one != other:
            return f"{one!r} came to Mark and {other!r} to Jo: {done}"
    return "" if len(mark) == len(jo) else f"{len(mark)} things came to Mark, {len(jo)} to Jo: {done}"


def _live(ground: Ground, drawn: Drawn) -> tuple[list[tuple[str, str]], list[list[str]]]:
    with transaction.atomic():
        world = worlds.open_world(ground, drawn)
        with world.at_a_fixed_time():
            for name, number in drawn.steps:
                with transaction.atomic():
                    steps.take(world, name, number)
                world.ticks += 1
            world.cast.deliver()
            told = [_told(world, world.me), _told(world, world.other)]
            channels.everything(world)
        transaction.set_rollback(True)
    return world.seen, told


def _told(world: World, adult: Adult) -> list[str]:
    """What the school told this adult of its own accord, and where each of it stands."""
    notices = Notice.objects.filter(adult=adult, kind__in=OF_ITS_OWN_ACCORD).order_by("created_at", "kind")
    return [f"{notice.kind} {notice.state} {notice.rule} {sorted(notice.params.items())}" for notice in notices]


def _alike(seen: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What came, without names and addresses; sizes depend on them."""
    return [
        (
            channel,
            what.replace("mark.pell", "x").replace("jo.pell", "x").replace("Mark Pell", "X").replace("Jo Pell", "X"),
        )
        for channel, what in seen
        if channel != "sizes"
    ]
