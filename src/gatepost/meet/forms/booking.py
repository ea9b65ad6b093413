"""Parses and words what people type about meetings. Services refuse meaning; forms refuse shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.design.forms import TimeSelect
from gatepost.know.models import TimeOfDay
from gatepost.language.dates import say_day, say_time
from gatepost.language.words import say_language
from gatepost.meet.helps import BEHIND_A_CODE, CHILD_WORDS, ELSEWHERE_WORDS, HELP, SECOND_PARENT_WORDS, if_none
from gatepost.meet.models import Attendance, Way
from gatepost.meet.queries import ShownInvitation, ShownTime
from gatepost.meet.queries.helping import ShownHelp
from gatepost.meet.services import Wishes

FOLDED = (
    "way",
    "where",
    "elsewhere",
    "interpreter_wish",
    "help",
    "second_parent",
    "child",
    "supporter",
    "supporter_role",
    "advocate",
)
"""What stands below “What would help you?”, folded until somebody opens it."""


class WishForm(forms.Form):
    """What would help a family at a meeting. Never filled in again from what was stored."""

    talk_about = forms.CharField(
        label=lazy("What would you like to talk about?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=lazy("You can write in your own language."),
    )
    supporter = forms.CharField(
        label=lazy("Who comes with you?"),
        required=False,
        max_length=200,
        help_text=lazy("You can bring anyone: a friend, a relative, an adviser."),
    )
    supporter_role = forms.CharField(
        label=lazy("Who are they to you?"),
        required=False,
        max_length=200,
        help_text=lazy("My sister, a friend, an adviser from a service."),
    )
    advocate = forms.BooleanField(label=lazy("They may speak for me"), required=False)
    second_parent = forms.BooleanField(
        label=SECOND_PARENT_WORDS,
        required=False,
        help_text=lazy("We ask them ourselves, and they answer us."),
    )
    child = forms.BooleanField(label=CHILD_WORDS, required=False)
    interpreter = forms.BooleanField(label=lazy("I would like an interpreter"), required=False)
    interpreter_wish = forms.ChoiceField(
        label=lazy("Until an interpreter is found"),
        widget=forms.RadioSelect,
        required=False,
    )
    elsewhere = forms.BooleanField(label=ELSEWHERE_WORDS, required=False)
    way = forms.ChoiceField(
        label=lazy("Where would you like to meet?"), widget=forms.RadioSelect, required=False, choices=Way.choices
    )
    where = forms.CharField(
        label=lazy("Which place, or which number?"),
        required=False,
        max_length=200,
        help_text=lazy("For a café, a call or a visit. Leave it empty, and we ask you."),
    )
    help = forms.MultipleChoiceField(
        label=lazy("What would make it easier to come?"),
        choices=list(HELP.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=lazy("We arrange it. It costs you nothing, and no other family learns of it."),
    )

    def __init__(self, *args: Any, interpreter: str, language: str, ways: Sequence[str] = (), **kwargs: Any) -> None:
        """Word the interpreter line in the reader's language; offer the places that the event lets them choose."""
        super().__init__(*args, **kwargs)
        if ways:
            cast(forms.ChoiceField, self.fields["way"]).choices = [(each, Way(each).label) for each in ways]
            del self.fields["elsewhere"]
        else:
            del self.fields["way"], self.fields["where"]
        self.spoken = interpreter or (language if language != "en" else "")
        if self.spoken:
            said = say_language(self.spoken, get_language() or "en")
            wish = cast(forms.ChoiceField, self.fields["interpreter_wish"])
            wish.choices = [("wait", lazy("I will wait")), *if_none(self.spoken).items()]
            self.fields["interpreter"].label = _("I would like an interpreter (%(language)s)") % {"language": said}
        else:
            del self.fields["interpreter_wish"]

    @property
    def says_what_would_help(self) -> bool:
        """Whether the folded part holds something typed, or an error: nobody has to scroll past it for nothing."""
        folded = [self[name] for name in FOLDED if name in self.fields]
        return self.is_bound and any(field.errors or field.value() for field in folded)

    def wishes(self) -> Wishes:
        """What was asked for, as the service wants it."""
        typed = self.cleaned_data
        return Wishes(
            talk_about=typed["talk_about"],
            supporter=typed["supporter"],
            supporter_role=typed["supporter_role"] if typed["supporter"] else "",
            advocate=typed["advocate"] and bool(typed["supporter"]),
            second_parent=typed["second_parent"],
            child=typed["child"],
            interpreter=(self.spoken or "?") if typed["interpreter"] else "",
            elsewhere=typed.get("elsewhere", False),
            interpreter_wish=typed.get("interpreter_wish", ""),
            help=tuple(typed["help"]),
            way=typed.get("way", ""),
            where=typed.get("where", ""),
        )


class HelpForm(forms.Form):
    """What would help, behind a code: what is asked for stands ticked; what they have told us of comes first."""

    help = forms.MultipleChoiceField(
        label=lazy("What would make it easier to come?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=lazy("We arrange it. It costs you nothing, and no other family learns of it."),
    )

    def __init__(self, *args: Any, shown: ShownHelp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = dict.fromkeys([*shown.offered, *BEHIND_A_CODE])
        field = cast(forms.MultipleChoiceField, self.fields["help"])
        field.choices = [(kind, BEHIND_A_CODE[kind]) for kind in order if kind not in shown.done]
        field.initial = [each.kind for each in shown.asked]


class ChosenForm(WishForm):
    """The time that was pressed, and what would help. Whether it can be had, the service says."""

    slot = forms.UUIDField()


class BookForm(WishForm):
    """A time, and what would help."""

    slot = forms.ChoiceField(label=lazy("Choose a time"), widget=TimeSelect)
    field_order = ("slot",)

    def __init__(self, *args: Any, invitation: ShownInvitation, language: str, **kwargs: Any) -> None:
        """Offer the times by day, first those that fit; say the host too where there is more than one."""
        super().__init__(*args, interpreter=invitation.interpreter, language=language, ways=invitation.ways, **kwargs)
        tag = get_language() or "en"
        many = len({time.host for time in invitation.times}) > 1
        field = cast(forms.ChoiceField, self.fields["slot"])
        first = sorted(invitation.times, key=lambda time: not time.fits)
        days = groupby(first, key=lambda time: (time.fits, timezone.localdate(time.starts_at)))
        field.choices = [
            (_legend(day, tag, fits=fits), [_choice(time, tag, many) for time in times]) for (fits, day), times in days
        ]
        cast(TimeSelect, field.widget).taken = {str(time.slot_id) for time in invitation.times if time.taken}


def _legend(day: date, tag: str, *, fits: bool) -> str:
    said = say_day(day, tag)
    return _("%(day)s: fits what you told us") % {"day": said} if fits else said


def _choice(time: ShownTime, tag: str, many: bool) -> tuple[str, str]:
    said = say_time(time.starts_at, tag)
    return str(time.slot_id), f"{said} · {time.host}" if many else said


class NoForm(forms.Form):
    """Why not, if somebody wants to say."""

    words = forms.CharField(
        label=lazy("What would suit you better?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=lazy("Days, times, a place, a phone call. You can write in your own language."),
    )

    def said(self) -> str:
        """What they said, as the school reads it."""
        return str(self.cleaned_data["words"])


class NoneForm(NoForm):
    """When they could come, and which other way would suit them: their times first."""

    WAYS: ClassVar = [
        ("call", lazy("A telephone call")),
        ("home", lazy("A visit at home")),
        ("outside", lazy("A café or another place")),
    ]

    times = forms.MultipleChoiceField(
        label=lazy("When could you come?"),
        choices=TimeOfDay.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    ways = forms.MultipleChoiceField(
        label=lazy("Would another way suit you better?"),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("times", "ways", "words")

    def said(self) -> str:
        """What they ticked, in English, before what they wrote."""
        with override("en"):
            ticked = [str(dict(TimeOfDay.choices)[each]) for each in self.cleaned_data["times"]]
            ticked += [str(dict(self.WAYS)[each]) for each in self.cleaned_data["ways"]]
            return "\n".join(filter(None, [" · ".join(ticked), super().said()]))


class CameForm(forms.Form):
    """Whether somebody came; why not, as far as the school could change it; and where that was said."""

    came = forms.ChoiceField(
        choices=[("yes", lazy("Came")), ("no", lazy("Did not come")), ("here", lazy("Has arrived"))]
    )
    reason = forms.ChoiceField(choices=Attendance.Reason.choices, required=False)
    back = forms.ChoiceField(choices=[("door", "")], required=False)


class LateForm(forms.Form):
    """Who runs late, and by how much."""

    host = forms.UUIDField()
    minutes = forms.TypedChoiceField(choices=[(n, str(n)) for n in (0, 5, 10, 15, 20, 30)], coerce=int)
