"""Verbs about advisers: a family agrees, a family ends it, an adviser writes down a note."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult, Child
from gatepost.org.actor import Actor
from gatepost.org.models import Adviser
from gatepost.org.queries import today
from gatepost.reach.services import tell
from gatepost.support import notices
from gatepost.support.models import AdvisedFamily, AdviserNote, FamilyAgreed


@transaction.atomic
def agree(adult: Adult, adviser: Adviser, *, until_on: date | None = None, by: Actor) -> FamilyAgreed:
    """Write down that an adult has said yes to an adviser.

    Holds afterwards: from now until that day, or until it is ended, this adviser reads what the adult could read, and
    nothing that the gate would not let the adult see; the adult has been told, by a message that leads to ending it.
    """
    if not today(Adviser.objects.filter(pk=adviser.pk)).exists():
        raise Refused(_("This adviser does not advise any more."))
    if until_on and until_on < clock.today():
        raise Refused(_("Choose a last day from today on."))
    if today(FamilyAgreed.objects.filter(adult=adult, adviser=adviser)).exists():
        raise Refused(_("They have agreed with this adviser already."))
    FamilyAgreed.objects.filter(adult=adult, adviser=adviser, ended_at=None).update(ended_at=clock.now())
    agreement = FamilyAgreed.objects.create(
        organisation_id=adult.organisation_id,
        adult=adult,
        adviser=adviser,
        shared_with_id=adviser.organisation_id,
        recorded_by_id=by.staff_id,
        from_on=clock.today(),
        until_on=until_on,
    )
    audit.record("support.agreed", agreement, by=by)
    child = Child.objects.filter(cares__adult=adult, cares__ended_on=None).order_by("name", "pk").first()
    if child:
        tell(adult, notices.agreed, about=child, subject=agreement.pk, by=by)
    return agreement


@transaction.atomic
def end(agreement: FamilyAgreed, *, by: Actor) -> FamilyAgreed:
    """End an agreement, at once. Done twice, it is done once.

    Holds afterwards: the adviser opens nothing of this family any more, not even what they wrote themselves.
    """
    open_still = FamilyAgreed.objects.filter(pk=agreement.pk, ended_at=None)
    if open_still.update(ended_at=clock.now(), ended_by_adult=by.adult_id is not None):
        audit.record("support.ended", agreement, by=by)
    agreement.refresh_from_db()
    return agreement


@transaction.atomic
def write_note(family: AdvisedFamily, words: str, *, by: Actor) -> AdviserNote:
    """Keep an adviser's note, where only they open it."""
    if not words.strip():
        raise Refused(_("Write something down first."))
    note = AdviserNote.objects.create(
        organisation_id=family.shared_with_id,
        agreement_id=family.pk,
        author_id=family.adviser_id,
        words=words.strip(),
        written_at=clock.now(),
    )
    audit.record("support.note_written", note, by=by)
    return note
