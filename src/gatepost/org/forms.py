"""What a head types about who works here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.core import clock
from gatepost.design.forms import DateInput
from gatepost.language.table import LANGUAGES
from gatepost.org.models import Briefing, Person, Role, Strand
from gatepost.org.queries import staff_now


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


class ReaderForm(forms.Form):
    """Who reads which language."""

    person: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        label=_("Who?"), queryset=None, empty_label=_("Choose somebody")
    )
    language = forms.ChoiceField(label=_("Which language do they read and write?"))

    def __init__(self, *args: Any, school_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff_now(school_id)  # type: ignore[attr-defined]
        written = sorted(
            ((each.tag, each.english_name) for each in LANGUAGES if each.written and each.tag != "en"),
            key=lambda pair: pair[1],
        )
        self.fields["language"].choices = [("", _("Choose a language")), *written]  # type: ignore[attr-defined]


class DaysOffForm(forms.Form):
    """A holiday, or one day off."""

    name = forms.CharField(label=_("What is it?"), max_length=80, help_text=_("For example “Half-term”."))
    first_on = forms.DateField(label=_("First day"), widget=DateInput)
    last_on = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Leave it empty for one day.")
    )


class BriefingForm(forms.Form):
    """A mail of what waits, and days away."""

    mail_at = forms.ChoiceField(
        label=_("When would you like a mail of what waits for you?"),
        help_text=_("On school days: how much of what, without a name. If nothing waits, there is none."),
        choices=Briefing.At.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    away_until = forms.DateField(
        label=_("Are you away? Until which day?"),
        help_text=_("Colleagues who work with the same families then see at once what they wrote to you."),
        required=False,
        widget=DateInput,
    )
