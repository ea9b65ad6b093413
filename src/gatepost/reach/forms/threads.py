"""Parses and words what is typed into a thread, by staff and by a family."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.know.models import Child
from gatepost.reach.kinds import Tone
from gatepost.reach.services.threads import LONGEST


class FamilyForm(forms.Form):
    """What a family writes."""

    words = forms.CharField(
        label=_("Your answer"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        help_text=_("You can write in your own language."),
    )


class ReplyForm(forms.Form):
    """What somebody of the school writes to one adult."""

    words = forms.CharField(
        label=_("What would you like to say?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
        help_text=_("As you would say it at the gate. They always see what you typed, in your own words."),
    )
    tone = forms.ChoiceField(label=_("What sort of news is it?"), choices=Tone.choices, initial=Tone.NEUTRAL)
    high = forms.BooleanField(
        label=_("It is about rights, safety, money or special needs"),
        required=False,
        help_text=_("Then nobody reads it in another language before a person here has checked it."),
    )

    def said(self) -> dict[str, Any]:
        """What was typed, as `threads.write` takes it."""
        return {name: self.cleaned_data[name] for name in ("words", "tone", "high")}


class WriteForm(ReplyForm):
    """The same, where it has to be said about which child."""

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._children = {str(child.pk): child for child in children}
        named = [(key, child.called) for key, child in self._children.items()]
        self.fields["child"] = forms.ChoiceField(
            label=_("About which child?"),
            choices=named,
            initial=named[0][0] if len(named) == 1 else "",
            widget=forms.RadioSelect,
        )

    def child(self) -> Child:
        """The child it is about."""
        return self._children[self.cleaned_data["child"]]


class PraiseForm(forms.Form):
    """Good news for every adult of a child."""

    words = forms.CharField(
        label=_("What went well?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        help_text=_("What exactly did the child do, and what did it mean? Two sentences are plenty."),
    )


class TreatedForm(forms.Form):
    """How somebody was treated."""

    say = forms.ChoiceField(choices=[("well", _("Yes")), ("badly", _("Not really"))])
    words = forms.CharField(
        label=_("What should we know?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        required=False,
        help_text=_("You can write in your own language. Whoever you spoke with does not read it."),
    )
