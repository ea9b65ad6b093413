"""Names this package to Django."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Schools and the people who sign in."""

    name = "gatepost.org"
    label = "org"
