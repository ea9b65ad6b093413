"""Names this package to Django; it has no models."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """Pages that join things, and the commands of whoever looks after an installation."""

    name = "gatepost.front"
    label = "front"
