"""`gatepost pack`: writes the locked lists for an outage now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gatepost.core.errors import Refused
from gatepost.meet import packing


class Command(BaseCommand):
    """Write tomorrow's lists, for each school, into a locked file."""

    help = "Write tomorrow’s timetables, door lists and telephone numbers into one locked file for each school."

    def handle(self, **_: Any) -> None:
        """Write them, and say where they are."""
        try:
            for path in packing.write_all():
                self.stdout.write(f"Written: {path}")
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(f"It could not be written: {problem}") from None
