"""Nobody opens what is not theirs: every address × every role × whose thing it is × every method.

Addresses come from the URL configuration, what should happen from `policy.txt`, which people wrote. After each request
that may change nothing, nothing has changed; what is not there and what is not yours to know of look the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from unittest import mock

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from gatepost.selftest import Outcome, Wanted
from gatepost.selftest.matrix import cells as grid
from gatepost.selftest.matrix.cells import Cell, Player
from gatepost.selftest.matrix.people import WHO
from gatepost.selftest.matrix.policy import CLASSES, FILE, Policy, read
from gatepost.selftest.matrix.school import World, build
from gatepost.selftest.matrix.typed import QUIET
from gatepost.selftest.watch import Watch
from gatepost.testing import build_cast

COUNT = 10_000_000  # all of them
MAY_FOLLOW_A_CODE = {"reach_linkcode", "reach_notice", "reach_delivery", "reach_draft"}


def run(wanted: Wanted) -> Outcome:
    """Try every cell, or as many as were asked for, drawn by seed so that every address is among them."""
    policy = read()
    everything = grid.every_cell(policy)
    tried = drawn(everything, wanted)[wanted.start :]
    with transaction.atomic(), mock.patch("gatepost.core.clock.now", partial(_same, timezone.now())):
        found = [f"{name} is served and does not stand in {FILE.name}" for name in forgotten(policy)]
        found += wrong(policy, tried, Player(build(build_cast())), wanted)
        transaction.set_rollback(True)
    figures = {"cells": len(tried), "of": len(everything), "addresses": len(policy.routes), "roles": len(WHO)}
    return Outcome(count=len(tried), failures=len(found), example="; ".join(found[:5]), figures=figures)


def _same(moment: datetime) -> datetime:
    """The clock stands still, so that nobody's session ends while others are tried."""
    return moment


def forgotten(policy: Policy) -> list[str]:
    """Addresses that are served and of which the page says nothing."""
    return sorted(set(grid.every_address()) - set(policy.routes))


def drawn(everything: list[Cell], wanted: Wanted) -> list[Cell]:
    """So many cells, in a settled order; at least one GET and one POST of every address."""
    if wanted.count >= len(everything):
        return everything
    dice = random.Random(wanted.seed)
    mixed = dice.sample(everything, len(everything))
    firsts = {(cell.route.name, cell.method): number for number, cell in reversed(list(enumerate(mixed)))}
    chosen = {number for (_, method), number in firsts.items() if method in ("GET", "POST")}
    rest = [number for number in range(len(mixed)) if number not in chosen]
    chosen |= set(rest[: max(0, wanted.count - len(chosen))])
    return [mixed[number] for number in sorted(chosen)]


def wrong(policy: Policy, tried: list[Cell], player: Player, wanted: Wanted) -> Iterator[str]:
    """Try cells, each in a transaction that ends with it, and say of each that is wrong what is wrong with it."""
    watch = Watch()
    for number, cell in enumerate(tried):
        if number % 5000 == 0:
            wanted.say(f"{number} of {len(tried)} cells")
        with transaction.atomic():
            cache.clear()  # the sign-in library counts tries there
            problem = _judge(cell, player, watch, policy)
            transaction.set_rollback(True)
        if problem:
            wanted.say(f"{cell}: {problem}")
            yield f"{cell}: {problem}"


def _judge(cell: Cell, player: Player, watch: Watch, policy: Policy) -> str:
    """What is wrong with a cell, in words; nothing where it is as the page says."""
    if cell.route.things.get("token") and not _has_token(cell, player):
        return ""
    address = player.address(cell)
    with watch.listening():
        answer = player.ask(cell, address)
    got, should = grid.outcome(cell, answer), grid.expected(cell)
    if got == "refused" and grid.may_refuse_first(cell):
        should = got
    if got != should and not (
        got == "no" and should == "opens" and cell.method == "POST" and not grid.may_change(cell)
    ):
        return f"{got} instead of {should}"
    changed = [table for table in watch.changed() if not (should == "code" and table in MAY_FOLLOW_A_CODE)]
    if changed and not grid.may_change(cell):
        return f"changed {', '.join(changed)}"
    if grid.may_change(cell) and not changed and cell.route.name not in QUIET and cell.route.kind != "for everybody":
        return "says that it opens, and changed nothing"
    if got == "none" and cell.route.things and not cell.mixed and grid.seen(answer, address) != player.missing(cell):
        return "looks different from something that never was"
    return _overheard(cell, player, answer.content, policy)


def _has_token(cell: Cell, player: Player) -> bool:
    return cell.route.things["token"] in player.family(cell.who, cell.whose).tokens


def _overheard(cell: Cell, player: Player, body: bytes, policy: Policy) -> str:
    """Whether an answer holds the name of a child, or words of a record, that this role reads nowhere."""
    said = cell.route.answer(cell.who.role, cell.whose)
    for whose in CLASSES:
        family = player.family(cell.who, whose)
        held = "token" in cell.route.things and whose == cell.whose  # whoever holds a link reads what it is about
        may_name = policy.reads("names of children", cell.who.role, whose) or (held and said in ("yes", "read"))
        reader = cell.route.name == "agree:reading" and whose == cell.whose
        may_read = policy.reads("words of records", cell.who.role, whose) or ((held or reader) and said == "yes")
        name = family.child.called.encode()
        if not may_name and re.search(rb"\b" + re.escape(name) + rb"\b", body):
            return f"names {family.child.called} ({whose})"
        if not may_read and re.search(rb"\b" + family.said.encode() + rb"\b", body):
            return f"holds words of the record of {whose}"
    return ""


__all__ = ["COUNT", "World", "run"]
