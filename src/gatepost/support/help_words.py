"""What somebody is asked to help with, in the language they read: told once it is there."""

from __future__ import annotations

from gatepost.org.actor import Actor
from gatepost.reach.besides import ask_for, is_settled
from gatepost.reach.models import Translation
from gatepost.reach.queries import tongues
from gatepost.reach.services import tell
from gatepost.support import notices
from gatepost.support.models import Help
from gatepost.support.queries import texts_of


def put(wanted: Help, *, by: Actor) -> None:
    """Have them put into the language of whoever is asked."""
    tag = tongues.read_by(wanted.adult)
    ask_for(texts_of(wanted), tag, school_id=wanted.school_id, adult=wanted.adult, child=wanted.child, by=by)


def have_come(row: Translation, *, by: Actor | None) -> None:
    """It is there whole: whoever was asked in English is told, as long as they have not answered."""
    wanted = Help.objects.filter(pk=row.of, ask__answers=None).select_related("adult", "child", "asked_by").first()
    if wanted and is_settled([wanted.pk], row.target):
        child, who = wanted.child, wanted.asked_by.name
        tell(wanted.adult, notices.help_theirs, about=child, subject=wanted.pk, by=by, who=who)
