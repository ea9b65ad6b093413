"""The only exception whose text people see."""

from django.core.exceptions import ValidationError


class Refused(Exception):
    """A service says no, in words for the person who asked. Nothing was changed."""


def words_of(error: ValidationError | Refused) -> str:
    """What to show a person for this error."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
