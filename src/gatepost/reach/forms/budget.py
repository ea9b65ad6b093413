"""What somebody types who says what texts may cost."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.reach.models import TextBudget


class BudgetForm(forms.Form):
    """So many parts, for so long."""

    parts = forms.IntegerField(
        label=_("How many parts of texts?"),
        help_text=_(
            "Leave it empty for no budget. An ordinary text in English is one part; in Urdu it is two or three."
        ),
        min_value=0,
        max_value=10_000_000,
        required=False,
    )
    each = forms.ChoiceField(
        label=_("How long do they have to last?"),
        choices=TextBudget.Each.choices,
        initial=TextBudget.Each.MONTH,
        widget=forms.RadioSelect,
    )


class FewForm(forms.Form):
    """How many messages come to a family with a lot on it."""

    most = forms.IntegerField(
        label=_("How many in a week?"),
        help_text=_("What can wait above that comes in one message at the end of the week. Urgent ones always come."),
        min_value=0,
        max_value=20,
    )
