"""Building what a talk is about, from both sides. Neither strikes out what the other wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet import notices
from gatepost.meet.models import AgendaItem, Booking, Invitation
from gatepost.meet.queries.agenda import is_locked
from gatepost.org.actor import Actor
from gatepost.reach import besides
from gatepost.reach import services as reach
from gatepost.reach.queries import tongues
from gatepost.reach.services import translating
from gatepost.reach.services.taking_back import forget

MOST = 20  # of each side: enough for any talk

Side, State = AgendaItem.Side, AgendaItem.State


@transaction.atomic
def add_for_family(invitation: Invitation, words: str, *, by: Actor) -> AgendaItem | None:
    """What the adult would like to talk about; on any day, also when the agenda is locked. Said twice, it stands once.

    `by` may be staff who key in what was said on the telephone: it is the family's all the same.
    """
    words = words.strip()
    mine = AgendaItem.objects.filter(invitation=invitation, side=Side.FAMILY, taken_off_at=None)
    if not words or mine.filter(words=words).exists():
        return None
    _refuse_too_much(mine)
    return _add(invitation, Side.FAMILY, words, by)


@transaction.atomic
def add_for_school(booking: Booking, words: str, *, by: Actor) -> AgendaItem | None:
    """What the school would like to talk about. When the agenda is locked, the adult is asked first.

    Holds afterwards: what was added late is not talked about without the adult's yes.
    """
    words, invitation = words.strip(), booking.invitation
    ours = AgendaItem.objects.filter(invitation=invitation, side=Side.SCHOOL, taken_off_at=None)
    if not words or ours.filter(words=words).exists():
        return None
    _refuse_too_much(ours)
    late = is_locked(booking.slot)
    item = _add(invitation, Side.SCHOOL, words, by, State.ASKED if late else State.STANDS)
    if late:
        forget([notices.agenda_asked.name], subject=invitation.pk, adult=invitation.adult_id)
        reach.tell(invitation.adult, notices.agenda_asked, about=invitation.child, subject=invitation.pk, by=by)
    return item


def _refuse_too_much(items: QuerySet[AgendaItem]) -> None:
    if items.count() >= MOST:
        raise Refused(_("That is too much for one talk. Please take something off first."))


def _add(
    invitation: Invitation, side: AgendaItem.Side, words: str, by: Actor, state: AgendaItem.State = State.STANDS
) -> AgendaItem:
    item = AgendaItem.objects.create(
        school_id=invitation.school_id,
        invitation=invitation,
        side=side,
        state=state,
        words=words,
        by_id=by.person_id,
        at=clock.now(),
    )
    audit.record("meet.agenda_added", item, by=by, side=side.value, state=state.value)
    if side == Side.FAMILY:
        translating.hear(_wanted(item), by=by)
    else:
        _ask_for_theirs(item, "words", words, by=by)
    return item


def _wanted(item: AgendaItem) -> translating.Wanted:
    """What a family wrote, for the school to read in English."""
    adult, child = item.invitation.adult, item.invitation.child
    return translating.Wanted(item.pk, "agenda", item.words, item.school_id, adult=adult, child=child)


def _ask_for_theirs(item: AgendaItem, name: str, words: str, *, by: Actor) -> None:
    """What the school wrote, for the adult to read in their language. Worded anew, only that is asked for."""
    adult, child = item.invitation.adult, item.invitation.child
    tag, text = tongues.read_by(adult), besides.Text(item.pk, name, words)
    besides.ask_for([text], tag, school_id=item.school_id, adult=adult, child=child, by=by)


@transaction.atomic
def take_off_for_family(invitation: Invitation, item_id: UUID, *, by: Actor) -> None:
    """The adult takes off what is theirs; nobody else can."""
    theirs = AgendaItem.objects.filter(pk=item_id, invitation=invitation, side=Side.FAMILY, taken_off_at=None)
    if theirs.update(taken_off_at=clock.now(), taken_off_by=invitation.adult_id):
        audit.record("meet.agenda_taken_off", AgendaItem.objects.get(pk=item_id), by=by)


@transaction.atomic
def take_off_for_school(booking: Booking, item_id: UUID, *, by: Actor) -> None:
    """The school takes off what is its own. What the family wrote it can only answer."""
    item = AgendaItem.objects.filter(pk=item_id, invitation=booking.invitation_id, taken_off_at=None).first()
    if item is None:
        return
    if item.side == Side.FAMILY:
        raise Refused(_("What the family wrote stays. You can answer it."))
    AgendaItem.objects.filter(pk=item.pk).update(taken_off_at=clock.now())
    besides.forget(item.pk)
    if not AgendaItem.objects.filter(invitation=item.invitation_id, taken_off_at=None, state=State.ASKED).exists():
        forget([notices.agenda_asked.name], subject=item.invitation_id, adult=item.invitation.adult_id)
    audit.record("meet.agenda_taken_off", item, by=by)


@transaction.atomic
def answer(booking: Booking, item_id: UUID, words: str, *, by: Actor) -> None:
    """The school answers what the family wrote; they read it on their page."""
    theirs = AgendaItem.objects.filter(pk=item_id, invitation=booking.invitation_id, side=Side.FAMILY)
    if not words.strip():
        raise Refused(_("Please write an answer."))
    if theirs.update(answer=words.strip(), answered_by=by.staff_id, answered_at=clock.now()):
        item = AgendaItem.objects.select_related("invitation__adult", "invitation__child").get(pk=item_id)
        audit.record("meet.agenda_answered", item, by=by)
        _ask_for_theirs(item, "answer", item.answer, by=by)


@transaction.atomic
def say(invitation: Invitation, item_id: UUID, *, yes: bool, by: Actor) -> None:
    """The adult says whether what the school wrote late is talked about. They may think again."""
    late = AgendaItem.objects.filter(pk=item_id, invitation=invitation, side=Side.SCHOOL, taken_off_at=None)
    state = State.STANDS if yes else State.REFUSED
    if late.exclude(state=state).exclude(state=State.STANDS).update(state=state):
        audit.record("meet.agenda_said", AgendaItem.objects.get(pk=item_id), by=by, yes=yes)
