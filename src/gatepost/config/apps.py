"""Names this package to Django, for its commands and system checks."""

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring."""

    name = "gatepost.config"
    label = "config"

    def ready(self) -> None:
        """Register the system checks."""
        import_module("gatepost.config.checks")
