"""`gatepost add_adviser`: lets somebody of an independent advice service sign in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from gatepost.core.errors import Refused
from gatepost.org.models import Organisation
from gatepost.org.services import appoint_adviser, found_service


class Command(BaseCommand):
    """Let somebody advise families for a service; run again, it changes nothing."""

    help = "Let an independent adviser sign in. They belong to no school; families say yes to them one by one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and for which service."""
        parser.add_argument("--email", required=True, help="the address they sign in with")
        parser.add_argument("--name", required=True, help='as families know them, for example "Ms Ferris"')
        parser.add_argument("--service", required=True, help="the name of the advice service")
        parser.add_argument("--create-service", action="store_true", help="make the service if it is not there")

    def handle(self, *, email: str, name: str, service: str, create_service: bool, **_: Any) -> None:
        """Make the service where asked to, then the adviser."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        try:
            adviser, fresh = appoint_adviser(email, name=name, service=self._service(service, create_service))
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        done = "now advises" if fresh else "already advises"
        self.stdout.write(f"{adviser.person.name} {done} families for {adviser.organisation.name}.")
        if not adviser.person.has_usable_password():
            self.stdout.write(f"They need a password: gatepost set_password --email {email}")

    def _service(self, name: str, create: bool) -> Organisation:
        found = Organisation.objects.filter(name__iexact=name, kind=Organisation.Kind.ADVISER).first()
        if found:
            return found
        if create:
            return found_service(name)
        raise CommandError(f"No advice service is called {name}. Add --create-service to make it.")
