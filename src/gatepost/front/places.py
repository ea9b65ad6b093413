"""What a role finds on its first page besides rows: the few things that it does here, each with its way in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.front.many import may_write_to_many
from gatepost.front.rules import may_be_briefed
from gatepost.measure.rules import may_see_attendance, may_see_figures
from gatepost.org.actor import Actor
from gatepost.org.rules import may_advise, may_break_glass, may_read_words, may_see_broken_glass
from gatepost.reach.queries.documents import may_put_up
from gatepost.reach.rules import may_note_talks
from gatepost.support.advice_rules import may_keep_agreements


@dataclass(frozen=True)
class Place:
    """One thing to do, why, and where."""

    title: str | Promise
    text: str | Promise
    action: str | Promise
    url: str


@dataclass(frozen=True)
class _Offer:
    may: Callable[[Actor], bool]
    title: str | Promise
    text: str | Promise
    action: str | Promise
    view: str


def _counts_only(actor: Actor) -> bool:
    return may_see_figures(actor) and not may_see_attendance(actor)


_OFFERS = (
    _Offer(
        may_note_talks,
        _("At the gate"),
        _("You have talked with a parent: write it down, so that everybody knows that the school has heard from them."),
        _("Note a talk"),
        "reach:talks",
    ),
    _Offer(
        may_write_to_many,
        _("To many families"),
        _("The same words to a class, a year, or those you have not heard from: with a look at who gets it first."),
        _("Write to many"),
        "front:write_to_many",
    ),
    _Offer(
        may_be_briefed,
        _("What waits for me"),
        _("A mail before or after school with how much waits for you; and days on which colleagues see it instead."),
        _("Choose"),
        "front:briefing",
    ),
    _Offer(
        may_put_up,
        _("Long texts"),
        _("Families read a statement or a policy part by part, and say what is not clear: you write that again."),
        _("See the texts"),
        "reach:documents",
    ),
    _Offer(
        _counts_only,
        _("Figures"),
        _("How the school reaches its families: counts without names. More than that is not shown to your role."),
        _("See the figures"),
        "measure:figures",
    ),
    _Offer(
        may_advise,
        _("My families"),
        _("Families who have said yes to you: what the school has shared with them, and your own notes."),
        _("See my families"),
        "advice:families",
    ),
    _Offer(
        may_keep_agreements,
        _("Independent advisers"),
        _("When an adult tells you that an adviser may read along, or that it is over, write it down here."),
        _("See who has agreed"),
        "advice:agreements",
    ),
    _Offer(
        may_break_glass,
        _("In an emergency"),
        _("A child’s records open to you for an hour, if you say why. The head and the safeguarding lead are told."),
        _("Open a child’s records"),
        "front:break_glass",
    ),
    _Offer(
        may_see_broken_glass,
        _("Emergencies"),
        _("Who opened a child’s records without being on the team, when, and why."),
        _("See the report"),
        "front:glass_report",
    ),
    _Offer(
        may_read_words,
        _("Leaflets and guidance"),
        _("Short pages on what the law gives parents, and what is good to know: for everybody, in seven languages."),
        _("See the pages"),
        "front:leaflets",
    ),
    _Offer(
        may_read_words,
        _("The words families read"),
        _("Do you know a language that families read? Read our words in it, and put them right."),
        _("Read our words"),
        "staff:languages",
    ),
)


def places_of(actor: Actor) -> list[Place]:
    """What somebody in this role finds on their first page."""
    return [Place(each.title, each.text, each.action, reverse(each.view)) for each in _OFFERS if each.may(actor)]
