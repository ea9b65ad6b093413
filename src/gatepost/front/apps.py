"""Names this package to Django and makes its notice known; it has no models."""

from importlib import import_module

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """Pages that join things, and the commands of whoever looks after an installation."""

    name = "gatepost.front"
    label = "front"

    def ready(self) -> None:
        """Register the notice that this package can send."""
        import_module("gatepost.front.notices")
