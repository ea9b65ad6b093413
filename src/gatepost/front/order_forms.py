"""What somebody types who writes down an order: one question a page, and nothing kept until the last one.

What was typed before travels in the page itself. The words of an order are P4: they lie in no session and no draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.core import clock
from gatepost.design.forms import DateInput
from gatepost.design.parts import Words
from gatepost.disclosure import Bar
from gatepost.know.models import Adult, Child, OrderKind, Paper
from gatepost.know.queries import adults_of
from gatepost.know.rules import children_open_to
from gatepost.know.services.orders import Seen
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.queries import staff_now

LONGEST = 4000
NOBODY = "nobody"

BARS: dict[Bar, tuple[Words, Words]] = {
    Bar.EVERYTHING: (
        lazy("Everything about the child"),
        lazy("For example: “must not contact the child or the school”. They are told nothing at all."),
    ),
    Bar.EDUCATION: (
        lazy("How the child is learning"),
        lazy("For example: “must not receive school reports”. Meetings are still theirs, if nothing else is ticked."),
    ),
    Bar.LOGISTICS: (
        lazy("Meetings about the child"),
        lazy("For example: “must not come to the school”. Reports are still theirs, if nothing else is ticked."),
    ),
    Bar.WHEREABOUTS: (
        lazy("Where the child is, and when"),
        lazy("For example: “must not be told where the child lives, or of trips and clubs”."),
    ),
    Bar.CONTACT_WITH_ADULT: (
        lazy("Contact with another adult"),
        lazy("For example: “must not contact the mother”. Reports and meetings are still theirs, at other times."),
    ),
}
"""What an order can take away, in plain words with an example each."""


def _label(words: Words, example: Words) -> SafeString:
    return format_html('{}<span class="hint">{}</span>', words, example)


class Step(forms.Form):
    """One question. It knows the child that somebody began with, who asks, and what was answered before."""

    name: ClassVar[str]
    title: ClassVar[Words]

    def __init__(self, data: Any = None, *, child: Child, actor: Actor, before: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.child, self.actor, self.before = child, actor, before
        self.offer()

    def offer(self) -> None:
        """Fill in what can be chosen."""

    @property
    def hidden_label(self) -> Words:
        """Where a page asks one question, its heading asks it; the label is for those who listen."""
        (first, *more) = self.fields.values()
        alone = not more and str(first.label) == str(self.title)
        return format_html('<span class="hidden-text">{}</span>', first.label or "") if alone else ""

    def choose(self, field: str, rows: QuerySet[Any]) -> None:
        """Offer these rows."""
        cast("forms.ModelChoiceField[Any]", self.fields[field]).queryset = rows


class KindStep(Step):
    """What was seen."""

    name, title = "kind", lazy("What was seen?")
    kind = forms.ChoiceField(label=lazy("What was seen?"), choices=OrderKind.choices, widget=forms.RadioSelect)


class SeenStep(Step):
    """Who saw it, and when."""

    name, title = "seen", lazy("Who has seen it, and when?")
    seen_by: forms.ModelChoiceField[Person] = forms.ModelChoiceField(queryset=None, label=lazy("Who at the school?"))
    seen_on = forms.DateField(label=lazy("On which day?"), widget=DateInput)
    copy_held = forms.BooleanField(label=lazy("The school holds a copy"), required=False)

    def offer(self) -> None:
        """Anybody who works here; oneself, today, to begin with."""
        self.choose("seen_by", staff_now(self.actor.school_id))
        self.fields["seen_by"].initial = self.actor.person_id
        self.fields["seen_on"].initial = clock.today()

    def clean_seen_on(self) -> Any:
        """Nobody has seen it tomorrow."""
        if self.cleaned_data["seen_on"] > clock.today():
            raise forms.ValidationError(_("This day lies in the future."))
        return self.cleaned_data["seen_on"]


class AdultStep(Step):
    """Whom it restrains."""

    name, title = "adult", lazy("Whom does it restrain?")
    adult: forms.ModelChoiceField[Adult] = forms.ModelChoiceField(
        queryset=None,
        label=lazy("Whom does it restrain?"),
        help_text=lazy("One adult. If it restrains two, write down two."),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def offer(self) -> None:
        """The adults of this child."""
        self.choose("adult", adults_of(self.child))


class ChildrenStep(Step):
    """In regard to which children."""

    name, title = "children", lazy("In regard to which children?")
    children: forms.ModelMultipleChoiceField[Child] = forms.ModelMultipleChoiceField(
        queryset=None,
        label=lazy("In regard to which children?"),
        help_text=lazy("Only those whom it names. Brothers and sisters at this school are offered here."),
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self) -> None:
        """All children of the adult whom it restrains, as far as they are open to who writes."""
        theirs = children_open_to(self.actor).filter(cares__adult=self.before["adult"], cares__ended_on=None)
        self.choose("children", theirs.distinct())
        self.fields["children"].initial = [self.child.pk]


class BarsStep(Step):
    """What exactly it takes away."""

    name, title = "bars", lazy("What exactly does it take away?")
    bars = forms.MultipleChoiceField(
        label=lazy("What exactly does it take away?"),
        help_text=lazy("Tick only what the paper says. All that is not ticked stays as it was."),
        choices=[(bar.value, _label(*words)) for bar, words in BARS.items()],
        widget=forms.CheckboxSelectMultiple,
    )


class ApartStep(Step):
    """Whom it protects."""

    name, title = "apart", lazy("Does it keep them apart from another adult?")
    apart = forms.ChoiceField(
        label=lazy("Does it keep them apart from another adult?"),
        help_text=lazy("Their meetings at the school are then never close to each other. Neither is told why."),
        widget=forms.RadioSelect,
    )

    def offer(self) -> None:
        """The other adults of these children, or nobody."""
        others = Adult.objects.filter(cares__child__in=self.before["children"], cares__ended_on=None)
        self.others = {str(each.pk): each for each in others.exclude(pk=self.before["adult"].pk).distinct()}
        named = [(key, each.name) for key, each in self.others.items()]
        cast("forms.ChoiceField", self.fields["apart"]).choices = [*named, (NOBODY, _("No, it names nobody"))]

    def clean_apart(self) -> Adult | None:
        """An order that bars contact with an adult names that adult."""
        named = self.others.get(self.cleaned_data["apart"])
        if named is None and Bar.CONTACT_WITH_ADULT.value in self.before["bars"]:
            raise forms.ValidationError(_("You said that it bars contact with another adult. Please say with whom."))
        return named


class DatesStep(Step):
    """From when until when."""

    name, title = "dates", lazy("From when until when?")
    from_on = forms.DateField(label=lazy("From"), widget=DateInput)
    until_on = forms.DateField(
        label=lazy("Until"),
        widget=DateInput,
        required=False,
        help_text=lazy(
            "The last day on the paper; empty if it names none. After it, nothing opens by itself: it "
            "comes back to the office, to be looked at."
        ),
    )

    def offer(self) -> None:
        """It usually binds from the day it is seen."""
        self.fields["from_on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """In order."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day comes before the first."))
        return cleaned


class WordsStep(Step):
    """The words that matter."""

    name, title = "words", lazy("The words of the order")
    words = forms.CharField(
        label=lazy("The words of the order that matter here"),
        help_text=lazy(
            "Copy the sentence that restrains. It is stored encrypted; only the office, the head and whoever leads on "
            "safeguarding can open it, and each reading is written down."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        max_length=LONGEST,
        required=False,
    )


class CheckStep(Step):
    """Nothing is asked: it is looked at once more."""

    name, title = "check", lazy("Is this right?")


STEPS: tuple[type[Step], ...] = (
    KindStep, SeenStep, AdultStep, ChildrenStep, BarsStep, ApartStep, DatesStep, WordsStep, CheckStep,
)  # fmt: skip
NAMES = [step.name for step in STEPS]
CONTROL = {"csrfmiddlewaretoken", "step", "go", "asked", "checked"}


class Wizard:
    """The way through the questions: which one is next, and what has been answered so far."""

    def __init__(self, data: QueryDict, *, child: Child, actor: Actor) -> None:
        """Read what was typed, question by question, until one is open or answered wrongly."""
        self.data, self.child, self.actor = data, child, actor
        self.answers: dict[str, Any] = {}
        self.stuck: Step | None = None
        for kind in STEPS:
            step = kind(data, child=child, actor=actor, before=self.answers)
            if not step.is_valid():
                self.stuck = step
                break
            self.answers |= step.cleaned_data

    def turn(self) -> tuple[Step, bool]:
        """The question to show now, and whether all are answered and somebody says that they are right."""
        asked, go = self.data.get("step", ""), self.data.get("go", "")
        here = NAMES.index(asked) if asked in NAMES else -1
        open_at = NAMES.index(self.stuck.name) if self.stuck else len(NAMES)
        wanted = go.removeprefix("to:")
        if go.startswith("to:") and wanted in NAMES and NAMES.index(wanted) <= open_at:
            return self.blank(wanted), False
        if self.stuck and open_at <= here:
            return self.stuck, False
        if not self.stuck and (asked == "check" or "checked" in self.data):
            return self.blank("check"), asked == "check"
        after = open_at if "checked" in self.data else min(here + 1, open_at)  # after a change: what that has opened
        return self.blank(NAMES[after]), False

    def blank(self, name: str) -> Step:
        """A question with what was typed before in it, and without complaints."""
        kind = STEPS[NAMES.index(name)]
        bare = kind(child=self.child, actor=self.actor, before=self.answers)
        typed = {
            key: field.widget.value_from_datadict(self.data, {}, key)
            for key, field in bare.fields.items()
            if self._was_asked(name)
        }
        return kind(child=self.child, actor=self.actor, before=self.answers, initial=typed or None)

    def _was_asked(self, name: str) -> bool:
        """Whether this question has been on the screen: an empty tick box sends nothing."""
        return name in self.data.getlist("asked")

    def carried(self, shown: Step | None) -> Iterator[tuple[str, str]]:
        """All that was typed on other pages than the one shown, to travel in this one."""
        fields = set(shown.fields if shown else ()) | CONTROL
        for key, values in self.data.lists():
            if key not in fields:
                yield from ((key, str(value)) for value in values)
        for name in dict.fromkeys([*self.data.getlist("asked"), *([shown.name] if shown else ())]):
            if name in NAMES:
                yield "asked", name
        if "checked" in self.data or (shown and shown.name == "check"):
            yield "checked", "1"

    @property
    def seen(self) -> Seen:
        """All answers, as the service wants them."""
        said = self.answers
        return Seen(
            kind=OrderKind(said["kind"]),
            seen_by=said["seen_by"],
            seen_on=said["seen_on"],
            copy_held=said["copy_held"],
            bars=frozenset(Bar(bar) for bar in said["bars"]),
            keeps_apart_from=said["apart"],
            from_on=said["from_on"],
            until_on=said["until_on"],
            words=said["words"],
        )


class LiftForm(forms.Form):
    """What somebody has in their hand who asks to lift an order."""

    paper = forms.ChoiceField(label=lazy("What have you seen?"), choices=Paper.choices, widget=forms.RadioSelect)
    seen_on = forms.DateField(label=lazy("On which day did you see it?"), widget=DateInput)

    def clean_paper(self) -> Paper:
        """One of the three."""
        return Paper(self.cleaned_data["paper"])


class ProlongForm(forms.Form):
    """Until when it goes on."""

    until_on = forms.DateField(
        label=lazy("Its new last day"),
        widget=DateInput,
        required=False,
        help_text=lazy("Empty: until two people lift it."),
    )
