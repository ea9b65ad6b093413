"""What is typed before somebody goes in alone, and after an alarm."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.know.numbers import read_mobile
from gatepost.meet.services.outings import GoingIn
from gatepost.org.models import Person
from gatepost.org.queries import staff_now

HOW_LONG = [(minutes, f"{minutes} minutes") for minutes in (15, 30, 45, 60, 90, 120, 180)]


class DutyChoice(forms.ModelChoiceField[Person]):
    """A colleague, and whether a text reaches them."""

    def label_from_instance(self, obj: Person) -> str:
        """Their name; what reaches them besides the page."""
        return obj.name if obj.mobile else _("%(name)s (by mail only)") % {"name": obj.name}


class MobileForm(forms.Form):
    """One's own telephone."""

    mobile = forms.CharField(
        label=lazy("Your mobile telephone"),
        max_length=40,
        required=False,
        help_text=lazy("For alarms only. Leave it empty, and they come by mail only."),
    )

    def clean_mobile(self) -> str:
        """In the form in which numbers are kept; blank, where it is empty."""
        typed = str(self.cleaned_data["mobile"]).strip()
        number, wrong = read_mobile(typed) if typed else ("", "")
        if wrong:
            raise forms.ValidationError(_("This number gets no text messages. Please check it."))
        return number


class GoingInForm(forms.Form):
    """Where, how long, and who looks after it meanwhile."""

    place = forms.CharField(
        label=lazy("Where are you going?"),
        max_length=200,
        help_text=lazy("So that somebody finds you: the street and number, or the café."),
    )
    minutes = forms.TypedChoiceField(
        label=lazy("How long will you be in there?"), choices=HOW_LONG, coerce=int, initial=60
    )
    number = forms.CharField(label=lazy("Your telephone, which you have with you"), max_length=40)
    duty = DutyChoice(
        label=lazy("Who is on duty?"),
        queryset=None,
        help_text=lazy("They are told if you have not said in time that you are out. Say to them that you go."),
    )

    def __init__(self, *args: Any, school_id: UUID, me: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["duty"]).queryset = staff_now(school_id).exclude(pk=me)

    def said(self) -> GoingIn:
        """What was typed, as the service wants it."""
        typed = self.cleaned_data
        return GoingIn(typed["duty"], typed["place"], typed["minutes"], typed["number"])


class SettleForm(forms.Form):
    """What was found."""

    words = forms.CharField(
        label=lazy("What did you find?"),
        max_length=300,
        help_text=lazy("Whom you spoke with, and how they are. Only this ends the alarm."),
    )
