"""To whom somebody writes at once: by year, class, language, or those the school has not heard from."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from gatepost.know.models import Child, Group
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
    group: Group | None = None
    language: str = ""
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
    """The classes somebody may write to."""
    return groups_open_to(actor).order_by("name")


def lines_of(audience: Audience, actor: Actor) -> list[Line]:
    """Every adult of these children, told or left out, each once."""
    children: QuerySet[Child] = children_open_to(actor)
    if audience.year:
        children = children.filter(year=audience.year)
    if audience.group:
        children = children.filter(groups=audience.group)
    lines = lines_for(notices.broadcast, children.distinct())
    if audience.language:
        lines = [line for line in lines if line.language == audience.language]
    if audience.not_heard and may_see_not_heard(actor):
        quiet = {row.adult_id for row in not_heard_from(actor)}
        lines = [line for line in lines if line.adult.pk in quiet]
    return lines
