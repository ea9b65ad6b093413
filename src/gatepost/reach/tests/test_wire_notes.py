"""A sender that is killed leaves a note: of one message nobody can say, of all others everybody can."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.test import override_settings

from gatepost.core import clock
from gatepost.reach.channels import Refusal
from gatepost.reach.delivery import sender, wire_notes
from gatepost.reach.delivery.render import Letter
from gatepost.reach.models import Delivery, Notice
from gatepost.testing import Cast

State = Delivery.State


class Wire:
    """A transport that takes everything, and remembers what."""

    sent: list[UUID] = []

    def send(self, letter: Letter, delivery: Delivery) -> None:
        Wire.sent.append(delivery.pk)


@pytest.fixture(autouse=True)
def folder(cast: Cast, tmp_path: Path) -> Iterator[Path]:
    Wire.sent = []
    path = f"{__name__}.Wire"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}, GATEPOST_DATA=tmp_path):
        cast.invite_all()
        yield tmp_path / "on-the-wire"


def killed(begun: int) -> list[Delivery]:
    """A sender that is killed when it had begun so many of five messages; of the second one it had heard a no."""
    part = sender.take_up(5)
    assert part and len(part.ready) == 5
    for each in part.ready[:begun]:
        part.note.begin([each.delivery.pk], 2)
    sender.failed(part.ready[1].delivery, "550")
    part.note._close()  # as the kernel does
    return [each.delivery for each in part.ready]


def states(deliveries: list[Delivery]) -> list[str]:
    found = {row.pk: row.state for row in Delivery.objects.all()}
    return [found[delivery.pk] for delivery in deliveries]


def test_only_the_message_that_was_begun_last_is_uncertain(cast: Cast, folder: Path) -> None:
    mine = killed(begun=4)
    sender.send_due(cast.school)
    assert states(mine) == ["accepted", "failed", "accepted", "uncertain", "accepted"]
    assert not {mine[0].pk, mine[2].pk, mine[3].pk} & set(Wire.sent) and mine[4].pk in Wire.sent
    first = Delivery.objects.get(pk=mine[0].pk)
    assert (first.parts, first.notice.state) == (2, Notice.State.SENT)
    assert Delivery.objects.get(pk=mine[4].pk).attempts == 1  # the first time it never left
    assert os.listdir(folder) == []


@pytest.mark.parametrize("begun", [0, 2])
def test_what_has_its_end_or_never_left_is_not_uncertain(cast: Cast, begun: int) -> None:
    mine = killed(begun)
    sender.send_due(cast.school)
    assert states(mine) == ["accepted", "failed", "accepted", "accepted", "accepted"]
    assert (mine[0].pk in Wire.sent) is (begun == 0)


def test_a_line_that_was_never_ended_was_never_begun(cast: Cast, folder: Path) -> None:
    mine = killed(begun=1)
    (note,) = folder.iterdir()
    with note.open("ab") as file:
        file.write(mine[2].pk.hex.encode())
    sender.send_due(cast.school)
    assert states(mine)[::2] == ["uncertain", "accepted", "accepted"] and mine[2].pk in Wire.sent


def started_anew(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_notes, "_running", lambda: "another start of the machine")


def copied(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(note, note.with_suffix(".copy"))
    note.with_suffix(".copy").replace(note)


def lost(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note.unlink()


@pytest.mark.parametrize("happens", [started_anew, copied, lost])
def test_where_the_note_cannot_be_believed_all_of_them_are_uncertain_when_their_lease_ends(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch, happens: object
) -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        mine = killed(begun=3)
        (note,) = folder.iterdir()
        happens(note, monkeypatch)  # type: ignore[operator]
        sender.send_due(cast.school)
        assert states(mine) == ["on_wire", "failed", "on_wire", "on_wire", "on_wire"]
        traveller.shift(sender.LEASE + timedelta(seconds=1))
        sender.send_due(cast.school)
    assert states(mine) == ["uncertain", "failed", "uncertain", "uncertain", "uncertain"]
    assert not {delivery.pk for delivery in mine} & set(Wire.sent) and os.listdir(folder) == []


def test_a_sender_that_stands_still_is_waited_for_and_settled_within_a_quarter_of_an_hour(
    cast: Cast, folder: Path
) -> None:
    """It may also be that somebody else is settling what it left behind just now."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        part = sender.take_up(5)
        assert part
        for minutes, state in ((0, "on_wire"), (9, "on_wire"), (2, "uncertain")):
            traveller.shift(timedelta(minutes=minutes))
            sender.send_due(cast.school)
            assert states([each.delivery for each in part.ready]) == [state] * 5 and len(os.listdir(folder)) == 1


def test_where_no_note_can_be_kept_messages_go_all_the_same(
    cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("A file stands where the folder should be.")
    assert sender.send_due(cast.school) == len(Wire.sent) > 10


def test_a_note_with_a_gap_in_it_is_never_found(cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = sender.take_up(5)
    assert part

    def full(*_: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "write", full)
    part.note.begin([part.ready[0].delivery.pk], 0)
    assert os.listdir(folder) == []
    part.note.begin([part.ready[1].delivery.pk], 0)


def test_what_a_wire_refuses_is_written_down_before_the_next_one_is_begun(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a note would call it taken."""
    refused: list[UUID] = []

    def send(self: Wire, letter: Letter, delivery: Delivery) -> None:
        waiting = Delivery.objects.filter(pk__in=refused, state=State.ON_WIRE)
        assert not waiting.exists()
        refused.append(delivery.pk)
        raise Refusal("550")

    monkeypatch.setattr(Wire, "send", send)
    sender.send_due(cast.school)
    assert len(refused) > 10
    assert not Delivery.objects.filter(state=State.UNCERTAIN).exists()
