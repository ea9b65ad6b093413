"""`gatepost audit`: the trail is checked, and its end is carried out of the house."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from gatepost.config import heads
from gatepost.core import audit, scope, trail
from gatepost.core.models import AuditEvent
from gatepost.testing import Cast


def said(*words: str) -> str:
    out = StringIO()
    with scope.nobody():
        call_command("audit", *words, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def looked_at_last_never() -> Iterator[None]:
    heads._next.clear()
    yield
    heads._next.clear()


def forge(cast: Cast) -> int:
    last = AuditEvent.objects.filter(school_id=cast.school.pk).latest("number")
    more: dict[str, Any] = {"verb": "know.settled", "at": last.at, "previous": last.digest, "digest": "0" * 64}
    AuditEvent.objects.create(school_id=cast.school.pk, number=last.number + 1, key=1, **more)
    return last.number + 1


def test_it_says_that_every_chain_is_whole_or_names_the_line(cast: Cast) -> None:
    cast.invite_all()
    assert "Elm Park: " in said("verify")
    assert "whole" in said("verify", "--school", "Elm Park")
    assert "whole" in said("verify", "--school", str(cast.school.pk))
    number = forge(cast)
    out = StringIO()
    with pytest.raises(CommandError, match="was touched"):
        call_command("audit", "verify", stdout=out)
    assert f"Elm Park: line {number} is the first" in out.getvalue()
    assert "whole" in said("verify", "--school", "Ash Grove")
    with pytest.raises(CommandError, match="no school"):
        said("verify", "--school", "Nowhere")


def test_a_head_from_before_finds_what_was_cut_off(cast: Cast, tmp_path: Path) -> None:
    cast.invite_all()
    file = tmp_path / "heads"
    said("head", "--file", str(file))
    assert file.read_text() == said("head")
    assert "whole" in said("verify", "--against", str(file))
    head = trail.head_of(cast.school.pk)
    longer = trail.Head(head.school, head.number + 3, "b" * 64, head.at)  # as it was before three lines went
    file.write_text(longer.as_line())
    with pytest.raises(CommandError):
        said("verify", "--against", str(file))
    file.write_text("nothing of the kind")
    with pytest.raises(CommandError, match="no head"):
        said("verify", "--against", str(file))


def test_once_a_day_the_heads_go_to_a_file(cast: Cast, tmp_path: Path) -> None:
    cast.invite_all()
    file = tmp_path / "heads"
    with override_settings(GATEPOST_AUDIT_HEADS=str(file)), scope.nobody():
        heads.tick()
        heads._next.clear()
        heads.tick()  # another process, the same day
        assert len(trail.heads_in(file.read_text())) == 3
        assert file.stat().st_mode & 0o777 == 0o600
        assert "whole" in said("verify", "--against", str(file))
    assert AuditEvent.objects.filter(verb=heads.CARRIED).count() == 1
    assert audit.first_bad_line(None) is None


def test_or_by_mail_and_a_letter_is_a_head_file_too(cast: Cast, tmp_path: Path, mailoutbox: list[Any]) -> None:
    cast.invite_all()
    with override_settings(GATEPOST_AUDIT_HEADS="dpo@authority.example"), scope.nobody():
        heads.tick()  # no mail server: tried again later
        assert not mailoutbox
        assert not AuditEvent.objects.filter(verb=heads.CARRIED).exists()
        heads._next.clear()
        with override_settings(GATEPOST_SMTP_URL="smtp://127.0.0.1"):
            heads.tick()
    (letter,) = mailoutbox
    assert letter.to == ["dpo@authority.example"]
    assert trail.heads_in(str(letter.body))[0].school == ""
    (tmp_path / "letter").write_text(str(letter.body))
    assert "whole" in said("verify", "--against", str(tmp_path / "letter"))


def test_where_it_cannot_be_written_nothing_pretends(cast: Cast, tmp_path: Path) -> None:
    with scope.nobody():
        assert not heads.carry_out(str(tmp_path / "not there" / "heads"))
        assert not AuditEvent.objects.filter(verb=heads.CARRIED).exists()
        with override_settings(GATEPOST_AUDIT_HEADS=""):
            heads.tick()
