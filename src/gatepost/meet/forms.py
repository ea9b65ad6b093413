"""Parses and words what people type about meetings. Services refuse meaning; forms refuse shape."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.design.forms import DateInput, TimeInput, TimeSelect
from gatepost.know.models import Group
from gatepost.know.rules import groups_open_to
from gatepost.language.dates import say_day, say_time
from gatepost.language.words import say_language
from gatepost.meet.kinds import KINDS, LONGEST, Kind
from gatepost.meet.queries import ShownInvitation, ShownTime
from gatepost.meet.services import Plan, Wishes
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.permissions import Permission
from gatepost.org.queries import staff_now

MOST_DAYS = 31

type Many = forms.ModelMultipleChoiceField[Any]


class PlanForm(forms.Form):
    """What an event needs: who, when, how long, with whom, where."""

    title = forms.CharField(label=lazy("What is it called?"), max_length=120)
    groups: forms.ModelMultipleChoiceField[Group] = forms.ModelMultipleChoiceField(
        queryset=None, label=lazy("Whose families?"), widget=forms.CheckboxSelectMultiple
    )
    first_day = forms.DateField(label=lazy("First day"), widget=DateInput)
    last_day = forms.DateField(
        label=lazy("Last day"),
        widget=DateInput,
        required=False,
        help_text=lazy("Leave empty for one day. Weekends are left out."),
    )
    begins = forms.TimeField(label=lazy("From"), widget=TimeInput, initial="15:30")
    ends = forms.TimeField(label=lazy("Until"), widget=TimeInput, initial="18:30")
    minutes = forms.IntegerField(label=lazy("Minutes for each family"), min_value=5, max_value=LONGEST, step_size=5)
    hosts: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        queryset=None, label=lazy("Who listens?"), widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(
        label=lazy("Where?"),
        max_length=200,
        help_text=lazy("Any place: a classroom, a café, a community hall."),
    )

    def __init__(self, *args: Any, actor: Actor, kind: Kind, **kwargs: Any) -> None:
        """Offer the classes and colleagues of this member of staff's school."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        cast(Many, self.fields["groups"]).queryset = groups_open_to(actor)
        cast(Many, self.fields["hosts"]).queryset = staff_now(actor.school_id, able=Permission.PLAN)
        self.fields["minutes"].initial = KINDS[kind].minutes
        if kind == Kind.CONVERSATION:
            self.fields["minutes"].help_text = _("20 minutes or more. Ten minutes are left free after each talk.")

    def clean(self) -> dict[str, Any]:
        """The days are in order and not too many."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        elif first and last and (last - first).days > MOST_DAYS:
            self.add_error(
                "last_day", _("A round of meetings lasts a month at most. Please plan another one after it.")
            )
        return cleaned

    def plan(self) -> Plan:
        """What was typed, as the service wants it."""
        typed = self.cleaned_data
        return Plan(
            kind=self.kind,
            title=typed["title"],
            place=typed["place"],
            days=_weekdays(typed["first_day"], typed["last_day"] or typed["first_day"]),
            begins=typed["begins"],
            ends=typed["ends"],
            minutes=typed["minutes"],
            groups=list(typed["groups"]),
            hosts=list(typed["hosts"]),
        )


def _weekdays(first: date, last: date) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5] or [first]


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
    interpreter = forms.BooleanField(label=lazy("I would like an interpreter"), required=False)
    elsewhere = forms.BooleanField(label=lazy("I would rather meet in another place, or by phone"), required=False)

    def __init__(self, *args: Any, interpreter: str, language: str, **kwargs: Any) -> None:
        """Word the interpreter line in the reader's language."""
        super().__init__(*args, **kwargs)
        self.spoken = interpreter or (language if language != "en" else "")
        if self.spoken:
            said = say_language(self.spoken, get_language() or "en")
            self.fields["interpreter"].label = _("I would like an interpreter (%(language)s)") % {"language": said}

    def wishes(self) -> Wishes:
        """What was asked for, as the service wants it."""
        typed = self.cleaned_data
        return Wishes(
            talk_about=typed["talk_about"],
            supporter=typed["supporter"],
            interpreter=(self.spoken or "?") if typed["interpreter"] else "",
            elsewhere=typed["elsewhere"],
        )


class ChosenForm(WishForm):
    """The time that was pressed, and what would help. Whether it can be had, the service says."""

    slot = forms.UUIDField()


class BookForm(WishForm):
    """A time, and what would help."""

    slot = forms.ChoiceField(label=lazy("Choose a time"), widget=TimeSelect)
    field_order = ("slot",)

    def __init__(self, *args: Any, invitation: ShownInvitation, language: str, **kwargs: Any) -> None:
        """Offer the times by day; say the host too where there is more than one."""
        super().__init__(*args, interpreter=invitation.interpreter, language=language, **kwargs)
        tag = get_language() or "en"
        many = len({time.host for time in invitation.times}) > 1
        field = cast(forms.ChoiceField, self.fields["slot"])
        days = groupby(invitation.times, key=lambda time: timezone.localdate(time.starts_at))
        field.choices = [(say_day(day, tag), [_choice(time, tag, many) for time in times]) for day, times in days]
        cast(TimeSelect, field.widget).taken = {str(time.slot_id) for time in invitation.times if time.taken}


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


class CameForm(forms.Form):
    """Whether somebody came."""

    came = forms.ChoiceField(choices=[("yes", lazy("Came")), ("no", lazy("Did not come"))])
