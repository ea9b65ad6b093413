"""What is typed about interpreters: who they are, and who does it this time."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.language.table import LANGUAGES
from gatepost.meet.models import SIGNED, InterpreterBooking
from gatepost.meet.queries.interpreting import colleagues_for, languages_of_families, outside_for
from gatepost.meet.services.interpreting import Found

COLLEAGUE, OUTSIDE, REMOTE, RELATIVE = "colleague", "outside", "remote", "relative"


def _languages() -> list[tuple[str, str]]:
    known = ((each.tag, each.english_name) for each in LANGUAGES if each.tag != "en")
    return sorted(known, key=lambda pair: pair[1])


class InterpreterForm(forms.Form):
    """Somebody outside the school who interprets."""

    name = forms.CharField(label=lazy("Their name, or the name of the service"), max_length=200)
    languages = forms.MultipleChoiceField(
        label=lazy("Which of your families’ languages?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    more = forms.ChoiceField(label=lazy("Another language"), required=False)
    qualified = forms.BooleanField(
        label=lazy("For British Sign Language: I have seen that they are registered"), required=False
    )
    comes = forms.BooleanField(label=lazy("They come to the school"), required=False, initial=True)
    remote = forms.BooleanField(label=lazy("They work by telephone or video"), required=False)
    email = forms.EmailField(label=lazy("E-mail"), required=False, help_text=lazy("Empty: somebody rings them."))
    phone = forms.CharField(label=lazy("Telephone"), required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, near = _languages(), languages_of_families() | {SIGNED}
        ticked = cast(forms.MultipleChoiceField, self.fields["languages"])
        ticked.choices = known
        ticked.widget.choices = [pair for pair in known if pair[0] in near]
        cast(forms.ChoiceField, self.fields["more"]).choices = [("", _("None")), *known]

    def clean(self) -> dict[str, Any]:
        """They know a language, work in some way, and can be told. The languages are a list, each once."""
        typed: dict[str, Any] = super().clean() or {}
        named = [*typed.get("languages", ()), typed.pop("more", "")]
        typed["languages"] = list(dict.fromkeys(filter(None, named)))
        if not typed["languages"] and not self.errors.keys() & {"languages", "more"}:
            self.add_error("languages", _("Which language do they interpret? Tick one, or choose another."))
        if not (typed.get("comes") or typed.get("remote")):
            self.add_error("comes", _("Do they come, or do they work by telephone or video?"))
        if not (typed.get("email") or typed.get("phone")) and "email" not in self.errors:
            self.add_error("email", _("Please give an e-mail address or a telephone number."))
        return typed


class ArrangeForm(forms.Form):
    """Who interprets at this meeting."""

    language = forms.ChoiceField(label=lazy("Which language is needed?"))
    who = forms.ChoiceField(label=lazy("Who interprets?"), widget=forms.RadioSelect)
    relative = forms.CharField(label=lazy("Name of the relative"), required=False, max_length=200)
    warned = forms.BooleanField(
        label=lazy("I have read the warning: a relative may leave out, soften or add. They are grown up."),
        required=False,
    )

    def __init__(self, *args: Any, asked: InterpreterBooking, **kwargs: Any) -> None:
        """Offer those who can do it in this language."""
        super().__init__(*args, **kwargs)
        self.asked = asked
        if asked.language:
            del self.fields["language"]
        else:
            cast(forms.ChoiceField, self.fields["language"]).choices = [("", _("Choose a language")), *_languages()]
        self.people = {str(each.pk): each for each in colleagues_for(asked.language)}
        self.outside = {str(each.pk): each for each in outside_for(asked.language)}
        if asked.language == SIGNED:
            del self.fields["relative"], self.fields["warned"]
        cast(forms.ChoiceField, self.fields["who"]).choices = self._choices()

    def _choices(self) -> list[tuple[str, str]]:
        found = [(f"{COLLEAGUE}:{pk}", each.name) for pk, each in self.people.items()]
        for pk, each in self.outside.items():
            found += [(f"{OUTSIDE}:{pk}", _("%(name)s, who comes") % {"name": each.name})] if each.comes else []
            by_video = _("%(name)s, by telephone or video") % {"name": each.name}
            found += [(f"{REMOTE}:{pk}", by_video)] if each.remote else []
        if not self.asked.language:
            return [("language", _("I only say the language now"))]
        return found if self.asked.language == SIGNED else [*found, (RELATIVE, _("A grown-up relative"))]

    def found(self) -> Found:
        """What was chosen, as the service wants it."""
        kind, _colon, pk = self.cleaned_data["who"].partition(":")
        if kind == COLLEAGUE:
            return Found(person=self.people[pk])
        if kind in (OUTSIDE, REMOTE):
            return Found(interpreter=self.outside[pk], remote=kind == REMOTE)
        return Found(relative=self.cleaned_data.get("relative", ""), warned=bool(self.cleaned_data.get("warned")))
