"""Whom the school has not heard from, and how many of those who were invited came."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.disclosure import Fact
from gatepost.disclosure.gate import decide
from gatepost.know.models import Adult, Care, Channel, Child, Facet
from gatepost.know.queries import care_facts_of, channel_of
from gatepost.know.rules import children_not_own, children_of
from gatepost.language.table import FAMILY_LANGUAGES, find
from gatepost.language.words import say_language
from gatepost.meet.models import Attendance, Event, Invitation
from gatepost.org.actor import Actor
from gatepost.reach.models import Touch

WEEKS = 12  # domain.md §10: not heard from is no two-way contact for twelve weeks
EVENTS = 40  # the newest events that a report of attendance covers
TALKED_OF = (Fact.EDUCATION, Fact.LOGISTICS)  # one of them must be open before we may talk to somebody at all


@dataclass(frozen=True)
class NotHeard:
    """One adult of the working list: who it is, how they are reached, how long it has been."""

    adult_id: UUID
    name: str
    children: tuple[str, ...]
    group: str  # the class in which this adult is counted: their first child's
    language: str
    interpreter: str
    channel: str
    weeks: int | None  # None: never
    no_voice_calls: bool = False

    @property
    def language_name(self) -> str:
        """Their language in words."""
        return spoken(self.language)

    @property
    def way(self) -> str:
        """The way that reaches them, in words."""
        return str(Channel(self.channel).label)

    @property
    def next_step(self) -> str:
        """What to try, in a few words."""
        return _next_step(self)


def not_heard_from(actor: Actor) -> list[NotHeard]:
    """Adults whom we may talk to and who have not talked with us for twelve weeks; those never heard come first.

    Adults, not children: a parent who is heard does not speak for the other one. A delivered message changes nothing.
    Whom an order bars is not here; whom the office has to settle first waits in the office. Seven queries, always.
    """
    return _not_heard(children_not_own(actor))


def not_heard_at_school(actor: Actor, rows: list[NotHeard]) -> list[NotHeard]:
    """All of them, for counts without names: the same whoever counts, so that nobody learns from the difference.

    `rows` is what this member of staff sees by name; it is all of them unless they have a child of their own here.
    """
    return _not_heard(Child.objects.all()) if children_of(actor).exists() else rows


def _not_heard(children: QuerySet[Child]) -> list[NotHeard]:
    last = _last_heard()
    since = clock.now() - timedelta(weeks=WEEKS)
    quiet = [care for care in _cares(children) if last.get(care.adult_id, since) <= since]
    facts = care_facts_of((care.adult_id, care.child_id) for care in quiet)
    today = clock.today()
    bonds: dict[UUID, list[Care]] = defaultdict(list)
    for care in quiet:
        if any(decide(facts[care.adult_id, care.child_id], fact, on=today).allowed for fact in TALKED_OF):
            bonds[care.adult_id].append(care)
    rows = [_row(cares, last.get(adult_id)) for adult_id, cares in bonds.items()]
    return sorted(rows, key=lambda row: (row.weeks is not None, -(row.weeks or 0), row.name, str(row.adult_id)))


def _last_heard() -> dict[UUID, datetime]:
    """When each adult last talked with the school, whoever began."""
    touches = Touch.objects.filter(two_way=True).order_by()
    return dict(touches.values_list("adult").annotate(last=Max("at")))


def _cares(children: QuerySet[Child]) -> Iterable[Care]:
    return (
        Care.objects.filter(child__in=children, ended_on=None)
        .select_related("adult", "child")
        .prefetch_related("adult__contact_points", "child__groups")
        .order_by("child__name", "child")
    )


def _row(cares: list[Care], last: datetime | None) -> NotHeard:
    adult: Adult = cares[0].adult
    return NotHeard(
        adult_id=adult.pk,
        name=adult.name,
        children=tuple(_child_and_class(care) for care in cares),
        group=_class_of(cares[0]),
        language=adult.language,
        interpreter=adult.interpreter,
        channel=channel_of(adult),
        weeks=(clock.now() - last).days // 7 if last else None,
        no_voice_calls=adult.no_voice_calls,
    )


def _class_of(care: Care) -> str:
    names = sorted(group.name for group in care.child.groups.all())
    return names[0] if names else ""


def _child_and_class(care: Care) -> str:
    group = _class_of(care)
    return f"{care.child.called} ({group})" if group else care.child.called


def spoken(tag: str) -> str:
    """A language in English words; one we do not know stays as the school wrote it."""
    return say_language(tag) if tag and find(tag) else tag


def _next_step(row: NotHeard) -> str:
    if row.interpreter:
        return _("Offer a talk with an interpreter for %(language)s") % {"language": spoken(row.interpreter)}
    if row.channel == Channel.PERSON:
        return _("Speak at the gate or at the door, or send a letter home")
    if row.no_voice_calls:
        return _("Write, and never ring: they do not want voice calls")
    if not row.language:
        return _("Ring, and ask which language they like to read")
    if row.language not in FAMILY_LANGUAGES:
        return _("Ring with somebody who speaks %(language)s") % {"language": spoken(row.language)}
    return _write_to(row)


def _write_to(row: NotHeard) -> str:
    words = {"language": spoken(row.language)}
    if row.language == "en":
        return _("Send a text, then ring") if row.channel == Channel.SMS else _("Write, and ask when to ring")
    if row.channel == Channel.SMS:
        return _("Send a text in %(language)s, then ring") % words
    return _("Write in %(language)s and ask when to ring") % words


@dataclass(frozen=True)
class Turnout:
    """How many adults were invited and how many came. An adult invited to two events counts at each."""

    label: str
    invited: int
    came: int
    noted: bool = True  # somebody has written down who came

    @property
    def share(self) -> int | None:
        """How many of a hundred came; None where nobody was invited or nothing was noted."""
        return round(100 * self.came / self.invited) if self.invited and self.noted else None


@dataclass(frozen=True)
class AttendanceReport:
    """Who came: by event, over all, and by what people have said of themselves."""

    events: tuple[Turnout, ...]
    overall: Turnout
    facets: tuple[Turnout, ...]


def attendance() -> AttendanceReport:
    """The share of adults invited who came. Seven queries at most, however many events there are."""
    events = list(Event.objects.filter(sent_at__isnull=False)[:EVENTS])
    asked = Invitation.objects.filter(event__in=events).order_by()
    there = Attendance.objects.filter(booking__invitation__event__in=events).order_by()
    noted = set(there.values_list("booking__invitation__event", flat=True).distinct())
    invited = Counter(dict(asked.values_list("event").annotate(n=Count("adult", distinct=True))))
    by_event = there.filter(came=True).values_list("booking__invitation__event")
    came = Counter(dict(by_event.annotate(n=Count("booking__invitation__adult", distinct=True))))
    rows = tuple(Turnout(event.title, invited[event.pk], came[event.pk], noted=event.pk in noted) for event in events)
    counted = [row for row in rows if row.noted]
    overall = Turnout(_("All events"), sum(row.invited for row in counted), sum(row.came for row in counted))
    return AttendanceReport(rows, overall, _by_facet(noted))


def _by_facet(noted: set[UUID]) -> tuple[Turnout, ...]:
    """The same for each thing that people have said of themselves; nobody is put into a group by others."""
    asked = Invitation.objects.filter(event__in=noted, adult__facets__isnull=False).order_by()
    there = Attendance.objects.filter(
        came=True, booking__invitation__event__in=noted, booking__invitation__adult__facets__isnull=False
    ).order_by()
    invited, came = Counter[str](), Counter[str]()
    for kind, _event, number in asked.values_list("adult__facets__kind", "event").annotate(
        n=Count("adult", distinct=True)
    ):
        invited[kind] += number
    who, where = "booking__invitation__adult", "booking__invitation__event"
    for kind, _event, number in there.values_list(f"{who}__facets__kind", where).annotate(n=Count(who, distinct=True)):
        came[kind] += number
    return tuple(Turnout(str(kind.label), invited[kind], came[kind]) for kind in Facet.Kind if invited[kind])
