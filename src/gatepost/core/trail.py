"""What proves the audit trail: the chain of digests of each school, and its head, which is kept at another place.

Each line carries the digest of the line before it and its own, both under a key from the key folder. Whoever changes,
removes, adds or moves lines without that key breaks the chain. Whoever cuts lines off its end leaves a chain that is
whole but too short: that shows against a head that was carried out of the house before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from gatepost.core import keys, scope
from gatepost.core.models import AuditEvent

START = "0" * 64
PURPOSE = "audit"
_in_words = json.JSONEncoder(sort_keys=True, default=str).encode
OLDEST = 0  # lines written before the trail had a key of its own


class Line(NamedTuple):
    """What one line of the trail says, apart from its digest."""

    school_id: UUID | None
    number: int
    at: datetime
    verb: str
    thing: str
    thing_id: UUID | None
    about: UUID | None
    by_person: UUID | None
    by_adult: UUID | None
    details: dict[str, Any]
    key: int
    previous: str


def digest(event: Line | AuditEvent, key: bytes = b"") -> str:
    """HMAC-SHA256 over the line and the digest before it. `key`: the one that the line names, where it is at hand."""
    body: list[Any] = [
        str(event.school_id),
        event.number,
        event.at.isoformat(),
        event.verb,
        event.thing,
        str(event.thing_id),
        str(event.by_person),
        str(event.by_adult),
        event.details,
        event.previous,
    ]
    if event.key != OLDEST:
        body += [event.key, str(event.about)]
    return hmac.digest(key or _key(event.key), _in_words(body).encode(), "sha256").hex()


def _key(version: int) -> bytes:
    if version == OLDEST:
        return hashlib.sha256(b"gatepost.audit" + settings.SECRET_KEY.encode()).digest()
    return keys.get(PURPOSE, version).data


@contextmanager
def reach_of(school_id: UUID | None) -> Iterator[None]:
    """The lines of this school in scope, for as long as the block lasts; the database shows no others."""
    if school_id is None or (scope.is_open() and school_id in scope.current().schools):
        yield
        return
    with scope.only([school_id]):
        yield


def first_bad_line(school_id: UUID | None) -> int | None:
    """The number of the first line that was changed, removed or moved, or None where the chain is whole."""
    with reach_of(school_id):
        return first_bad_of(AuditEvent.objects.filter(school_id=school_id).order_by("number").iterator(), school_id)


def first_bad_of(events: Iterable[AuditEvent], school_id: UUID | None) -> int | None:
    """The same of lines in hand, in the order of their numbers."""
    previous = START
    for number, event in enumerate(events, start=1):
        ours = event.school_id == school_id and event.number == number and event.previous == previous
        if not ours or not _holds(event):
            return number
        previous = event.digest
    return None


def _holds(event: AuditEvent) -> bool:
    try:
        return hmac.compare_digest(event.digest.encode(), digest(event).encode())
    except keys.KeyMissing:  # whoever writes a key's number of their own must not pass, nor stop the check
        return False


@dataclass(frozen=True)
class Head:
    """The end of one chain at one moment. Kept outside, it shows when lines are cut off."""

    school: str  # an id; blank for what belongs to no school
    number: int
    digest: str
    at: str

    def as_line(self) -> str:
        """One line of a head file."""
        return json.dumps(asdict(self))

    @property
    def school_id(self) -> UUID | None:
        """The school whose chain this is the end of."""
        return UUID(self.school) if self.school else None


def head_of(school_id: UUID | None) -> Head:
    """Where the chain of this school ends now."""
    with reach_of(school_id):
        last = AuditEvent.objects.filter(school_id=school_id).order_by("-number").first()
    if last is None:
        return Head(str(school_id or ""), 0, START, "")
    return Head(str(school_id or ""), last.number, last.digest, last.at.isoformat())


def heads_in(text: str) -> list[Head]:
    """The heads in a head file. Lines that are none, such as the words of a letter around them, are passed over."""
    found = []
    for line in text.splitlines():
        if line.lstrip().startswith("{"):
            read = json.loads(line)
            found.append(Head(read["school"], int(read["number"]), read["digest"], read["at"]))
    return found


def stands(head: Head) -> bool:
    """Whether the chain still holds the line that this head was."""
    if head.number == 0:
        return head.digest == START
    with reach_of(head.school_id):
        line = AuditEvent.objects.filter(school_id=head.school_id, number=head.number).first()
    return line is not None and hmac.compare_digest(line.digest, head.digest)
