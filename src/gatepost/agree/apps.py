"""Names this package to Django and makes its notices known."""

from importlib import import_module

from django.apps import AppConfig


class AgreeConfig(AppConfig):
    """Promises."""

    name = "gatepost.agree"
    label = "agree"

    def ready(self) -> None:
        """Register the notices that this package can send, and listen to those below."""
        import_module("gatepost.agree.notices")
        import_module("gatepost.agree.receivers")
        import_module("gatepost.agree.papers")
