"""Registers the design system, so that its templates, tags and style sheet are found."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The design system as a Django app."""

    name = "gatepost.design"
    label = "design"
