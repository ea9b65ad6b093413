"""What is written to and fro in a world, what is tried at home, and what changes around it. See `steps.py`."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from unittest import mock

from gatepost.core import clock
from gatepost.core.media import look_into
from gatepost.know import services as know
from gatepost.know.models import Adult, Channel, Child, ContactPoint
from gatepost.reach import notices
from gatepost.reach import services as reach
from gatepost.reach.audience import lines_for
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Delivery, Message, Touch, Treated
from gatepost.reach.services import broadcasts, celebrating, recordings, threads, treated
from gatepost.reach.services.incoming import take_text
from gatepost.selftest.barrier.channels import look, open_with_code
from gatepost.selftest.barrier.world import World
from gatepost.selftest.matrix.people import Browser
from gatepost.support import home
from gatepost.support.models import HomeTry
from gatepost.testing.sounds import VOICE, film

WORDS = ("He must not know.", "Only on Fridays.", "We have moved.", "My sister Ann comes.", "Please ring me.")


def my_link(world: World, start: str) -> str:
    """My newest link; the post comes first, if I hold none."""
    if not any(link.startswith(start) for link in world.my_links()):
        world.cast.deliver()
    return next((link for link in world.my_links() if link.startswith(start)), "")


def home_note(world: World, dice: Random) -> None:
    """Ms Ode sends home something to try; its minute passes."""
    words, group = home.Words("Time", "Look at a clock together."), world.group
    by, school = world.cast.actor_of(world.cast.ode), world.cast.school.pk
    note = home.send_note(words, list(group.children.all()), group=group, school_id=school, by=by)
    Delivery.objects.filter(notice__batch=note.pk).update(not_before=clock.now())


def message_to_me(world: World, dice: Random) -> None:
    """Ms Ode writes to me, sends good news to every adult of the child, or writes to the whole class."""
    child, by = world.own_child or world.child, world.cast.actor_of(world.cast.ode)
    how = dice.random()
    if how < 0.3:
        celebrating.praise(child, f"Sang well, {dice.randrange(10**6)} times.", by=by)
    elif how < 0.6:
        lines, school = lines_for(notices.broadcast, world.group.children.all()), world.cast.school.pk
        broadcasts.send("No school on Friday.", lines, urgent=True, school_id=school, by=by)
        Delivery.objects.filter(state=Delivery.State.QUEUED).update(not_before=clock.now())
    else:
        threads.write(world.me, "A good day.", about=child, by=by)


def i_get_it_together(world: World, dice: Random) -> None:
    """I ask for what can wait once a day or once a week, or each by itself again; good news comes twice."""
    child, by = world.own_child or world.child, world.cast.actor_of(world.cast.ode)
    know.say_wishes(Adult.objects.get(pk=world.me.pk), {"together": dice.choice(["daily", "weekly", ""])}, by=by)
    for words in ("Sang well.", "Helped a friend."):
        world.ticks += 1
        celebrating.praise(child, f"{words} {dice.randrange(10**6)}", by=by)


def other_gets_it_together(world: World, dice: Random) -> None:
    """The same for the other adult, with something that is told to them alone."""
    by = world.cast.actor_of(world.cast.ode)
    know.say_wishes(Adult.objects.get(pk=world.other.pk), {"together": dice.choice(["daily", "weekly", ""])}, by=by)
    threads.write(world.other, dice.choice(WORDS), about=world.child, tone=Tone.GOOD, by=by)


def message_is_said_aloud(world: World, dice: Random) -> None:
    """Ms Ode says aloud what was last written to me."""
    _say_aloud(world, world.me, VOICE)


def other_hears(world: World, dice: Random) -> None:
    """What was written to the other adult is signed for them."""
    by = world.cast.actor_of(world.cast.bell)
    threads.write(world.other, dice.choice(WORDS), about=world.child, by=by)
    _say_aloud(world, world.other, film())


def _say_aloud(world: World, adult: Adult, body: bytes) -> None:
    said = Message.objects.filter(thread__adult=adult, by__isnull=False).order_by("-at", "-id").first()
    media = look_into(body)
    if said and media:
        by = world.cast.actor_of(world.cast.bell)
        made = recordings.add(said.broadcast_id or said.pk, media, "en", school_id=said.school_id, by=by)
        recordings.tell_of_message(made, by=by)


def i_am_asked_how_it_was(world: World, dice: Random) -> None:
    """Somebody talked with me some days ago, and I am asked how I was treated."""
    child, school = world.own_child or world.child, world.cast.school.pk
    by, way = world.cast.actor_of(world.cast.ode), Touch.Way.PHONE
    talk = reach.touch(world.me, child=child, way=way, two_way=True, school_id=school, by=by)
    Touch.objects.filter(pk=talk.pk).update(at=clock.now() - timedelta(days=2))
    with mock.patch.object(treated, "ONE_IN", 1):
        treated.ask_some()


def i_try(world: World, dice: Random) -> None:
    """I say that I tried it, that I would like help, or what I do."""
    if link := my_link(world, "/l/"):
        typed = {"say": dice.choice(["tried", "help", "idea"]), "words": dice.choice(WORDS)}
        look(world, "learning", "POST", link, typed)


def i_write(world: World, dice: Random) -> None:
    """I read what was written to me, and answer."""
    if link := my_link(world, "/t/"):
        open_with_code(world, link, "thread")
        look(world, "thread", "POST", link, {"words": dice.choice(WORDS)})


def i_help(world: World, dice: Random) -> None:
    """I say whether I would help."""
    if link := my_link(world, "/g/"):
        look(world, "pages", "POST", link, {"say": dice.choice(["yes", "no"]), "words": dice.choice(WORDS)})


def i_text(world: World, dice: Random) -> None:
    """I answer by text."""
    point = ContactPoint.objects.filter(adult=world.me, channel=Channel.SMS).first()
    if point:
        take_text(point.value, dice.choice(["yes", "no", *WORDS]), school=world.cast.school)


def other_tries(world: World, dice: Random) -> None:
    """The other adult would like help with it, or tells what they do, by name; Ms Ode puts it on the class page."""
    tried = HomeTry.objects.filter(adult=world.other).first()
    by = world.cast.actor_of(world.cast.ode)
    if tried:
        home.ask_for_help(tried, by=by)
        idea = home.tell_idea(tried, dice.choice(WORDS), name_shown=True, by=by)
        home.read_idea(idea, show=True, by=by)


def other_writes(world: World, dice: Random) -> None:
    """The school and the other adult write to each other."""
    by = world.cast.actor_of(world.cast.bell)
    tone = dice.choice(list(Tone))
    said = threads.write(world.other, dice.choice(WORDS), about=world.child, tone=tone, by=by)
    threads.receive(said.thread, dice.choice(WORDS), by=by)


def other_says_how_it_was(world: World, dice: Random) -> None:
    """The other adult was not treated well, and says so; the head puts it right."""
    by = world.cast.actor_of(world.cast.ode)
    now, school, child = clock.now(), world.cast.school, world.child
    asked = Treated.objects.create(
        school=school, adult=world.other, child=child, spoke_with_id=by.staff_id, spoke_at=now, asked_at=now
    )
    treated.say(asked, well=False, words=dice.choice(WORDS), by=by)
    if dice.random() < 0.5:
        treated.repaired(asked, by=world.cast.actor_of(world.cast.bell))


def child_changes(world: World, dice: Random) -> None:
    """The child is called otherwise and learns in another class: for whom every fact of the child is barred."""
    if world.drawn.story.nothing_of_child:
        Child.objects.filter(pk=world.child.pk).update(called=dice.choice(["Ty", "Tee"]), year="5")
        world.cast.owls.children.add(world.child)
        world.group.children.remove(world.child)


def staff_read(world: World, dice: Random) -> None:
    """The head opens the pages of the child: it leaves a line in the trail."""
    head = Browser()
    head.force_login(world.cast.bell)
    record = world.record_of(world.other)
    for event in world.events:
        head.get(f"/meet/events/{event.pk}/")
    if record:
        head.get(f"/agree/records/{record.pk}/")


def other_was_spoken_to(world: World, dice: Random) -> None:
    """Somebody met the other adult at the gate."""
    way = dice.choice(list(Touch.Way))
    school = world.cast.school.pk
    reach.touch(world.other, child=world.child, way=way, two_way=True, school_id=school, by=None)
