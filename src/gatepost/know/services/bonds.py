"""What an adult is to a child, and who at the school works with the child."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit
from gatepost.core.errors import Refused
from gatepost.disclosure import Standing, Tri
from gatepost.know.models import FACTS, Care, Child, TeamMember
from gatepost.know.services import history
from gatepost.org.actor import Actor
from gatepost.org.models import Person


@transaction.atomic
def settle(care: Care, *, standing: Standing, responsibility: Tri, lives_with: Tri, by: Actor) -> Care:
    """Say what an adult is to a child, so that they are told what is theirs to know.

    Holds afterwards: the three facts stand as given, the wait is over, and nothing else about the bond has changed.
    """
    if standing in (Standing.NONE, Standing.UNKNOWN):
        raise Refused(_("Say what this adult is to the child. If nobody knows, leave it here and ask."))
    if care.held_by_id and care.held_by_id == by.person_id:
        raise Refused(_("You asked everybody to wait. Somebody else has to look at it and settle it."))
    care.held_by = care.held_at = None
    facts = {
        "standing": standing.value,
        "responsibility": responsibility.value,
        "lives_with": lives_with.value,
        "held": False,
    }
    return say_facts(care, facts, by=by)


@transaction.atomic
def say_facts(care: Care, facts: Mapping[str, Any], *, by: Actor) -> Care:
    """Say any facts about a bond: what the adult is to the child, the six facts with their dates, the basis, the rank.

    Holds afterwards: the facts named stand as given, each change has its line in the history, nothing else about the
    bond has changed; once it is said what the adult is, a feed changes nothing of it any more.
    """
    for fact in FACTS:
        begins = facts.get(f"{fact}_from", getattr(care, f"{fact}_from"))
        ends = facts.get(f"{fact}_until", getattr(care, f"{fact}_until"))
        if begins and ends and ends < begins:
            raise Refused(_("The last day comes before the first."))
    history.amend(care, facts, of=care.child, by=by)
    if facts.get("standing", Standing.UNKNOWN.value) != Standing.UNKNOWN.value and care.from_source:
        care.from_source = False  # a feed never undoes what a person has settled
        care.save()
    audit.record("know.settled", care, by=by, standing=care.standing)
    return care


@transaction.atomic
def join_team(child: Child, person: Person, *, role: str, from_on: date, by: Actor) -> TeamMember:
    """Somebody works with a child from a day on."""
    if TeamMember.objects.filter(child=child, person=person, until_on=None).exists():
        raise Refused(_("%(name)s is on this team already.") % {"name": person.name})
    member = TeamMember.objects.create(
        school_id=child.school_id, child=child, person=person, role=role, from_on=from_on
    )
    history.note(member, {"team": ("", f"{person.name}: {role}")}, of=child, by=by)
    audit.record("know.team_joined", member, by=by)
    return member


@transaction.atomic
def leave_team(member: TeamMember, *, until_on: date, by: Actor) -> None:
    """Somebody's work with a child ends on a day."""
    if until_on < member.from_on:
        raise Refused(_("The last day comes before the first."))
    history.amend(member, {"until_on": until_on}, of=member.child, by=by)
    audit.record("know.team_left", member, by=by)
