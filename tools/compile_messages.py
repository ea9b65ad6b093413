"""Compiles the translations (.po to .mo) without any system tool, and stops at one that would break a page.

Also a build hook, so that a wheel carries the compiled files.
"""

import re
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALE = Path(__file__).resolve().parent.parent / "src" / "gatepost" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def compile_all(locale: Path = LOCALE) -> list[str]:
    """Compile every catalogue that has changed; return what is wrong with them, in plain words."""
    wrong: list[str] = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
            wrong += compile_one(source, target)
    return wrong


def compile_one(source: Path, target: Path) -> list[str]:
    """Compile one catalogue, unless something is wrong with it."""
    from babel.messages.mofile import (
        write_mo,
    )  # only when there is something to do: it takes a moment to load
    from babel.messages.pofile import PoFileError, read_po

    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as problem:
        return [f"{source}: {problem}"]
    wrong = [f"{source}:{message.lineno}: {fault}" for message in catalogue if (fault := _fault(message, catalogue))]
    if not wrong:
        part = target.with_name(f"{target.name}.part")
        with part.open("wb") as file:
            write_mo(file, catalogue)
        part.replace(target)
    return wrong


def _fault(message: Any, catalogue: Any) -> str:
    """What is wrong with one translation: its placeholders, or how many plural forms it has."""
    if not message.id or message.fuzzy:
        return ""
    sources = message.id if message.pluralizable else (message.id,)
    strings = message.string if message.pluralizable else (message.string,)
    if not any(strings):
        return ""  # not translated yet: the English words are shown
    if message.pluralizable and len(strings) != catalogue.num_plurals:
        return f"has {len(strings)} plural forms where this language has {catalogue.num_plurals}"
    wanted = [set(PLACEHOLDER.findall(words)) for words in sources]
    must, may = set.intersection(*wanted), set.union(*wanted)
    for words in strings:
        found = set(PLACEHOLDER.findall(words))
        if missing := must - found:
            return f"lacks {', '.join(sorted(missing))}"
        if strange := found - may:
            return f"has {', '.join(sorted(strange))}, which the English has not"
    return ""


class CompileMessages(BuildHookInterface):  # type: ignore[type-arg]  # its type differs between hatchling's releases
    """Compiles before a wheel is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse to build with a broken catalogue."""
        if wrong := compile_all():
            raise RuntimeError("\n".join(wrong))


def main() -> None:
    """Compile, and stop where something is wrong."""
    if wrong := compile_all():
        sys.exit("\n".join(["These translations would break a page:", *wrong]))


if __name__ == "__main__":
    main()
