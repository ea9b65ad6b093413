"""The words the gate thinks in: kinds of fact, what an order can bar, how an adult stands to a child, the channel."""

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


class Way(StrEnum):
    """How words travel."""

    EMAIL = "email"
    SMS = "sms"
    VOICE = "voice"  # a call
    LETTER = "letter"
    IN_PERSON = "in_person"
    PAGE = "page"  # a page behind a link, with or without a code
    FILE = "file"  # a calendar entry, a printed list, an export


@dataclass(frozen=True)
class OrderFacts:
    """One order that restrains an adult in regard to the child, as the school has seen it."""

    bars: frozenset[Bar]
    from_on: date
    until_on: date | None
    lifted: bool
    second_person_agreed: bool  # lifting takes two people
    restrains: str = ""  # a key of the adult whom it restrains
    protects: str = ""  # a key of the adult from whom it keeps them apart, if it names one

    def stands_on(self, day: date) -> bool:
        """Whether it binds on `day`. One that ran out still does, until two people lift it: expiry is no access."""
        return self.from_on <= day and not (self.lifted and self.second_person_agreed)

    def has_run_out_on(self, day: date) -> bool:
        """Whether its last day has passed while it still binds: then two people have to look at it."""
        return self.stands_on(day) and self.until_on is not None and self.until_on < day

    def takes(self, fact: Fact) -> bool:
        """Whether it takes this kind of fact away, and not merely something else."""
        return Bar.EVERYTHING in self.bars or fact.value in self.bars


@dataclass(frozen=True)
class CareFacts:
    """All that the gate needs to know of one adult and one child."""

    standing: Standing
    responsibility: Tri
    lives_with: Tri
    orders: tuple[OrderFacts, ...] = ()  # those that restrain this adult
    held: bool = False  # the office has said: wait
    others_live_with: Tri = Tri.UNKNOWN  # whether the child lives with another adult, too
    others_orders: tuple[OrderFacts, ...] = ()  # those that restrain another adult of this child
    identity_doubted: bool = False  # nobody is sure that the record is of the adult it seems to be of
    no_voice_calls: bool = False  # the adult has asked us not to ring: they are deaf, say, or somebody listens


@dataclass(frozen=True)
class ChannelFacts:
    """What is known of the way by which words would reach an adult."""

    way: Way
    shared: bool = False  # another adult reads it too
    overheard: bool = False  # one of them is somebody from whom it is to be kept
    confirmed: bool = True  # the adult has shown that it is theirs


def read_first(orders: tuple[OrderFacts, ...], *, on: date) -> bool:
    """Whether somebody's own words about a child are read by a second person before they leave the school.

    No rule can read what people write. Where an order stands, whoever it restrains, a second person does (D1).
    """
    return any(order.stands_on(on) for order in orders)
