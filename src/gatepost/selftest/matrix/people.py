"""Whose part the self test plays: one line for each role of `policy.txt`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from gatepost.core import clock, scope
from gatepost.org.models import Person, Role, Staff
from gatepost.testing import LONG_AGO, Cast


class Browser(Client):
    """A browser whose requests begin without a scope, as real ones do; it can go back to the cookies it began with."""

    def __init__(self) -> None:
        """Errors are answers here: a broken page is counted, not raised."""
        super().__init__(raise_request_exception=False)

    def keep(self) -> None:
        """From now on every request is made with the cookies of this moment."""
        self.kept = {name: morsel.value for name, morsel in self.cookies.items()}

    def forget(self) -> None:
        """Back to the cookies that were kept."""
        self.cookies.clear()
        for name, value in self.kept.items():
            self.cookies[name] = value

    def request(self, **request: Any) -> Any:
        """One request, as nobody in particular until the door says otherwise."""
        with scope.nobody():
            return super().request(**request)


@dataclass(frozen=True)
class Who:
    """One role of the page."""

    role: str
    staff: str = ""  # who of the cast signs in, or the `Role` of somebody who is made for it
    opens: str = ""  # which family's summary they have opened with a code
    children: tuple[str, str] = ("warsame", "warsame2")  # whose things are "own" and "sibling" to them

    @property
    def in_work(self) -> bool:
        """Whether they work at a school now."""
        return bool(self.staff) and self.role != LEFT


LEFT = "left the school"

WHO = (
    Who("teacher", staff="ode"),
    Who("colleague", staff="nye"),
    Who("parent who teaches", staff="pat_person", children=("rowe", "rowe2")),
    Who("office", staff="finch"),
    Who("head", staff="bell"),
    Who("SENCO", staff="adeyemi"),
    Who("safeguarding lead", staff="cole"),
    Who("key worker in an emergency", staff="kent"),  # has opened the records of every family, and is on no team
    Who("parent support worker", staff="frost"),
    Who("support staff", staff="birch"),
    Who("governor", staff="quill"),
    Who("authority officer", staff="hale"),
    Who("adviser", staff="ferris"),  # every family, of both schools, has said yes to her
    Who("head elsewhere", staff="rook"),
    Who(LEFT, staff="teacher"),
    Who("nobody"),
    Who("adult with a link"),
    Who("adult with a code", opens="warsame"),
    Who("other adult", opens="hussain"),
    Who("barred adult"),
)
"""Everybody who comes to a page. Adults hold whatever link the cell is about: a link is for whoever holds it."""


def person_of(who: Who, cast: Cast) -> Person:
    """The member of staff who plays this role: of the cast, or made for it."""
    known = getattr(cast, who.staff, None)
    if isinstance(known, Person):
        return known
    made = Person.objects.create_user(f"{who.staff}.self@elmpark.example.org", name=who.role.title())
    until = clock.today() - timedelta(days=1) if who.role == LEFT else None
    Staff.objects.create(school=cast.school, person=made, role=Role(who.staff), from_on=LONG_AGO, until_on=until)
    return made
