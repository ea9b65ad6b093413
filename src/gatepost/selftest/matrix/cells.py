"""Which cells there are, what is asked in each, and whether the answer is the one that stands on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gatepost.org.models import Person
from gatepost.reach.models import PostRoomCopy
from gatepost.selftest.matrix.people import LEFT, WHO, Browser, Who, person_of
from gatepost.selftest.matrix.policy import Policy, Route
from gatepost.selftest.matrix.school import COLUMNS, Family, World
from gatepost.selftest.matrix.typed import SWAPS, TYPED

NO_FORM = {"gateway:text", "gateway:receipt", "gateway:notify", "mail:stop"}  # other machines post there: no form
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "POST without its token")
SAFE = {"GET", "HEAD"}
ENTRANCES = ("account_log", "account_signup", "account_reset", "mfa_login", "mfa_authenticate")  # lead to each other
OWN_KEYS = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f-]{27}|/[abcdfghiklmrstuw]/(?:help/)?[\w-]{20,}|csrfmiddlewaretoken\" value=\"\w+"
)

ASKS = re.compile(rb'name="send" value="1"|id="id_paper"')


def plain(body: bytes) -> bytes:
    """An answer without what differs at every call: ids, tokens, stamps."""
    return re.sub(rb"DTSTAMP:\w+", b"", OWN_KEYS.sub(b"*", body))


def every_address(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """Every address that is served, by name."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from every_address(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


@dataclass(frozen=True)
class Cell:
    """One role tries one method on one address about one family; or with a word of another family in the form."""

    route: Route
    who: Who
    whose: str  # a column, or blank
    method: str
    swapped: tuple[str, str] | None = None  # the field, and the column its value is taken from
    mixed: str = ""  # the parameter of the address that is taken from elsewhere

    def __str__(self) -> str:
        """The cell in words that lead to it."""
        more = f" with {self.swapped[0]} of {self.swapped[1]}" if self.swapped else ""
        more += f" with {self.mixed} of elsewhere" if self.mixed else ""
        return f"{self.who.role}: {self.method} {self.route.name} ({self.whose or 'the page'}){more}"


def every_cell(policy: Policy) -> list[Cell]:
    """All of them: addresses × roles × columns × methods, then forms and addresses with a foreign id in them."""
    cells = []
    for route in policy.routes.values():
        for who in WHO:
            for whose in route.classes:
                cells += [Cell(route, who, whose, method) for method in METHODS]
                if route.answer(who.role, whose) == "yes":
                    cells += _foreign(route, who, whose)
    return cells


def _foreign(route: Route, who: Who, whose: str) -> Iterator[Cell]:
    for field, belongs_to in SWAPS.get(route.name, ()):
        others = (
            COLUMNS if belongs_to == "family" else ["elsewhere"] if who.role != "head elsewhere" else ["same class"]
        )
        for other in others:
            if other != whose and other != "deleted":
                yield Cell(route, who, whose, "POST", swapped=(field, other))
    if len(route.things) > 1 and whose != "elsewhere":  # where all of it is of elsewhere, nothing is mixed
        for name in route.things:
            for method in sorted({"GET", "POST"} & route.methods):
                yield Cell(route, who, whose, method, mixed=name)


class Player:
    """Plays every role at every address."""

    def __init__(self, world: World) -> None:
        """Sign everybody in, and open what was opened with a code."""
        self.world = world
        self.people: dict[str, Person | None] = {}
        self.browsers: dict[str, Browser] = {}
        for who in WHO:
            self.people[who.role], self.browsers[who.role] = self._arrive(who)
        self.unsigned = Browser()
        self.unsigned.handler.enforce_csrf_checks = True
        self._missing: dict[tuple[str, str, str], tuple[bytes, dict[str, str]]] = {}

    def _arrive(self, who: Who) -> tuple[Person | None, Browser]:
        browser, person = Browser(), None
        if who.staff:
            person = person_of(who, self.world.cast)
            self.world.cast.sign_in(browser, person)
        if who.opens:
            family = self.world.families[who.opens]
            url = reverse("summary:open", args=[family.tokens["summary"]])
            with self.world.at_school_of(family):
                self.world.cast.open_record(browser, family.adult, url)
                PostRoomCopy.objects.all().delete()  # all letters are of one moment: the newest code is not to be told
                self.world.cast.open_record(browser, family.adult, reverse("own:open", args=[family.tokens["own"]]))
        browser.keep()
        return person, browser

    def family(self, who: Who, whose: str) -> Family:
        """Whose thing stands behind a column, for this role."""
        own, sibling = who.children
        return self.world.families[{"own": own, "sibling": sibling}.get(whose) or COLUMNS.get(whose, own)]

    def address(self, cell: Cell, *, of_nothing: bool = False) -> str:
        """Where the cell leads; or the same with the id of something that never was."""
        values: dict[str, Any] = dict(cell.route.words)
        for name, kind in cell.route.things.items():
            family = self.family(cell.who, "elsewhere" if name == cell.mixed else cell.whose)
            is_token = kind in family.tokens and name == "token"
            if of_nothing:
                values[name] = uuid4().hex if is_token else uuid4()
            else:
                values[name] = family.tokens[kind] if is_token else family.things[kind].pk
        return reverse(cell.route.name, kwargs=values)

    def typed(self, cell: Cell) -> dict[str, Any]:
        """What is typed: valid words, but for the one that was swapped."""
        fill = TYPED.get(cell.route.name)
        if fill is None:
            return {}
        person = self.people[cell.who.role]
        words = fill(self.world, person, self.family(cell.who, cell.whose))
        if cell.swapped:
            field, other = cell.swapped
            family = self.family(cell.who, other)
            foreign = fill(self.world, None, family)
            words[field] = str(family.child.pk) if field == "child" else foreign[field]
        return words

    def ask(self, cell: Cell, address: str) -> HttpResponse:
        """Make the request, with the browser as it was when everybody arrived."""
        browser = self.browsers[cell.who.role]
        browser.forget()
        if cell.method == "POST without its token":
            self.unsigned.cookies = browser.cookies
            return self.unsigned.post(address, self.typed(cell))  # type: ignore[return-value]
        if cell.method == "POST":
            return browser.post(address, self.typed(cell))  # type: ignore[return-value]
        if cell.method in SAFE:
            return browser.generic(cell.method, address)  # type: ignore[return-value]
        return browser.generic(cell.method, address, b"x=1", "application/x-www-form-urlencoded")  # type: ignore[return-value]

    def missing(self, cell: Cell) -> tuple[bytes, dict[str, str]]:
        """What this role gets with this method for something that never was."""
        key = (cell.route.name, cell.who.role, cell.method)
        if key not in self._missing:
            address = self.address(cell, of_nothing=True)
            self._missing[key] = seen(self.ask(cell, address), address)
        return self._missing[key]


def seen(answer: HttpResponse, address: str) -> tuple[bytes, dict[str, str]]:
    """The bytes and the headers of an answer, without its own address."""
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    return plain(answer.content.replace(address.encode(), b"*")), kept


def outcome(cell: Cell, answer: HttpResponse) -> str:
    """What an answer is, in the words of the page."""
    if answer.status_code in (301, 302):
        where = answer.headers["Location"]
        sent_home = cell.who.role == LEFT and where == "/" and cell.route.kind == "for staff"
        return (
            "in"
            if (where.startswith("/sign-in/") and not cell.route.name.startswith(ENTRANCES)) or sent_home
            else "opens"
        )
    if answer.status_code == 200 and "proof" in cell.route.kind and ASKS.search(answer.content):
        return "code"
    known = {200: "opens", 403: "no", 404: "none", 405: "refused", 409: "opens"}
    return known.get(answer.status_code, f"status {answer.status_code}")


def _takes(route: Route) -> frozenset[str]:
    return route.methods | ({"HEAD"} if "GET" in route.methods else set())


def may_refuse_first(cell: Cell) -> bool:
    """Whether the method may be refused before anybody asks who comes."""
    return cell.route.kind == "for everybody" and not cell.route.things and cell.method not in _takes(cell.route)


def expected(cell: Cell) -> str:
    """What the page says of a cell, as an outcome."""
    takes = _takes(cell.route)
    if cell.method == "POST without its token" and cell.route.name not in NO_FORM:
        return "no"
    if cell.mixed:  # another adult's link asks for another proof before it says what is not there
        return "code" if cell.mixed == "token" and "proof" in cell.route.kind else "none"
    said = cell.route.answer(cell.who.role, cell.whose)
    if said == "code" and cell.method == "HEAD":
        return "opens"  # the page that asks, without its body
    if cell.route.name == "front:today" and cell.method not in takes:
        return "refused"  # the one address that has no door before its methods: it leads everybody to theirs
    if said not in ("yes", "read"):
        return said
    return "opens" if cell.method in takes else "refused"


def may_change(cell: Cell) -> bool:
    """Whether the page says that this changes something."""
    is_change = cell.method == "POST" and "POST" in cell.route.methods and not cell.swapped and not cell.mixed
    return is_change and cell.route.answer(cell.who.role, cell.whose) == "yes"
