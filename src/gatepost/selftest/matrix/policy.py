"""Reads `policy.txt`: who may open what, by address, role and whose thing it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CLASSES = ("own", "sibling", "same class", "other class", "elsewhere", "deleted", "restricted")
ANSWERS = ("yes", "read", "code", "in", "no", "none")
EVERYBODY = "everybody else"
FILE = Path(__file__).with_name("policy.txt")

_HEAD = re.compile(
    r"^(?P<name>[\w:]+)\s+(?P<rest>.*?)\s+(?P<kind>for staff|for everybody|behind a link(?: and a proof)?)$"
)

type Cells = tuple[str, ...]  # one for each class, or one alone for a page that is about nothing in particular


class PolicyError(ValueError):
    """The page cannot be read as it stands, or says nothing about something that is there."""


@dataclass(frozen=True)
class Route:
    """What the page says about one address."""

    name: str
    kind: str  # for staff, for everybody, behind a link …
    things: dict[str, str]  # parameter of the address → the kind of thing it names
    words: dict[str, str]  # parameter of the address → the word that stands there
    methods: frozenset[str]
    lines: dict[str, Cells]
    frame: dict[str, Cells]  # what holds for every page of its kind

    @property
    def classes(self) -> tuple[str, ...]:
        """The columns that this address has."""
        return CLASSES if self.things else ("",)

    def answer(self, role: str, whose: str) -> str:
        """What this role gets, where the thing is theirs, a sibling's, and so on."""
        for lines, name in (
            (self.lines, role),
            (self.frame, role),
            (self.lines, EVERYBODY),
            (self.frame, EVERYBODY),
        ):
            cells = lines.get(name)
            said_here = lines is self.lines  # "none" of the frame is about things: an address without one needs its own
            if cells and (self.things or (len(set(cells)) == 1 and (said_here or cells[0] != "none"))):
                return cells[CLASSES.index(whose) if whose and len(cells) > 1 else 0]
        raise PolicyError(f"{self.name} says nothing of {role}")


@dataclass
class Policy:
    """The whole page."""

    routes: dict[str, Route] = field(default_factory=dict)
    frames: dict[str, dict[str, Cells]] = field(default_factory=dict)

    def reads(self, section: str, role: str, whose: str) -> bool:
        """Whether this role may read such words of such a child anywhere."""
        lines = self.frames[section]
        cells = lines.get(role) or lines[EVERYBODY]
        return cells[CLASSES.index(whose)] == "yes"


def read(text: str | None = None) -> Policy:
    """The page as it stands."""
    policy = Policy()
    lines: dict[str, Cells] = {}
    waiting: list[str] = []
    for line in _meant(FILE.read_text(encoding="utf-8") if text is None else text):
        if line.startswith("== "):
            lines = policy.frames.setdefault(line[3:], {})
        elif head := _HEAD.match(line):
            lines = {}
            policy.routes[head["name"]] = _route(head, lines, policy)
        elif not line.startswith(" "):
            continue  # words for people
        else:
            roles, cells = _parts(line)
            waiting += roles
            if cells:
                lines |= dict.fromkeys(waiting, cells)
                waiting = []
    return policy


def _meant(text: str) -> Iterator[str]:
    """The lines of the table: what stands before the first heading is an introduction."""
    _, _, table = text.partition("\n== ")
    for line in f"== {table}".splitlines():
        if line.strip() and not line.startswith("# ") and not line.lstrip().startswith("own  sibl"):
            yield line


def _parts(line: str) -> tuple[list[str], Cells]:
    """The roles of a line and its cells, which stand two spaces apart; a long list of roles may be a line alone."""
    first, *rest = re.split(r"\s{2,}", line.strip())
    cells = tuple(" ".join(rest).split())
    if set(first.split()) <= set(ANSWERS):
        first, cells = "", (*first.split(), *cells)
    if len(cells) not in (0, 1, len(CLASSES)) or not set(cells) <= set(ANSWERS):
        raise PolicyError(f"count the cells of: {line}")
    return [role.strip() for role in first.split(",") if role.strip()], cells


def _route(head: re.Match[str], lines: dict[str, Cells], policy: Policy) -> Route:
    words = head["rest"].split()
    named = [word.partition("=") for word in words if "=" in word]
    return Route(
        name=head["name"],
        kind=head["kind"],
        things={name: value for name, _, value in named if not value.startswith("'")},
        words={name: value.strip("'") for name, _, value in named if value.startswith("'")},
        methods=frozenset(word for word in words if "=" not in word),
        lines=lines,
        frame=policy.frames[f"pages {head['kind']}"],
    )
