"""`gatepost migrate`: Django's own, as the owner of the tables where the role that serves is another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from gatepost.config.database import as_owner


class Command(Migrate):
    """Change the tables as whoever owns them."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what Django does, under the name of `DATABASE_OWNER_URL`."""
        connection = connections[options["database"]]
        with as_owner(connection, settings.DATABASE_OWNER_URL, settings.GATEPOST_DATA):
            super().handle(*args, **options)
