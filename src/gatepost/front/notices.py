"""The notice that `front` can send. It says nothing about a child."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NoticeKind, register

OPENS = "own:open"

own_page = register(
    NoticeKind(
        name="front.own_page",
        facts=frozenset({Fact.EDUCATION}),
        template="front/notices/own_page",
        why="Leads an adult to the page of what the school holds about them, to see it and to put it right.",
        opens=OPENS,
        own=True,
        link_days=366,
        calm=True,
    )
)
