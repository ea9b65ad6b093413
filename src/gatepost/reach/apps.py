"""Names this package to Django and makes its notices known."""

from importlib import import_module

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """The wire."""

    name = "gatepost.reach"
    label = "reach"

    def ready(self) -> None:
        """Register the notices that this package can send, and listen to those below."""
        import_module("gatepost.reach.notices")
        import_module("gatepost.reach.receivers")
        import_module("gatepost.reach.services.slips")
        import_module("gatepost.reach.papers")
