"""Who acts now: a frozen answer that rules can ask, whether the hand belongs to staff, a family or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest


class Tier(StrEnum):
    """How sure we are who is there (`trust.md` D4)."""

    NOBODY = "nobody"
    LINK = "A"  # holds a link: may act once for one purpose, reads nothing private
    CODE = "B"  # proved a code sent to their own contact point, in this browser
    RECORD = "C"  # proved it twice: a second channel, a PIN chosen with the school, or a code on paper
    STAFF = "staff"  # signed in, and in a role today


@dataclass(frozen=True)
class Actor:
    """The one who acts, in one role, for one purpose."""

    person_id: UUID | None = None
    adult_id: UUID | None = None
    schools: frozenset[UUID] = frozenset()
    organisation: UUID | None = None
    acting_role: str = ""
    tier: Tier = Tier.NOBODY
    purpose: str = ""
    subject: UUID | None = None
    came_by: UUID | None = None  # the contact point that the link was sent to

    @property
    def is_staff(self) -> bool:
        """Whether a member of staff acts, in a role of one school; or an independent adviser, of none."""
        return self.tier is Tier.STAFF and bool(self.acting_role)

    @property
    def staff_id(self) -> UUID:
        """The person who signed in, for what only staff do."""
        if self.person_id is None:
            raise PermissionError("Only somebody who has signed in does this.")
        return self.person_id

    @property
    def school_id(self) -> UUID:
        """The one school that this actor works at now. Actors of several schools choose one when they sign in."""
        (school,) = self.schools
        return school


NOBODY = Actor()


class Request(HttpRequest):
    """A request as every view of ours gets it."""

    actor: Actor
