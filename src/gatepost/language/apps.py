"""Registers the language package and teaches Django the languages that schools need and it lacks."""

from django.apps import AppConfig

from gatepost.language.table import extend_lang_info


class LanguageConfig(AppConfig):
    """The language package as a Django app."""

    name = "gatepost.language"
    label = "language"

    def ready(self) -> None:
        """Makes Somali and the others known, in case the settings have not done it."""
        extend_lang_info()
