"""The smallest files that are a voice and a film, for stories and self tests."""

from __future__ import annotations


def box(name: bytes, inside: bytes) -> bytes:
    """One box of an MP4."""
    return (len(inside) + 8).to_bytes(4) + name + inside


def _made(handler: bytes, codec: bytes, extra: bytes) -> bytes:
    track = box(b"trak", box(b"hdlr", bytes(8) + handler + bytes(12)) + box(b"stsd", codec))
    return box(b"ftyp", b"isom") + box(b"moov", track + extra) + box(b"mdat", b"sound or film" * 8)


def film(codec: bytes = b"avc1", extra: bytes = b"") -> bytes:
    """Something to look at."""
    return _made(b"vide", codec, extra)


VOICE = _made(b"soun", b"mp4a", b"")
MP3 = b"\xff\xfb\x90\x00" + bytes(100)
