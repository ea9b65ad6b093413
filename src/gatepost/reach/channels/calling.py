"""One call to another machine over HTTP, and how far it came: never reached, gone without a word, or answered."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from time import monotonic
from urllib.parse import urlsplit

from gatepost.reach.channels import NotNow, Unsure

PATIENCE = 20  # seconds
LONGEST = 65_536  # bytes of an answer that anybody reads


@dataclass(frozen=True)
class Answered:
    """What the other side said."""

    code: int
    body: str


def call(method: str, url: str, *, body: bytes = b"", headers: dict[str, str] | None = None) -> Answered:
    """Call once. Nothing follows a redirection, and nothing is tried twice here.

    Until the connection stands, nothing can have been taken; from the first byte on, it may have been.
    """
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.connect()
    except OSError as broken:
        connection.close()
        raise NotNow("The other side could not be reached.", everywhere=True) from broken
    try:
        connection.request(method, f"{parts.path or '/'}?{parts.query}".rstrip("?"), body or None, headers or {})
        answered = connection.getresponse()
        return Answered(answered.status, _read(answered).decode("utf-8", "replace"))
    except (OSError, HTTPException) as broken:
        raise Unsure("The other side was gone before it said whether it has the message.") from broken
    finally:
        connection.close()


def _read(answered: HTTPResponse) -> bytes:
    """What it says, no more and no longer than anybody waits for: one that drips holds up nobody."""
    until, said = monotonic() + PATIENCE, b""
    while len(said) < LONGEST and monotonic() < until and (piece := answered.read1(LONGEST - len(said))):
        said += piece
    return said
