"""The ledger in trouble: what may come twice, what a person asks, what was lost, and the button that stops all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.front.doctor import _ledger
from gatepost.know.models import Adult
from gatepost.reach import services, tasks
from gatepost.reach.channels import NotNow, Unsure
from gatepost.reach.delivery import ledger, sender
from gatepost.reach.delivery.render import Letter
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.services import freezing
from gatepost.testing import Cast

State = Delivery.State
INVITATION = "meet.invitation"


class Wire:
    """A transport that does as the test says, and can be asked."""

    mood: Exception | None = None
    knows: bool | None = None
    sent: list[str] = []

    def send(self, letter: Letter, delivery: Delivery) -> None:
        if Wire.mood:
            raise Wire.mood
        Wire.sent.append(letter.address)

    def was_taken(self, delivery: Delivery) -> bool | None:
        return Wire.knows


@pytest.fixture
def wire(cast: Cast) -> Iterator[type[Wire]]:
    Wire.mood, Wire.knows, Wire.sent = None, None, []
    path = f"{__name__}.Wire"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}):
        cast.invite_all()
        Delivery.objects.exclude(notice__adult=cast.jo).delete()
        yield Wire


@pytest.fixture
def harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a while an invitation may come twice."""
    monkeypatch.setitem(KINDS, INVITATION, replace(KINDS[INVITATION], again=True))


def to_jo(cast: Cast) -> Delivery:
    return Delivery.objects.get(notice__adult=cast.jo)


def test_what_may_come_twice_goes_again_and_says_so_and_at_last_a_person_asks(
    cast: Cast, wire: type[Wire], harmless: None
) -> None:
    wire.mood = Unsure("gone")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for repeats in (1, 2):
            sender.send_due(cast.school)
            assert (to_jo(cast).state, to_jo(cast).repeats) == (State.QUEUED, repeats)
            traveller.shift(timedelta(minutes=2))
        sender.send_due(cast.school)
    assert to_jo(cast).state == State.UNCERTAIN


def test_a_crash_with_what_may_come_twice_is_settled_within_a_quarter_of_an_hour(
    cast: Cast, wire: type[Wire], harmless: None
) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        held = sender.take_up(1)  # whose sender stands still: it has not ended
        traveller.shift(timedelta(minutes=15))
        sender.send_due(cast.school)
    assert held and held.ready
    assert (to_jo(cast).state, to_jo(cast).repeats) == (State.ACCEPTED, 1)


@pytest.mark.parametrize(("knows", "state"), [(True, "accepted"), (False, "queued"), (None, "uncertain")])
def test_the_other_side_is_asked_where_it_can_be(cast: Cast, wire: type[Wire], knows: Any, state: str) -> None:
    wire.mood, wire.knows = Unsure("gone"), knows
    sender.send_due(cast.school)
    assert to_jo(cast).state == state


def test_pauses_grow_and_no_two_messages_come_back_together(cast: Cast, wire: type[Wire]) -> None:
    wire.mood = NotNow("451")
    pauses = []
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(9):
            sender.send_due(cast.school)
            pauses.append(to_jo(cast).not_before - clock.now())
            traveller.move_to(to_jo(cast).not_before + timedelta(seconds=1))
    for number, pause in enumerate(pauses, start=1):
        least = timedelta(minutes=min(2**number, sender.LONGEST_PAUSE))
        assert least <= pause <= least * 1.5


def test_what_the_office_sends_again_says_so(cast: Cast, wire: type[Wire]) -> None:
    Delivery.objects.filter(notice__adult=cast.jo).update(state=State.UNCERTAIN)
    services.send_again(to_jo(cast), by=cast.actor_of(cast.finch))
    assert to_jo(cast).repeats == 1


# ── the audience, the rows and their ends ────────────────────────────────────────────────────────


def test_a_promise_that_nothing_carries_is_found_and_given_to_the_office(cast: Cast, wire: type[Wire]) -> None:
    notice = to_jo(cast).notice
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert ledger.reconcile() == 0  # as yet somebody may have them in hand
        traveller.shift(ledger.SETTLED_AFTER + timedelta(seconds=1))
        assert ledger.count().lost > 3 and not ledger.count().adds_up
        Delivery.objects.filter(notice=notice).update(not_before=clock.now() + timedelta(days=1))
        ledger.reconcile()
        assert ledger.count().adds_up and ledger.count().lost == 0
    notice.refresh_from_db()
    assert notice.state == Notice.State.QUEUED  # it has a way to go
    assert Notice.objects.filter(state=Notice.State.BY_HAND).exists()


def test_what_is_due_leaves_whatever_goes_wrong_beside_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.invite_all()
    woken: list[str] = []
    monkeypatch.setattr(tasks, "send", SimpleNamespace(enqueue=woken.append))
    monkeypatch.setattr(tasks, "due", lambda: 1 // 0)
    with pytest.raises(ExceptionGroup) as found:
        tasks.tick()
    assert woken == [str(cast.school.pk)] and found.group_contains(ZeroDivisionError)


def test_messages_that_nobody_takes_up_are_noticed(cast: Cast, wire: type[Wire]) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        assert ledger.waits_for_nobody() == 0
        traveller.shift(ledger.STUCK_AFTER + timedelta(seconds=1))
        assert ledger.waits_for_nobody() == 1
        assert any("due for more than five" in found.mend for found in _ledger())
        sender.send_due(cast.school)
        assert ledger.waits_for_nobody() == 0


# ── the button ───────────────────────────────────────────────────────────────────────────────────


def test_the_button_stops_everything_at_once_and_nothing_is_lost(cast: Cast, wire: type[Wire]) -> None:
    finch = cast.actor_of(cast.finch)
    with pytest.raises(Refused):
        freezing.freeze(" ", by=finch)
    freezing.freeze("The wrong letter", by=finch)
    with pytest.raises(Refused):
        freezing.freeze("Me too", by=finch)
    assert sender.take_up(1) is None
    assert sender.send_due(cast.school) == 0 and wire.sent == [] and to_jo(cast).state == State.QUEUED
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert ledger.waits_for_nobody() == 0
        freezing.let_go(by=finch)
        assert sender.send_due(cast.school) == 1
    with pytest.raises(Refused):
        freezing.let_go(by=finch)


def test_the_page_stops_all_and_lets_it_go_for_the_office_alone(cast: Cast, client: Any) -> None:
    cast.sign_in(client, cast.ode)
    assert client.get("/reach/stop/").status_code == 403
    cast.sign_in(client, cast.finch)
    assert "Stop all messages" in client.get("/reach/stop/").content.decode()
    assert client.post("/reach/stop/", {"because": ""}).status_code == 200 and not freezing.frozen()
    client.post("/reach/stop/", {"because": "The wrong letter"})
    assert freezing.frozen()
    for page in ("/", "/office/", "/reach/stop/"):
        assert "Nothing leaves the school" in client.get(page).content.decode()
    teacher = cast.sign_in(Client(), cast.ode)
    pages = ["/", "/many/", "/home-learning/", "/home-learning/write/"]
    pages += [f"/reach/adults/{cast.hina.pk}/write/", f"/reach/children/{cast.zara.pk}/praise/"]
    for page in pages:  # she would think that what she writes has left
        seen = teacher.get(page).content.decode()
        assert "Mrs Finch</bdi> has stopped all messages" in seen and "/reach/stop/" not in seen
    client.post("/reach/stop/", {"go": "1"})
    assert not freezing.frozen()


def test_a_dead_worker_shows_on_the_staff_page(cast: Cast, client: Any, wire: type[Wire]) -> None:
    Delivery.objects.filter(pk=to_jo(cast).pk).update(not_before=clock.now() - timedelta(minutes=6))
    cast.sign_in(client, cast.finch)
    assert "Messages wait, and nothing sends them" in client.get("/").content.decode()


# ── the night ────────────────────────────────────────────────────────────────────────────────────

NIGHT = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)


def test_at_night_an_invitation_waits_for_the_morning_and_a_code_does_not(cast: Cast, wire: type[Wire]) -> None:
    with override_settings(GATEPOST_QUIET_HOURS=True), time_machine.travel(NIGHT, tick=False) as traveller:
        Delivery.objects.update(not_before=clock.now())
        assert sender.send_due(cast.school) == 0
        waiting = to_jo(cast)
        assert (waiting.state, waiting.not_before) == (State.QUEUED, datetime(2026, 11, 26, 7, tzinfo=UTC))
        point = waiting.contact_point
        code = services.tell_there(point, KINDS["reach.code"], school_id=cast.school.pk, by=None)
        assert code.deliveries.get().not_before == clock.now()
        traveller.move_to(waiting.not_before)
        Delivery.objects.filter(notice=code).delete()
        assert sender.send_due(cast.school) == 1


def test_who_likes_the_evening_is_written_to_in_the_evening(cast: Cast, wire: type[Wire]) -> None:
    noon = NIGHT.replace(hour=12)
    Adult.objects.filter(pk=cast.jo.pk).update(times=["evening"])
    with override_settings(GATEPOST_QUIET_HOURS=True), time_machine.travel(noon, tick=False):
        Delivery.objects.update(not_before=clock.now())
        Notice.objects.update(created_at=clock.now())
        sender.send_due(cast.school)
        assert to_jo(cast).not_before == datetime(2026, 11, 25, 18, tzinfo=UTC)
