"""What is typed for a talk: things to talk about, and answers to them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

LONGEST = 1000  # letters


class ItemForm(forms.Form):
    """One thing to talk about."""

    words = forms.CharField(
        label=lazy("What would you like to talk about?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        help_text=lazy("You can write in your own language."),
    )


class AnswerForm(forms.Form):
    """What the school says to one thing that the family wrote; or that one of its own is taken off."""

    item = forms.UUIDField()
    words = forms.CharField(required=False, max_length=LONGEST)
    off = forms.BooleanField(required=False)
