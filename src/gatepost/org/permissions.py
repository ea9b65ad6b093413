"""What each role may do: one table, by strand, that a head can read. No rule looks at a role; all of them ask here.

Somebody acts in one role at a time, and has what stands in its row, and nothing else. `docs/reference/roles.md` is made
from this table, and so is the page that a head reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.org.actor import Actor


class Role(models.TextChoices):
    """What somebody does at a school."""

    TEACHER = "teacher", _("Teacher")
    KEY_WORKER = "key_worker", _("Key worker")
    SENCO = "senco", _("SENCO")
    SAFEGUARDING = "safeguarding", _("Safeguarding lead")
    OFFICE = "office", _("Office")
    HEAD = "head", _("Head")
    GOVERNOR = "governor", _("Governor")
    SUPPORT_WORKER = "support_worker", _("Parent support worker")
    LA_OFFICER = "la_officer", _("Local authority officer")
    SUPPORT_STAFF = "support_staff", _("Support staff")


class Strand(models.TextChoices):
    """A part of the work with families that a head can hand to somebody to lead."""

    KNOW = "know", _("Knowing families")
    REACH = "reach", _("Reaching families")
    MEET = "meet", _("Meetings")
    AGREE = "agree", _("Promises")
    MEASURE = "measure", _("Figures")


ADVISER = "adviser"  # outside every school: their organisation gives them this role, no head can
_AREAS = {each.value: each.label for each in Strand} | {"org": _("The school"), "support": _("Independent advice")}
_LEADS = "lead:"  # before a strand: the role of somebody who leads it now


class Permission(models.TextChoices):
    """One thing that can be allowed: its strand before the dot, and in words."""

    SEE_OWN = "know.see_own", _("See the children they teach or are on the team of, and their adults")
    SEE_ALL = "know.see_all", _("See every child of the school and their adults")
    SETTLE = "know.settle", _("Say what an adult is to a child, and keep contacts in order")
    PROTECT = "know.protect", _("Write down an order, and see whom it restrains")
    LIFT = "know.lift", _("Be one of the two people who lift an order")
    ADDRESS = "know.address", _("Open an address that is kept from everybody else")

    NOTE_TALK = "reach.note_talk", _("Note a talk with an adult they see")
    NOTE_ANY_TALK = "reach.note_any_talk", _("Note a talk at the gate with any family: names only")
    CLEAR = "reach.clear", _("Say in person what no message could, and settle messages in trouble")

    PLAN = "meet.plan", _("Plan a meeting, invite to it, and host it")
    MEET_ALL = "meet.all", _("Open every meeting of the school, and answer for any family")

    LISTEN = "agree.listen", _("Hold conversations, and write and read the records of those")
    READ_TEAM = "agree.read_team", _("Read and write the records of the children whose team they are on")
    READ_ALL = "agree.read_all", _("Read every record of the school")
    BREAK_GLASS = "agree.break_glass", _("Open a child’s records for an hour in an emergency, with a reason")
    PROMISES_ALL = "agree.promises_all", _("See every promise, never the talk it was made in")
    SETTLE_ALL = "agree.settle_all", _("Say of any promise whether it was kept")

    NOT_HEARD = "measure.not_heard", _("See by name whom the school has not heard from")
    ATTENDANCE = "measure.attendance", _("See who came, meeting by meeting")
    COUNTS = "measure.counts", _("See counts without names, with small numbers hidden")

    STAFF = "org.staff", _("Say who works here, as what, and who leads a strand")
    ALERTS = "org.alerts", _("Be told when somebody opens records in an emergency")

    AGREEMENTS = "support.agreements", _("Write down that an adult wants an independent adviser, and end it")
    ADVISE = (
        "support.advise",
        _("Read what a family that agreed can read itself, and keep notes that no school opens"),
    )

    @property
    def strand(self) -> str:
        """The strand it belongs to."""
        return self.value.partition(".")[0]


P = Permission
_MEETS_FAMILIES = {P.SEE_OWN, P.NOTE_TALK, P.PLAN, P.LISTEN, P.READ_TEAM, P.BREAK_GLASS}
_RUNS_THE_OFFICE = {
    P.SEE_ALL, P.SETTLE, P.PROTECT, P.LIFT, P.NOTE_TALK, P.CLEAR, P.PLAN, P.MEET_ALL, P.LISTEN, P.PROMISES_ALL,
    P.NOT_HEARD, P.AGREEMENTS,
}  # fmt: skip


def leading(strand: Strand | str) -> str:
    """The acting role of somebody who leads a strand."""
    return f"{_LEADS}{strand}"


MAY: Mapping[str, frozenset[Permission]] = MappingProxyType({
    Role.TEACHER: frozenset(_MEETS_FAMILIES),
    Role.KEY_WORKER: frozenset(_MEETS_FAMILIES),
    Role.SENCO: frozenset(_MEETS_FAMILIES | {P.SEE_ALL}),
    Role.SAFEGUARDING: frozenset(_MEETS_FAMILIES | {P.SEE_ALL, P.PROTECT, P.LIFT, P.ADDRESS, P.ALERTS}),
    Role.SUPPORT_WORKER: frozenset(_MEETS_FAMILIES),
    Role.OFFICE: frozenset(_RUNS_THE_OFFICE),
    Role.HEAD: frozenset(
        _RUNS_THE_OFFICE | {P.ADDRESS, P.READ_ALL, P.SETTLE_ALL, P.ATTENDANCE, P.COUNTS, P.STAFF, P.ALERTS}
    ),
    Role.SUPPORT_STAFF: frozenset({P.NOTE_ANY_TALK}),
    Role.GOVERNOR: frozenset({P.COUNTS}),
    Role.LA_OFFICER: frozenset({P.COUNTS}),
    ADVISER: frozenset({P.ADVISE}),
    leading(Strand.KNOW): frozenset({P.SEE_ALL, P.SETTLE}),
    leading(Strand.REACH): frozenset({P.CLEAR, P.NOTE_ANY_TALK}),
    leading(Strand.MEET): frozenset({P.PLAN, P.MEET_ALL}),
    leading(Strand.AGREE): frozenset({P.PROMISES_ALL, P.SETTLE_ALL}),
    leading(Strand.MEASURE): frozenset({P.NOT_HEARD, P.ATTENDANCE, P.COUNTS}),
})  # fmt: skip


def has(actor: Actor, permission: Permission) -> bool:
    """Whether the role somebody acts in now allows this."""
    return actor.is_staff and permission in MAY.get(actor.acting_role, frozenset())


def roles_with(permission: Permission) -> list[str]:
    """The roles that a head can give and that allow this, in the table's order."""
    return [role for role in Role.values if permission in MAY[role]]


@dataclass(frozen=True)
class Line:
    """One permission as a page shows it: what it allows, and every role that has it."""

    words: str | Promise
    roles: tuple[str | Promise, ...]


def by_strand() -> dict[str | Promise, list[Line]]:
    """The table as a page shows it, strand by strand."""
    lines: dict[str | Promise, list[Line]] = {}
    for permission in Permission:
        who = tuple(label_of(role) for role, allowed in MAY.items() if permission in allowed)
        lines.setdefault(_AREAS[permission.strand], []).append(Line(permission.label, who))
    return lines


def label_of(acting_role: str) -> str | Promise:
    """An acting role as people say it."""
    if acting_role == ADVISER:
        return _("Independent adviser")
    if acting_role.startswith(_LEADS):
        return _("Leads: %(strand)s") % {"strand": Strand(acting_role.removeprefix(_LEADS)).label}
    return Role(acting_role).label
