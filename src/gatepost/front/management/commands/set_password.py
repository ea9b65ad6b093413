"""`gatepost set_password`: a new password for somebody who cannot reset it by mail."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gatepost.core.errors import Refused
from gatepost.front import services
from gatepost.front.management import asking


class Command(BaseCommand):
    """Set a password."""

    help = "Set somebody's password: typed twice, or one line from a pipe; never an argument, which others could see."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("--email", required=True)

    def handle(self, *, email: str, **_: Any) -> None:
        """Ask for it and set it."""
        try:
            person = services.person_of(email)
            services.give_password(person, asking.password())
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        self.stdout.write(f"{person.name} can sign in with the new password.")
