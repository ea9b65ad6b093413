"""The kinds of notice that exist: typed, registered by the package that has the news, rendered and sent by this one."""

from __future__ import annotations

from dataclasses import dataclass

from gatepost.disclosure import Fact


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice: what it carries, how it is worded, what its link opens."""

    name: str  # package.word
    facts: frozenset[Fact]
    template: str  # stem of <stem>.subject, <stem>.txt and <stem>.sms
    why: str  # one line for docs/reference/notices.md
    opens: str = ""  # URL name that takes a token; blank: no link
    link_days: int = 90
    mints_code: bool = False


KINDS: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> NoticeKind:
    """Make a kind known. A name stands for one kind only."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"There are two notices called {kind.name}.")
    return kind
