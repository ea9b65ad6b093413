"""What is typed about lessons and who teaches instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as lazy

from gatepost.design.forms import TimeInput
from gatepost.language.dates import say_day
from gatepost.meet.queries.release import Need


class LessonsForm(forms.Form):
    """When there are lessons."""

    begins = forms.TimeField(label=lazy("Lessons begin at"), widget=TimeInput)
    ends = forms.TimeField(label=lazy("Lessons end at"), widget=TimeInput)


class CoverForm(forms.Form):
    """Who teaches instead, and what it costs."""

    need = forms.ChoiceField(label=lazy("For whom, and when?"))
    words = forms.CharField(label=lazy("Who teaches instead?"), max_length=200)
    pounds = forms.DecimalField(
        label=lazy("What does it cost, in pounds?"), min_value=0, max_value=10_000, decimal_places=2, initial=0
    )

    def __init__(self, *args: Any, needs: Sequence[Need], **kwargs: Any) -> None:
        """Offer each host on each day."""
        super().__init__(*args, **kwargs)
        self.needs = {need.key: need for need in needs}
        choices = [(key, f"{need.host}, {say_day(need.day, 'en')}") for key, need in self.needs.items()]
        cast(forms.ChoiceField, self.fields["need"]).choices = choices

    def pence(self) -> int:
        """The cost, in whole pence."""
        return int(self.cleaned_data["pounds"] * 100)


class PlaceForm(forms.Form):
    """Where an event is held."""

    place = forms.CharField(label=lazy("Where?"), max_length=200)
    way_there = forms.CharField(
        label=lazy("How do they get there?"),
        max_length=300,
        required=False,
        help_text=lazy("In plain words: which bus, which entrance, where to ring. It stands in reminders, too."),
    )
