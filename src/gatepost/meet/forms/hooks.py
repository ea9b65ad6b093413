"""What staff choose about whom an event leads to, and whom it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.know.models import Care
from gatepost.meet.models import Event
from gatepost.meet.queries.hooks import rounds_ahead
from gatepost.meet.rules import events_open_to
from gatepost.org.actor import Actor


class FollowOnForm(forms.Form):
    """Which round of conversations follows."""

    follow_on: forms.ModelChoiceField[Event] = forms.ModelChoiceField(
        queryset=None, label=lazy("Which conversations follow?"), empty_label=lazy("Please choose")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        """Offer the rounds that concern this member of staff."""
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField[Event], self.fields["follow_on"])
        field.queryset = rounds_ahead(events_open_to(actor))


class EligibleForm(forms.Form):
    """For everybody, or for some: by what they are to the child, and one by one."""

    who = forms.ChoiceField(
        label=lazy("Whom is it for?"),
        choices=[("all", lazy("Everybody")), ("some", lazy("Only those I tick"))],
        widget=forms.RadioSelect,
    )
    relationships = forms.MultipleChoiceField(
        label=lazy("Everybody who is"), required=False, widget=forms.CheckboxSelectMultiple
    )
    adults = forms.MultipleChoiceField(label=lazy("One by one"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, asked: Sequence[Care], shown: Sequence[Care], **kwargs: Any) -> None:
        """`asked`: everybody whose child is asked; `shown`: those among them who are looked at one by one."""
        super().__init__(*args, **kwargs)
        self.asked = asked
        names = {care.adult_id: care.adult.name for care in shown}
        words = Counter(care.relationship.casefold() for care in asked if care.relationship)
        relationships = cast(forms.MultipleChoiceField, self.fields["relationships"])
        relationships.choices = [(word, f"{word.capitalize()} ({words[word]})") for word in sorted(words)]
        children: dict[UUID, set[str]] = {}
        for care in shown:
            children.setdefault(care.adult_id, set()).add(care.child.name)
        cast(forms.MultipleChoiceField, self.fields["adults"]).choices = [
            (str(adult), f"{name} · {', '.join(sorted(children[adult]))}") for adult, name in names.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody is ticked."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("who") == "some" and not self.chosen(cleaned):
            raise forms.ValidationError(_("Please tick at least one adult."))
        return cleaned

    def chosen(self, typed: dict[str, Any]) -> set[UUID]:
        """The adults who were ticked, one way or the other."""
        words = set(typed.get("relationships", []))
        by_word = {care.adult_id for care in self.asked if care.relationship.casefold() in words}
        return by_word | {UUID(adult) for adult in typed.get("adults", [])}
