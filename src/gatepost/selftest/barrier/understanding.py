"""What is put into another language in a world, the long texts that are read, and whether they made sense."""

from __future__ import annotations

from random import Random

from gatepost.core import clock
from gatepost.know.models import Adult
from gatepost.reach.models import Delivery, Document, Explain, Paragraph, Thread, Translation
from gatepost.reach.models.explain import How
from gatepost.reach.sayings import Saying
from gatepost.reach.services import documents, explaining, reviewing, threads
from gatepost.selftest.barrier.channels import look, open_with_code
from gatepost.selftest.barrier.world import World
from gatepost.selftest.barrier.writing import WORDS, my_link
from gatepost.support import extra
from gatepost.support.models import ExtraHelpTold

URDU = "یہ الفاظ اردو میں ہیں۔"


def long_text(world: World, dice: Random) -> None:
    """The office puts up a long text for the class; its minute passes. Asked again, a part is put in plainer words."""
    by, school = world.cast.actor_of(world.cast.finch), world.cast.school.pk
    text = Document.objects.filter(group=world.group).first()
    part = text.paragraphs.filter(stands=True).first() if text else None
    if part:
        documents.write_again(part, f"We buy books. Number {part.version}.", by=by)
    else:
        documents.put_up(
            "What we spend", "We buy books.\n\nWe go on trips.", group=world.group, school_id=school, by=by
        )
    Delivery.objects.filter(state=Delivery.State.QUEUED).update(not_before=clock.now())


def i_say_whether_it_is_clear(world: World, dice: Random) -> None:
    """I read it, and say of a part whether it makes sense; or ask to have it explained."""
    text = Document.objects.filter(group=world.group).first()
    link = my_link(world, "/d/")
    if text and link:
        part = dice.choice(list(text.paragraphs.filter(stands=True)))
        typed = {"part": str(part.pk), "say": dice.choice(["yes", "not_quite"])}
        look(world, "documents", "POST", link, typed if dice.random() < 0.8 else {"explain": How.RECORDING.value})


def extra_help(world: World, dice: Random) -> None:
    """A child of mine gets extra help, and every adult whom the gate lets pass is told what it is for."""
    child, by = world.own_child or world.child, world.cast.actor_of(world.cast.bell)
    said: Saying = [{"say": dice.choice(["aim_reading", "aim_calm"])}]
    extra.begin(child, extra.Words("Lexia", said=said), led_by=world.cast.ode, by=by)


def i_understand(world: World, dice: Random) -> None:
    """I say whether I understand what it is for."""
    if link := my_link(world, "/f/"):
        open_with_code(world, link, "extra help")
        look(world, "extra help", "POST", link, {"say": dice.choice(["yes", "not_yet"]), "unclear": dice.choice(WORDS)})


def other_does_not_understand(world: World, dice: Random) -> None:
    """The other adult does not understand yet what it is for; somebody explains it, and asks again."""
    by, words = world.cast.actor_of(world.cast.bell), dice.choice(WORDS)
    told = ExtraHelpTold.objects.filter(adult=world.other, extra__child=world.child).first()
    if told:
        extra.say(told, understood=False, words=words, by=by)
        for call in Explain.objects.filter(adult=world.other, of=told.extra_id, done_at=None):
            explaining.done(call, by=by)


def my_words_are_put(world: World, dice: Random) -> None:
    """Somebody who reads my language puts what was written to me, and what the class reads, into it."""
    rows = Translation.objects.filter(state__in=["asked", "proposed"], target="ur").exclude(adult=world.other)
    _put(world, list(rows.order_by("asked_at", "part", "original")), refuse=False)


def other_words_are_put(world: World, dice: Random) -> None:
    """What is written to the other adult is put into their language, or cannot be; what they write is read."""
    Adult.objects.filter(pk=world.other.pk).update(language="ur")
    by, words = world.cast.actor_of(world.cast.ode), f"{dice.choice(WORDS)} {dice.randrange(100)}"
    other = Adult.objects.get(pk=world.other.pk)
    said = threads.write(other, words, about=world.child, high=dice.random() < 0.5, by=by)
    threads.receive(said.thread, "কাল আসব", by=by)
    rows = Translation.objects.filter(adult=world.other, state__in=["asked", "proposed"])
    _put(world, list(rows), refuse=dice.random() < 0.3)


def _put(world: World, rows: list[Translation], *, refuse: bool) -> None:
    by = world.cast.actor_of(world.cast.birch)
    for row in rows:
        row.refresh_from_db()
        if refuse:
            reviewing.refuse(row, "It is a dialect.", by=by)
        elif row.is_open:
            reviewing.review(row, f"{URDU} {' '.join(sign for sign in row.original.split() if sign.isdigit())}", by=by)


def other_says_it_is_unclear(world: World, dice: Random) -> None:
    """The other adult does not follow a part of the long text or of a message, and asks to have it explained."""
    by, school = world.cast.actor_of(world.cast.ode), world.cast.school.pk
    for part in Paragraph.objects.filter(document__group=world.group, stands=True):
        documents.say_whether_clear(world.other, part.pk, clear=dice.random() < 0.5, school_id=school, by=by)
    thread = Thread.objects.filter(adult=world.other).first()
    if thread:
        documents.newest_was(thread, clear=False, by=by)
        wanted = explaining.Wanted(thread.pk, Explain.Where.THREAD, world.other, thread.child, world.cast.ode.pk)
        explaining.ask(wanted, dice.choice(list(How)), by=by)
