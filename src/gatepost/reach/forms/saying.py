"""Parses and words what is filled into phrases: days, times, numbers, and names from a list where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gatepost.design.forms import DateInput, TimeInput
from gatepost.know.models import Child
from gatepost.language.phrasebook import GROUPS, PHRASES, Kind, Param, Phrase, template_of
from gatepost.org.actor import Actor
from gatepost.org.models import Person, School
from gatepost.org.permissions import label_of
from gatepost.org.queries import staff_now
from gatepost.reach.sayings import FROM_THE_ROW, MOST, Saying, with_words_for_home

LONGEST_NAME = 60
MOST_COUNTED = 365


@dataclass(frozen=True)
class Offered:
    """One phrase to pick, as it reads with its gaps."""

    key: str
    label: str
    words: str
    picked: bool


@dataclass(frozen=True)
class Section:
    """Phrases of one sort."""

    name: str
    phrases: tuple[Offered, ...]


def picked_in(request: HttpRequest, only: Sequence[str] = ()) -> tuple[Phrase, ...]:
    """The phrases that somebody has ticked, in the order of a message; `only` names the groups that suit a page."""
    said = request.POST if request.method == "POST" else request.GET
    keys = set(said.getlist("say"))
    fits = set(only or GROUPS)
    return tuple(phrase for key, phrase in PHRASES.items() if key in keys and phrase.group in fits)


def offered(picked: Sequence[Phrase] = (), only: Sequence[str] = ()) -> list[Section]:
    """The phrasebook as somebody leafs through it; `only` names the groups that suit a page."""
    ticked = {phrase.key for phrase in picked}

    def section(group: str) -> tuple[Offered, ...]:
        phrases = [phrase for phrase in PHRASES.values() if phrase.group == group]
        return tuple(Offered(each.key, each.label, with_gaps(each), each.key in ticked) for each in phrases)

    return [Section(name, section(group)) for group, name in GROUPS.items() if not only or group in only]


def with_gaps(phrase: Phrase) -> str:
    """The sentence in English, with what is still to be filled in between brackets."""
    gaps = {param.name: f"[{param.label[0].lower()}{param.label[1:]}]" for param in phrase.params}
    return template_of(phrase, "en").format_map(gaps)


class SayForm(forms.Form):
    """What is missing in the phrases that somebody has picked. What the school knows already is filled in."""

    def __init__(self, *args: Any, picked: Sequence[Phrase], by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picked = tuple(picked)
        teachers = _teachers(by.school_id) if any(_has(phrase, "teacher") for phrase in picked) else []
        own = next((name for pk, name in teachers if pk == by.staff_id), "")
        school = School.objects.get(pk=by.school_id) if any(_has(phrase, "phone") for phrase in picked) else None
        known = {"teacher": own, "phone": school.office_phone if school else ""}
        for number, phrase in enumerate(self.picked):
            for param in _typed(phrase):
                field = _field(param, [name for _pk, name in teachers])
                field.initial = known.get(param.name)
                self.fields[f"{number}-{param.name}"] = field

    def clean(self) -> dict[str, Any]:
        """No more than people read."""
        if len(self.picked) > MOST:
            raise forms.ValidationError(_("Please take four sentences at most: more is seldom read."))
        return super().clean() or self.cleaned_data

    def sentences(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each phrase with its gaps, and the questions that fill them."""
        return [
            (with_gaps(phrase), [self[f"{number}-{each.name}"] for each in _typed(phrase)])
            for number, phrase in enumerate(self.picked)
        ]

    def saying(self) -> Saying:
        """The phrases with their values; after praise of a child with words to use at home."""
        return with_words_for_home(
            [
                {"say": phrase.key, **{each.name: self._plain(f"{number}-{each.name}") for each in _typed(phrase)}}
                for number, phrase in enumerate(self.picked)
            ]
        )

    def _plain(self, name: str) -> str | int:
        value: str | int | date | time = self.cleaned_data[name]
        return value.isoformat() if isinstance(value, date | time) else value


class SayToOneForm(SayForm):
    """The same to one adult, where it has to be said about which child."""

    def __init__(self, *args: Any, children: Sequence[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._children = {str(child.pk): child for child in children}
        named = [(key, child.called) for key, child in self._children.items()]
        self.fields["child"] = forms.ChoiceField(
            label=_("About which child?"),
            choices=named,
            initial=named[0][0] if len(named) == 1 else "",
            widget=forms.RadioSelect if len(named) > 1 else forms.HiddenInput,
        )

    def child(self) -> Child:
        """The child it is about."""
        return self._children[self.cleaned_data["child"]]


class LetterForm(SayToOneForm):
    """The same as a letter that somebody signs."""

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        who = Person.objects.get(pk=by.staff_id).name
        self.fields["name"] = forms.CharField(label=_("Who signs it?"), initial=who, max_length=LONGEST_NAME)
        self.fields["role"] = forms.CharField(
            label=_("What are you at the school?"),
            initial=label_of(by.acting_role),
            max_length=LONGEST_NAME,
            help_text=_("Your name and this stand under the line for your signature."),
        )

    def signed(self) -> str:
        """What stands under it."""
        return f"{self.cleaned_data['name']}, {self.cleaned_data['role']}"


def _has(phrase: Phrase, name: str) -> bool:
    return any(param.name == name for param in phrase.params)


def _typed(phrase: Phrase) -> list[Param]:
    return [param for param in phrase.params if param.name not in FROM_THE_ROW]


def _teachers(school_id: UUID) -> list[tuple[UUID, str]]:
    return list(staff_now(school_id).values_list("pk", "name"))


class NameField(forms.CharField):
    """A name that stands in every language as it is typed."""

    default: ClassVar[Any] = _("A name, not a sentence: it stands in every language as you type it.")

    def __init__(self, label: str) -> None:
        super().__init__(label=label, max_length=LONGEST_NAME, help_text=self.default)


def _field(param: Param, teachers: Sequence[str]) -> forms.Field:
    """The question that fills one gap."""
    if param.name == "teacher":
        return forms.ChoiceField(label=param.label, choices=[(name, name) for name in teachers])
    if param.kind is Kind.DAY:
        return forms.DateField(label=param.label, widget=DateInput)
    if param.kind is Kind.TIME:
        return forms.TimeField(label=param.label, widget=TimeInput)
    if param.kind is Kind.PHONE:
        return forms.RegexField(r"^[+\d][\d ()-]{4,19}$", label=param.label)
    if param.kind.is_count:
        return forms.IntegerField(label=param.label, min_value=1, max_value=MOST_COUNTED)
    return NameField(param.label)
