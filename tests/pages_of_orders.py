"""The pages about orders and about who was left out, who opens them and with what answer. See `pages.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gatepost.know.models import Order

if TYPE_CHECKING:
    from tests.pages import World

PROTECT = (403, 403, 403, 200, 200, 404, 302)  # the office and the head
PROTECT_HERE = (403, 403, 403, 200, 200, 200, 302)  # the same, where it is about no child


def _order(w: World) -> str:
    return str(Order.objects.get(adult=w.cast.kev).pk)


PAGES_OF_ORDERS: dict[str, tuple[Callable[[World], str], tuple[int, ...]]] = {
    "front:orders": (lambda w: "/orders/", PROTECT_HERE),
    "front:begin_order": (lambda w: "/orders/record/?q=ella", PROTECT_HERE),
    "front:record_order": (lambda w: f"/orders/record/{w.cast.ella.pk}/", PROTECT),
    "front:order": (lambda w: f"/orders/{_order(w)}/", PROTECT),
    "front:barred_time": (lambda w: f"/orders/time/{w.booking.pk}/", PROTECT),
    "front:wait": (lambda w: "/orders/wait/?q=ella", (200, 200, 200, 200, 200, 200, 302)),
    "measure:left_out": (lambda w: "/measure/left-out/", PROTECT_HERE),
    "measure:left_out_csv": (lambda w: "/measure/left-out/counts.csv", PROTECT_HERE),
}

POSTS_OF_ORDERS = {
    "front:order_words",
    "front:ask_to_lift",
    "front:agree_to_lift",
    "front:keep_order",
    "front:prolong_order",
    "front:hold",
    "measure:tell_left_out",
}
