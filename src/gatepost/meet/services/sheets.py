"""Getting ready for a talk, for oneself; and sharing that with the school, where one likes."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gatepost.core import audit, clock
from gatepost.meet.models import Invitation, Sheet
from gatepost.org.actor import Actor

QUESTIONS = ("know", "worry", "change")


@transaction.atomic
def keep(invitation: Invitation, words: Mapping[str, str], *, by: Actor) -> Sheet:
    """Keep what the adult wrote, for them alone. What they shared before stays as they shared it."""
    sheet = Sheet.objects.filter(invitation=invitation).first() or Sheet(
        school_id=invitation.school_id, invitation=invitation
    )
    for name in QUESTIONS:
        setattr(sheet, name, words[name].strip())
    sheet.kept_at = clock.now()
    sheet.save()
    audit.record("meet.sheet_kept", sheet, by=by)
    return sheet


@transaction.atomic
def share(invitation: Invitation, words: Mapping[str, str], *, by: Actor) -> Sheet:
    """Keep it, and let those who prepare the talk read it as it stands now."""
    sheet = keep(invitation, words, by=by)
    sheet.shared = {name: getattr(sheet, name) for name in QUESTIONS}
    sheet.shared_at = clock.now()
    sheet.save()
    audit.record("meet.sheet_shared", sheet, by=by)
    return sheet
