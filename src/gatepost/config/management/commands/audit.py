"""`gatepost audit`: whether the audit trail is whole, and where it ends today."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from gatepost.config.heads import as_text, heads
from gatepost.core.trail import first_bad_line, head_of, heads_in, stands
from gatepost.org.models import School

NOBODYS = "What belongs to no school"


class Command(BaseCommand):
    """Looks at every chain, and changes nothing."""

    help = "Say whether the audit trail is whole (verify), or where it ends now (head)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        what = parser.add_subparsers(dest="what", required=True)
        verify = what.add_parser("verify", help="name the first line that was changed, removed or moved")
        verify.add_argument("--school", default="", help="the name or id of one school; all of them when left out")
        verify.add_argument("--against", default="", help="a file of heads from before: finds what was cut off the end")
        head = what.add_parser("head", help="print where each chain ends, one line of JSON for each")
        head.add_argument("--file", default="", help="add the lines to this file instead")

    def handle(self, *, what: str, **options: Any) -> None:
        """Do one of the two."""
        if what == "verify":
            self.verify(options["school"], options["against"])
        elif options["file"]:
            with Path(options["file"]).open("a", encoding="utf-8") as file:
                file.write(as_text(heads()))
        else:
            self.stdout.write(as_text(heads()), ending="")

    def verify(self, school: str, against: str) -> None:
        """Go through the chains, then hold the heads beside them. Ends with 1 where anything was touched."""
        chains = _chains(school)
        touched = [words for words in (self._look(pk, name) for pk, name in chains.items()) if words]
        touched += _cut_off(chains, against) if against else []
        for words in touched:
            self.stdout.write(words)
        if touched:
            raise CommandError("The audit trail was touched. Keep everything as it is, and find out who did it.")

    def _look(self, pk: UUID | None, name: str) -> str:
        bad = first_bad_line(pk)
        if bad is not None:
            return f"{name}: line {bad} is the first that was changed, removed or moved."
        self.stdout.write(f"{name}: {head_of(pk).number} lines, whole.")
        return ""


def _chains(asked: str) -> dict[UUID | None, str]:
    """Each chain by its school's id, with its name."""
    schools: dict[UUID | None, str] = {school.pk: school.name for school in School.objects.order_by("name")}
    if not asked:
        return {None: NOBODYS, **schools}
    with suppress(ValueError):
        asked = schools.get(UUID(asked), asked)
    found = {pk: name for pk, name in schools.items() if name == asked}
    if not found:
        raise CommandError(f"There is no school {asked!r}.")
    return found


def _cut_off(chains: dict[UUID | None, str], file: str) -> Iterator[str]:
    try:
        found = heads_in(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError) as problem:
        raise CommandError(f"{file} holds no heads that can be read: {type(problem).__name__}.") from None
    if not found:
        raise CommandError(f"There is no head in {file}.")
    for head in found:
        if head.school_id in chains and not stands(head):
            yield f"{chains[head.school_id]}: line {head.number}, the last one on {head.at}, is gone or is another."
