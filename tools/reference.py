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
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver

from gatepost.disclosure import Bar, CareFacts, ChannelFacts, Fact, OrderFacts, Standing, Tri, Way, decide
from gatepost.disclosure.table import TABLE, WORDS_ONLY
from gatepost.org.permissions import MAY, Permission, Role, label_of
from gatepost.reach.kinds import KINDS, NoticeKind

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PAGES = ("data-levels", "disclosure-rules", "notices", "pages", "roles")
BLOCK = re.compile(r"(?<=<!-- made: )([\w-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
DEMO_URLS = {"post-room/": "gatepost.reach.post_room_urls", "demo/": "gatepost.front.demo_urls"}
FACTS = [f"`{fact}`" for fact in Fact]
ADDRESS = ["Address", "What it is", "Who may open it"]


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A table as Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines) + "\n"


def rules() -> str:
    """Every rule in the order in which it is asked, what it answers, who may read it, and its words."""
    rows = [
        [f"`{rule.name}`", rule.verdict.value, "office, head, lead" if rule.betrays else "staff", rule.words]
        for rule in TABLE
    ]
    rows += [[f"`{name}`", "words only", "staff", words] for name, words in WORDS_ONLY.items()]
    return table(["Rule", "Answers", "Who reads it", "In words"], rows)


def without_order() -> str:
    """What the gate says by an adult's standing."""
    return table(["Standing", *FACTS], [[f"`{each}`", *_row(_bond(each))] for each in Standing])


def with_order() -> str:
    """What the gate says to a parent by what an order bars."""
    return table(["Bar", *FACTS], [[f"`{bar}`", *_row(_bond(Standing.PARENT, bar))] for bar in Bar])


def by_channel() -> str:
    """What the gate says to a parent by the way that words would go."""
    shapes = {
        "`shared`": ChannelFacts(Way.SMS, shared=True),
        "`overheard`": ChannelFacts(Way.SMS, shared=True, overheard=True),
        "not `confirmed`": ChannelFacts(Way.EMAIL, confirmed=False),
        "`voice`, refused": ChannelFacts(Way.VOICE),
    }
    care = replace(_bond(Standing.PARENT), no_voice_calls=True)
    told = [Fact.EDUCATION, Fact.LOGISTICS]
    rows = [[name, *(_said(care, fact, channel=shape) for fact in told)] for name, shape in shapes.items()]
    return table(["Way", *(f"`{fact}`" for fact in told)], rows)


def in_doubt() -> str:
    """What the gate says where the school's records contradict themselves, or nobody is sure."""
    order = OrderFacts(frozenset({Bar.EDUCATION}), date.min, None, False, False, restrains="a", protects="b")
    faced = replace(order, restrains="b", protects="a")
    parent = _bond(Standing.PARENT)
    barred = replace(parent, orders=(order,))
    alone = replace(barred, lives_with=Tri.YES, others_live_with=Tri.NO)
    shapes = {
        "An order bars A to protect B, another bars B to protect A": replace(barred, others_orders=(faced,)),
        "An order bars the only adult with whom the child lives": alone,
        "An order has passed its last day": replace(parent, orders=(replace(order, until_on=date.min),)),
        "The office holds the bond": replace(parent, held=True),
        "Nobody is sure whose record it is": replace(parent, identity_doubted=True),
    }
    return table(["What is written down", "`education`"], [[w, _said(c, Fact.EDUCATION)] for w, c in shapes.items()])


def _bond(standing: Standing, bar: Bar | None = None) -> CareFacts:
    orders = (OrderFacts(frozenset({bar}), date.min, None, lifted=False, second_person_agreed=False),) if bar else ()
    return CareFacts(standing, Tri.YES, Tri.UNKNOWN, orders)


def _row(care: CareFacts) -> list[str]:
    return [_said(care, fact) for fact in Fact]


def _said(care: CareFacts, fact: Fact, **more: Any) -> str:
    answer = decide(care, fact, on=date.max, **more)
    return f"{answer.verdict}: `{answer.rule}`"


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


def roles() -> str:
    """The table of permissions, by strand: who may what of all that a head can give."""
    heads = ["Permission", "In words", *(str(Role(role).label) for role in Role.values)]
    rows = [
        [f"`{each.value}`", str(each.label), *("yes" if each in MAY[role] else "" for role in Role.values)]
        for each in Permission
    ]
    return table(heads, rows)


def strands() -> str:
    """What somebody may who leads a strand, and what an adviser may."""
    others = [role for role in MAY if role not in Role.values]
    rows = [
        [str(label_of(role)), ", ".join(f"`{each.value}`" for each in Permission if each in MAY[role])]
        for role in others
    ]
    return table(["Acting as", "May"], rows)


def levels() -> str:
    """Every column of every model by its protection level."""
    from gatepost.core.levels import Level, level_of, our_models  # it needs Django to be set up

    rows = []
    for model in our_models():
        names = [field.name for field in model._meta.local_concrete_fields if not model._meta.auto_created]
        found = defaultdict[str, list[str]](list)
        for name in names:
            level = level_of(model, name)
            found[level.name if level else ""].append(f"`{name}`")
        if names:
            rows.append([f"`{model._meta.label}`", *(", ".join(found[level.name]) for level in Level)])
    return table(["Table", *(level.name for level in Level)], rows)


def _first(thing: Callable[..., Any]) -> str:
    return (thing.__doc__ or "").strip().partition("\n")[0]


GATE = (rules, without_order, with_order, by_channel, in_doubt)
MAKERS = (levels, roles, strands, *GATE, notices, staff_pages, family_pages, demo_pages)


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
