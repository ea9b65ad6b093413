"""The same questions as staff see, put to the adult themselves; and what they ask the school to put right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.front.own import ABOUT, OFFERS, language_name
from gatepost.know.forms import (
    BarriersForm,
    FacetsForm,
    LanguagesForm,
    NeedsForm,
    StrengthForm,
    WishesForm,
)
from gatepost.know.models import Adult, AdultLanguage, Strength
from gatepost.language.scripts import SCRIPTS
from gatepost.language.table import LANGUAGES, from_name
from gatepost.reach.visits import MORE

USES: Mapping[str, str | Promise] = {"speaks": _("I speak"), "reads": _("I read"), "signs": _("I sign")}
BY_ITS_NAME = _("Write its name, or pick it from the list.")
OWN_WORDS = _("In your own words")
BY_NAME = {language_name(each.tag): each for each in LANGUAGES}


def names_of_languages() -> list[str]:
    """Every language of the table as its speakers and the school know it, for all questions of a page at once."""
    return [language_name(each.tag) for each in sorted(LANGUAGES, key=lambda each: each.english_name)]


class LanguageField(forms.CharField):
    """A language by any of its names. A list of them for each question would weigh too much for an old phone."""

    def __init__(self, *, held: str = "", signed: bool | None = None, **more: Any) -> None:
        more = {"required": False, "max_length": 100, **more}
        super().__init__(widget=forms.TextInput(attrs={"list": "languages", "dir": "auto"}), initial=held, **more)
        self.held, self.signed = held, signed

    def prepare_value(self, value: Any) -> Any:
        """A tag by its name; what somebody typed as they typed it."""
        return language_name(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The tag of a name. One that stands there already stays, also where the table does not know it."""
        typed = str(super().clean(value) or "")
        if not typed or typed == language_name(self.held):
            return self.held if typed else ""
        known = BY_NAME.get(typed) or from_name(typed)
        if known is None or known.written is self.signed:
            raise forms.ValidationError(_("We do not know that language. Please pick one from the list."))
        return known.tag


def as_typed(form: forms.Form, draft: Mapping[str, str]) -> None:
    """Show a form as it was when the visit ended: what was ticked is ticked, what was taken away is away."""
    for name, field in form.fields.items():
        said = draft.get(name, "")
        if isinstance(field, forms.MultipleChoiceField):
            form.initial[name] = said.split(MORE) if said else []
        elif isinstance(field, forms.BooleanField):
            form.initial[name] = bool(said)
        else:
            form.initial[name] = said


def _ask(form: forms.Form, name: str, label: str | Promise, hint: str | Promise = "") -> None:
    form.fields[name].label = str(label)
    form.fields[name].help_text = str(hint)


class OwnWishesForm(WishesForm):
    """How I wish to be written to and spoken with."""

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        super().__init__(data, adult=adult)
        del self.fields["name"]  # put right by a person: it stands in front of every message
        self.fields["language"] = LanguageField(
            label=_("Which language do you like to read?"),
            held=adult.language,
            signed=False,
            help_text=BY_ITS_NAME,
        )
        _ask(self, "script", _("In which letters?"))
        scripts = SCRIPTS if adult.script in SCRIPTS or not adult.script else SCRIPTS | {adult.script: adult.script}
        self.fields["script"].choices = [("", _("The usual ones")), *scripts.items()]  # type: ignore[attr-defined]
        self.fields["interpreter"] = LanguageField(
            label=_("Would you like an interpreter at meetings? For which language?"),
            held=adult.interpreter,
            help_text=BY_ITS_NAME,
        )
        ways = (_("Which way reaches you best?"), _("And then?"), _("And after that?"), _("And after that?"))
        for place, label in enumerate(ways):
            _ask(self, f"way_{place}", label)
        _ask(self, "times", _("When can we reach you?"))
        at_once = _("What is urgent, or about your own meeting, always comes at once.")
        _ask(self, "together", _("How would you like to get what can wait?"), at_once)
        _ask(self, "no_voice_calls", _("Please never ring me"), _("Then we write, or speak with you at the gate."))
        _ask(self, "speaks_first", _("When would you like to speak at a meeting?"))


class OwnLanguagesForm(LanguagesForm):
    """What I speak, read and sign."""

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        super().__init__(data, adult=adult)
        for name, field in list(self.fields.items()):
            use, held = name.partition("_")[0], str(field.initial or "")
            self.fields[name] = LanguageField(label=USES[use], held=held, signed=use == AdultLanguage.Use.SIGNS)


class OwnNeedsForm(NeedsForm):
    """What I need to take part."""

    words_label = OWN_WORDS


class OwnBarriersForm(BarriersForm):
    """What makes it hard for me; beside each stands what the school does about it."""

    hints = OFFERS
    words_label = OWN_WORDS


class OwnFacetsForm(FacetsForm):
    """What I say of myself."""

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        super().__init__(data, adult=adult)
        _ask(self, "facets", _("What would you like us to know about you?"), _("Tick only what you wish to tell."))


class OwnStrengthForm(StrengthForm):
    """What I am good at."""

    def __init__(self, data: Any = None, *, strength: Strength | None = None, language: str = "en") -> None:
        super().__init__(data, strength=strength, language=language)
        _ask(
            self,
            "words",
            _("What are you good at? What would you enjoy doing with us?"),
            _("Baking, football, sewing, a trade, a language: anything. You can write in your own language."),
        )
        written = str(self.initial["language"])
        self.fields["language"] = LanguageField(
            label=_("In which language is that written?"), held=written, required=True, help_text=BY_ITS_NAME
        )
        _ask(self, "times", _("When would suit you?"))
        _ask(self, "when_words", _("Anything more about when"))


class AskForm(forms.Form):
    """What the school should put right, since a page alone must not."""

    about = forms.ChoiceField(label=_("What is not right?"), choices=list(ABOUT.items()), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("How should it be?"),
        help_text=_("You can write in your own language."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=1000,
    )
