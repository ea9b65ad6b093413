"""Documented or it does not exist: settings, commands, notices, rules and audit words stand in the reference pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from gatepost.disclosure import RULES
from gatepost.reach.kinds import KINDS
from tools import reference

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "gatepost"


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def settings_read() -> list[str]:
    text = (SOURCE / "config" / "settings.py").read_text(encoding="utf-8")
    return sorted(set(re.findall(r'env\.\w+\(\s*"(\w+)"', text)))


def commands() -> list[str]:
    return sorted(name for name, package in get_commands().items() if package.startswith("gatepost."))


def audit_words() -> list[str]:
    found: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        if "tests" not in file.parts:
            found |= set(re.findall(r'audit\.record\(\s*"([\w.]+)"', file.read_text(encoding="utf-8")))
    return sorted(found)


@pytest.mark.parametrize("name", settings_read())
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in page("settings")


@pytest.mark.parametrize("name", commands())
def test_every_command_is_documented(name: str) -> None:
    assert f"`gatepost {name}" in page("commands")


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_notice_is_documented(name: str) -> None:
    assert f"`{name}`" in page("notices")
    assert KINDS[name].why in page("notices")


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_disclosure_rule_is_documented_in_its_own_words(name: str) -> None:
    text = page("disclosure-rules")
    assert f"`{name}`" in text
    assert RULES[name] in text


@pytest.mark.parametrize("name", audit_words())
def test_every_audit_word_is_documented(name: str) -> None:
    assert f"`{name}`" in page("audit")


@pytest.mark.parametrize("name", reference.PAGES)
def test_pages_made_from_the_code_are_up_to_date(name: str) -> None:
    assert page(name) == reference.made_anew(name), "run: .venv/bin/python -m tools.reference"


def written_pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("file", written_pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", file.read_text(encoding="utf-8")):
        assert "://" in target or (file.parent / target).exists(), f"{target} is not there"
