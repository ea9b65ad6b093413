"""Who writes with a family: whoever works with the child and the adult, never those of their own child's family."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from gatepost.core import clock
from gatepost.know.models import Adult, Child, Group
from gatepost.know.rules import adults_heard_by, adults_open_to, children_open_to
from gatepost.org.actor import Actor
from gatepost.org.queries import away_now
from gatepost.org.rules import may_know_of_orders, may_teach
from gatepost.reach.models import Message, Thread

COVER_AFTER = timedelta(days=1)  # then everybody who works with the family sees that it waits


def threads_open_to(actor: Actor) -> QuerySet[Thread]:
    """The threads that this member of staff may read and answer in."""
    if not may_teach(actor):
        return Thread.objects.none()
    return Thread.objects.filter(child__in=children_open_to(actor), adult__in=adults_heard_by(actor))


def may_open_thread(actor: Actor, thread: Thread) -> bool:
    """Whether this is one of them."""
    return threads_open_to(actor).filter(pk=thread.pk).exists()


def children_written_about(actor: Actor, adult: Adult) -> QuerySet[Child]:
    """The children about whom somebody may write to this adult."""
    return children_open_to(actor).filter(cares__adult=adult, cares__ended_on=None).distinct().order_by("name")


def may_write_to(actor: Actor, adult: Adult) -> bool:
    """Whether there is one."""
    return may_teach(actor) and adults_open_to(actor).filter(pk=adult.pk).exists()


def may_praise(actor: Actor, child: Child) -> bool:
    """Whoever works with a child says what is good."""
    return may_teach(actor) and children_open_to(actor).filter(pk=child.pk).exists()


def messages_to_pass(actor: Actor) -> QuerySet[Message]:
    """What colleagues have written about children of whom an order stands, and somebody else reads first."""
    if not may_know_of_orders(actor):
        return Message.objects.none()
    waits = Message.objects.filter(state=Message.State.TO_PASS, thread__child__in=children_open_to(actor))
    return waits.exclude(by=actor.person_id).select_related("thread__adult", "thread__child", "by").order_by("at", "id")


def may_pass(actor: Actor, message: Message) -> bool:
    """A second reader is never the one who wrote."""
    return messages_to_pass(actor).filter(pk=message.pk).exists()


def may_read_own(actor: Actor, thread: Thread) -> bool:
    """The one adult of the thread, holding the link that was made for it."""
    return actor.adult_id == thread.adult_id and actor.subject == thread.pk


def may_hurry(actor: Actor, message: Message) -> bool:
    """Whoever may read the thread sends what waits for its words in another language as it is."""
    waits = Message.objects.filter(pk=message.pk, state=Message.State.TO_SAY, thread__in=threads_open_to(actor))
    return waits.exists()


def waiting_for(actor: Actor) -> QuerySet[Thread]:
    """Families that have written and wait: for whoever wrote last and whoever teaches the child; after a day for all.

    Whoever writes to many while a family waits for a colleague sees what the family writes since.

    All are those who work with the family, the office among them: so it is covered when somebody is away; at once,
    where they have said so.
    """
    taught = Exists(Group.objects.filter(children=OuterRef("child"), teachers=actor.person_id))
    between = Message.objects.filter(
        thread=OuterRef("thread"), by=actor.person_id, at__gte=OuterRef("thread__waits_since"), at__lt=OuterRef("at")
    )
    to_me = Exists(Message.objects.filter(Exists(between), thread=OuterRef("pk"), by=None))
    mine = Q(wrote_last=actor.person_id) | Q(taught) | Q(wrote_last=None) | Q(to_me)
    late = Q(waits_since__lt=clock.now() - COVER_AFTER) | Q(wrote_last__in=away_now())
    waits = threads_open_to(actor).filter(mine | late, waits_since__isnull=False)
    return waits.select_related("adult", "child", "wrote_last").order_by("waits_since", "id")
