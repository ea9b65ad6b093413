"""Sound and film are told by what is in them; where they were made does not go out."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import File
from django.test import RequestFactory

from gatepost.core import ranges
from gatepost.core.media import look_into
from gatepost.testing.sounds import MP3, VOICE, box, film

PLACE = b"+53.4808-002.2426/"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (VOICE, "audio/mp4"),
        (film(), "video/mp4"),
        (film(codec=b"hvc1"), None),  # few telephones play it
        (MP3, "audio/mpeg"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x05named" + MP3, "audio/mpeg"),
        (b"OggS" + bytes(24) + b"OpusHead", "audio/ogg"),
        (b"RIFF" + bytes(4) + b"WAVEfmt ", "audio/wav"),
        (b"\x1aE\xdf\xa3" + b"\x42\x82\x84webm" + b"A_OPUS", "audio/webm"),
        (b"\x1aE\xdf\xa3" + b"\x42\x82\x84webm" + b"V_VP8", "video/webm"),
        (b"\x1aE\xdf\xa3" + b"\x42\x82\x88matroska" + b"V_VP8", None),
        (b"<html><script>", None),
        (b"%PDF-1.7", None),
        (b"\xff\xd8\xff\xe0 a picture", None),
        (VOICE[:-5], None),
        (b"", None),
    ],
)
def test_what_is_in_a_file_says_what_it_is(body: bytes, kind: str | None) -> None:
    found = look_into(body)
    assert (found.kind if found else None) == kind


def test_where_it_was_made_is_taken_out_and_nothing_moves() -> None:
    made = film(extra=box(b"udta", box(b"\xa9xyz", PLACE)) + box(b"meta", PLACE))
    found = look_into(made)
    assert found and PLACE in made and PLACE not in found.body and len(found.body) == len(made)
    assert found.body[-20:] == made[-20:]
    named = look_into(b"ID3\x04\x00\x00\x00\x00\x00\x05named" + MP3)
    assert named and named.body == MP3


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("", 200, b"0123456789"),
        ("bytes=0-", 206, b"01234"),  # no more at once than a server will hold
        ("bytes=2-4", 206, b"234"),
        ("bytes=8-99", 206, b"89"),
        ("bytes=-3", 206, b"789"),
        ("bytes=10-", 416, b""),
        ("bytes=5-2", 416, b""),
        ("bytes=1-2,4-5", 200, b"0123456789"),  # several at once: it gets the whole
        ("lines=1-2", 200, b"0123456789"),
        (f"bytes={'9' * 5000}-", 200, b"0123456789"),  # no number that anybody means
    ],
)
def test_a_player_gets_the_part_it_asks_for(monkeypatch: pytest.MonkeyPatch, asked: str, status: int, part: bytes):
    monkeypatch.setattr(ranges, "AT_ONCE", 5)
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    file = File(io.BytesIO(b"0123456789"))
    response = ranges.answer(request, file, size=10, kind="audio/mp4")
    assert (response.status_code, response.content) == (status, part)
    assert file.closed and "filename" not in response.headers.get("Content-Disposition", "")
    if status == 206:
        assert response.headers["Content-Range"].endswith("/10")
