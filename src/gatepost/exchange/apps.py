"""Names this package to Django, for its commands."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Other systems."""

    name = "gatepost.exchange"
    label = "exchange"
