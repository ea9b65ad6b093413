"""Who may send home something to try, and read what families answer. Each family is read by whoever works with it."""

from __future__ import annotations

from django.db.models import QuerySet

from gatepost.know.models import Child, Group
from gatepost.know.rules import adults_open_to, children_open_to, groups_open_to
from gatepost.org.actor import Actor
from gatepost.org.rules import may_teach
from gatepost.reach.rules.recordings import speaks_for_school
from gatepost.reach.rules.translations import words_to_read
from gatepost.support.models import HomeIdea, HomeNote, HomeTry


def may_send_home(actor: Actor) -> bool:
    """Whoever works with families, from the teacher to the key worker."""
    return may_teach(actor)


def classes_open_to(actor: Actor) -> QuerySet[Group]:
    """The classes this member of staff may write to."""
    return groups_open_to(actor) if may_send_home(actor) else Group.objects.none()


def may_open_class(actor: Actor, group: Group) -> bool:
    """Whether this is one of them."""
    return classes_open_to(actor).filter(pk=group.pk).exists()


def children_written_for(actor: Actor, group: Group | None) -> QuerySet[Child]:
    """The children of a class for whose sake somebody writes home; without a class, those they work with."""
    children = children_open_to(actor) if may_send_home(actor) else Child.objects.none()
    return children.filter(groups=group) if group else children


def tries_open_to(actor: Actor) -> QuerySet[HomeTry]:
    """What came back from families that this member of staff works with; never from that of their own child."""
    if not may_send_home(actor):
        return HomeTry.objects.none()
    return HomeTry.objects.filter(child__in=children_open_to(actor), adult__in=adults_open_to(actor))


def may_take_back(actor: Actor, note: HomeNote) -> bool:
    """Whoever sent it; the service knows whether there is still time."""
    return may_send_home(actor) and note.sent_by_id == actor.person_id


def may_say_aloud(actor: Actor, note: HomeNote) -> bool:
    """Whoever sent it, reads a language for the school, or is asked to put it into one."""
    asked = words_to_read(actor).filter(of=note.pk, incoming=False)
    return may_take_back(actor, note) or speaks_for_school(actor) or asked.exists()


def may_help(actor: Actor, tried: HomeTry) -> bool:
    """Whether this member of staff may say that a family has been helped."""
    return tries_open_to(actor).filter(pk=tried.pk).exists()


def may_read_idea(actor: Actor, idea: HomeIdea) -> bool:
    """Whether this member of staff may put a family's idea on the page of its class."""
    return tries_open_to(actor).filter(pk=idea.tried_id).exists()


def may_try(actor: Actor, tried: HomeTry) -> bool:
    """The adult who got the note, holding the link that was made for it."""
    return actor.adult_id == tried.adult_id and actor.subject == tried.pk
