"""Parses and words what somebody writes who reads two languages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.reach.services.reviewing import LONGEST


class ReviewForm(forms.Form):
    """What it is in the other language."""

    words = forms.CharField(
        label=_("In the other language"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST
    )


class RefuseForm(forms.Form):
    """Why it cannot be."""

    because = forms.CharField(
        label=_("Why not?"),
        max_length=300,
        help_text=_("Your colleagues read this. The family gets the original, and somebody to explain it."),
    )
