"""Who can be played in the demonstration, and what each of them is there to show."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from gatepost.org.models import Person, Staff

MOST = 12


@dataclass(frozen=True)
class Persona:
    """One part to play."""

    person_id: UUID
    name: str
    role: str
    shows: str


def _parts() -> dict[str, str]:
    return {
        "Ms Ode": _("She teaches. She meets families, writes down what they say and promises what the school will do."),
        "Mrs Finch": _("She runs the office. She invites, answers the telephone and settles who may be told what."),
        "Mrs Bell": _("She is the head. She sees whom the school has not yet heard from, and who came."),
        "Mr Nye": _("He teaches another class. He sees nothing of Ms Ode’s families: try it."),
    }


def personas() -> list[Persona]:
    """The parts of the story; where their school is not there, whoever works at the school that is."""
    parts = _parts()
    jobs = Staff.objects.filter(person__is_active=True).select_related("person", "school").order_by("person__name")
    cast = list(jobs.filter(person__name__in=parts)[:MOST])
    shown = [_persona(job, parts.get(job.person.name, "")) for job in cast or jobs[:MOST]]
    order = list(parts)
    return sorted(shown, key=lambda part: (order.index(part.name) if part.name in order else MOST, part.name))


def player(person_id: UUID) -> Person | None:
    """The person of a part; only somebody who stands on the page can be played."""
    on_stage = {part.person_id for part in personas()}
    return Person.objects.filter(pk=person_id, is_active=True).first() if person_id in on_stage else None


def _persona(job: Staff, shows: str) -> Persona:
    return Persona(job.person_id, job.person.name, job.get_role_display(), shows)
