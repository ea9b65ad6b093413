"""Names this package to Django; it has no models of its own yet."""

from django.apps import AppConfig


class MeasureConfig(AppConfig):
    """Whom do we not reach?"""

    name = "gatepost.measure"
    label = "measure"
