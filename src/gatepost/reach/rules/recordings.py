"""Who says aloud what was written: whoever writes with the family, and whoever reads the language for the school."""

from __future__ import annotations

from gatepost.org.actor import Actor
from gatepost.org.queries import languages_of
from gatepost.org.rules import may_know_of_orders, may_teach
from gatepost.reach.models import Broadcast, Message, Recording
from gatepost.reach.models.translations import MESSAGE
from gatepost.reach.rules.threads import may_open_thread, threads_open_to
from gatepost.reach.rules.translations import words_to_read


def may_say_message(actor: Actor, message: Message) -> bool:
    """What the school has written to an adult: whoever may read the thread, or is asked to put these words."""
    if message.by_id is None:
        return False
    asked = words_to_read(actor).filter(of=message.pk, part=MESSAGE, incoming=False)
    return may_open_thread(actor, message.thread) or asked.exists()


def may_say_broadcast(actor: Actor, sent: Broadcast) -> bool:
    """What was written to many: whoever sent it, or reads a language for the school."""
    mine = may_teach(actor) and sent.by_id == actor.person_id
    return mine or speaks_for_school(actor)


def speaks_for_school(actor: Actor) -> bool:
    """Whether somebody reads a language for the school."""
    return actor.is_staff and bool(languages_of(actor.person_id))


def recordings_to_pass(actor: Actor) -> list[Message]:
    """What colleagues have said aloud about children of whom an order stands, and somebody else hears first."""
    if not may_know_of_orders(actor):
        return []
    waits = Recording.objects.filter(state=Recording.State.TO_PASS).exclude(by=actor.person_id)
    said = Message.objects.filter(pk__in=waits.values("of"), thread__in=threads_open_to(actor))
    return list(said.select_related("thread__adult", "thread__child", "by").order_by("at", "id"))
