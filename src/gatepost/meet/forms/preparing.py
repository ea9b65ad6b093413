"""What is typed to make a meeting ready."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as lazy

from gatepost.meet.models import Arrangement, Room, Seat
from gatepost.org.models import Person
from gatepost.org.queries import staff_now


class RoomForm(forms.Form):
    """A room and what it has."""

    name = forms.CharField(label=lazy("What is it called?"), max_length=120)
    features = forms.MultipleChoiceField(
        label=lazy("What has it?"), choices=Room.Feature.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    seats = forms.IntegerField(label=lazy("How many people can sit?"), min_value=2, max_value=500, initial=6)


class ProfessionalForm(forms.Form):
    """A colleague who comes, and why."""

    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(label=lazy("Who else comes?"), queryset=None)
    role = forms.CharField(
        label=lazy("Why, in plain words"),
        max_length=200,
        help_text=lazy("In plain words: “She helps with reading”, not a title."),
    )

    def __init__(self, *args: Any, school_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["person"]).queryset = staff_now(school_id)


class FromOutsideForm(forms.Form):
    """Somebody who does not work here, and why they come."""

    kind = forms.ChoiceField(
        label=lazy("Who is it?"),
        choices=[
            (Seat.Kind.PROFESSIONAL, lazy("Somebody of another service")),
            (Seat.Kind.AMBASSADOR, lazy("A parent who knows the way")),
        ],
    )
    name = forms.CharField(label=lazy("Their name"), max_length=200)
    why = forms.CharField(
        label=lazy("Why, in plain words"),
        max_length=200,
        help_text=lazy("The family reads it."),
    )
    email = forms.EmailField(
        label=lazy("Their mailbox"),
        required=False,
        help_text=lazy(
            "They hear when and where, and of every change; never about whom. Without one you tell them, and Gatepost "
            "reminds you."
        ),
    )


class ArrangementForm(forms.Form):
    """What is done so that they can come."""

    kind = forms.ChoiceField(label=lazy("What is arranged?"), choices=Arrangement.Kind.choices)
    words = forms.CharField(
        label=lazy("How?"),
        required=False,
        max_length=300,
        help_text=lazy("For food: what they eat, and what they do not."),
    )
    pounds = forms.DecimalField(
        label=lazy("What does it cost, in pounds?"), min_value=0, max_value=10_000, decimal_places=2, initial=0
    )

    def pence(self) -> int:
        """The cost, in whole pence."""
        return int(self.cleaned_data["pounds"] * 100)
