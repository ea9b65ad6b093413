"""The pages about children, adults and households, who opens them and with what answer. See `pages.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client

from gatepost.core import clock
from gatepost.front.own import send_link
from gatepost.know import services as know
from gatepost.know.models import Care, Household, HouseholdMember

if TYPE_CHECKING:
    from tests.pages import World

TEAM = (200, 403, 403, 200, 200, 404, 302)  # whoever works with the family
KEPT = (403, 403, 403, 200, 200, 404, 302)  # the office and the head


def _household(w: World) -> Household:
    by = w.cast.actor_of(w.cast.finch)
    return know.found_household([w.cast.amina, w.cast.ayan], organisation=w.cast.organisation.pk, by=by)


def _secret(w: World) -> str:
    household = _household(w)
    know.hide_address(household, address="1 Far Lane", by=w.cast.actor_of(w.cast.finch))
    return str(household.pk)


def _member(w: World) -> str:
    return str(HouseholdMember.objects.filter(household=_household(w)).first().pk)  # type: ignore[union-attr]


def _strength(w: World) -> str:
    by = w.cast.actor_of(w.cast.ode)
    return str(know.add_strength(w.cast.amina, "I bake.", language="en", by=by).pk)


def _team(w: World) -> str:
    by = w.cast.actor_of(w.cast.finch)
    made = know.join_team(w.cast.ayan, w.cast.ode, role="key worker", from_on=clock.today(), by=by)
    return str(made.pk)


def _care(w: World) -> str:
    return str(Care.objects.get(adult=w.cast.amina, child=w.cast.ayan).pk)


def _point(w: World) -> str:
    return str(w.cast.amina.contact_points.get().pk)


def _of_amina(what: str) -> Callable[[World], str]:
    return lambda w: f"/adults/{w.cast.amina.pk}/{what}"


PAGES_OF_FAMILIES: dict[str, tuple[Callable[[World], str], tuple[int, ...]]] = {
    "front:families": (lambda w: "/families/", (200, 200, 200, 200, 200, 200, 302)),
    "front:child": (lambda w: f"/children/{w.cast.ayan.pk}/", TEAM),
    "front:adult": (_of_amina(""), TEAM),
    "front:child_past": (lambda w: f"/children/{w.cast.ayan.pk}/past/", KEPT),
    "front:adult_past": (_of_amina("past/"), KEPT),
    "front:family": (lambda w: f"/households/{_household(w).pk}/", TEAM),
    "front:wishes": (_of_amina("wishes/"), TEAM),
    "front:languages": (_of_amina("languages/"), TEAM),
    "front:needs": (_of_amina("needs/"), TEAM),
    "front:barriers": (_of_amina("barriers/"), TEAM),
    "front:add_strength": (_of_amina("strengths/"), TEAM),
    "front:strength": (lambda w: f"/strengths/{_strength(w)}/", TEAM),
    "front:facets": (_of_amina("facets/"), KEPT),
    "front:add_contact": (_of_amina("contact/"), KEPT),
    "front:contact": (lambda w: f"/contact/{_point(w)}/", KEPT),
    "front:merge": (_of_amina("merge/"), KEPT),
    "front:bond": (lambda w: f"/bonds/{_care(w)}/", KEPT),
    "front:join_team": (lambda w: f"/children/{w.cast.ayan.pk}/team/", KEPT),
    "front:leave_team": (lambda w: f"/team/{_team(w)}/end/", KEPT),
    "front:found_household": (lambda w: f"/children/{w.cast.ayan.pk}/household/", KEPT),
    "front:move_in": (lambda w: f"/households/{_household(w).pk}/members/", KEPT),
    "front:move_out": (lambda w: f"/members/{_member(w)}/end/", KEPT),
    "front:address": (lambda w: f"/households/{_household(w).pk}/address/", KEPT),
    "front:open_address": (
        lambda w: f"/households/{_secret(w)}/address/open/",
        (403, 403, 403, 403, 200, 404, 302),
    ),
}

POSTS_OF_FAMILIES = {
    "front:send_own_page",
    "front:remove_strength",
    "front:end_contact",
    "front:confirm_contact",
    "front:undo_merge",
}


def _sent(w: World) -> str:
    """Hina's link to her own page."""
    send_link(w.cast.hina, by=w.cast.actor_of(w.cast.ode))
    return w.cast.link(w.cast.hina)


def _own(what: str = "") -> Callable[[World, Client], str]:
    """One of the pages behind it, opened with a code and a PIN."""
    return lambda w, client: w.cast.open_record(client, w.cast.hina, _sent(w)) + what


def _own_strength(w: World, client: Client) -> str:
    by = w.cast.actor_of(w.cast.ode)
    made = know.add_strength(w.cast.hina, "I sew.", language="en", by=by)
    return f"{_own()(w, client)}strengths/{made.pk}/"


OWN_PAGES: dict[str, Callable[[World, Client], str]] = {
    "own:open": _own(),
    "own:wishes": _own("wishes/"),
    "own:languages": _own("languages/"),
    "own:needs": _own("needs/"),
    "own:barriers": _own("barriers/"),
    "own:add_strength": _own("strengths/"),
    "own:strength": _own_strength,
    "own:facets": _own("about-me/"),
    "own:ask": _own("ask/"),
    "own:open, before the code": lambda w, client: _sent(w),
}
"""What an adult finds behind the link to their own page."""
