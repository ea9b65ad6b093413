"""To whom somebody writes at once: by year, group, language, role, or whom the school has not heard from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from gatepost.know.models import Care, Child, Group
from gatepost.know.rules import children_open_to, groups_open_to
from gatepost.measure.queries import not_heard_from
from gatepost.measure.rules import may_see_not_heard
from gatepost.org.actor import Actor
from gatepost.org.rules import may_teach
from gatepost.reach import notices
from gatepost.reach.audience import Line, lines_for
from gatepost.reach.models import Broadcast


@dataclass(frozen=True)
class Audience:
    """What somebody has chosen; blank means everybody."""

    year: str = ""
    groups: tuple[Group, ...] = ()  # classes, sets, clubs: whatever the roster calls a group; children of any of them
    language: str = ""
    role: str = ""  # who they are to a child, as the school’s records word it: all fathers, wherever they live
    not_heard: bool = False


def may_write_to_many(actor: Actor) -> bool:
    """Whoever works with families, to those they work with."""
    return may_teach(actor)


def may_take_back(actor: Actor, sent: Broadcast) -> bool:
    """Whoever sent it."""
    return may_write_to_many(actor) and sent.by_id == actor.person_id


def years(actor: Actor) -> list[str]:
    """The years of the children somebody works with."""
    held = children_open_to(actor).exclude(year="").order_by("year").values_list("year", flat=True)
    return list(dict.fromkeys(held))


def groups(actor: Actor) -> QuerySet[Group]:
    """The groups somebody may write to."""
    return groups_open_to(actor).order_by("name")


def roles(actor: Actor) -> list[str]:
    """What the school's records call adults to the children somebody works with, each word once."""
    cares = Care.objects.filter(child__in=children_open_to(actor), ended_on=None).exclude(relationship="").order_by()
    said = sorted(cares.values_list("relationship", flat=True).distinct())
    return list({word.strip().casefold(): word.strip() for word in said}.values())


def _children(audience: Audience, actor: Actor) -> QuerySet[Child]:
    children: QuerySet[Child] = children_open_to(actor)
    if audience.year:
        children = children.filter(year=audience.year)
    if audience.groups:
        children = children.filter(groups__in=audience.groups)
    return children.distinct()


def nobody_hears_for(audience: Audience, lines: Sequence[Line], actor: Actor) -> list[str]:
    """The children of these years and groups of whose adults none gets it: none is known, or each is left out.

    Where somebody writes to some of the families only, nobody is missed.
    """
    if audience.language or audience.role or audience.not_heard:
        return []
    told = {line.adult.pk for line in lines if line.decision.allowed}
    heard = Care.objects.filter(child=OuterRef("pk"), adult__in=told, ended_on=None)
    missed = _children(audience, actor).filter(~Exists(heard)).order_by("name", "pk")
    return list(missed.values_list("name", flat=True))


def lines_of(audience: Audience, actor: Actor) -> list[Line]:
    """Every adult of these children, told or left out, each once."""
    lines = lines_for(notices.broadcast, _children(audience, actor))
    if audience.language:
        lines = [line for line in lines if line.language == audience.language]
    if audience.role:
        them = Care.objects.filter(child__in=_children(audience, actor), ended_on=None)
        them = them.filter(relationship__iexact=audience.role)
        who = set(them.values_list("adult", flat=True))
        lines = [line for line in lines if line.adult.pk in who]
    if audience.not_heard and may_see_not_heard(actor):
        quiet = {row.adult_id for row in not_heard_from(actor)}
        lines = [line for line in lines if line.adult.pk in quiet]
    return lines
