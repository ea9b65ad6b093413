"""What the office, an adviser and an adult type about an adviser."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.design.forms import DateInput
from gatepost.org.models import Adviser


class FindAdultForm(forms.Form):
    """Part of an adult's name."""

    name = forms.CharField(label=_("The adult’s name"), help_text=_("Three letters or more."), min_length=3)


class AgreeForm(forms.Form):
    """With whom an adult has agreed, and until when."""

    said_so = forms.BooleanField(
        label=_("They told us so themselves"),
        help_text=_("Nobody else can agree for them. They get a message about it."),
    )
    until_on = forms.DateField(label=_("Until which day?"), required=False, widget=DateInput)
    field_order = ("adviser", "until_on", "said_so")

    def __init__(self, *args: Any, advisers: list[Adviser], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._advisers = {str(each.pk): each for each in advisers}
        self.fields["adviser"] = forms.ChoiceField(
            label=_("Which adviser?"),
            choices=[(key, str(each)) for key, each in self._advisers.items()],
            widget=forms.RadioSelect,
        )
        self.order_fields(self.field_order)

    def adviser(self) -> Adviser:
        """The adviser that was picked."""
        return self._advisers[self.cleaned_data["adviser"]]


class NoteForm(forms.Form):
    """An adviser's note."""

    words = forms.CharField(
        label=_("A note for yourself"),
        help_text=_("No school, no office and no authority has a page that opens it."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
