"""Names this package to Django."""

from django.apps import AppConfig


class KnowConfig(AppConfig):
    """Families as they are."""

    name = "gatepost.know"
    label = "know"
