"""A note for home in the languages of those who get it: asked for as it is sent, shown as soon as somebody has put it.

What stands in our catalogues or comes from the phrasebook needs nobody. Until the rest is there, the family has the
original, our apology, and somebody to explain it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from gatepost.language import table
from gatepost.org.actor import Actor
from gatepost.reach.aloud import register_places
from gatepost.reach.audience import Line
from gatepost.reach.besides import Beside, Text, ask_for, beside, is_settled
from gatepost.reach.models import Notice, Recording, Translation
from gatepost.reach.queries import recordings as recording_queries
from gatepost.reach.queries import tongues
from gatepost.reach.services import News, tell_all
from gatepost.support import notices
from gatepost.support.models import HomeNote, HomeTry

TEXTS = ("try_this", "say_this", "learning")
"""The words of a note, as `HomeNote` names them; the first of a phrasebook note is what the phrases say in English."""


register_places(TEXTS, "home:aloud")


def texts_of(note: HomeNote, tag: str) -> list[Text]:
    """Which words of a note somebody has to put into this language: what no catalogue of ours holds."""
    if not tag or note.said:
        return []
    found = [Text(note.pk, name, getattr(note, name)) for name in TEXTS if getattr(note, name)]
    if tag not in table.FAMILY_LANGUAGES:
        return found
    with translation.override(tag):
        return [each for each in found if gettext(each.words) == each.words]


def params_for(note: HomeNote, lines: Sequence[Line], *, by: Actor) -> dict[str, dict[str, Any]]:
    """What the notice says in each language that these adults read, and asks for what is lacking."""
    ours = {name: getattr(note, name) for name in TEXTS} | {"who": note.sent_by.name}
    if note.said:
        ours["said"] = note.said
    tags = {tongues.read_by(line.adult) for line in lines}
    children = {line.child for line in lines}
    about = children.pop() if len(children) == 1 else None
    for tag in sorted(tags - {""}):
        ask_for(texts_of(note, tag), tag, school_id=note.school_id, child=about, by=by)
    return {tag: ours | _theirs(note, tag) for tag in tags}


def _theirs(note: HomeNote, tag: str) -> dict[str, Any]:
    """What is there in a language, as `theirs_…`; and whether something is lacking."""
    texts = texts_of(note, tag)
    rows = tongues.found_for([note.pk], tag) if texts else {}
    shown = {each.name: row for each in texts if (row := rows.get((note.pk, each.part))) and row.shown_at}
    if not texts:
        return {}
    said: dict[str, Any] = {f"theirs_{name}": row.words for name, row in shown.items()}
    said["unchecked"] = any(row.state != Translation.State.REVIEWED for row in shown.values())
    said["sorry"] = len(shown) < len(texts)
    return said


def beside_of(tried: HomeTry) -> dict[str, Beside]:
    """What this adult reads beside each text of the note."""
    found = beside(texts_of(tried.note, tongues.read_by(tried.adult)), tried.adult)
    return {text.name: each for text, each in found.items()}


def have_come(row: Translation, *, by: Actor | None) -> None:
    """A note is there in one language, whole: who waits for it gets both; who has had ours alone is told, once."""
    note = HomeNote.objects.filter(pk=row.of).select_related("sent_by").first()
    if note is None:
        return
    queued = Notice.objects.filter(batch=note.pk, adult__language=row.target, state=Notice.State.QUEUED)
    waiting = list(queued)
    for each in waiting:
        each.params |= _theirs(note, row.target)
    Notice.objects.bulk_update(waiting, ["params"])
    if not is_settled([note.pk], row.target):
        return
    tries = HomeTry.objects.filter(note=note, adult__language=row.target)
    late = tries.exclude(pk__in=[each.subject for each in waiting]).select_related("adult", "child")
    news = [News(each.adult, each.child, each.pk, {"who": note.sent_by.name}) for each in late]
    if news:
        tell_all(notices.home_note_theirs, news, by=by)


def tell_of_recording(note: HomeNote, recording: Recording, *, by: Actor) -> None:
    """Whoever has had the note and speaks or signs this language is told that they can hear or see it."""
    waits = Notice.objects.filter(batch=note.pk, state=Notice.State.QUEUED).values("subject")
    had = list(HomeTry.objects.filter(note=note).exclude(pk__in=waits).select_related("adult", "child"))
    hears = recording_queries.who_hear((each.adult_id for each in had), recording.language)
    said = {"who": note.sent_by.name, "tongue": recording.language}
    news = [News(each.adult, each.child, each.pk, said) for each in had if each.adult_id in hears]
    if news:
        tell_all(notices.home_note_recorded, news, by=by)
