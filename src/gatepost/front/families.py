"""What staff see of a family: the child, the adults, the household, and what each may be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.db.models import Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatepost.core import clock
from gatepost.disclosure import RULES, CareFacts, Fact, Reader
from gatepost.disclosure.gate import decide
from gatepost.know.forms import BondForm, name_of
from gatepost.know.models import FACTS, Adult, AdultChange, Care, Child, ChildChange, HouseholdMember
from gatepost.know.queries import care_facts_of, known_on
from gatepost.know.rules import adults_open_to, children_open_to
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.org.rules import reader_of

type Words = str | Promise

FIELDS: dict[str, Words] = {
    "name": gettext_lazy("Name"),
    "language": gettext_lazy("Language to write in"),
    "script": gettext_lazy("Letters"),
    "interpreter": gettext_lazy("Interpreter"),
    "channel_order": gettext_lazy("Ways, the best first"),
    "times": gettext_lazy("Times"),
    "together": gettext_lazy("What can wait"),
    "no_voice_calls": gettext_lazy("No voice calls"),
    "speaks_first": gettext_lazy("Speaks first"),
    "email": gettext_lazy("E-mail"),
    "sms": gettext_lazy("Text message"),
    "shared": gettext_lazy("Read by somebody else too"),
    "speaks": gettext_lazy("Speaks"),
    "reads": gettext_lazy("Reads"),
    "signs": gettext_lazy("Signs"),
    "AccessNeed": gettext_lazy("Access needs"),
    "Barrier": gettext_lazy("Barriers"),
    "Facet": gettext_lazy("What they say of themselves"),
    "strength": gettext_lazy("Strength"),
    "words": gettext_lazy("Strength"),
    "when_words": gettext_lazy("When they could help"),
    "merged": gettext_lazy("Merged with"),
    "household": gettext_lazy("Household"),
    "address": gettext_lazy("Address"),
    "team": gettext_lazy("Team"),
    "until_on": gettext_lazy("Last day"),
    "standing": gettext_lazy("What they are to the child"),
    "relationship": gettext_lazy("Relationship"),
    "responsibility_basis": gettext_lazy("Responsibility by"),
    "rank": gettext_lazy("Place in the order to ring"),
    "held": gettext_lazy("Held by the office"),
    "is_parent": gettext_lazy("Parent in education law"),
    "responsibility": gettext_lazy("Parental responsibility"),
    "lives_with": gettext_lazy("The child lives with them"),
    "may_collect": gettext_lazy("May collect"),
    "receives_reports": gettext_lazy("Gets reports"),
    "may_vote": gettext_lazy("May vote"),
}
"""Columns in words for the history."""


@dataclass(frozen=True)
class FactLine:
    """One fact about a bond, as it is known today."""

    words: Words
    value: str  # yes, no, unknown
    basis: str
    begins: date | None
    ends: date | None
    ran_out: bool


@dataclass(frozen=True)
class Bond:
    """One adult and one child, and what the adult may be told of the child."""

    care_id: UUID
    adult: Adult
    child: Child
    adult_open: bool
    child_open: bool
    standing: Words
    facts: tuple[FactLine, ...]
    told: str
    tone: str

    @property
    def known(self) -> list[FactLine]:
        """The facts that somebody has said, or that ran out."""
        return [fact for fact in self.facts if fact.value != "unknown" or fact.begins or fact.ends]

    @property
    def unknown(self) -> list[FactLine]:
        """The others."""
        return [fact for fact in self.facts if fact not in self.known]


@dataclass(frozen=True)
class Past:
    """One line of the history in words."""

    at: datetime
    what: str
    old: str
    new: str
    who: str


def families(actor: Actor, search: str) -> QuerySet[Child]:
    """The children this member of staff works with, with their adults; `search` looks at both names."""
    children = children_open_to(actor)
    for word in search.split()[:5]:
        children = children.filter(
            Q(name__icontains=word) | Q(called__icontains=word) | Q(pk__in=_of_adults_named(word))
        )
    current = Care.objects.filter(ended_on=None).select_related("adult")
    return children.distinct().order_by("name", "id").prefetch_related(Prefetch("cares", current), "groups")


def _of_adults_named(word: str) -> QuerySet[Care, UUID]:
    return Care.objects.filter(ended_on=None, adult__name__icontains=word).values_list("child", flat=True)


def bonds(actor: Actor, cares: QuerySet[Care]) -> list[Bond]:
    """These bonds with what each adult may be told, in a few queries however many there are."""
    rows = list(cares.filter(ended_on=None).select_related("adult", "child"))
    facts = care_facts_of((care.adult_id, care.child_id) for care in rows)
    reader = reader_of(actor)
    adults = set(adults_open_to(actor).filter(pk__in={care.adult_id for care in rows}).values_list("pk", flat=True))
    children = set(children_open_to(actor).filter(pk__in={care.child_id for care in rows}).values_list("pk", flat=True))
    found = []
    for care in rows:
        told, tone = told_words(facts[care.adult_id, care.child_id], reader=reader)
        found.append(
            Bond(
                care_id=care.pk,
                adult=care.adult,
                child=care.child,
                adult_open=care.adult_id in adults,
                child_open=care.child_id in children,
                standing=dict(BondForm.STANDINGS).get(care.standing, ""),
                facts=tuple(_fact(care, name) for name in FACTS),
                told=told,
                tone=tone,
            )
        )
    return found


def _fact(care: Care, name: str) -> FactLine:
    today, ends = clock.today(), getattr(care, f"{name}_until")
    return FactLine(
        words=FIELDS[name],
        value=known_on(care, name, today).value,
        basis=care.get_responsibility_basis_display() if name == "responsibility" else "",
        begins=getattr(care, f"{name}_from"),
        ends=ends,
        ran_out=bool(ends and ends < today),
    )


def told_words(facts: CareFacts, *, reader: Reader) -> tuple[str, str]:
    """What an adult may be told, in a sentence, and its tone. Only the office learns that an order or a hold exists."""
    today = clock.today()
    learning = decide(facts, Fact.EDUCATION, on=today)
    meetings = decide(facts, Fact.LOGISTICS, on=today)
    seen = [each.as_seen_by(reader) for each in (learning, meetings) if not each.allowed]
    if not seen:
        return _("May be told how the child is learning, and about their own meetings."), "good"
    why = " ".join(RULES[rule] for rule in sorted({each.rule for each in seen}))
    if any(each.rule == "ask-the-office" for each in seen):
        return why, "waiting"  # nothing more: which half is barred would say that there is an order
    if learning.allowed:
        return _("May be told how the child is learning, but not about meetings.") + " " + why, "late"
    if meetings.allowed:
        return _("May be told about their own meetings, but not how the child is learning.") + " " + why, "late"
    return _("Is told nothing.") + " " + why, "late"


def next_meetings(child: Child) -> QuerySet[Booking]:
    """What is booked about this child and has not been."""
    ahead = Booking.objects.filter(
        invitation__child=child, status=Booking.Status.BOOKED, slot__starts_at__gte=clock.now()
    )
    return ahead.select_related("slot__event", "slot__host", "invitation__adult").order_by("slot__starts_at")


def siblings(actor: Actor, child: Child) -> QuerySet[Child]:
    """Children who share an adult with this one and whom this member of staff works with, too."""
    adults = child.cares.filter(ended_on=None).values("adult")
    return (
        children_open_to(actor)
        .filter(pk__in=Care.objects.filter(adult__in=adults, ended_on=None).values("child"))
        .exclude(pk=child.pk)
    )


def homes(members: QuerySet[HouseholdMember]) -> QuerySet[HouseholdMember]:
    """The households somebody lives in now."""
    return members.filter(until_on=None).select_related("household")


# ── history ──────────────────────────────────────────────────────────────────────────────────────


def past_of(rows: Iterable[AdultChange | ChildChange]) -> list[Past]:
    """Lines of the history in words, with who changed what; neither a person nor an adult is the school's system."""
    listed = list(rows)
    names: dict[UUID | None, str] = {}
    names |= dict(Person.objects.filter(pk__in={row.by_person_id for row in listed}).values_list("pk", "name"))
    names |= dict(Adult.objects.filter(pk__in={row.by_adult_id for row in listed}).values_list("pk", "name"))
    return [
        Past(
            at=row.at,
            what=_field_words(row.field),
            old=_value_words(row, row.old),
            new=_value_words(row, row.new),
            who=names.get(row.by_person_id) or names.get(row.by_adult_id) or _("The school’s own system"),
        )
        for row in listed
    ]


def _field_words(name: str) -> str:
    for ending, words in (("_from", _("since")), ("_until", _("until"))):
        stem = name.removesuffix(ending)
        if stem != name and stem in FIELDS:
            return f"{FIELDS[stem]}: {words}"
    return str(FIELDS.get(name, name.replace("_", " ")))


def _value_words(row: AdultChange | ChildChange, value: str) -> str:
    """A value as a person would say it."""
    if not value:
        return ""
    if row.field in {"language", "interpreter", "speaks", "reads", "signs"}:
        return ", ".join(name_of(tag) for tag in value.split(", "))
    model = apps.get_model("know", row.thing)
    names = {each.name: each for each in model._meta.concrete_fields}
    choices = dict(getattr(names.get(row.field), "flatchoices", ()))
    return str(choices.get(value, value))
