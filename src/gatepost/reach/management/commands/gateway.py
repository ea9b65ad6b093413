"""`gatepost gateway`: prints where a text gateway brings each school what came back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from gatepost.org.models import School
from gatepost.reach import gatekeys


class Command(BaseCommand):
    """Say the addresses; they are secrets."""

    help = "Print the secret addresses at which a text gateway brings each school texts and receipts."

    def handle(self, **_: Any) -> None:
        """One school after the other."""
        for school in School.objects.all():
            self.stdout.write(f"{school.name}:")
            for name in ("text", "receipt", "notify"):
                path = reverse(f"gateway:{name}", args=[gatekeys.key_of(school.pk)])
                self.stdout.write(f"  {name:8} {settings.GATEPOST_ORIGIN}{path}")
