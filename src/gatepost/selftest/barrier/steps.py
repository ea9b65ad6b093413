"""What happens in a world, by name. Open steps happen in both twins; secret ones in the second alone.

A step draws from dice of its own, which fall alike in both. What cannot be done (no time is held, the time is gone)
is left: that is part of life, and of what must look the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from random import Random

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Reading
from gatepost.agree.queries import fingerprint, passages, promises_of
from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.know.models import Adult, Child
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.reach.models import Message
from gatepost.reach.services import threads
from gatepost.selftest.barrier.channels import look, open_with_code, times_on
from gatepost.selftest.barrier.door import other_signs_in
from gatepost.selftest.barrier.facts import (
    other_changes_contact,
    other_moves_house,
    other_reached_anew,
    other_tells_of_themselves,
    other_waits,
)
from gatepost.selftest.barrier.preparing import (
    my_talk_is_prepared,
    only_the_other_may_come,
    other_gets_ready,
    other_is_helped,
    other_talk_is_prepared,
)
from gatepost.selftest.barrier.understanding import (
    extra_help,
    i_say_whether_it_is_clear,
    i_understand,
    long_text,
    my_words_are_put,
    other_does_not_understand,
    other_says_it_is_unclear,
    other_words_are_put,
)
from gatepost.selftest.barrier.waiting import i_wait, other_waits_for_a_place, plan_shared, to_times
from gatepost.selftest.barrier.world import World
from gatepost.selftest.barrier.writing import (
    WORDS,
    child_changes,
    home_note,
    i_am_asked_how_it_was,
    i_get_it_together,
    i_help,
    i_text,
    i_try,
    i_write,
    message_is_said_aloud,
    message_to_me,
    my_link,
    other_gets_it_together,
    other_hears,
    other_says_how_it_was,
    other_tries,
    other_was_spoken_to,
    other_writes,
    staff_read,
)
from gatepost.support import services as support

type Step = Callable[[World, Random], None]

SAID = {
    "parent_says": "Reads every night.",
    "child_view": "I like drawing.",
    "priorities": "Reading.",
    "summary_plain": "We will find books.",
    "no_next_because": "Soon.",
}


# ── what everybody may see the marks of ──────────────────────────────────────────────────────────


def plan(world: World, dice: Random) -> None:
    """Ms Ode plans an evening for the class; a second one may lie on the same day, with a colleague."""
    again = len(world.events)
    kind = Event.Kind.CONVERSATION if world.drawn.conversation else Event.Kind.EVENING
    hosts = [world.cast.nye if again % 2 else world.cast.ode]
    days = [clock.today() + timedelta(days=200 + world.drawn.number % 90 + again // 2)]
    begins = 17 - world.drawn.number % 2  # where I have told of evenings, some times fit and some do not
    wanted = meet.Plan(kind, "Evening", "Hall", days, time(begins), time(begins + 2), 20, [world.group], hosts)
    event = meet.plan_event(wanted, school_id=world.cast.school.pk, by=world.cast.actor_of(world.cast.ode))
    Event.objects.filter(pk=event.pk).update(apart_minutes=world.drawn.apart)
    event.refresh_from_db()
    world.events.append(event)


def invite(world: World, dice: Random) -> None:
    """The office invites to every event; pressed again, nobody is invited twice."""
    for event in world.events:
        meet.invite(event, by=world.cast.actor_of(world.cast.finch))


def send(world: World, dice: Random) -> None:
    """Whatever waits goes out."""
    world.cast.deliver()


def stranger_books(world: World, dice: Random) -> None:
    """Another family takes a time. They leave the place that can be waited for to the two adults."""
    _book(world, dice, to_times(world, world.cast.hina))


def stranger_gives_back(world: World, dice: Random) -> None:
    """Another family gives its time back."""
    for invitation in to_times(world, world.cast.hina):
        meet.give_back(invitation, by=world.as_family(invitation))


def order_on_a_stranger(world: World, dice: Random) -> None:
    """An order about another family."""
    _order(world, world.cast.bilal, world.cast.zara, Bar.EDUCATION)


def my_talk(world: World, dice: Random) -> None:
    """Ms Ode writes down the talk with me, and shares it."""
    _talk(world, world.me, "What I said.", shared=True)


def my_promise(world: World, dice: Random) -> None:
    """A promise made to me is kept, or not."""
    _settle_promise(world, world.me, dice)


def i_am_asked(world: World, dice: Random) -> None:
    """Ms Ode asks me for what I am good at."""
    by = world.cast.actor_of(world.cast.ode)
    strength = know.add_strength(world.me, "Football", language="en", by=by)
    support.ask_for_help(strength, what="Play with us", when_words="", place="", by=by)


# ── what the barred adult does ───────────────────────────────────────────────────────────────────


def i_book(world: World, dice: Random) -> None:
    """I press on one of the times; sometimes on one that looks taken."""
    link = my_link(world, "/i/")
    times = times_on(world, link) if link else []
    if dice.random() < 0.7:
        times = [time for time in times if not time[1]]
    if times:
        slot, _ = times[dice.randrange(len(times))]
        look(world, "pages", "POST", link, {"slot": slot, "talk_about": dice.choice(WORDS), "supporter": "Sam"})


def i_give_back(world: World, dice: Random) -> None:
    """I give my time back."""
    if link := my_link(world, "/i/"):
        look(world, "pages", "POST", link, {"act": "give_back"})


def i_decline(world: World, dice: Random) -> None:
    """I decline, or say that no time suits."""
    if link := my_link(world, "/i/"):
        look(world, "pages", "POST", link + dice.choice(["no/", "none/"]), {"words": dice.choice(WORDS)})


def i_look(world: World, dice: Random) -> None:
    """I open my newest link."""
    if link := my_link(world, "/i/"):
        look(world, "pages", "GET", link)


def i_type_a_wrong_code(world: World, dice: Random) -> None:
    """I guess."""
    if link := my_link(world, "/s/"):
        look(world, "errors", "POST", link, {"code": f"{dice.randrange(10**6):06d}"})


def i_answer(world: World, dice: Random) -> None:
    """I read what was written of my talk, and say whether it made sense, or what is wrong."""
    if link := my_link(world, "/s/"):
        open_with_code(world, link)
        typed = dice.choice([{"say": "yes"}, {"say": "not_quite"}, {"correct": "1", "correction": "Not so."}])
        look(world, "summaries", "POST", link, typed)


# ── what the barred adult may not know ───────────────────────────────────────────────────────────


def other_books(world: World, dice: Random) -> None:
    """The other adult takes a time, or moves, with wishes of their own."""
    _book(world, dice, world.invitations(world.other))


def other_gives_back(world: World, dice: Random) -> None:
    """The other adult gives it back."""
    for invitation in world.invitations(world.other):
        meet.give_back(invitation, by=world.as_family(invitation))


def other_declines(world: World, dice: Random) -> None:
    """The other adult declines, in words."""
    for invitation in world.invitations(world.other):
        value = dice.choice(["declined", "none_of_these"])
        meet.say_no(invitation, value=value, words=dice.choice(WORDS), by=world.as_family(invitation))


def other_talk(world: World, dice: Random) -> None:
    """What the other adult said is written down, and perhaps shared with them."""
    _talk(world, world.other, dice.choice(WORDS), shared=dice.random() < 0.7)


def other_promise(world: World, dice: Random) -> None:
    """A promise made to the other adult is kept, or not."""
    _settle_promise(world, world.other, dice)


def other_answers(world: World, dice: Random) -> None:
    """The other adult corrects what was written, or says that it did not make sense."""
    record = world.record_of(world.other)
    if record and record.is_shared:
        if dice.random() < 0.5:
            agree.correct(record, words=dice.choice(WORDS), by=world.reader(record))
        else:
            agree.say_sense(record, made_sense="not_quite", by=world.reader(record))


def other_helps(world: World, dice: Random) -> None:
    """The other adult is asked for what they are good at, says yes, and is thanked."""
    by = world.cast.actor_of(world.cast.ode)
    strength = know.add_strength(world.other, dice.choice(WORDS), language="en", by=by)
    wanted = support.ask_for_help(strength, what="Bake with us", when_words="", place="", by=by)
    support.answer_help(wanted, yes=True, words=dice.choice(WORDS), by=by)
    support.thank(wanted, words="Thank you", by=by)


def order_on_the_other(world: World, dice: Random) -> None:
    """An order that bars the other adult from something."""
    _order(world, world.other, world.child, dice.choice([Bar.EDUCATION, Bar.LOGISTICS, Bar.EVERYTHING]))


OFTEN, SOMETIMES = 4, 2
OPEN: dict[Step, int] = {
    plan: 1,
    invite: 1,
    send: SOMETIMES,
    stranger_books: SOMETIMES,
    stranger_gives_back: 1,
    order_on_a_stranger: 1,
    my_talk: OFTEN,
    my_promise: SOMETIMES,
    my_talk_is_prepared: SOMETIMES,
    i_book: OFTEN,
    i_give_back: 1,
    i_decline: 1,
    i_look: 1,
    i_type_a_wrong_code: 1,
    i_answer: SOMETIMES,
    i_am_asked: 1,
    i_help: 1,
    i_text: 1,
    home_note: 1,
    i_try: 1,
    message_to_me: 1,
    message_is_said_aloud: 1,
    i_am_asked_how_it_was: 1,
    i_get_it_together: 1,
    i_write: 1,
    long_text: SOMETIMES,
    extra_help: 1,
    i_understand: 1,
    i_say_whether_it_is_clear: 1,
    my_words_are_put: 1,
    plan_shared: 1,
    i_wait: 1,
}
"""What happens in both twins, and how often beside the others."""

SECRET: dict[Step, int] = {
    other_books: OFTEN,
    other_talk: OFTEN,
    other_gives_back: 1,
    other_talk_is_prepared: SOMETIMES,
    other_declines: 1,
    other_promise: SOMETIMES,
    other_answers: SOMETIMES,
    other_reached_anew: 1,
    other_changes_contact: 1,
    other_helps: 1,
    other_tries: 1,
    other_writes: 1,
    other_hears: 1,
    other_gets_it_together: 1,
    other_words_are_put: 1,
    other_does_not_understand: 1,
    other_says_it_is_unclear: 1,
    other_says_how_it_was: 1,
    other_moves_house: 1,
    other_tells_of_themselves: 1,
    other_was_spoken_to: 1,
    other_waits: 1,
    order_on_the_other: 1,
    staff_read: 1,
    child_changes: 1,
    other_waits_for_a_place: 1,
    other_signs_in: 1,
    other_gets_ready: 1,
    other_is_helped: 1,
    only_the_other_may_come: 1,
}
"""What happens in the second twin alone. Whatever a later page keeps of an adult gets a step here."""

STEPS: dict[str, Step] = {step.__name__: step for step in (*OPEN, *SECRET)}
MINE = {step.__name__ for step in OPEN if step.__name__.startswith("i_")}
SECRETS = {step.__name__ for step in SECRET}


# ── the hands ────────────────────────────────────────────────────────────────────────────────────


def drawn_name(steps: dict[Step, int], dice: Random) -> str:
    """One of them, by how often they happen."""
    (step,) = dice.choices(list(steps), weights=list(steps.values()))
    return step.__name__


def _book(world: World, dice: Random, to: list[Invitation]) -> None:
    wanted, words = dice.random(), dice.choice(WORDS)
    for invitation in to:
        slots = list(Slot.objects.filter(event=invitation.event).order_by("starts_at"))
        wishes = meet.Wishes(words, "My sister Ann", "fr", elsewhere=True, second_parent=True, child=True)
        meet.book(invitation, slots[int(wanted * len(slots))], wishes=wishes, by=world.as_family(invitation))


def _talk(world: World, adult: Adult, words: str, *, shared: bool) -> None:
    """Write down the talk of the newest booking, with a promise."""
    booking = Booking.objects.filter(invitation__adult=adult, status="booked").order_by("-booked_at").first()
    if booking is None:
        return
    by = world.cast.actor_of(world.cast.ode)
    record = agree.open_record(booking, by=by)
    typed = SAID | {"parent_says": words}
    record = agree.write_down(record, typed, seen_version=record.version, by=by)
    soon = clock.today() + timedelta(days=7)
    agree.promise(record, agree.Promise("Find books", Action.Side.SCHOOL, world.cast.ode, soon), by=by)
    if shared:
        agree.share(record, by=by)


def _settle_promise(world: World, adult: Adult, dice: Random) -> None:
    action = promises_of(world.cast.ode.pk).filter(record__adult=adult).first()
    by = world.cast.actor_of(world.cast.ode)
    if action and dice.random() < 0.5:
        agree.keep(action, by=by)
    elif action:
        agree.not_kept(action, because=dice.choice(WORDS), by=by)


def _order(world: World, adult: Adult, child: Child, bar: Bar) -> None:
    know.record_order(
        adult, child=child, bars=frozenset({bar}), seen_by=world.cast.bell, from_on=clock.today(), by=None
    )


def take(world: World, name: str, number: int) -> None:
    """Take one step, if it can be taken."""
    try:
        STEPS[name](world, Random(number))
    except Refused:
        return
    _read_first(world)


def _read_first(world: World) -> None:
    """What waits for a second reader is read at once: that it waits a while is all that an order may change."""
    by = world.cast.actor_of(world.cast.bell)
    for message in Message.objects.filter(state=Message.State.TO_PASS):
        threads.pass_on(message, send=True, by=by)
    for reading in Reading.objects.filter(state=Reading.State.WAITING):
        agree.release(reading, seen=fingerprint(passages(reading)), by=by)
