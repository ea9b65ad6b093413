"""What one family got to try at home, what it said, and what it and the school wrote to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models

from gatepost.core import clock
from gatepost.core.media import Media
from gatepost.org.actor import Actor
from gatepost.reach import notices
from gatepost.reach import services as reach
from gatepost.reach.audience import lines_for
from gatepost.reach.models import Explain, Message, Notice, Recording, Thread, Translation, Treated
from gatepost.reach.models.explain import How
from gatepost.reach.services import broadcasts, documents, recordings, threads
from gatepost.selftest.matrix.papers import on_paper
from gatepost.support import extra, home
from gatepost.support.models import ExtraHelp, ExtraHelpTold, HomeTry
from gatepost.support.notices import EXTRA_OPENS, HOME_OPENS
from gatepost.testing.sounds import VOICE

if TYPE_CHECKING:
    from gatepost.selftest.matrix.school import Family


AT_HOME = {
    "home": (HOME_OPENS, "home_try"),
    "extra": (EXTRA_OPENS, "extra_told"),
    "treated": (notices.TREATED_OPENS, "treated"),
    "thread": (notices.THREAD_OPENS, "thread"),
}
"""What the links of this module open, by their names: which page, and which thing."""


def at_home(family: Family, *, by: Actor) -> dict[str, models.Model]:
    """A note for one child; the adult would like help, and tells what they do."""
    words, school = home.Words("Time", "Look at a clock."), family.child.school_id
    note = home.send_note(words, [family.child], group=family.group, school_id=school, by=by)
    tried = HomeTry.objects.get(note=note, adult=family.adult)
    home.ask_for_help(tried, by=by)
    made: dict[str, models.Model] = {
        "home_note": note,
        "home_try": tried,
        "home_idea": home.tell_idea(tried, "We count.", by=by),
    }
    told = Notice.objects.get(adult=family.adult, batch=note.pk)
    made |= _extra_help(family)
    return made | {"home_voice": _voice(note.pk, school, by=by), "told": told}


def _extra_help(family: Family) -> dict[str, models.Model]:
    """Extra help for the child, and that the adult was told of it."""
    given = ExtraHelp.objects.create(
        school_id=family.child.school_id,
        child=family.child,
        what="Lexia",
        purpose="Reading",
        led_by=family.host,
        begun_by=family.host,
        begun_at=clock.now(),
    )
    return {"extra": given, "extra_told": _told(family, given)}


def _told(family: Family, given: ExtraHelp) -> ExtraHelpTold:
    """One adult who was told of it."""
    ask = reach.ask(family.adult, extra.EXTRA, about=family.child)
    return ExtraHelpTold.objects.create(school_id=family.child.school_id, extra=given, adult=family.adult, ask=ask)


def written(family: Family, *, by: Actor) -> dict[str, models.Model]:
    """A thread; a message in it that waits for a second reader; and letters on paper."""
    said = threads.write(family.adult, "Hello.", about=family.child, by=by)
    waits = Message.objects.create(
        school_id=said.school_id,
        thread=said.thread,
        by=family.host,
        words="Again.",
        at=clock.now(),
        state=Message.State.TO_PASS,
    )
    lines, school = lines_for(notices.broadcast, [family.child]), family.child.school_id
    many = broadcasts.send("No school.", lines, urgent=False, school_id=school, by=by)
    asked = treated_by(family)
    Treated.objects.filter(pk=asked.pk).update(well=False, due_on=clock.today())
    made: dict[str, models.Model] = {"treated": asked, "thread": said.thread, "message": waits, "broadcast": many}
    made["voice"] = _voice(said.pk, school, by=by)
    return made | two_languages(family, said.thread, by=by) | on_paper(family, by=by)


def _voice(of: UUID, school: UUID, *, by: Actor) -> Recording:
    """The same, said aloud."""
    return recordings.add(of, Media("audio/mp4", VOICE), "en", school_id=school, by=by)


def two_languages(family: Family, thread: Thread, *, by: Actor) -> dict[str, models.Model]:
    """What nobody here can read; a message that waits for its words."""
    school = family.child.school_id
    heard = threads.receive(thread, "কাল আসব", by=by)
    waits = Message.objects.create(
        school_id=school, thread=thread, by=family.host, words="Wait.", at=clock.now(), state=Message.State.TO_SAY
    )
    text = documents.put_up("A plan", "We help.\n\nWe ask.", group=family.group, school_id=school, by=by)
    made: dict[str, models.Model] = {"document": text, "paragraph": text.paragraphs.get(place=1)}
    asked = Explain.objects.create(
        school_id=school,
        of=thread.pk,
        where=Explain.Where.THREAD,
        adult=family.adult,
        child=family.child,
        how=How.CALL,
        owner=family.host,
        asked_at=clock.now(),
        due_on=clock.today(),
    )
    return made | {"translation": Translation.objects.get(of=heard.pk), "unsaid": waits, "explain": asked}


def treated_by(family: Family) -> Treated:
    """How they were treated by the host, as it is asked after a talk."""
    return Treated.objects.create(
        school_id=family.child.school_id,
        adult=family.adult,
        child=family.child,
        spoke_with=family.host,
        spoke_at=clock.now(),
        asked_at=clock.now(),
    )


def from_before(his: Family, theirs: Family) -> dict[str, tuple[str, models.Model]]:
    """What the links of an adult open as it was before there was an order: no service makes any of it now."""
    school, note = his.child.school_id, theirs.things["home_note"]
    thread = Thread.objects.create(school_id=school, adult=his.adult, child=his.child, begun_at=clock.now())
    ask = reach.ask(his.adult, home.HOME, about=his.child)
    tried = HomeTry.objects.create(school_id=school, note=note, adult=his.adult, child=his.child, ask=ask)
    given = ExtraHelp.objects.get(pk=theirs.things["extra"].pk)
    return {
        "treated": (notices.TREATED_OPENS, treated_by(his)),
        "thread": (notices.THREAD_OPENS, thread),
        "home": (HOME_OPENS, tried),
        "extra": (EXTRA_OPENS, _told(his, given)),
    }
