"""The pages about letters on paper, who opens them and with what answer. See `pages.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gatepost.reach.models import Delivery, Sheet
from gatepost.reach.tests.paper import home_of, print_run

if TYPE_CHECKING:
    from tests.pages import World

OFFICE = (403, 403, 403, 200, 200, 404, 302)
OFFICE_HERE = (403, 403, 403, 200, 200, 200, 302)  # the same, where it is about no child


def _letter(w: World) -> str:
    """The letter that invites Nadia, who has neither a telephone nor a mailbox."""
    home_of(w.cast, w.cast.nadia, w.cast.ines)
    w.cast.invite_all()
    return str(Delivery.objects.filter(notice__adult=w.cast.nadia).latest("not_before").pk)


def _sheet(w: World) -> Sheet:
    _letter(w)
    of_nadia = Sheet.objects.filter(delivery__notice__adult=w.cast.nadia)
    return of_nadia.filter(run=print_run(w.cast))[0]


PAGES_OF_LETTERS: dict[str, tuple[Callable[[World], str], tuple[int, ...]]] = {
    "reach:letters": (lambda w: "/reach/letters/", OFFICE_HERE),
    "reach:sealed_letters": (lambda w: "/reach/letters/sealed/", (403, 403, 403, 403, 200, 200, 302)),
    "reach:letters_gone": (lambda w: "/reach/letters/gone/", OFFICE_HERE),
    "reach:letter": (lambda w: f"/reach/letters/{_letter(w)}/", OFFICE),
    "reach:print_run": (lambda w: f"/reach/letters/runs/{_sheet(w).run_id}/", OFFICE),
    "reach:press": (lambda w: f"/reach/letters/runs/{_sheet(w).run_id}/letters.pdf", OFFICE),
    "reach:find_slip": (lambda w: "/reach/slips/", OFFICE_HERE),
    "reach:slip": (lambda w: f"/reach/slips/{_sheet(w).pk}/", OFFICE),
}

POSTS_OF_LETTERS = {"reach:letter_came_back"}
