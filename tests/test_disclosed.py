"""No way out to a family or an outsider can reach a model: not by a template, a notice, a calendar entry or a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from inspect import getmembers, isclass, isfunction, signature
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from django import forms
from django.template import Template, engines
from django.template.base import Variable
from django.test import Client
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

from gatepost.disclosure import Disclosed
from gatepost.language.table import Language
from gatepost.reach.delivery.render import fill
from gatepost.testing import Cast
from tests.pages import FAMILY_PAGES, World
from tests.test_architecture import PYTHON, SOURCE, TEMPLATES

FRAME = re.compile(r"""{% extends "design/family.html" %}""")
INCLUDED = re.compile(r"""{%-?\s*include\s+["']([\w/.-]+)["']""")
ONLY_IN_NEED = {"reach/family/wait.html"}  # after very many attempts; `reach` tells that story
NOTICES = [path for path in TEMPLATES if path.parent.name == "notices"]


def name_of(template: Path) -> str:
    """What Django calls a template."""
    return template.as_posix().partition("/templates/")[2]


def for_families() -> list[Path]:
    """The templates in a family's frame, and all that they include."""
    named = {name_of(path): path for path in TEMPLATES}
    found: dict[str, Path] = {}
    ahead = [name for name, path in named.items() if FRAME.search(path.read_text(encoding="utf-8"))]
    while ahead:
        name = ahead.pop()
        if name in named and name not in found:
            found[name] = named[name]
            ahead += INCLUDED.findall(named[name].read_text(encoding="utf-8"))
    return sorted(found.values())


FOR_FAMILIES = for_families()
PLAIN = {str, SafeString, bytes, int, float, bool, NoneType, date, datetime, UUID}
HOLDS_OTHERS = {tuple, list, frozenset, set, dict, Iterable, Iterator, Sequence, Union, UnionType}
WRITES_FILES = re.compile(
    r"^\s*(?:import|from) (?:icalendar|reportlab|weasyprint|fpdf)|csv\.(?:Dict)?[wW]riter\(", re.M
)
MADE_UP = {"exchange/demo"}  # a school that does not exist


def modules() -> list[ModuleType]:
    """Every module of ours that is not a test or a migration."""
    names = [".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in PYTHON]
    skipped = re.compile(r"\.tests(\.|$)|\.__init__$|\.__main__$|^gatepost\.(cli|config\.wsgi)$|\.management\.")
    return [import_module(name) for name in names if not skipped.search(name)]


def subclasses(kind: type) -> set[type]:
    """All classes below one."""
    return {found for each in kind.__subclasses__() for found in {each, *subclasses(each)}}


MODULES = modules()
DISCLOSED = sorted(subclasses(Disclosed), key=lambda each: each.__qualname__)


def is_plain(kind: Any) -> bool:
    """Whether a value of this type can lead nowhere: a word, a number, a day, or a frozen row of such."""
    if isinstance(kind, TypeAliasType):
        return is_plain(kind.__value__)
    if kind in PLAIN or (isclass(kind) and issubclass(kind, Enum)):
        return True
    if get_origin(kind) is Literal:
        return True
    if get_origin(kind) in HOLDS_OTHERS:
        return all(part is Ellipsis or is_plain(part) for part in get_args(kind))
    if is_dataclass(kind) and isclass(kind):
        frozen = kind.__dataclass_params__.frozen
        return frozen and all(is_plain(found) for found in get_type_hints(kind).values() if found is not kind)
    return False


@pytest.mark.parametrize("kind", DISCLOSED, ids=lambda kind: kind.__name__)
def test_what_has_passed_the_gate_is_plain_to_its_last_field(kind: type) -> None:
    for name, found in get_type_hints(kind).items():
        assert is_plain(found), f"{kind.__name__}.{name} may hold more than words"


def test_a_model_is_not_plain() -> None:
    from gatepost.know.models import Child

    assert not is_plain(Child) and not is_plain(tuple[Child, ...]) and not is_plain(Child | None) and not is_plain(Any)
    assert is_plain(tuple[Language, ...]) and is_plain(date | None)


def asked_for(template: Path, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, ...]]:
    """Everything that a template looks up, as its names between the dots."""
    found: set[tuple[str, ...]] = set()
    made = Variable.__init__

    def noted(self: Variable, words: Any) -> None:
        made(self, words)
        found.add(tuple(self.lookups or ()))

    monkeypatch.setattr(Variable, "__init__", noted)
    Template(template.read_text(encoding="utf-8"), engine=engines["django"].engine)
    monkeypatch.undo()
    return found - {()}


def fields_of_forms() -> set[str]:
    """What can be asked of a form: its fields, and what Django says of them."""
    ours = [each for each in subclasses(forms.BaseForm) if each.__module__.startswith("gatepost.")]
    return {name for each in ours for name in getattr(each, "base_fields", {})} | {"errors", "items"}


@pytest.mark.parametrize("template", FOR_FAMILIES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_familys_template_asks_for_disclosed_fields_only(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {field.name for kind in (*DISCLOSED, Language) for field in fields(kind)} | fields_of_forms()
    for first, *rest in asked_for(template, monkeypatch):
        if first not in ("forloop", "request"):
            assert set(rest) <= known, f"{first}.{'.'.join(rest)} is no field of a Disclosed"


@pytest.mark.parametrize("template", NOTICES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_notice_asks_for_words_and_never_for_something_of_something(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for names in asked_for(template, monkeypatch):
        assert len(names) == 1, f"{'.'.join(names)}: a notice is filled with plain values"


def test_a_notice_is_filled_with_plain_values_or_not_at_all(cast: Cast) -> None:
    assert "Elm Park" in fill("reach/notices/shared.sms", {"school": "Elm Park", "link": None})
    for value in (cast.ayan, [cast.ayan], cast.amina.contact_points.all()):
        with pytest.raises(TypeError, match="plain"):
            fill("reach/notices/shared.sms", {"school": value})


def test_every_template_for_families_is_rendered_by_the_sweep_of_pages(made: World, client: Client) -> None:
    seen: set[str] = set()

    def note(sender: Any, **_: Any) -> None:
        seen.add(str(sender.name))

    template_rendered.connect(note)
    for name in FAMILY_PAGES:
        client.get(FAMILY_PAGES[name](made, client))
    template_rendered.disconnect(note)
    ours = {name_of(path) for path in FOR_FAMILIES} - ONLY_IN_NEED
    assert ours - seen == set(), "say in FAMILY_PAGES of tests/pages.py how a family comes to see it"


def writers() -> list[ModuleType]:
    """Modules that write files for people outside: calendar entries, sheets, printed pages."""
    paths = {str(path): path for path in PYTHON if WRITES_FILES.search(path.read_text(encoding="utf-8"))}
    return [
        module
        for module in MODULES
        if module.__file__ in paths and not any(part in str(module.__file__) for part in MADE_UP)
    ]


def test_there_are_files_to_look_at() -> None:
    assert {module.__name__ for module in writers()} >= {"gatepost.meet.calendar", "gatepost.measure.releases"}


@pytest.mark.parametrize("module", writers(), ids=lambda module: module.__name__)
def test_files_that_leave_are_made_of_plain_values(module: ModuleType) -> None:
    for name, function in getmembers(module, isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            hints = get_type_hints(function)
            for parameter in signature(function).parameters:
                assert is_plain(hints[parameter]), f"{name}({parameter}) could reach a model"
