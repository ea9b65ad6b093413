"""The only exceptions whose text people see."""

from datetime import datetime

from django.core.exceptions import ValidationError


class Refused(Exception):
    """A service says no, in words for the person who asked. Nothing was changed."""


class Wait(Refused):
    """Not so fast: the same may be asked again at `until`. Whoever shows it says so in the reader's language."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Please wait until {until:%H:%M} UTC.")
        self.until = until


def words_of(error: ValidationError | Refused) -> str:
    """What to show a person for this error."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
