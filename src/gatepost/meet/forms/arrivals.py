"""What is typed at the door, what was written on paper there, and whom staff look for afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

MOST_LINES = 100
LONGEST_NAME = 120
QUIET = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}  # the next person sees nobody's name


class KioskForm(forms.Form):
    """Who somebody is, as they say it. Never filled in again."""

    name = forms.CharField(label=lazy("Your name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs=QUIET))
    of_child = forms.CharField(
        label=lazy("Your child’s name or class"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs=QUIET),
    )
    press = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One page has one effect."""
        super().__init__(*args, **kwargs)
        self.fields["press"].initial = uuid4()

    @property
    def told(self) -> tuple[str, str, UUID]:
        """What was typed."""
        typed = self.cleaned_data
        return typed["name"], typed["of_child"], typed["press"]


class PaperForm(forms.Form):
    """The sheet at the door, one line for each person."""

    lines = forms.CharField(
        label=lazy("What stands on the sheet"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        max_length=MOST_LINES * LONGEST_NAME,
        help_text=lazy("One line for each person: their name, a comma, then the child’s name or class."),
    )

    def clean_lines(self) -> list[tuple[str, str]]:
        """The lines as pairs."""
        found = []
        for line in str(self.cleaned_data["lines"]).splitlines():
            name, _comma, of_child = (part.strip() for part in line.partition(","))
            if name:
                found.append((name, of_child))
        if not found or len(found) > MOST_LINES:
            raise forms.ValidationError(_("Please type between 1 and 100 lines."))
        if any(len(part) > LONGEST_NAME for pair in found for part in pair):
            raise forms.ValidationError(_("One of the names is too long. Is a comma missing?"))
        return found


class MatchForm(forms.Form):
    """Which adult and which child it was."""

    adult = forms.UUIDField()
    child = forms.UUIDField()
