"""Parses and words what is written to many at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.front.many import Audience, groups, roles, years
from gatepost.know.models import Group
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.language.words import say_language
from gatepost.measure.rules import may_see_not_heard
from gatepost.org.actor import Actor
from gatepost.reach.forms.saying import SayForm
from gatepost.reach.services.threads import LONGEST

AUDIENCE = ("year", "groups", "language", "role", "not_heard", "urgent")


class AudienceForm(forms.Form):
    """To whom."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    groups: forms.ModelMultipleChoiceField[Group] = forms.ModelMultipleChoiceField(
        label=_("Classes and other groups"),
        help_text=_("As the school’s records call them. Choose some, or none of them for all."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    role = forms.ChoiceField(
        label=_("Who they are to the child"),
        help_text=_("As the school’s records call them. Each gets it at their own address, wherever they live."),
        required=False,
    )
    not_heard = forms.BooleanField(label=_("Only those we have not heard from for twelve weeks"), required=False)
    urgent = forms.BooleanField(
        label=_("It is urgent: today, whatever else they have had, and at night too"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Every year")), *((year, year) for year in years(actor))]
        self.fields["year"].choices = every  # type: ignore[attr-defined]
        self.fields["groups"].queryset = groups(actor)  # type: ignore[attr-defined]
        spoken = [("", _("Every language")), *((tag, say_language(tag)) for tag in FAMILY_LANGUAGES)]
        self.fields["language"].choices = spoken  # type: ignore[attr-defined]
        called = [("", _("Everybody")), *((role, role) for role in roles(actor))]
        self.fields["role"].choices = called  # type: ignore[attr-defined]
        if not may_see_not_heard(actor):
            del self.fields["not_heard"]

    def audience(self) -> Audience:
        """To whom."""
        said = self.cleaned_data
        not_heard = bool(said.get("not_heard"))
        return Audience(said["year"], tuple(said["groups"]), said["language"], said["role"], not_heard)

    def of_audience(self) -> list[forms.BoundField]:
        """The questions about the audience."""
        return [self[name] for name in self.fields if name in AUDIENCE]


class ManyForm(AudienceForm):
    """What to say in words of one's own, and to whom."""

    words = forms.CharField(
        label=_("What would you like to say?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        help_text=_("Short, and one thing only. They read it as you write it."),
    )
    field_order = ("words", *AUDIENCE)


class SayToManyForm(SayForm, AudienceForm):
    """What is missing in the phrases that somebody has picked, and to whom."""
