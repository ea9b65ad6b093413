"""What the staff pages hand to their templates: stages, what others wrote, versions in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from gatepost.agree import notices, queries, readable, rules
from gatepost.agree.forms import STAGE_FORMS, BecauseForm, PromiseForm, TargetForm, WordsForm
from gatepost.agree.models import Action, Reading, Record
from gatepost.agree.queries import ToSettle
from gatepost.design.parts import Line, Step
from gatepost.know.arrangements import ARRANGEMENTS
from gatepost.know.models import Channel, SpeaksFirst
from gatepost.know.queries import contact_for
from gatepost.language.dates import say_date
from gatepost.language.plain import Findings
from gatepost.meet.models import Booking
from gatepost.meet.queries.agenda import items_of, words_of
from gatepost.org.actor import Actor
from gatepost.reach.queries.heard import with_english
from gatepost.reach.services import language_for, may_tell
from gatepost.reach.services.proofs import can_open_records

STAGES = list(Record.Stage)


def stage_after(stage: str) -> Record.Stage:
    """The stage that follows; the last one follows itself."""
    return STAGES[min(STAGES.index(Record.Stage(stage)) + 1, len(STAGES) - 1)]


def before(booking: Booking, actor: Actor) -> dict[str, Any]:
    """What is known before a talk begins: what the family would like to talk about, who comes along, what helps."""
    adult = booking.invitation.adult
    return {
        "booking": booking,
        "wanted": words_of(items_of(booking.invitation_id)),
        "seats": booking.seats.all(),
        "speaks_first": adult.get_speaks_first_display() if adult.speaks_first != SpeaksFirst.NO_WISH else "",
        "needs": adult.needs.all(),
        "arrangements": [ARRANGEMENTS[barrier.kind] for barrier in adult.barriers.all()],
        "may_begin": rules.may_begin(actor, booking),
    }


def stage_of(
    record: Record,
    asked: str,
    *,
    form: WordsForm | None = None,
    target_form: TargetForm | None = None,
    promise_form: PromiseForm | None = None,
) -> dict[str, Any]:
    """One stage of the conversation page."""
    stage = Record.Stage(asked) if asked in Record.Stage.values else Record.Stage(record.stage)
    here = reverse("agree:talk", args=[record.booking_id])
    last = queries.last_revision(record)
    context: dict[str, Any] = {
        "record": record,
        "stage": stage,
        "steps": [Step(each.label, f"{here}?stage={each}") for each in STAGES],
        "current": STAGES.index(stage) + 1,
        "last": last,
        "saved_at": _seconds(last.at.timestamp()) if last else "",
        "try_asking": _try_asking(stage),
        "last_time": queries.promised_last_time(record).select_related("owner"),
        "corrections": with_english(queries.corrections(record)),
        "second": second_reader(record),
        "wanted": words_of(items_of(record.booking.invitation_id)),
    }
    if stage == Record.Stage.PLAN:
        return context | {
            "targets": record.targets.all(),
            "actions": record.actions.select_related("owner"),
            "target_form": target_form or TargetForm(),
            "promise_form": promise_form or PromiseForm(record=record),
            "asks_more": queries.asks_more_of_the_family(record),
        }
    form = form or STAGE_FORMS[stage](record=record)
    return context | {"form": form, "fields": _looked_over(record, form), "form_id": f"talk-{record.pk}-{stage}"}


def _looked_over(record: Record, form: WordsForm) -> list[tuple[BoundField, Findings | None]]:
    """Each field of a stage with what was found in its words, if anything was."""
    fields = form.visible_fields()
    found = readable.look_over_words(record, {field.name: field.value() for field in fields})
    return [(field, found.get(field.name)) for field in fields]


def _seconds(moment: float) -> str:
    return f"{moment:.3f}"


def _try_asking(stage: Record.Stage) -> list[str]:
    questions = {
        Record.Stage.EXPLORE: [
            _("“When does your child light up?”"),
            _("“What would you like us to know first?”"),
            _("“What would a good term look like to you?”"),
        ],
        Record.Stage.FOCUS: [
            _("“Of all this, what matters most to you?”"),
            _("“What would your child choose?”"),
            _("“Have I understood you? You said …”"),
        ],
        Record.Stage.PLAN: [
            _("“What could we at school do first?”"),
            _("“Is there something you would like to try at home?”"),
            _("“How will we both know that it helps?”"),
        ],
        Record.Stage.REVIEW: [
            _("“Shall I read out what I wrote?”"),
            _("“What have I missed?”"),
            _("“How would you like us to keep in touch?”"),
        ],
    }
    return questions[stage]


def saved(record: Record, form: WordsForm) -> dict[str, Any]:
    """What the page is told after a save by itself."""
    last = queries.last_revision(record)
    answer: dict[str, Any] = {"revision": record.version}
    if last:
        answer["saved_at"] = _seconds(last.at.timestamp())
    if form.errors:
        answer["message"] = _("Saved, but one answer is not complete yet.")
    return answer


def theirs(form: WordsForm, record: Record) -> list[Line]:
    """What stands there now, for each answer in which it differs from this writer's."""
    return [Line(form[name].label, said(getattr(record, name))) for name in form.changed_data if name != "revision"]


def said(value: object) -> str:
    """One answer in words."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return say_date(value, "en")
    return str(value) if value else _("Nothing yet")


def labels() -> dict[str, Any]:
    """What each answer of a record is called."""
    fields = {name: field for form in STAGE_FORMS.values() for name, field in form.base_fields.items()}
    return {name: field.label for name, field in fields.items() if name != "revision"}


def lines_of(content: Mapping[str, Any]) -> list[Line]:
    """A version as labels and words; what is empty is left out."""
    named = labels()
    found = {name: _read(name, value) for name, value in content.items() if value}
    return [Line(named[name], said(value)) for name, value in found.items() if name in named]


def _read(name: str, value: Any) -> object:
    return date.fromisoformat(value) if name.endswith("_on") else value


def before_sharing(record: Record) -> dict[str, Any]:
    """What the family will read, how it reaches them, and what is missing."""
    point = contact_for(record.adult, about=record.child)
    return {
        "record": record,
        "seen": queries.preview(record),
        "missing": queries.missing(record),
        "looked_over": readable.look_over_record(record, labels()),
        "too_hard": readable.hardest(record) is not None,
        "asks_more": queries.asks_more_of_the_family(record),
        "channel": point.channel if point else Channel.PERSON.value,
        "language_tag": language_for(record.adult),
        "second": second_reader(record),
        "wanted": words_of(items_of(record.booking.invitation_id)),
        "goes_out": may_tell(record.adult, notices.summary, about=record.child).allowed,
        "can_open": can_open_records(record.adult),
    }


def whole(record: Record, actor: Actor) -> dict[str, Any]:
    """The record as it stands, with what the family answered."""
    words = queries.content_of(record, labels())
    actions = record.actions.select_related("owner")
    return {
        "record": record,
        "lines": lines_of(words),
        "targets": record.targets.all(),
        "rows": with_forms(queries.rows_to_settle(actions, rules.actions_settled_by(actor))),
        "answers": record.understood.answers.all() if record.understood else (),
        "may_write": rules.may_write(actor, record),
        "second": second_reader(record),
        "wanted": words_of(items_of(record.booking.invitation_id)),
    }


@dataclass(frozen=True)
class Unread:
    """Something that was added after sharing and that the family does not see yet; how to change it."""

    text: str
    drop_url: str = ""
    reword_url: str = ""


@dataclass(frozen=True)
class SecondReader:
    """How far the second reader is with a record, for whoever wrote it: never why there is one."""

    waiting: Reading | None
    sent_back: Reading | None
    mine: tuple[Unread, ...]


def second_reader(record: Record) -> SecondReader:
    """How far it is, and what can be changed meanwhile."""
    waiting = queries.waiting_reading(record)
    return SecondReader(waiting, None if waiting else queries.sent_back(record), tuple(_unread(record)))


def _unread(record: Record) -> Iterable[Unread]:
    for target in record.targets.filter(waits=True):
        yield Unread(target.text, drop_url=reverse("agree:drop_target", args=[target.pk]))
    for action in record.actions.filter(Q(waits=True) | Q(because_waits=True)):
        if action.because_waits:
            yield Unread(action.because, reword_url=reverse("agree:not_kept", args=[action.pk]))
        else:
            yield Unread(action.text, drop_url=reverse("agree:drop", args=[action.pk]))


@dataclass(frozen=True)
class Row:
    """A promise in a list, with the form that closes it."""

    settle: ToSettle
    form: BecauseForm | None

    @property
    def action(self) -> Action:
        """The promise."""
        return self.settle.action


def with_forms(rows: Iterable[ToSettle]) -> list[Row]:
    """Each with a form of its own, where the reader may say how it went."""
    return [Row(each, BecauseForm(auto_id=f"id_%s_{each.action.pk}") if each.may_settle else None) for each in rows]
