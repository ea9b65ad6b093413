"""Parses and words what is typed about learning at home."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from gatepost.know.models import Child
from gatepost.reach.forms.saying import SayForm
from gatepost.support.home import Words, words_of


class ChildrenForm(forms.Form):
    """For whom: the children somebody works with, or those of a class."""

    children = forms.MultipleChoiceField(label=lazy("For whom?"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, children: list[Child], of_class: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._children, field = children, self.fields["children"]
        field.choices = [(str(child.pk), child.name) for child in children]  # type: ignore[attr-defined]
        field.required = not of_class
        if of_class:
            field.help_text = lazy("Choose some children, or none of them for the whole class.")

    def chosen(self) -> list[Child]:
        """The children it is for."""
        ticked = set(self.cleaned_data["children"])
        return [child for child in self._children if not ticked or str(child.pk) in ticked]


class SayHomeForm(SayForm, ChildrenForm):
    """What is missing in the phrases that somebody has picked, and for whom."""

    def words(self) -> Words:
        """What the note says."""
        return words_of(self.saying())


class HomeForm(ChildrenForm):
    """Three short fields, and for whom."""

    learning = forms.CharField(
        label=lazy("What are the children learning now?"),
        help_text=lazy("For example: telling the time."),
        max_length=200,
    )
    try_this = forms.CharField(
        label=lazy("One thing to try at home"),
        help_text=lazy("Five minutes, nothing to buy. Say it as you would at the gate."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
    )
    say_this = forms.CharField(
        label=lazy("What could they ask their child?"),
        help_text=lazy("If you like: one question that gets the two talking."),
        max_length=200,
        required=False,
    )
    field_order = ("learning", "try_this", "say_this", "children")

    def words(self) -> Words:
        """What the note says."""
        return Words(*(self.cleaned_data[name] for name in ("learning", "try_this", "say_this")))


class AfterForm(HomeForm):
    """Three short fields for those who came to a meeting, and whether it is offered to the others."""

    missed = forms.BooleanField(label=lazy("Offer it to those who could not come, too"), required=False, initial=True)
    field_order = ("learning", "try_this", "say_this", "missed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Who came is who gets it."""
        super().__init__(*args, children=[], of_class=True, **kwargs)
        del self.fields["children"]


class HomeAnswerForm(forms.Form):
    """What a family does at home, in its own words."""

    words = forms.CharField(
        label=lazy("Here is what we do"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=lazy("You can write in your own language. Other families may like your idea."),
    )
    name_shown = forms.BooleanField(label=lazy("Other families in the class may see my name with it"), required=False)
