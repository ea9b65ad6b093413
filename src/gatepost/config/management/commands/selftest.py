"""`gatepost selftest NAME`: have a promise checked, in a made-up school with a database of its own."""

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gatepost import selftest
from gatepost.selftest.stage import stage


class Command(BaseCommand):
    """Tries to break one promise many times, and prints one line of JSON with what came of it."""

    help = "Have a promise checked: builds a made-up school, tries to break it, and prints one line of JSON."
    requires_system_checks = ()  # they would read the addresses before the stage says that it plays a real school

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, how often, and from which seed."""
        parser.add_argument("name", choices=sorted(selftest.SELFTESTS), help="what to check")
        parser.add_argument(
            "--count", "--kills", "--attempts", type=int, help="how often to try; each self test has its own number"
        )
        parser.add_argument("--seed", type=int, help="repeats a run; chosen and printed when left out")
        parser.add_argument("--from", type=int, default=0, dest="start", help="take up a run at this number")
        parser.add_argument("--restart", default="", help="booking: run this under load; it restarts the database")
        parser.add_argument("--gateway", default="", help="killsend: texts go through this gateway, not through ours")
        parser.add_argument("--network", default="", help="killsend: where the network behind it notes what it takes")
        parser.add_argument("--plant", default="", help="break this on purpose, to see that it is found")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it; end with 1 where it found something."""
        name = options["name"]
        wanted = {
            "count": selftest.default_count(name) if options["count"] is None else options["count"],
            "seed": secrets.randbelow(2**32) if options["seed"] is None else options["seed"],
            "start": options["start"],
            "plant": options["plant"],
            "restart": options["restart"],
            "gateway": options["gateway"],
            "network": options["network"],
        }
        with stage():
            found = selftest.run(name, **wanted, say=self.stderr.write)
        self.stdout.write(json.dumps(found, ensure_ascii=False))
        if found["failures"]:
            raise SystemExit(1)
