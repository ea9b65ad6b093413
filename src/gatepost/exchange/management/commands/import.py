"""`gatepost import`: takes in what a school's own system gives out, after showing what it would change."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gatepost.exchange.roster.services import preview, take_over


class Command(BaseCommand):
    """Reads a roster."""

    help = "Read a roster (School Data Sync v2.1, or our own CSV), say what it would change, and take it over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        parser.add_argument("path", type=Path, help="a CSV file, a folder of CSV files, or a zip of them")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="only say what would change (this is the default)")
        what.add_argument("--apply", action="store_true", help="take it over, all or nothing")
        parser.add_argument("--json", action="store_true", help="print one report as JSON")
        parser.add_argument(
            "--school", default="", metavar="NAME", help="the school it is about, or the only one to take"
        )
        parser.add_argument(
            "--allow-many", action="store_true", help="also change more than 5 %% of the known contacts"
        )

    def handle(self, *, path: Path, apply: bool, json: bool, school: str, allow_many: bool, **_: Any) -> None:
        """Look, or take over, and say what came of it."""
        report = (
            take_over(path, school=school, allow_many=allow_many, by=None) if apply else preview(path, school=school)
        )
        if json:
            self.stdout.write(_as_json(report.as_json()))
        else:
            for line in report.as_text():
                self.stdout.write(line)
        if not report.ok:
            raise CommandError("Nothing was taken over.", returncode=1)


def _as_json(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)
