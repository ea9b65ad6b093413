"""What one member of staff has before them today, and what waits in the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from gatepost.agree.models import Action
from gatepost.agree.queries import promises_of
from gatepost.agree.rules import talks_open_to
from gatepost.core import clock
from gatepost.disclosure import Standing
from gatepost.know.models import Care
from gatepost.know.queries import waiting_for_the_office
from gatepost.know.rules import children_of
from gatepost.language.table import Language, get
from gatepost.measure.queries import not_heard_from, spoken
from gatepost.meet.models import Booking, Seat
from gatepost.org.actor import Actor
from gatepost.org.rules import may_run_the_office
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Delivery, Notice
from gatepost.reach.render import fill, words_of
from gatepost.reach.services import may_tell

ROWS = 12  # of each kind on the first page; the whole lists are a tap away
WRITE_DOWN_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Meeting:
    """One family that comes to me, or that I have talked with and not written down."""

    booking_id: UUID
    starts_at: datetime
    adult: str
    child: str
    place: str
    interpreter: str
    elsewhere: bool


@dataclass(frozen=True)
class Promise:
    """One thing I have said I would do."""

    action_id: UUID
    text: str
    child: str
    due_on: date
    overdue: bool


@dataclass(frozen=True)
class Waiting:
    """How much waits in the office, by kind."""

    to_settle: int
    by_hand: int
    held: int
    trouble: int
    not_heard: int


def meetings_of(actor: Actor) -> list[Meeting]:
    """Today's meetings and those to come, of which I am the host."""
    midnight = timezone.make_aware(datetime.combine(clock.today(), datetime.min.time()))
    return _meetings(_hosted(actor).filter(slot__starts_at__gte=midnight).order_by("slot__starts_at"))


def to_write_down(actor: Actor) -> list[Meeting]:
    """Talks of the last fortnight that nobody has begun to write down, and where the adult was not noted as absent."""
    midnight = timezone.make_aware(datetime.combine(clock.today(), datetime.min.time()))
    past = _hosted(actor).filter(slot__starts_at__lt=midnight, slot__starts_at__gt=midnight - WRITE_DOWN_WITHIN)
    open_ones = past.filter(record=None).exclude(attendance__came=False)
    return _meetings(open_ones.order_by("-slot__starts_at"))


def _hosted(actor: Actor) -> QuerySet[Booking]:
    return talks_open_to(actor).filter(slot__host=actor.person_id, status=Booking.Status.BOOKED)


def _meetings(bookings: QuerySet[Booking]) -> list[Meeting]:
    rows = bookings.select_related("slot__event", "invitation__adult", "invitation__child").prefetch_related("seats")
    return [_meeting(booking) for booking in rows[:ROWS]]


def _meeting(booking: Booking) -> Meeting:
    wanted = [seat.detail for seat in booking.seats.all() if seat.kind == Seat.Kind.INTERPRETER]
    return Meeting(
        booking_id=booking.pk,
        starts_at=booking.slot.starts_at,
        adult=booking.invitation.adult.name,
        child=booking.invitation.child.called,
        place=booking.slot.event.place,
        interpreter=spoken(wanted[0]) if wanted else "",
        elsewhere=booking.elsewhere,
    )


def promises_due(actor: Actor) -> list[Promise]:
    """What I have promised: the longest overdue first, then what is due next."""
    today = clock.today()
    rows: QuerySet[Action] = promises_of(actor.person_id).select_related("record__child")
    return [
        Promise(row.pk, row.text, row.record.child.called, row.due_on, overdue=row.is_overdue(today))
        for row in rows[:ROWS]
    ]


def waiting(actor: Actor) -> Waiting | None:
    """What the office has before it; None for those who do not run it."""
    if not may_run_the_office(actor):
        return None
    return Waiting(
        to_settle=to_settle(actor).count(),
        by_hand=by_hand(actor).count(),
        held=held(actor).count(),
        trouble=trouble(actor).count(),
        not_heard=len(not_heard_from(actor)),
    )


# ── the office's queue: never about one's own child ──────────────────────────────────────────────


def to_settle(actor: Actor) -> QuerySet[Care]:
    """Bonds of which somebody has to say what they are; a confirmed emergency contact waits no more."""
    confirmed = Q(standing=Standing.EMERGENCY_ONLY, from_source=False, held=False)
    waits = waiting_for_the_office().exclude(confirmed).exclude(child__in=children_of(actor))
    return waits.select_related("adult", "child")


def by_hand(actor: Actor) -> QuerySet[Notice]:
    """What no wire could carry: somebody says it."""
    return _notices(actor, Notice.State.BY_HAND)


def held(actor: Actor) -> QuerySet[Notice]:
    """What waits until the office has settled what the adult is to the child."""
    return _notices(actor, Notice.State.HELD)


def _notices(actor: Actor, state: str) -> QuerySet[Notice]:
    waits = Notice.objects.filter(state=state).exclude(child__in=children_of(actor))
    return waits.select_related("adult", "child").order_by("created_at", "id")


def trouble(actor: Actor) -> QuerySet[Delivery]:
    """Messages that perhaps arrived, and those that did not and of which nobody has spoken yet."""
    uncertain = Q(state=Delivery.State.UNCERTAIN)
    failed = Q(state=Delivery.State.FAILED, notice__state=Notice.State.BY_HAND)
    waits = Delivery.objects.filter(uncertain | failed).exclude(notice__child__in=children_of(actor))
    return waits.select_related("notice__adult").order_by("not_before", "id")


@dataclass(frozen=True)
class ToSay:
    """A notice as words for the telephone or the gate."""

    adult: str
    language: Language
    interpreter: str
    theirs: str
    english: str
    forbidden: str  # why it may not be said any more; blank: it may


def to_say(notice: Notice) -> ToSay:
    """What to say to an adult whom no message reaches. The gate is asked again: an order may be newer."""
    kind = KINDS[notice.kind]
    decision = may_tell(notice.adult, kind, about=notice.child) if notice.child else None
    barred = decision is not None and not decision.allowed
    language = get(notice.language)
    return ToSay(
        adult=notice.adult.name,
        language=language,
        interpreter=spoken(notice.adult.interpreter),
        theirs="" if barred or language.tag == "en" else _worded(notice, language.tag),
        english="" if barred else _worded(notice, "en"),
        forbidden=decision.why if decision and barred else "",
    )


def _worded(notice: Notice, tag: str) -> str:
    """The short text of the notice without a link or a code: whoever says it does the rest for them."""
    kind, school = KINDS[notice.kind], notice.school
    with translation.override(tag):
        if kind.mints_code:
            return _("We could not send you the code that you asked for. We can read the page to you.")
        values = words_of(notice.params) | {
            "child": notice.child.called if notice.child else "",
            "adult": notice.adult.name,
            "school": school.name,
            "office_name": school.office_name,
            "office_phone": school.office_phone,
            "link": _("Tell us, and we will do it for you."),
        }
        return fill(f"{kind.template}.sms", values)
