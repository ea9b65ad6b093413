"""Parses and words what is typed at a talk and about it. Services refuse meaning; forms refuse shape."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.agree.models import Action, Record, Target
from gatepost.agree.services import Promise
from gatepost.core import clock
from gatepost.design.forms import DateInput
from gatepost.org.calendar import school_days_after
from gatepost.org.models import Person
from gatepost.org.permissions import Permission
from gatepost.org.queries import staff_now

LONGEST = 5000
SOON = 10  # school days: what a promise's date begins with
SHOWN = lazy("The family will read this.")


def words(label: Any, *, rows: int = 3, help_text: Any = "", required: bool = False) -> forms.CharField:
    """A place for a few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class WordsForm(forms.Form):
    """One stage of a talk. It names the version that the writer saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        """Begin with what is written down."""
        at_hand = {name: getattr(record, name) for name in type(self).base_fields if name != "revision"}
        kwargs["initial"] = {"revision": record.version, **at_hand}
        super().__init__(*args, **kwargs)
        self.record = record

    def typed(self) -> dict[str, Any]:
        """What can be kept of what was typed: a half-typed date waits until it is whole."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ExploreForm(WordsForm):
    """The school listens."""

    parent_says = words(lazy("What the family says"), rows=5)
    nothing_to_add = forms.BooleanField(label=lazy("Asked; nothing to add"), required=False)
    works_at_home = words(lazy("What works at home"), help_text=SHOWN)
    strengths = words(lazy("Strengths, talents, interests"), help_text=SHOWN)
    concerns = words(lazy("Worries"), help_text=lazy("Stays with the child’s team."))
    aspirations = words(lazy("Hopes"), help_text=lazy("Stays with the child’s team."))
    child_view = words(lazy("What the child says"), help_text=lazy("Stays with the child’s team."))

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        """Ask about this adult by name."""
        super().__init__(*args, record=record, **kwargs)
        self.fields["parent_says"].label = _("What %(name)s says") % {"name": record.adult.name}
        self.fields["parent_says"].help_text = _(
            "In their own words. Listen to understand; you can tidy it later together. The family will read this."
        )


class FocusForm(WordsForm):
    """What matters most."""

    priorities = words(
        lazy("What matters most to both of you"),
        rows=5,
        help_text=lazy("Three things at most, the first one first. The family will read this."),
    )


class ReviewForm(WordsForm):
    """The talk in a few plain sentences, and when you speak again."""

    summary_plain = words(
        lazy("The summary"),
        rows=6,
        help_text=lazy("Short sentences, as you would say it. Read it out before you part. The family will read this."),
    )
    contact_between = words(lazy("How we keep in touch until then"), rows=2, help_text=SHOWN)
    next_on = forms.DateField(label=lazy("When you talk again"), required=False, widget=DateInput)
    no_next_because = words(lazy("Or why there is no date yet"), rows=2, help_text=SHOWN)


STAGE_FORMS: dict[str, type[WordsForm]] = {
    Record.Stage.EXPLORE: ExploreForm,
    Record.Stage.FOCUS: FocusForm,
    Record.Stage.REVIEW: ReviewForm,
}
"""The stages in which somebody writes; in `plan` they promise."""


class TargetForm(forms.Form):
    """One target."""

    prefix = "target"
    text = forms.CharField(label=lazy("What the child works towards"), max_length=300)
    kind = forms.ChoiceField(label=lazy("What kind?"), choices=Target.Kind.choices, widget=forms.RadioSelect)
    measure = forms.CharField(label=lazy("How we will know"), max_length=300, required=False)
    review_on = forms.DateField(label=lazy("Look at it again on"), widget=DateInput)


class PromiseForm(forms.Form):
    """One promise: what, who, by when."""

    prefix = "promise"
    text = forms.CharField(
        label=lazy("What will be done"), max_length=300, help_text=lazy("One thing. The family will read this.")
    )
    side = forms.ChoiceField(
        label=lazy("Who does it?"),
        choices=Action.Side.choices,
        widget=forms.RadioSelect,
        initial=Action.Side.SCHOOL,
    )
    owner: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        queryset=None,
        label=lazy("Who at the school?"),
        required=False,
        help_text=lazy("Needed for the school’s own promises."),
    )
    due_on = forms.DateField(label=lazy("By when?"), widget=DateInput)

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        """Offer the school's staff; the teacher of the record is chosen already."""
        soon = school_days_after(record.school_id, clock.today(), SOON)
        kwargs["initial"] = {"owner": record.teacher_id, "due_on": soon}
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[Person]", self.fields["owner"])
        owner.queryset = staff_now(record.school_id, able=Permission.PLAN)

    def promise(self) -> Promise:
        """What was typed, as the service wants it."""
        typed = self.cleaned_data
        return Promise(typed["text"], Action.Side(typed["side"]), typed["owner"], typed["due_on"])


class BecauseForm(forms.Form):
    """Why a promise was not kept."""

    because = forms.CharField(
        label=lazy("Not kept, because"), max_length=300, help_text=lazy("The family will read this.")
    )


class SendBackForm(forms.Form):
    """What should be different before a family reads it."""

    words = words(
        lazy("What should be different?"),
        required=True,
        help_text=lazy("Only whoever wrote it reads this, not the family."),
    )


class SenseForm(forms.Form):
    """Did it make sense?"""

    SAYS = (("yes", lazy("Yes")), ("not_quite", lazy("Not quite")))
    say = forms.ChoiceField(choices=SAYS, widget=forms.HiddenInput)
    unclear = words(lazy("What was not clear?"), rows=2, help_text=lazy("You can write in your own language."))


class CorrectionForm(forms.Form):
    """What is wrong or missing."""

    correction = words(
        lazy("Is something wrong or missing? Tell us here."),
        required=True,
        help_text=lazy("You can write in your own language."),
    )
