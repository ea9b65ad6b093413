"""Names this package to Django, for its place in the house; it has no models."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The gate."""

    name = "gatepost.disclosure"
    label = "disclosure"
