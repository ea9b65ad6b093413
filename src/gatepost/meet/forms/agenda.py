"""What is typed for a talk: things to talk about, and answers to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
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


class SchoolItemForm(ItemForm):
    """The same, by the school; or what a family has said to a colleague, on the telephone or by text."""

    theirs = forms.BooleanField(label=lazy("The family has said this: it is theirs"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What would you like to talk about with them?")
        self.fields["words"].help_text = _("In plain words: they read it, and can get ready.")


class AnswerForm(forms.Form):
    """What the school says to one thing that the family wrote; or that one of its own is taken off."""

    item = forms.UUIDField()
    words = forms.CharField(required=False, max_length=LONGEST)
    off = forms.BooleanField(required=False)


class SheetForm(forms.Form):
    """What an adult writes for themselves before a talk."""

    know = forms.CharField(
        label=lazy("What would you like us to know?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
    worry = forms.CharField(
        label=lazy("What worries you?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )
    change = forms.CharField(
        label=lazy("What should be different afterwards?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )
