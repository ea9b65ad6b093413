"""What staff type to plan an event: of each template only what that template needs, with its defaults filled in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gatepost.design.forms import DateInput, TimeInput
from gatepost.know.models import Group
from gatepost.know.rules import groups_open_to
from gatepost.meet.kinds import KINDS, LONGEST, Books, Kind
from gatepost.meet.models import Event, Way
from gatepost.meet.queries.hooks import rounds_ahead
from gatepost.meet.recurrence import Weekly, furthest, weekly
from gatepost.meet.rules import events_open_to
from gatepost.meet.services import Plan
from gatepost.org.actor import Actor
from gatepost.org.calendar import closed_days
from gatepost.org.models import Person
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import staff_now

MOST_DAYS = 31
MOST_WEEKS = 40  # a school year
LONGEST_TALK = 90  # minutes

type Many = forms.ModelMultipleChoiceField[Any]

_PLACES = {
    "theirs": lazy("Where the family likes"),
    "door": lazy("At the family’s door"),
    "call": lazy("By phone or video"),
}
_COUNTED = {
    Books.FAMILY: lazy("How many families?"),
    Books.PAIR: lazy("How many pairs of a child and an adult?"),
    Books.NOTHING: lazy("For how many families is there room?"),
}


class PlanForm(forms.Form):
    """What an event needs: who, when, how long, with whom, where."""

    title = forms.CharField(label=lazy("What is it called?"), max_length=120)
    purpose = forms.CharField(
        label=lazy("What is it for?"),
        max_length=300,
        required=False,
        help_text=lazy("One plain sentence for families, for example: We build a bridge from paper."),
    )
    groups: forms.ModelMultipleChoiceField[Group] = forms.ModelMultipleChoiceField(
        queryset=None, label=lazy("Whose families?"), widget=forms.CheckboxSelectMultiple
    )
    first_day = forms.DateField(label=lazy("First day"), widget=DateInput)
    last_day = forms.DateField(
        label=lazy("Last day"),
        widget=DateInput,
        required=False,
        help_text=lazy("Leave empty for one day. Weekends and days off are left out."),
    )
    weeks = forms.IntegerField(label=lazy("How many weeks?"), min_value=1, max_value=MOST_WEEKS)
    begins = forms.TimeField(label=lazy("From"), widget=TimeInput, initial="15:30")
    ends = forms.TimeField(label=lazy("Until"), widget=TimeInput, initial="18:30")
    minutes = forms.IntegerField(label=lazy("Minutes for each family"), min_value=5, max_value=LONGEST, step_size=5)
    places = forms.IntegerField(min_value=1, max_value=500)
    hosts: forms.ModelMultipleChoiceField[Person] = forms.ModelMultipleChoiceField(
        queryset=None, label=lazy("Who listens?"), widget=forms.CheckboxSelectMultiple
    )
    follow_on: forms.ModelChoiceField[Event] = forms.ModelChoiceField(
        queryset=None,
        label=lazy("Which conversations follow?"),
        required=False,
        empty_label=lazy("I will choose later"),
        help_text=lazy("Afterwards those who came can be invited to them with one press."),
    )
    place = forms.CharField(
        label=lazy("Where?"),
        max_length=200,
        help_text=lazy("Any place: a classroom, a café, a community hall."),
    )
    way_there = forms.CharField(
        label=lazy("How do they get there?"),
        max_length=300,
        required=False,
        help_text=lazy("In plain words: which bus, which entrance, where to ring. It stands in reminders, too."),
    )
    ways = forms.MultipleChoiceField(
        label=lazy("Where and how may families choose to meet?"),
        choices=[
            (Way.SCHOOL, lazy("At school")),
            (Way.HOME, lazy("At their home")),
            (Way.OUTSIDE, lazy("In a café or another place")),
            (Way.PHONE, lazy("By phone")),
            (Way.VIDEO, lazy("By video")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=lazy("Tick none, and it is held where you say above."),
    )

    learning = forms.BooleanField(label=lazy("It is about the children’s learning"), required=False)
    agenda_days = forms.IntegerField(
        label=lazy("How many days before is it settled what you talk about?"),
        min_value=0,
        max_value=14,
        initial=2,
        required=False,
        help_text=lazy("Until then both sides add to it. Later, what you add needs the family’s yes."),
    )

    def __init__(self, *args: Any, actor: Actor, kind: Kind, **kwargs: Any) -> None:
        """Offer the classes and colleagues of this member of staff's school, and what this template fills in."""
        super().__init__(*args, **kwargs)
        self.template, self.school_id = KINDS[kind], actor.school_id
        self.left_out: tuple[date, ...] = ()
        cast(Many, self.fields["groups"]).queryset = groups_open_to(actor)
        cast(Many, self.fields["hosts"]).queryset = staff_now(self.school_id, able=Permission.PLAN)
        cast(forms.ModelChoiceField[Event], self.fields["follow_on"]).queryset = rounds_ahead(events_open_to(actor))
        plans_for_others = has(actor, Permission.MEET_ALL)
        self.fields["hosts"].initial = [] if plans_for_others else [actor.person_id]
        self.fields["minutes"].initial = self.template.minutes
        self.fields["learning"].initial = self.template.learning
        self.fields["ways"].initial = list(self.template.ways)
        self.fields["place"].initial = _PLACES.get(self.template.place, "")
        if kind not in (Kind.EVENING, Kind.CONVERSATION):
            self.fields["title"].initial = self.template.label
        if kind == Kind.CONVERSATION:
            self.fields["minutes"].help_text = _("20 minutes or more. Ten minutes are left free after each talk.")
        for name in self._not_needed():
            del self.fields[name]
        if self.template.books is not Books.TIME:
            self._shared()

    def _not_needed(self) -> list[str]:
        shared, comes_back = self.template.books is not Books.TIME, self.template.weekly
        hook = [] if self.template.hook else ["follow_on"]
        talks = ["places", "weeks", "purpose"]
        return hook + (["ends", "agenda_days", "ways", "last_day" if comes_back else "weeks"] if shared else talks)

    def _shared(self) -> None:
        """The words and defaults of a coming-together to which many families come."""
        self.fields["minutes"].label = _("How many minutes does it last?")
        self.fields["hosts"].label = _("Who leads it?")
        self.fields["places"].label = _COUNTED[self.template.books]
        self.fields["places"].initial = self.template.places
        if self.template.weekly:
            self.fields["weeks"].initial = self.template.sessions
            self.fields["weeks"].help_text = _("On the same weekday each time. Days off are left out.")

    def clean_minutes(self) -> int:
        """Long enough to listen; a talk with one family has an end, too."""
        minutes = int(self.cleaned_data["minutes"])
        if self.template.books is Books.TIME and minutes > LONGEST_TALK:
            raise forms.ValidationError(_("A talk lasts 90 minutes at most."))
        return minutes

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
            kind=self.template.kind,
            title=typed["title"],
            purpose=typed.get("purpose", ""),
            place=typed["place"],
            days=self._days(),
            begins=typed["begins"],
            ends=typed.get("ends") or _after(typed["begins"], typed["minutes"]),
            minutes=typed["minutes"],
            places=typed.get("places"),
            groups=list(typed["groups"]),
            hosts=list(typed["hosts"]),
            learning=typed["learning"],
            agenda_days=2 if typed.get("agenda_days") is None else typed["agenda_days"],
            follow_on=typed.get("follow_on"),
            ways=typed.get("ways") or (),
            way_there=typed["way_there"],
        )

    def _days(self) -> list[date]:
        typed = self.cleaned_data
        first: date = typed["first_day"]
        if "weeks" in typed:
            found = self._weekly(first, typed["weeks"])
            self.left_out = found.left_out
            return list(found.days)
        last: date = typed.get("last_day") or first
        closed = closed_days(self.school_id, first, last)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return [day for day in days if day.weekday() < 5 and day not in closed] or [first]

    def _weekly(self, first: date, weeks: int) -> Weekly:
        return weekly(first, weeks, closed_days(self.school_id, first, furthest(first, weeks)))


def _after(begins: Any, minutes: int) -> Any:
    """When it is over; what would last past midnight ends there, and is refused by the service."""
    end = datetime.combine(date.min, begins) + timedelta(minutes=minutes)
    return end.time() if end.date() == date.min else begins
