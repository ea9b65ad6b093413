"""The pages of coming together, in the same columns as `tests/pages.py`, which joins them to its own."""

from __future__ import annotations

PAGES_OF_MEETINGS = {
    "staff:days_off": (lambda w: "/staff/days-off/", (403, 403, 403, 200, 200, 200, 302)),
}

POSTS_OF_MEETINGS = {"staff:open_again"}
