"""`gatepost doctor`: looks at the installation and says what to mend."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from gatepost.front.doctor import examine


class Command(BaseCommand):
    """Say what is well and what is not; the exit code is 1 where something must be mended."""

    help = "Look at this installation: settings, folder, channels, words, database, audit trail."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        """One line each: ok, note or mend."""
        findings = list(examine())
        for found in findings:
            word = "mend" if not found.is_well else "note" if found.note else "ok"
            self.stdout.write(f"{word:5} {found.what}{f' — {found.mend}' if found.mend else ''}")
        if not all(found.is_well for found in findings):
            sys.exit(1)
