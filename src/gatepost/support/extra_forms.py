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
OWN = "own"  # words, instead of one of these


class ExtraHelpForm(forms.Form):
    """What a child gets, and what it is for."""

    what = forms.CharField(
        label=lazy("What is it?"), max_length=120, help_text=lazy("As you would say it at the gate: a reading group.")
    )
    aim = forms.ChoiceField(
        label=lazy("What is it for?"),
        choices=[*((each.key, with_gaps(each)) for each in AIMS), (OWN, lazy("In words of my own:"))],
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
        kwargs["initial"] = {"led_by": who}
        super().__init__(*args, **kwargs)
        led_by = cast("forms.ModelChoiceField[Person]", self.fields["led_by"])
        led_by.queryset = staff_now(school_id, able=Permission.NOTE_TALK)

    def clean(self) -> dict[str, Any]:
        """A purpose is never left out, and none that was typed is passed over."""
        typed = super().clean() or self.cleaned_data
        aim, own = typed.get("aim"), bool(typed.get("purpose", "").strip())
        if aim == OWN and not own:
            self.add_error("purpose", _("Please say in one plain sentence what it is for."))
        if aim and aim != OWN and own:
            self.add_error(
                "purpose", _("You have chosen a sentence above. Choose your own words there, or leave this.")
            )
        return typed

    def words(self) -> Words:
        """What was typed, as the service wants it."""
        typed = self.cleaned_data
        said = [] if typed["aim"] == OWN else [{"say": typed["aim"]}]
        return Words(typed["what"], typed["purpose"], said, typed["when_words"])


class UnderstoodForm(forms.Form):
    """Do they understand it?"""

    say = forms.ChoiceField(choices=[("yes", lazy("Yes")), ("not_yet", lazy("Not yet"))], widget=forms.HiddenInput)
    unclear = words(lazy("What is not clear?"), rows=2, help_text=lazy("You can write in your own language."))
