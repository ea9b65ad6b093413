"""Parses and words a long text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.know.models import Group
from gatepost.reach.services.documents import LONGEST, MOST


class DocumentForm(forms.Form):
    """A title, the text, and who reads it."""

    title = forms.CharField(label=_("What is it called?"), max_length=120)
    text = forms.CharField(
        label=_("The text"),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=LONGEST * MOST,
        help_text=_(
            "An empty line begins a new part. Families say of each part whether it makes sense: keep them short."
        ),
    )
    group: forms.ModelChoiceField[Group] = forms.ModelChoiceField(
        label=_("For whom?"), queryset=None, required=False, empty_label=_("Every family of the school")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = Group.objects.order_by("name")  # type: ignore[attr-defined]
