"""Names this package to Django, for its commands and system checks."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "gatepost.config"
    label = "config"

    def ready(self) -> None:
        """Register the system checks, listen to who signs in, and keep the table of what processes agree on."""
        import_module("gatepost.config.checks")
        import_module("gatepost.config.signin.receivers").connect()
        post_migrate.connect(_cache_table, sender=apps.get_app_config("core"))  # a package without models hears nothing


def _cache_table(**_: Any) -> None:
    """Make the table of the cache where it is missing, as the owner of the tables."""
    call_command("createcachetable", verbosity=0)
