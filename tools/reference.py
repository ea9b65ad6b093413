"""Writes the tables of the reference pages that can be read off the code, so that they are never wrong.

A table stands between `<!-- made: name -->` and `<!-- end -->`; the words around it are written by people.
`python -m tools.reference` writes the tables anew; with `--check` it only says which pages are out of date.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver

from gatepost.disclosure import RULES, Bar, CareFacts, Fact, OrderFacts, Standing, Tri, decide
from gatepost.reach.kinds import KINDS, NoticeKind

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PAGES = ("disclosure-rules", "notices", "pages")
BLOCK = re.compile(r"(?<=<!-- made: )([\w-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
DEMO_URLS = {"post-room/": "gatepost.reach.post_room_urls", "demo/": "gatepost.front.demo_urls"}
FACTS = [f"`{fact}`" for fact in Fact]
ADDRESS = ["Address", "What it is", "Who may open it"]


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines) + "\n"


def rules() -> str:
    """Every rule, what it answers over every bond that there can be, and its words."""
    found = defaultdict[str, set[str]](set)
    for standing, bar, responsibility, held in product(Standing, [None, *Bar], Tri, [False, True]):
        for fact in Fact:
            answer = decide(_bond(standing, bar, responsibility, held), fact, on=date.max)
            found[answer.rule].add(answer.verdict.value)
    lines = [[f"`{name}`", ", ".join(sorted(found[name])) or "words only", words] for name, words in RULES.items()]
    return table(["Rule", "Answers", "In words"], lines)


def without_order() -> str:
    """What the gate says by an adult's standing."""
    return table(["Standing", *FACTS], [[f"`{each}`", *_row(_bond(each))] for each in Standing])


def with_order() -> str:
    """What the gate says to a parent by what an order bars."""
    return table(["Bar", *FACTS], [[f"`{bar}`", *_row(_bond(Standing.PARENT, bar))] for bar in Bar])


def _bond(standing: Standing, bar: Bar | None = None, responsibility: Tri = Tri.YES, held: bool = False) -> CareFacts:
    orders = (OrderFacts(frozenset({bar}), date.min, None, lifted=False, second_person_agreed=False),) if bar else ()
    return CareFacts(standing, responsibility, Tri.UNKNOWN, orders, held)


def _row(care: CareFacts) -> list[str]:
    answers = [decide(care, fact, on=date.max) for fact in Fact]
    return [f"{answer.verdict}: `{answer.rule}`" for answer in answers]


def notices() -> str:
    """Every notice that can be told, what it says and what its link opens."""
    for file in sorted((ROOT / "src" / "gatepost").glob("*/notices.py")):
        import_module(f"gatepost.{file.parent.name}.notices")
    rows = [_notice(KINDS[name]) for name in sorted(KINDS)]
    return table(["Notice", "What it is for", "Facts it carries", "Its link opens"], rows)


def _notice(kind: NoticeKind) -> list[str]:
    facts = ", ".join(f"`{fact}`" for fact in sorted(kind.facts)) or "none"
    return [f"`{kind.name}`", kind.why, facts, f"`{kind.opens}`, {kind.link_days} days" if kind.opens else "no link"]


def staff_pages() -> str:
    """What is always served, to staff and to everybody."""
    return table(ADDRESS, [line for line in _always() if "token>" not in line[0]])


def family_pages() -> str:
    """What opens with a link."""
    return table(ADDRESS, [line for line in _always() if "token>" in line[0]])


def demo_pages() -> str:
    """What is served in the demonstration only."""
    found = [_lines(import_module(module).urlpatterns, start) for start, module in DEMO_URLS.items()]
    return table(ADDRESS, [line for lines in found for line in lines])


def _always() -> list[list[str]]:
    demo = tuple(f"`/{start}" for start in (*DEMO_URLS, "gallery"))
    urls = import_module("gatepost.config.urls").urlpatterns
    return [line for line in _lines(urls, "") if not line[0].startswith(demo)]


def _lines(patterns: list[Any], prefix: str) -> Iterator[list[str]]:
    for entry in patterns:
        route = prefix + re.sub(r"^\^|\$$|\(\?P(<\w+>)[^)]*\)", r"\1", str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _lines(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            ours = entry.callback.__module__.startswith("gatepost.")
            what = _first(entry.callback) if ours else "Part of signing in."
            yield [f"`/{route}`", what, _first(vars(entry.callback)["may"])]


def _first(thing: Callable[..., Any]) -> str:
    return (thing.__doc__ or "").strip().partition("\n")[0]


MAKERS = (rules, without_order, with_order, notices, staff_pages, family_pages, demo_pages)


def made_anew(page: str) -> str:
    """The text of a reference page, its tables as the code has them now."""
    makers = {maker.__name__.replace("_", "-"): maker for maker in MAKERS}
    text = (REFERENCE / f"{page}.md").read_text(encoding="utf-8")
    return BLOCK.sub(lambda found: f"{found[1]}{found[2]}\n{makers[found[1]]()}\n", text)


def main() -> None:
    """Write the tables, or say which pages are out of date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gatepost.config.settings")
    os.environ.setdefault("GATEPOST_SECRET_KEY", "these pages need no secret, so no data folder is made for one")
    import_module("django").setup()
    made = {REFERENCE / f"{page}.md": made_anew(page) for page in PAGES}
    old = [path for path, text in made.items() if path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv and old:
        sys.exit(f"Out of date: {', '.join(path.name for path in old)}. Run: python -m tools.reference")
    for path in old:
        path.write_text(made[path], encoding="utf-8")


if __name__ == "__main__":
    main()
