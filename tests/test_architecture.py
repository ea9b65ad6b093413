"""The house stands as it was drawn: rules on views, scopes on rows, one way down, rooms of a human size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from gatepost.core.scope import ScopedManager

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gatepost"
ORDER = ["core", "language", "design", "disclosure", "org", "know", "reach", "meet", "agree", "hear", "support"]
ORDER += ["measure", "exchange", "front", "config"]
STRANGERS = [{"disclosure", "design", "language"}, {"hear", "support"}, {"front", "exchange"}]
NAMESPACES = {"invite": "meet", "summary": "agree", "post_room": "reach", "demo": "front", "guide": "front"}
NAMESPACES |= {
    "staff": "org",
    "advice": "support",
    "adviser": "support",
    "home": "support",
    "extra": "support",
    "forwhat": "support",
    "learning": "support",
    "thread": "reach",
    "treated": "reach",
    "together": "reach",
}

PYTHON = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*") if path.is_file())
MODELS = [model for model in apps.get_models() if model.__module__.startswith("gatepost.")]


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def may_know(package: str, other: str) -> bool:
    """Whether a package may point at another: itself, or one that lies below."""
    if package == other:
        return True
    if any({package, other} <= group for group in STRANGERS):
        return False
    return ORDER.index(other) < ORDER.index(package)


def every_view(patterns: list[Any] | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_view(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def every_named_view(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """Every view by the name that `reverse` knows it by."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from every_named_view(entry.url_patterns, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


@pytest.mark.parametrize(("url", "view"), list(every_view()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_view_says_who_may_open_it(url: str, view: Any) -> None:
    assert callable(getattr(view, "may", None)), f"{url} has no rule"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_row_has_a_scope_or_says_that_it_is_global(model: type[models.Model]) -> None:
    scoped = isinstance(model._default_manager, ScopedManager)
    assert scoped or getattr(model, "belongs_to", "") == "global", f"{model.__name__} has no scope"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_ids_are_random(model: type[models.Model]) -> None:
    assert isinstance(model._meta.pk, models.UUIDField), f"{model.__name__} has an id that can be guessed"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    for field in model._meta.get_fields():
        target = field.related_model if getattr(field, "concrete", False) else None
        if isinstance(target, type) and target.__module__.startswith("gatepost."):
            assert may_know(model._meta.app_label, target._meta.app_label), f"{field} points up"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_templates_link_extend_and_include_downwards(template: Path) -> None:
    text, package = template.read_text(encoding="utf-8"), package_of(template)
    for name in re.findall(r"""{%-?\s*url\s+["']([\w-]+):""", text):
        assert may_know(package, NAMESPACES.get(name, name)), f"links up to {name}"
    for name in re.findall(r"""{%-?\s*(?:extends|include)\s+["']([\w-]+)/""", text):
        assert name not in ORDER or may_know(package, name), f"includes {name} from above"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_templates_are_short_and_carry_no_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert text.count("\n") <= 120
    assert not re.search(r"\sstyle=|\son\w+=\"|<style|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("sheet", sorted(SOURCE.rglob("*.css")), ids=lambda path: path.name)
def test_style_sheets_know_no_left_and_right(sheet: Path) -> None:
    physical = r"(margin|padding|border)-(left|right)|(?<![\w-])(left|right)\s*:|(align|float|clear):\s*(left|right)"
    assert not re.search(physical, sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_and_functions_have_a_human_size(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "is there a room missing?"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            assert node.end_lineno - node.lineno < 40, f"{node.name} is long"


@pytest.mark.parametrize("file", PYTHON, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_module_says_why_it_exists(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), "no docstring"


def test_lock_files_name_no_host() -> None:
    for lock in [*ROOT.glob("*.lock"), *ROOT.glob("tests/*/package-lock.json")]:
        if lock.name != "uv.lock":  # scratch, not kept
            assert "://" not in lock.read_text(encoding="utf-8")


def test_only_reach_talks_to_the_wire() -> None:
    for file in PYTHON:
        if package_of(file) != "reach":
            assert not re.search(r"^\s*(from|import) (django\.core\.mail|smtplib)", file.read_text("utf-8"), re.M), file
