"""Names this package to Django, makes its notices known and lets it hear answers."""

from importlib import import_module

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """What families bring and what they can take up."""

    name = "gatepost.support"
    label = "support"

    def ready(self) -> None:
        """Register the notices that this package can send, and listen to those below."""
        import_module("gatepost.support.notices")
        import_module("gatepost.support.receivers")
        import_module("gatepost.support.after")
        import_module("gatepost.support.extra_papers")
        import_module("gatepost.support.home_papers")
