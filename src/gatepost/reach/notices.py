"""The notices that `reach` itself can send."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NoticeKind, register

code = register(
    NoticeKind(
        name="reach.code",
        facts=frozenset(),
        template="reach/notices/code",
        why="A short code that opens a page for one adult in the browser they hold.",
        mints_code=True,
        at_once=True,
        again=True,
        to_unconfirmed=True,
    )
)

contact_changed = register(
    NoticeKind(
        name="reach.contact_changed",
        facts=frozenset(),
        template="reach/notices/contact_changed",
        why="Tells a number or mailbox that is given up; never the new one, and nobody where that could harm.",
    )
)

pin_chosen = register(
    NoticeKind(
        name="reach.pin_chosen",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/pin_chosen",
        why="Says that a PIN was chosen for an adult, so that they notice if it was not them.",
        to_unconfirmed=True,
    )
)
