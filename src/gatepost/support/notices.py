"""The notices that `support` can send. None says anything about a child, or names an adviser."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NoticeKind, register

ADVISER_OPENS = "adviser:open"

strengths = register(
    NoticeKind(
        name="support.strengths",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/strengths",
        why="Asks one adult, once a year, what they are good at and would enjoy. A text answers it.",
        opens="strengths:tell",
    )
)

help_wanted = register(
    NoticeKind(
        name="support.help_wanted",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/help_wanted",
        why="Asks one adult to help with something they said they are good at. A text answers it.",
        opens="strengths:help",
    )
)

thanks = register(
    NoticeKind(
        name="support.thanks",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/thanks",
        why="Thanks one adult for having helped.",
    )
)

agreed = register(
    NoticeKind(
        name="support.agreed",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/agreed",
        why="Says that an independent adviser may now read along, and leads to where the adult can end it.",
        opens=ADVISER_OPENS,
        link_days=366,
    )
)
