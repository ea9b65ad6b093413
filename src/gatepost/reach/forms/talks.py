"""What somebody types after a talk in the corridor, and how an adult chooses a PIN."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.core.errors import Refused
from gatepost.know.models import Child
from gatepost.reach import links
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Sheet, Touch
from gatepost.reach.services import proofs

AT_HOME, CONCERN = "home", Tone.CONCERN.value
SPOKEN = (Touch.Way.DOOR, Touch.Way.PHONE, Touch.Way.MEETING, Touch.Way.EMAIL, Touch.Way.SMS, Touch.Way.PAPER)


class FindForm(forms.Form):
    """Part of a child's name."""

    name = forms.CharField(label=_("The child’s name"), help_text=_("Three letters or more."), min_length=3)


class StopForm(forms.Form):
    """Why everything is stopped."""

    because = forms.CharField(
        label=_("Why?"), help_text=_("For example: the wrong letter is going out."), max_length=200
    )


class TalkForm(forms.Form):
    """How the talk was, and about whom."""

    way = forms.ChoiceField(
        label=_("How did you talk?"),
        choices=[(way.value, way.label) for way in SPOKEN],
        initial=Touch.Way.DOOR.value,
        widget=forms.RadioSelect,
    )

    about = forms.MultipleChoiceField(
        label=_("What was it about?"),
        choices=[(AT_HOME, _("Learning at home")), (Tone.GOOD.value, Tone.GOOD.label), (CONCERN, Tone.CONCERN.label)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
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
        """How they talked, about whom and what. Good news and a worry in one talk balance each other."""
        about = set(self.cleaned_data["about"])
        tones = about & {Tone.GOOD.value, CONCERN}
        return {
            "tone": Tone(tones.pop()) if len(tones) == 1 else Tone.NEUTRAL,
            "at_home": AT_HOME in about,
            "way": Touch.Way(self.cleaned_data["way"]),
            "child": self._children.get(self.cleaned_data["child"]),
        }


def _hidden_digits() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "maxlength": 9})


class PinForm(forms.Form):
    """The PIN, typed by the adult themself, twice, since nobody ever sees it again."""

    pin = forms.CharField(
        label=_("The PIN"), help_text=_("Four, five or six numbers. Let them type it."), widget=_hidden_digits()
    )
    again = forms.CharField(label=_("The same PIN once more"), widget=_hidden_digits())

    def clean_pin(self) -> str:
        """Not one that is guessed first."""
        digits = links.plain_digits(self.cleaned_data["pin"])
        try:
            proofs.refuse_weak(digits)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return digits

    def clean_again(self) -> str:
        """The same again."""
        again = links.plain_digits(self.cleaned_data["again"])
        if "pin" in self.cleaned_data and again != self.cleaned_data["pin"]:
            raise forms.ValidationError(_("The two are not the same. Please type them again."))
        return again


class FindSlipForm(forms.Form):
    """The number on a slip; what stands on one whose number leads nowhere."""

    number = forms.CharField(
        label=_("Number of the slip"), max_length=20, help_text=_("Six letters and figures at its foot.")
    )
    words = forms.CharField(
        label=_("If you cannot read the number: what is on the slip?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
        max_length=2000,
    )


class SlipForm(forms.Form):
    """What a family ticked and wrote, by the numbers that stand beside the boxes."""

    ticked = forms.MultipleChoiceField(label=_("What is ticked?"), required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label=_("What is written?"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        required=False,
        max_length=2000,
        help_text=_("As it stands there, in their language."),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        """Offer what was printed."""
        super().__init__(*args, **kwargs)
        boxes = [(box["value"], f"{number}. {box['words']}") for number, box in enumerate(sheet.boxes, 1)]
        cast(forms.MultipleChoiceField, self.fields["ticked"]).choices = boxes
