"""`gatepost mailroom`: takes in replies and what came back, from the mail server of the house."""

from __future__ import annotations

import asyncio
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gatepost.reach.services.mailroom import Mailroom, server_of


class Command(BaseCommand):
    """Listens until it is told to stop. It keeps a mail before it says that it has it."""

    help = "Take in replies to our mails, and mails that came back, by SMTP or LMTP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8025, help="the port (default: %(default)s)")
        parser.add_argument("--lmtp", action="store_true", help="speak LMTP, as mail servers do to a mailbox")

    def handle(self, *, host: str, port: int, lmtp: bool, **_: Any) -> None:
        """Listen."""
        if not settings.GATEPOST_MAIL_DOMAIN:
            raise CommandError("Set GATEPOST_MAIL_DOMAIN first: the domain whose mail your server brings here.")
        try:
            asyncio.run(self._listen(host, port, lmtp))
        except OSError as problem:
            raise CommandError(f"Cannot listen on {host}, port {port}: {problem.strerror}.") from None

    async def _listen(self, host: str, port: int, lmtp: bool) -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, over.set)
        handler = Mailroom()
        server = await loop.create_server(lambda: server_of(handler, lmtp=lmtp), host, port)
        self.stdout.write(f"Mail for {settings.GATEPOST_MAIL_DOMAIN} comes in at {host}, port {port}.")
        async with server:
            await over.wait()
