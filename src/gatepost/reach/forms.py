"""What somebody types after a talk in the corridor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.know.models import Child
from gatepost.reach.models import Touch

SPOKEN = (Touch.Way.DOOR, Touch.Way.PHONE, Touch.Way.MEETING, Touch.Way.EMAIL, Touch.Way.SMS, Touch.Way.PAPER)


class TalkForm(forms.Form):
    """How the talk was, and about whom."""

    way = forms.ChoiceField(
        label=_("How did you talk?"),
        choices=[(way.value, way.label) for way in SPOKEN],
        initial=Touch.Way.DOOR.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._children = {str(child.pk): child for child in children}
        named = [(key, child.called) for key, child in self._children.items()]
        self.fields["child"] = forms.ChoiceField(
            label=_("About which child?"),
            choices=[*named, ("", _("No child in particular"))],
            initial=named[0][0] if len(named) == 1 else "",
            required=False,
            widget=forms.RadioSelect,
        )

    def said(self) -> dict[str, Any]:
        """How they talked, and about whom."""
        return {
            "way": Touch.Way(self.cleaned_data["way"]),
            "child": self._children.get(self.cleaned_data["child"]),
        }
