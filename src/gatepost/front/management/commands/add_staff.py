"""`gatepost add_staff`: gives somebody a job at a school, so that they can sign in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from gatepost.core.errors import Refused
from gatepost.front import services
from gatepost.front.management import asking
from gatepost.org.models import Role, School
from gatepost.org.services import appoint


class Command(BaseCommand):
    """Give somebody a job; run again, it changes nothing."""

    help = "Let somebody who works at a school sign in. The first one of an installation is made like this."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, as what, and where."""
        parser.add_argument("--email", required=True, help="the address they sign in with")
        parser.add_argument("--name", required=True, help='as families know them, for example "Mrs Finch"')
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--school", required=True, help="the name of the school")
        parser.add_argument("--create-school", action="store_true", help="make the school if it is not there")

    def handle(self, *, email: str, name: str, role: str, school: str, create_school: bool, **_: Any) -> None:
        """Make the job, then ask for a password where one is missing."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        where = self._school(school, create_school)
        try:
            job, fresh = appoint(email, name=name, role=Role(role), school=where, by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        done = "is now" if fresh else "already is"
        self.stdout.write(f"{job.person.name} {done} {job.get_role_display().lower()} at {job.school.name}.")
        if job.person.has_usable_password():
            return
        if not asking.somebody_is_there():
            self.stdout.write(f"They need a password: gatepost set_password --email {email}")
            return
        try:
            services.give_password(job.person, asking.password())
        except Refused as refusal:
            raise CommandError(f"{refusal} Try again: gatepost set_password --email {email}") from None
        self.stdout.write("The password is set. They can sign in.")

    def _school(self, name: str, create: bool) -> School:
        found = list(School.objects.filter(name__iexact=name)[:2])
        if len(found) > 1:
            raise CommandError(f"Several schools are called {name}.")
        if found:
            return found[0]
        if create:
            return services.found_school(name)
        known = ", ".join(School.objects.values_list("name", flat=True)[:10]) or "none"
        raise CommandError(f"No school is called {name} (known: {known}). Add --create-school to make it.")
