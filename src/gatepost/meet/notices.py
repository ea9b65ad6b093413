"""The notices that `meet` can send."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NoticeKind, register

invitation = register(
    NoticeKind(
        name="meet.invitation",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/invitation",
        why="Asks one adult to choose a time to talk about one child.",
        opens="invite:open",
    )
)

booked = register(
    NoticeKind(
        name="meet.booked",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/booked",
        why="Says which time an adult has, and how to change it.",
        opens="invite:open",
    )
)

given_back = register(
    NoticeKind(
        name="meet.given_back",
        facts=frozenset({Fact.LOGISTICS}),
        template="meet/notices/given_back",
        why="Says that a time was given back, and that another can be chosen.",
        opens="invite:open",
    )
)
