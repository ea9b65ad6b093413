"""Parses and words what is typed about extra help, by staff and by a family."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.agree.forms import words
from gatepost.language.phrasebook import PHRASES
from gatepost.org.models import Person
from gatepost.org.permissions import Permission
from gatepost.org.queries import staff_now
from gatepost.reach.forms.saying import with_gaps
from gatepost.support.extra import Words

AIMS = [phrase for phrase in PHRASES.values() if phrase.group == "aim"]


class ExtraHelpForm(forms.Form):
    """What a child gets, and what it is for."""

    what = forms.CharField(
        label=lazy("What is it?"), max_length=120, help_text=lazy("As you would say it at the gate: a reading group.")
    )
    aim = forms.ChoiceField(
        label=lazy("What is it for?"),
        choices=[*((each.key, with_gaps(each)) for each in AIMS), ("", lazy("In words of my own:"))],
        required=False,
        widget=forms.RadioSelect,
        help_text=lazy("These sentences are there in every language."),
    )
    purpose = forms.CharField(
        label=lazy("What it is for, in your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("One plain sentence: what will be easier for the child?"),
    )
    when_words = forms.CharField(
        label=lazy("When is it?"), max_length=120, required=False, help_text=lazy("For example: Tuesdays at nine.")
    )
    led_by: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        queryset=None,
        label=lazy("Who explains it, if a family does not understand it yet?"),
        help_text=lazy("They are named, and have two school days."),
    )

    def __init__(self, *args: Any, school_id: Any, who: Any, **kwargs: Any) -> None:
        """Offer the school's staff; whoever writes it down is chosen already."""
        kwargs["initial"] = {"led_by": who, "aim": AIMS[0].key}
        super().__init__(*args, **kwargs)
        led_by = cast("forms.ModelChoiceField[Person]", self.fields["led_by"])
        led_by.queryset = staff_now(school_id, able=Permission.NOTE_TALK)

    def clean(self) -> dict[str, Any]:
        """A purpose is never left out."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("aim") and not typed.get("purpose", "").strip():
            self.add_error("purpose", _("Please say in one plain sentence what it is for."))
        return typed

    def words(self) -> Words:
        """What was typed, as the service wants it."""
        typed = self.cleaned_data
        said = [{"say": typed["aim"]}] if typed["aim"] else []
        return Words(typed["what"], "" if said else typed["purpose"], said, typed["when_words"])


class UnderstoodForm(forms.Form):
    """Do they understand it?"""

    say = forms.ChoiceField(choices=[("yes", lazy("Yes")), ("not_yet", lazy("Not yet"))], widget=forms.HiddenInput)
    unclear = words(lazy("What is not clear?"), rows=2, help_text=lazy("You can write in your own language."))
