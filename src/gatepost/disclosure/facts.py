"""The words the gate thinks in: kinds of fact, what an order can bar, how an adult stands to a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fact(StrEnum):
    """A kind of fact about a child that a text or a page may carry."""

    EDUCATION = "education"  # how the child is learning, what was said and promised
    LOGISTICS = "logistics"  # the time and place of this adult's own meeting
    WHEREABOUTS = "whereabouts"  # where the child is and when: trips, clubs, routine
    OTHER_ADULT = "other_adult"  # anything of another adult: contact, household, invitation, booking, words
    SAFEGUARDING = "safeguarding"  # a concern
    RESTRICTION = "restriction"  # that an order or a hold exists


class Bar(StrEnum):
    """What an order takes away. It removes only what it says."""

    EVERYTHING = "everything"
    EDUCATION = "education"
    LOGISTICS = "logistics"
    WHEREABOUTS = "whereabouts"
    CONTACT_WITH_ADULT = "contact_with_adult"  # contact with another adult, not with the school or the child


class Standing(StrEnum):
    """How the school's records describe this adult's place in the child's life."""

    PARENT = "parent"
    CARER = "carer"  # looks after the child: grandparent, foster carer, step-parent, anyone who lives with and cares
    EMERGENCY_ONLY = "emergency_only"
    UNKNOWN = "unknown"
    NONE = "none"  # no link to this child at all


class Tri(StrEnum):
    """Yes, no, or nobody has said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class OrderFacts:
    """One order that restrains the recipient in regard to the child, as the school has seen it."""

    bars: frozenset[Bar]
    from_on: date
    until_on: date | None
    lifted: bool
    second_person_agreed: bool  # lifting takes two people

    def stands_on(self, day: date) -> bool:
        """Whether it binds on `day`. One that ran out still does, until two people lift it: expiry is no access."""
        return self.from_on <= day and not (self.lifted and self.second_person_agreed)


@dataclass(frozen=True)
class CareFacts:
    """All that the gate needs to know of one adult and one child."""

    standing: Standing
    responsibility: Tri
    lives_with: Tri
    orders: tuple[OrderFacts, ...] = ()
    held: bool = False  # the office has said: wait
