"""Names this package to Django and makes its notices known."""

from importlib import import_module

from django.apps import AppConfig


class MeetConfig(AppConfig):
    """Coming together."""

    name = "gatepost.meet"
    label = "meet"

    def ready(self) -> None:
        """Register the notices that this package can send, and listen to those below."""
        import_module("gatepost.meet.notices")
        import_module("gatepost.meet.receivers")
        import_module("gatepost.meet.papers")
