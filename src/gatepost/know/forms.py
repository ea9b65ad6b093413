"""What people say of themselves and what the office writes down, as questions; a row comes back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.core import clock
from gatepost.design.forms import DateInput
from gatepost.disclosure import Standing, Tri
from gatepost.know.arrangements import ARRANGEMENTS
from gatepost.know.models import (
    FACTS,
    AccessNeed,
    Adult,
    AdultLanguage,
    Barrier,
    Basis,
    Care,
    Channel,
    Child,
    ContactPoint,
    Facet,
    SpeaksFirst,
    Strength,
    TimeOfDay,
    Together,
)
from gatepost.language.scripts import SCRIPTS
from gatepost.language.table import LANGUAGES, find
from gatepost.org.models import Person

type Choices = list[tuple[str, str | Promise]]
LONGEST = 300  # letters of what somebody says in a few words
NOT_SAID = _("Not said")
TRI: Choices = [(Tri.YES.value, _("Yes")), (Tri.NO.value, _("No")), (Tri.UNKNOWN.value, _("We do not know"))]


def languages(blank: str | Promise, *, also: Iterable[str] = (), signed: bool | None = None) -> Choices:
    """Every language of the table by its English name, with those that stand there already though nobody knows them."""
    known = [each for each in LANGUAGES if signed is None or each.written is not signed]
    listed: Choices = sorted(((each.tag, each.english_name) for each in known), key=lambda pair: pair[1])
    there = {tag for tag, _words in listed}
    more: Choices = [(tag, name_of(tag)) for tag in also if tag and tag not in there]
    return [("", blank), *listed, *more]


def name_of(tag: str) -> str:
    """A language in English words; one we do not know stays as it was written."""
    found = find(tag)
    return found.english_name if found else tag


class WishesForm(forms.Form):
    """How an adult wishes to be written to and spoken with."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(label=_("Which language do they like to read?"), required=False)
    script = forms.ChoiceField(
        label=_("In which letters?"), required=False, choices=[("", _("The usual ones")), *SCRIPTS.items()]
    )
    interpreter = forms.ChoiceField(label=_("Which interpreter do they want at meetings?"), required=False)
    times = forms.MultipleChoiceField(
        label=_("When can they be reached?"),
        required=False,
        choices=TimeOfDay.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    together = forms.ChoiceField(
        label=_("How do they like to get what can wait?"),
        help_text=_("What is urgent, for them alone, or about their own meeting, comes at once."),
        choices=Together.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    no_voice_calls = forms.BooleanField(
        label=_("Never ring: no voice calls"),
        help_text=_("Then nobody rings, also where a message did not arrive."),
        required=False,
    )
    speaks_first = forms.ChoiceField(
        label=_("When would they like to speak at a meeting?"), choices=SpeaksFirst.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        facts = ("name", "language", "script", "interpreter", "times", "together", "no_voice_calls", "speaks_first")
        initial = {name: getattr(adult, name) for name in facts}
        places = range(len(Channel.choices))
        initial |= {f"way_{place}": way for place, way in zip(places, adult.channel_order, strict=False)}
        super().__init__(data, initial=initial)
        self._choose("language", languages(NOT_SAID, also=[adult.language]))
        self._choose("interpreter", languages(_("None"), also=[adult.interpreter]))
        if adult.script and adult.script not in SCRIPTS:
            self._choose("script", [("", _("The usual ones")), *SCRIPTS.items(), (adult.script, adult.script)])
        self._ways = [f"way_{place}" for place in places]
        for place, name in enumerate(self._ways):
            self.fields[name] = forms.ChoiceField(
                label=(_("Which way reaches them best?"), _("And then?"), _("And after that?"))[min(place, 2)],
                choices=[("", NOT_SAID), *Channel.choices],
                required=False,
            )
        self.order_fields(["name", "language", "script", "interpreter", *self._ways])

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def facts(self) -> dict[str, Any]:
        """What was said, column by column."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in self._ways}
        ways = [self.cleaned_data[name] for name in self._ways]
        return said | {"channel_order": list(dict.fromkeys(way for way in ways if way))}


class LanguagesForm(forms.Form):
    """Which languages an adult speaks, reads and signs: as many rows as they have, and some more."""

    SPARE = {"speaks": 2, "reads": 1, "signs": 1}
    LABELS = {"speaks": _("They speak"), "reads": _("They read"), "signs": _("They sign")}

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        held: dict[str, list[str]] = {use: [] for use in AdultLanguage.Use.values}
        for row in adult.languages.all():
            held[row.use].append(row.language)
        super().__init__(data)
        for use, tags in held.items():
            choices = languages(NOT_SAID, also=tags, signed=use == AdultLanguage.Use.SIGNS)
            for number in range(len(tags) + self.SPARE[use]):
                self.fields[f"{use}_{number}"] = forms.ChoiceField(
                    label=self.LABELS[use],
                    choices=choices,
                    required=False,
                    initial=tags[number] if number < len(tags) else "",
                )

    def facts(self) -> dict[str, list[str]]:
        """Use → languages."""
        found: dict[str, list[str]] = {use: [] for use in AdultLanguage.Use.values}
        for name, tag in self.cleaned_data.items():
            use = name.rpartition("_")[0]
            if tag and tag not in found[use]:
                found[use].append(tag)
        return found


class KindsForm(forms.Form):
    """Things of which people say some, each with a few words of their own."""

    kinds: Choices = []
    hints: Mapping[str, str | Promise] = {}
    words_label: str | Promise = _("In their own words")

    def __init__(self, data: Any = None, *, said: Iterable[AccessNeed | Barrier] = ()) -> None:
        super().__init__(data)
        held = {row.kind: row.words for row in said}
        for kind, label in self.kinds:
            self.fields[kind] = forms.BooleanField(
                label=str(label), required=False, initial=kind in held, help_text=str(self.hints.get(kind, ""))
            )
            self.fields[f"{kind}_words"] = forms.CharField(
                label=str(self.words_label),
                required=False,
                initial=held.get(kind, ""),
                max_length=LONGEST,
                widget=forms.TextInput(attrs={"placeholder": " "}),  # so that the styles know an empty one
            )

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Each kind with its words."""
        for kind, _label in self.kinds:
            yield self[kind], self[f"{kind}_words"]

    def clean(self) -> dict[str, Any]:
        """Words for something else, or it says nothing."""
        said = super().clean() or {}
        if said.get("other") and not said.get("other_words"):
            self.add_error("other_words", _("Please say in a few words what it is."))
        return said

    def facts(self) -> dict[str, str]:
        """Kind → words. Words without a tick count as a tick: somebody wrote them."""
        said = self.cleaned_data
        return {kind: said[f"{kind}_words"] for kind, _label in self.kinds if said[kind] or said[f"{kind}_words"]}


class NeedsForm(KindsForm):
    """What an adult needs to take part."""

    kinds = list(AccessNeed.Kind.choices)


class BarriersForm(KindsForm):
    """What makes it hard to take part; beside each stands what the school does about it."""

    kinds = list(Barrier.Kind.choices)
    hints = ARRANGEMENTS


class FacetsForm(forms.Form):
    """What an adult has said of themselves."""

    facets = forms.MultipleChoiceField(
        label=_("They have told us of themselves"),
        help_text=_("Tick only what they said, in their own wish to say it. Nobody guesses this."),
        choices=Facet.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, adult: Adult) -> None:
        super().__init__(data, initial={"facets": [row.kind for row in adult.facets.all()]})

    def facts(self) -> list[str]:
        """The kinds that were ticked."""
        return list(self.cleaned_data["facets"])


class StrengthForm(forms.Form):
    """What somebody is good at and would enjoy doing with the school."""

    words = forms.CharField(
        label=_("What are they good at, what would they enjoy doing with us?"),
        help_text=_("In their own words and their own language."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=2000,
    )
    language = forms.ChoiceField(label=_("In which language is that written?"))
    times = forms.MultipleChoiceField(
        label=_("When?"), required=False, choices=TimeOfDay.choices, widget=forms.CheckboxSelectMultiple
    )
    when_words = forms.CharField(label=_("Anything more about when"), required=False, max_length=LONGEST)

    def __init__(self, data: Any = None, *, strength: Strength | None = None, language: str = "en") -> None:
        names = ("words", "language", "times", "when_words")
        initial = {name: getattr(strength, name) for name in names} if strength else {"language": language or "en"}
        super().__init__(data, initial=initial)
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = languages(NOT_SAID, also=[str(initial["language"])])[1:]

    def facts(self) -> dict[str, Any]:
        """What was said, column by column; a browser's line ends are made ours."""
        return self.cleaned_data | {"words": self.cleaned_data["words"].replace("\r\n", "\n")}


class ContactForm(forms.Form):
    """A new mailbox or telephone, or another one in the place of one."""

    channel = forms.ChoiceField(
        label=_("What is it?"),
        choices=[choice for choice in Channel.choices if choice[0] in (Channel.EMAIL, Channel.SMS)],
        widget=forms.RadioSelect,
    )
    value = forms.CharField(label=_("Address or number"), max_length=254)
    shared = forms.BooleanField(
        label=_("Somebody else reads it too"),
        help_text=_("Then no child’s name and no purpose goes there."),
        required=False,
    )

    def __init__(self, data: Any = None, *, point: ContactPoint | None = None) -> None:
        super().__init__(data, initial={"value": point.value, "shared": point.shared} if point else None)
        if point:
            del self.fields["channel"]


class BondForm(forms.Form):
    """What an adult is to a child: separate facts with their dates, none guessed from another."""

    STANDINGS: Choices = [
        (Standing.PARENT.value, _("A parent")),
        (Standing.CARER.value, _("Looks after the child: a grandparent, foster carer, step-parent …")),
        (Standing.EMERGENCY_ONLY.value, _("Only to be rung in an emergency")),
        (Standing.UNKNOWN.value, _("We do not know")),
    ]
    QUESTIONS: Mapping[str, str | Promise] = {
        "is_parent": _("Are they a parent in education law?"),
        "responsibility": _("Do they have parental responsibility?"),
        "lives_with": _("Does the child live with them?"),
        "may_collect": _("May they collect the child?"),
        "receives_reports": _("Do they get the school’s reports?"),
        "may_vote": _("May they vote for parent governors?"),
    }

    standing = forms.ChoiceField(label=_("What is this adult to the child?"), widget=forms.RadioSelect)
    relationship = forms.CharField(label=_("In the family’s own word: mother, aunt …"), max_length=60, required=False)
    responsibility_basis = forms.ChoiceField(
        label=_("If they have parental responsibility: by what?"),
        choices=[("", NOT_SAID), *Basis.choices],
        required=False,
    )
    rank = forms.IntegerField(
        label=_("Whom to ring first in an emergency: 1, 2, 3 …"), min_value=1, max_value=999, required=False
    )

    def __init__(self, data: Any = None, *, care: Care) -> None:
        plain = ("standing", "relationship", "responsibility_basis", "rank")
        dated = tuple(f"{fact}{part}" for fact in FACTS for part in ("", "_from", "_until"))
        super().__init__(data, initial={name: getattr(care, name) for name in plain + dated})
        standing = self.fields["standing"]
        if isinstance(standing, forms.ChoiceField):
            none: Choices = [(Standing.NONE.value, _("Nothing"))] if care.standing == Standing.NONE else []
            standing.choices = [*self.STANDINGS, *none]
        for fact in FACTS:
            self.fields[fact] = forms.ChoiceField(
                label=str(self.QUESTIONS[fact]), choices=TRI, widget=forms.RadioSelect
            )
            for part, label in (("from", _("Since")), ("until", _("Until"))):
                self.fields[f"{fact}_{part}"] = forms.DateField(label=label, widget=DateInput, required=False)

    def dated(self) -> Iterator[tuple[BoundField, BoundField, BoundField]]:
        """Each fact with its dates."""
        for fact in FACTS:
            yield self[fact], self[f"{fact}_from"], self[f"{fact}_until"]

    def facts(self) -> dict[str, Any]:
        """What was said, column by column."""
        return dict(self.cleaned_data)


class TeamForm(forms.Form):
    """Who works with a child, as what, from when."""

    person = forms.ChoiceField(label=_("Who?"))
    role = forms.CharField(label=_("As what? Key worker, class teacher, speech therapist …"), max_length=100)
    from_on = forms.DateField(label=_("Since"), widget=DateInput)

    def __init__(self, data: Any = None, *, people: Iterable[Person]) -> None:
        super().__init__(data, initial={"from_on": clock.today()})
        self.people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose somebody")), *((key, person.name) for key, person in self.people.items())]


class LastDayForm(forms.Form):
    """Until when something is so."""

    until_on = forms.DateField(label=_("Last day"), widget=DateInput)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"until_on": clock.today()})


class TogetherForm(forms.Form):
    """Who of these lives under one roof."""

    members = forms.MultipleChoiceField(label=_("Who lives together?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, who: Iterable[Adult | Child], living: Iterable[Adult | Child] = ()) -> None:
        self.who = {str(each.pk): each for each in who}
        super().__init__(data, initial={"members": [str(each.pk) for each in living]})
        field = self.fields["members"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(key, each.name) for key, each in self.who.items()]

    def chosen(self) -> list[Adult | Child]:
        """Those who were ticked."""
        return [self.who[key] for key in self.cleaned_data["members"]]


class AddressForm(forms.Form):
    """Where a household lives."""

    address = forms.CharField(label=_("Address"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, address: str = "") -> None:
        super().__init__(data, initial={"address": address})

    def clean_address(self) -> str:
        """With our line ends."""
        return str(self.cleaned_data["address"]).replace("\r\n", "\n")


class ReasonForm(forms.Form):
    """Why somebody opens what is sealed."""

    reason = forms.CharField(label=_("Why do you need it now?"), max_length=200)
