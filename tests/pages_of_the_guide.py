"""The pages of the guide, which everybody may read, in the same columns as `tests/pages.py`, which joins them."""

from __future__ import annotations

EVERYBODY = (200,) * 7

PAGES_OF_THE_GUIDE = {
    "front:leaflets": (lambda w: "/leaflets/", (200, 200, 200, 200, 200, 200, 302)),
    "guide:home": (lambda w: "/guide/", EVERYBODY),
    "guide:words": (lambda w: "/guide/words/", EVERYBODY),
    "guide:leaflet": (lambda w: "/guide/rights/assessment/", EVERYBODY),
    "guide:leaflet_sheet": (lambda w: "/guide/rights/nothing/on-paper/", (404,) * 7),
    "guide:guidance": (lambda w: "/guide/whom-to-ask/", EVERYBODY),
    "guide:guidance_sheet": (lambda w: "/guide/nothing/on-paper/", (404,) * 7),
}

GUIDE_FOR_FAMILIES = {
    "guide:home": lambda w, client: "/guide/",
    "guide:words": lambda w, client: "/guide/words/",
    "guide:leaflet": lambda w, client: "/guide/rights/assessment/",
    "guide:guidance": lambda w, client: "/guide/whom-to-ask/",
}
