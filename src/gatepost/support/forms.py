"""Parses and words what is typed about strengths."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from gatepost.know.models import TimeOfDay


class TellForm(forms.Form):
    """What somebody is good at, and when they would enjoy doing it."""

    words = forms.CharField(
        label=lazy("What are you good at? What would you enjoy doing with us?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=lazy("Baking, football, sewing, a trade, a language: anything. You can write in your own language."),
    )
    times = forms.MultipleChoiceField(
        label=lazy("When would suit you?"),
        choices=TimeOfDay.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class HelpForm(forms.Form):
    """What to ask somebody for."""

    what = forms.CharField(
        label=lazy("What would you like them to do?"),
        max_length=200,
        help_text=lazy("A few plain words: they read it as you write it."),
    )
    when_words = forms.CharField(label=lazy("When?"), max_length=200, required=False)
    place = forms.CharField(label=lazy("Where?"), max_length=200, required=False)


class AnswerForm(forms.Form):
    """Yes or no, with a word more if somebody likes."""

    say = forms.ChoiceField(choices=[("yes", lazy("Yes, gladly")), ("no", lazy("Not this time"))])
    words = forms.CharField(
        label=lazy("Anything we should know?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
        help_text=lazy("You can write in your own language."),
    )


class ThanksForm(forms.Form):
    """Thank you, in one's own words."""

    words = forms.CharField(
        label=lazy("A line of your own"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text=lazy(
            "What it meant to the children. They read it as you write it, after a thank-you in their language."
        ),
    )
