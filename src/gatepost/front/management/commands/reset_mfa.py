"""`gatepost reset_mfa`: for somebody who has lost every second factor."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gatepost.core.errors import Refused
from gatepost.front import services


class Command(BaseCommand):
    """Take somebody's second factors away, and sign them out everywhere."""

    help = "Take away somebody's passkeys, app and recovery codes and end their sessions; they set up a new one next."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("--email", required=True)

    def handle(self, *, email: str, **_: Any) -> None:
        """Do it, and say what comes next."""
        try:
            person = services.person_of(email)
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        taken = services.reset_second_factor(person)
        self.stdout.write(f"{person.name}: {taken} taken away, signed out everywhere.")
        self.stdout.write("They sign in with their password and set up a new second factor before anything opens.")
        self.stdout.write(
            "Be sure that it is they: speak to them in person. If their password may be known, set a new one."
        )
