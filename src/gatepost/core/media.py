"""Sound and film that somebody brings: told by what is in it, not by its name, and without where it was made."""

from __future__ import annotations

from dataclasses import dataclass

BOX = 8  # of an MP4: four bytes of length, four of name
LONG_BOX = 16  # where the length has eight bytes of its own
TELLS_OF_ITS_MAKER = {b"udta", b"meta", b"uuid"}  # boxes that hold places, devices, names
FILM_IN_WEBM = (b"V_VP8", b"V_VP9", b"V_AV1")
SOUND_IN_WEBM = (b"A_OPUS", b"A_VORBIS")
BEGINNING = 8192  # of a WebM: its tracks stand there


@dataclass(frozen=True)
class Media:
    """What a file is, and the bytes of it that may be kept."""

    kind: str  # of RFC 6838
    body: bytes

    @property
    def is_film(self) -> bool:
        """Whether there is something to look at."""
        return self.kind.startswith("video/")


def look_into(body: bytes) -> Media | None:
    """Sound or film that browsers play on an old phone, too. None: it is something else."""
    if body[4:8] == b"ftyp":
        return _mp4(body)
    if body[:4] == b"\x1aE\xdf\xa3":
        return _webm(body)
    if body[:4] == b"OggS" and (b"OpusHead" in body[:200] or b"\x01vorbis" in body[:200]):
        return Media("audio/ogg", body)
    if body[:4] == b"RIFF" and body[8:12] == b"WAVE":
        return Media("audio/wav", body)
    return _mp3(body)


def _webm(body: bytes) -> Media | None:
    start = body[:BEGINNING]
    if b"webm" not in start[:64]:
        return None
    if any(name in start for name in FILM_IN_WEBM):
        return Media("video/webm", body)
    return Media("audio/webm", body) if any(name in start for name in SOUND_IN_WEBM) else None


def _mp3(body: bytes) -> Media | None:
    if body[:3] == b"ID3" and len(body) > BOX + 2:  # names and pictures, before the sound
        size = 0
        for each in body[6:10]:
            size = size << 7 | (each & 0x7F)
        body = body[10 + size :]
    is_frame = len(body) > 2 and body[0] == 0xFF and body[1] & 0xE6 == 0xE2 and body[2] >> 4 not in {0, 15}  # layer III
    return Media("audio/mpeg", body) if is_frame else None


def _mp4(body: bytes) -> Media | None:
    clean = bytearray(body)
    if not _forget_where(clean, 0, len(clean)):
        return None
    if b"vide" in _handlers(body):
        return (
            Media("video/mp4", bytes(clean)) if b"avc1" in body or b"avc3" in body else None
        )  # no other is everywhere
    return Media("audio/mp4", bytes(clean)) if b"mp4a" in body else None


def _handlers(body: bytes) -> set[bytes]:
    """What each track of an MP4 is: it stands eight bytes after the name of its box."""
    found, at = set[bytes](), body.find(b"hdlr")
    while at >= 0:
        found.add(body[at + 12 : at + 16])
        at = body.find(b"hdlr", at + 4)
    return found


def _forget_where(body: bytearray, at: int, end: int) -> bool:
    """Blank every box that could tell where, when and with what it was made. False: these are no boxes."""
    while at + BOX <= end:
        size, name, head = int.from_bytes(body[at : at + 4]), bytes(body[at + 4 : at + 8]), BOX
        if size == 1:
            size, head = int.from_bytes(body[at + 8 : at + 16]), LONG_BOX
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            return False
        if name in TELLS_OF_ITS_MAKER:
            body[at + 4 : at + 8] = b"free"
            body[at + head : at + size] = bytes(size - head)
        elif name in {b"moov", b"trak"} and not _forget_where(body, at + head, at + size):
            return False
        at += size
    return True
