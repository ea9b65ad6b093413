"""Names this package to Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The ground floor."""

    name = "gatepost.core"
    label = "core"
