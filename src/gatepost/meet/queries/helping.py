"""What families have asked for so that they can come, until somebody has arranged it; and what they read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from gatepost.core import clock
from gatepost.disclosure import Disclosed
from gatepost.know.models import AccessNeed, Barrier
from gatepost.meet.helps import BEHIND_A_CODE, OFFERED_FOR
from gatepost.meet.inwords import text_of
from gatepost.meet.models import Arrangement, Booking, Invitation, Slot
from gatepost.reach.besides import Beside, beside
from gatepost.reach.models import Answer

OTHER_WAY = {Barrier.Kind.TIME, Barrier.Kind.OWN_SCHOOLING, Barrier.Kind.HEALTH}
NOBODY_YET = {Barrier.Kind.RIGHT_PERSON, Barrier.Kind.OTHER}


@dataclass(frozen=True)
class ShownAsked(Disclosed):
    """One thing that an adult has asked for: by when the school arranges it, or how it is arranged."""

    kind: str
    label: str
    due_on: date | None
    is_arranged: bool
    words: str
    beside: Beside | None = None


@dataclass(frozen=True)
class ShownHelp(Disclosed):
    """All that the page behind a code says of what would help this adult to come."""

    barriers: tuple[str, ...]  # what they have said stands in their way, in words
    other_way: bool  # another time or place may be what helps
    language: bool
    person: bool  # they cannot get hold of the right one
    office_name: str
    office_phone: str
    offered: tuple[str, ...]  # what is offered first: for what they have told us
    asked: tuple[ShownAsked, ...]
    arranged: tuple[ShownAsked, ...]

    @property
    def done(self) -> frozenset[str]:
        """What is arranged already: it stands, and is ticked no more."""
        return frozenset(each.kind for each in self.arranged)


def shown_help(invitation: Invitation) -> ShownHelp:
    """What the adult has told us stands in their way, what we offer for it, and what they have asked for here.

    The caller holds a link and a code, and the gate has let them pass: all of it is what they said themselves.
    """
    adult = invitation.adult
    said = [str(kind) for kind in Barrier.objects.filter(adult=adult).values_list("kind", flat=True)]
    offered = [OFFERED_FOR[kind] for kind in said if kind in OFFERED_FOR]
    if AccessNeed.objects.filter(adult=adult).exists():
        offered.append("access")
    rows = list(Arrangement.objects.filter(invitation=invitation).exclude(asked_at=None))
    theirs = beside([text_of(each) for each in rows], adult)
    asked = tuple(_shown(each, theirs.get(text_of(each))) for each in rows if each.kind in BEHIND_A_CODE)
    return ShownHelp(
        barriers=tuple(str(Barrier.Kind(kind).label) for kind in said),
        other_way=not OTHER_WAY.isdisjoint(said),
        language=Barrier.Kind.LANGUAGE in said,
        person=not NOBODY_YET.isdisjoint(said),
        office_name=invitation.school.office_name,
        office_phone=invitation.school.office_phone,
        offered=tuple(dict.fromkeys(offered)),
        asked=tuple(each for each in asked if not each.is_arranged),
        arranged=tuple(each for each in asked if each.is_arranged),
    )


def _shown(each: Arrangement, theirs: Beside | None) -> ShownAsked:
    label = str(BEHIND_A_CODE[each.kind])
    return ShownAsked(each.kind, label, each.due_on, each.at is not None, each.words if each.at else "", theirs)


def to_arrange(rows: QuerySet[Arrangement]) -> list[tuple[Arrangement, Booking | None]]:
    """Of these, what nobody has arranged: each with its meeting, if they have a time; the one whose day is first.

    What is past, given back or declined is nobody's task any more.
    """
    now = clock.now()
    live = Booking.objects.filter(status=Booking.Status.BOOKED)
    ahead = Q(invitation__in=live.filter(slot__starts_at__gte=now).values("invitation"))
    none_yet = ~Q(invitation__in=live.values("invitation")) & Q(
        Exists(Slot.objects.filter(event=OuterRef("invitation__event"), starts_at__gte=now))
    )
    off = Answer.objects.filter(ask=OuterRef("invitation__ask"), value__in=["given_back", "declined"])
    waits = rows.filter(ahead | (none_yet & ~Exists(off)), at=None).order_by("due_on", "id")
    found = list(waits.select_related("invitation__adult", "invitation__event"))
    held = live.filter(invitation__in=[row.invitation_id for row in found]).select_related("slot__host")
    by_invitation = {each.invitation_id: each for each in held}
    return [(row, by_invitation.get(row.invitation_id)) for row in found]
