"""The notices that `support` can send. None of them says anything about a child."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NoticeKind, register

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
