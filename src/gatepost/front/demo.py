"""Who can be played in the demonstration, and what each of them is there to show."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from gatepost.org.models import Adviser, Person, Staff
from gatepost.org.permissions import ADVISER, label_of

MOST = 16
PIN = "4938"  # of the families of the story who have chosen one (exchange.demo.cast)


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
        "Mr Kent": _("He is one child’s key worker. He sees this one family, because he is on its team."),
        "Ms Adeyemi": _("She is the SENCO. She sees every family, and what was said only where she is on the team."),
        "Mr Cole": _("He leads on safeguarding. He is told when somebody opens a child’s records in an emergency."),
        "Miss Frost": _("She supports parents. She is on nobody’s team yet: see how little that shows her."),
        "Mrs Birch": _("She watches over lunch. She can note a talk at the gate, and nothing else."),
        "Mr Quill": _("He is a governor. He sees figures without a name, and small numbers hidden."),
        "Mrs Hale": _("She comes from the local authority. She sees what the governor sees."),
        "Ms Ferris": _("She advises parents, outside any school. She sees who agreed; nobody sees her notes."),
    }


def personas() -> list[Persona]:
    """The parts of the story; where their school is not there, whoever works at the school that is."""
    parts = _parts()
    jobs = Staff.objects.filter(person__is_active=True).select_related("person", "school").order_by("person__name")
    cast = list(jobs.filter(person__name__in=parts)[:MOST])
    advisers = Adviser.objects.filter(person__is_active=True).select_related("person")[:MOST]
    shown = [_persona(job, parts.get(job.person.name, "")) for job in cast or jobs[:MOST]]
    shown += [_adviser(each, parts.get(each.person.name, "")) for each in advisers]
    order = list(parts)
    return sorted(shown, key=lambda part: (order.index(part.name) if part.name in order else MOST, part.name))


def player(person_id: UUID) -> Person | None:
    """The person of a part; only somebody who stands on the page can be played."""
    on_stage = {part.person_id for part in personas()}
    return Person.objects.filter(pk=person_id, is_active=True).first() if person_id in on_stage else None


def _persona(job: Staff, shows: str) -> Persona:
    return Persona(job.person_id, job.person.name, job.get_role_display(), shows)


def _adviser(adviser: Adviser, shows: str) -> Persona:
    return Persona(adviser.person_id, adviser.person.name, str(label_of(ADVISER)), shows)
