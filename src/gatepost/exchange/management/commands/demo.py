"""`gatepost demo`: opens a made-up school on this machine, in which one person can play every part."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gatepost.core import scope
from gatepost.core.errors import Refused
from gatepost.exchange.demo.build import build_demo
from gatepost.know.models import Adult, Child, Group
from gatepost.org.models import School


class Command(BaseCommand):
    """Everything that the demonstration needs, in one command."""

    help = "Open the demo school on this machine, building it first where it is missing; Ctrl-C closes it."
    requires_system_checks: list[str] = []  # `serve` checks; this only prepares

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer what the command can be told."""
        parser.add_argument("--port", type=int, default=8000, help="where to listen (default: %(default)s)")
        parser.add_argument("--prepare-only", action="store_true", help="build the school, and do not open it")

    def handle(self, *, port: int, prepare_only: bool, **_: Any) -> None:
        """Build what is missing, say who can come in how, and serve until told to stop."""
        if not settings.GATEPOST_DEMO:
            _start_again_as_demo(port)
        _migrate()
        try:
            school = build_demo(settings.GATEPOST_DATA)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        for line in _welcome(school, port):
            self.stdout.write(line)
        self.stdout.flush()
        if not prepare_only:
            call_command("serve", port=port, skip_checks=False)


def _start_again_as_demo(port: int) -> None:
    """Settings are read once, when a process starts: start this command again as the demonstration."""
    os.environ["GATEPOST_DEMO"] = "1"
    os.environ.setdefault("GATEPOST_ORIGIN", f"http://127.0.0.1:{port}")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gatepost", *sys.argv[1:]])  # noqa: S606  our own words, no shell


def _migrate() -> None:
    """Bring the tables up to date where they are not, as their owner."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    owner = settings.DATABASE_OWNER_URL
    environment = os.environ | {"DATABASE_URL": owner} if owner else None
    command = [sys.executable, "-m", "gatepost", "migrate", "--no-input", "--verbosity", "0"]
    if subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode:
        raise CommandError("The database could not be brought up to date: see above. Nothing was started.")


def _welcome(school: School, port: int) -> list[str]:
    address = f"http://127.0.0.1:{port}"
    with scope.only([school.pk], organisation=school.organisation_id):
        counts = Child.objects.count(), Group.objects.count(), Adult.objects.count()
    return [
        f"{school.name}: {counts[0]} children in {counts[1]} classes, and {counts[2]} adults. All of it is made up.",
        f"  Start here          {address}/",
        f"  Play the staff      {address}/demo/people/   (no password: Ms Ode teaches, Mrs Finch runs",
        "                      the office, Mrs Bell is the head, Mr Nye teaches the class next door)",
        f"  Play the families   {address}/post-room/   (every message as it reaches them; links work)",
    ]
