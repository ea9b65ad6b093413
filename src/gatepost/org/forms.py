"""What a head types about who works here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.core import clock
from gatepost.design.forms import DateInput
from gatepost.org.models import Role, Strand


class AppointForm(forms.Form):
    """Somebody, what they do here, and from when."""

    name = forms.CharField(
        label=_("Their name"), max_length=200, help_text=_("As families know them, for example “Mrs Finch”.")
    )
    email = forms.EmailField(label=_("Their e-mail address"), help_text=_("They sign in with it."))
    role = forms.ChoiceField(label=_("What do they do here?"), choices=Role.choices, widget=forms.RadioSelect)
    from_on = forms.DateField(label=_("From which day?"), widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": {"from_on": clock.today()}} | kwargs))


class EndForm(forms.Form):
    """When a job ends."""

    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty to end the job now: whatever they have open closes with their next tap."),
    )


class StrandForm(forms.Form):
    """A strand to lead, from a day until a day."""

    strand = forms.ChoiceField(label=_("Which strand?"), choices=Strand.choices, widget=forms.RadioSelect)
    until_on = forms.DateField(label=_("Until which day?"), required=False, widget=DateInput)
