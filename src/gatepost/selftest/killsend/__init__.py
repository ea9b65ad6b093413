"""Senders killed at any moment: no message is lost in silence, none comes twice without saying so, and of each sender
that was killed one message at most is uncertain.

A mail server and a text gateway with every bad habit stand at the other side, and write down what they take. Sender
processes, forked from a parent that has everything in memory, hand over what is due and are killed with SIGKILL, two
at a time. In the end what was taken is held against the ledger.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.test import override_settings

from gatepost.core import clock, scope
from gatepost.know.models import Adult, Channel, ContactPoint
from gatepost.org.models import Organisation, School
from gatepost.reach import services
from gatepost.reach.delivery import ledger, sender
from gatepost.reach.kinds import KINDS, NoticeKind
from gatepost.reach.models import Delivery, Notice
from gatepost.selftest import Outcome, Wanted
from gatepost.selftest.killsend.sink import Sink, sink
from gatepost.selftest.stage import shared_by_processes

COUNT = 1000
EACH = 2  # new messages of each kind by each way before two senders are killed
MOST_TAKEN, LINE = 8, 39  # messages that the other side takes before a sender is killed; signs of what it notes of one
LONGEST = 0.2  # seconds that two senders live
TEMPLATE = "reach/notices/contact_changed"
ONCE = NoticeKind(name="selftest.once", facts=frozenset(), template=TEMPLATE, why="May come once.", to_unconfirmed=True)
AGAIN = NoticeKind(
    name="selftest.again", facts=frozenset(), template=TEMPLATE, why="May come twice.", to_unconfirmed=True, again=True
)
WAITS = NoticeKind(name="selftest.waits", facts=frozenset(), template=TEMPLATE, why="Goes with others.", can_wait=True)

State = Delivery.State
OPEN = (State.QUEUED, State.CLAIMED, State.ON_WIRE)


@dataclass(frozen=True)
class World:
    """One school with two contact points, and the other side of its wire."""

    school: School
    points: tuple[ContactPoint, ...]
    sink: Sink
    plant: str


def run(wanted: Wanted) -> Outcome:
    """Kill so many times, let the last sender finish, and count."""
    dice, killed = random.Random(wanted.seed), 0
    with TemporaryDirectory(prefix="gatepost-killsend-") as folder, _stage(Path(folder), wanted) as world:
        while killed < wanted.count:
            _write_messages(world)
            killed += _kill_some(world, dice, min(2, wanted.count - killed))
            if killed % 100 < 2:
                wanted.say(f"{killed} senders killed")
        wrong = _settled_at_once(world)
        _finish(world)
        world.sink.wait_for_the_network()
        with _at(world):
            more, figures = _held_against_the_ledger(world, killed)
    return Outcome(
        count=killed,
        failures=len(wrong + more),
        example="; ".join([*wrong, *more][:3]),
        figures=figures | {"database": connection.vendor},
    )


@contextmanager
def _stage(folder: Path, wanted: Wanted) -> Iterator[World]:
    with ExitStack() as held:
        held.enter_context(shared_by_processes(folder))
        connection.close()  # no process inherits a connection
        other = held.enter_context(sink(folder / "taken", wanted.seed))
        if wanted.network:
            other = replace(other, network=Path(wanted.network))
        ours = f"http://127.0.0.1:{other.text_port}/?to={{to}}&text={{text}}&id={{id}}"
        held.enter_context(mock.patch.dict(KINDS, {kind.name: kind for kind in (ONCE, AGAIN, WAITS)}))
        backend = "django.core.mail.backends.smtp.EmailBackend"
        mail = {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": other.mail_port, "timeout": 5}}
        held.enter_context(
            override_settings(
                MAILERS={"default": mail},
                GATEPOST_CHANNELS={
                    "email": "gatepost.reach.channels.smtp.Smtp",
                    "sms": "gatepost.reach.channels.gateway.Gateway",
                },
                GATEPOST_GATEWAY_URL=wanted.gateway or ours,
                GATEPOST_TEXTS_A_DAY=10**9,
                GATEPOST_QUIET_HOURS=False,
            )
        )
        world = _world(other, wanted.plant)
        _write_messages(world)
        with _at(world):
            sender.send_due(world.school)  # the parent is warm from now on: templates, modules, the way to the server
        yield world


def _world(other: Sink, plant: str) -> World:
    organisation = Organisation.objects.create(name="Made up")
    school = School.objects.create(organisation=organisation, name="Elm", office_name="Office", office_phone="0113")
    with scope.only([school.pk], organisation=organisation.pk):
        adult = Adult.objects.create(organisation=organisation, name="Amina", together="daily")
        points = tuple(
            ContactPoint.objects.create(
                organisation=organisation, adult=adult, channel=channel, value=value, confirmed_at=clock.now()
            )
            for channel, value in ((Channel.EMAIL, "amina@example.org"), (Channel.SMS, "+447700900123"))
        )
    return World(school, points, other, plant)


@contextmanager
def _at(world: World) -> Iterator[None]:
    with scope.only([world.school.pk], organisation=world.school.organisation_id):
        yield


def _write_messages(world: World) -> None:
    with _at(world), transaction.atomic():
        for point, kind in itertools.product(world.points * EACH, (ONCE, AGAIN, WAITS)):
            services.tell_there(point, kind, school_id=world.school.pk, by=None)
        Notice.objects.filter(kind__in=[ONCE.name, WAITS.name]).update(
            stays=False
        )  # what is refused takes the other way


def _kill_some(world: World, dice: random.Random, number: int) -> int:
    """Let senders run side by side, and kill each at its own moment."""
    connection.close()
    running = [_fork(world, for_ever=True) for _ in range(number)]
    for pid in running:
        _wait(world, dice, LONGEST / number)
        os.kill(pid, signal.SIGKILL)
    for pid in running:
        os.waitpid(pid, 0)
    _let_leases_end(world)
    return number


def _wait(world: World, dice: random.Random, longest: float) -> None:
    """Until some moment; every other time until one close to that at which the other side takes its next, or later."""
    if dice.random() < 0.5:
        time.sleep(dice.random() * longest)
        return
    size, until = world.sink.file.stat().st_size, time.monotonic() + 4 * longest
    size += LINE * dice.randrange(MOST_TAKEN)
    while world.sink.file.stat().st_size <= size and time.monotonic() < until:
        time.sleep(0.0005)
    time.sleep(dice.random() * 0.005)


def _let_leases_end(world: World) -> None:
    """Nobody lives who holds a lease, and nobody waits five minutes, nor out a pause, for it to be noticed."""
    now = clock.now()
    with _at(world):
        Delivery.objects.filter(state__in=[State.CLAIMED, State.ON_WIRE]).update(
            leased_until=now - timedelta(seconds=1)
        )
        Delivery.objects.filter(state=State.QUEUED).update(not_before=now)


def _fork(world: World, *, for_ever: bool) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        with _at(world), PLANTS[world.plant]():
            sender.send_due(world.school)
            while for_ever:
                sender.send_due(world.school)
                time.sleep(0.005)
            code = 0
    finally:
        os._exit(code)  # nothing of the parent's is tidied away by its child


def _settled_at_once(world: World) -> list[str]:
    """What the last two left behind has its end as soon as one sender has looked: that is when a lease is over."""
    with _at(world):
        left = list(Delivery.objects.filter(state=State.ON_WIRE).values_list("pk", "fence"))
        sender.settle_crashes()
        still = Delivery.objects.filter(pk__in=[pk for pk, _fence in left], state=State.ON_WIRE)
        return [f"still on the wire: {delivery.pk}" for delivery in still]


def _finish(world: World) -> None:
    """Senders that nobody kills, until nothing is left to hand over."""
    for _ in range(60):
        _let_leases_end(world)
        with _at(world):
            if not Delivery.objects.filter(state__in=OPEN).exists():
                return
        connection.close()
        os.waitpid(_fork(world, for_ever=False), 0)


def _held_against_the_ledger(world: World, killed: int) -> tuple[list[str], dict[str, Any]]:
    """What is wrong, in words, and the figures."""
    taken, wrong, states = world.sink.taken(), [], Counter[str]()
    by_notice, unsure, promised = Counter[Any](), Counter[str](), set[str]()
    twice = 0
    for delivery in Delivery.objects.select_related("notice"):
        promised.add(carrier := (delivery.along_id or delivery.pk).hex)
        copies = taken.get(carrier, [])
        states[delivery.state] += 1
        by_notice[delivery.notice_id] += bool(copies)
        by_text = delivery.channel == Channel.SMS
        flagged = delivery.repeats if by_text else sum(copies)
        twice += len(copies) > 1
        if delivery.state == State.ACCEPTED and not copies:
            wrong.append(f"lost in silence: {delivery.pk}")
        if delivery.state in OPEN:
            wrong.append(f"without an end ({delivery.state}): {delivery.pk}")
        if len(copies) - 1 > flagged:
            wrong.append(f"twice, and it does not say so: {delivery.pk}")
        if delivery.state == State.UNCERTAIN and delivery.along_id is None:  # what goes along is no message of its own
            unsure["by a kill" if delivery.problem == sender.STOPPED else "by the other side"] += 1
            if KINDS[delivery.notice.kind].again and delivery.repeats < sender.MOST_REPEATS:
                wrong.append(f"it may come twice, and waits for a person: {delivery.pk}")
    if unsure["by a kill"] > killed:
        wrong.append(f"{killed} senders were killed, and {unsure['by a kill']} messages are uncertain by that")
    wrong += [f"taken, and nobody promised it: {name}" for name in taken.keys() - promised]
    wrong += [f"by two ways: {notice}" for notice, ways in by_notice.items() if ways > 1]
    counted = ledger.count()
    if not counted.adds_up or counted.promised != len(by_notice):
        wrong.append(f"the ledger does not add up: {counted}")
    if Notice.objects.filter(state=Notice.State.SENT).exclude(deliveries__state=State.ACCEPTED).exists():
        wrong.append("called sent, and was not")
    figures = {"messages": len(by_notice), "another_way": states.total() - len(by_notice)} | {
        "states": dict(states),
        "along": Delivery.objects.exclude(along=None).count(),
        "flagged_twice": twice,
        "uncertain": unsure.total(),
        "uncertain_by": dict(unsure),
    }
    return wrong, figures


# ── what is broken on purpose ────────────────────────────────────────────────────────────────────


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _repeat_in_silence() -> Iterator[None]:
    """A crash on the wire is simply tried again."""

    def settle() -> None:
        late = Delivery.objects.filter(leased_until__lt=clock.now(), state__in=[State.CLAIMED, State.ON_WIRE])
        late.update(state=State.QUEUED, fence=None, leased_until=None)

    with mock.patch.object(sender, "settle_crashes", settle):
        yield


@contextmanager
def _hope() -> Iterator[None]:
    """A crash on the wire is taken for a success."""

    def settle() -> None:
        late = Delivery.objects.filter(leased_until__lt=clock.now(), state__in=[State.CLAIMED, State.ON_WIRE])
        late.update(state=State.ACCEPTED, accepted_at=clock.now(), leased_until=None)

    with mock.patch.object(sender, "settle_crashes", settle):
        yield


PLANTS = {"": _nothing, "repeat": _repeat_in_silence, "hope": _hope}
