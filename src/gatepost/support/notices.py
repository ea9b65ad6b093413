"""The notices that `support` can send. None names an adviser."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NUMBER, WORDS, YES_OR_NO, NoticeKind, Question, Tone, register
from gatepost.reach.models import Ask

ADVISER_OPENS = "adviser:open"

strengths = register(
    NoticeKind(
        name="support.strengths",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/strengths",
        why="Asks one adult, once a year, what they are good at and would enjoy. A text answers it.",
        opens="strengths:tell",
        asks=Question(frozenset({WORDS}), lambda pk: Ask.objects.filter(pk=pk).first()),
        can_wait=True,
        calm=True,
    )
)

help_wanted = register(
    NoticeKind(
        name="support.help_wanted",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/help_wanted",
        why="Asks one adult to help with something they said they are good at. A text answers it.",
        opens="strengths:help",
        asks=Question(frozenset({YES_OR_NO}), lambda pk: Ask.objects.filter(help=pk).first()),
        calm=True,
    )
)

help_theirs = register(
    NoticeKind(
        name="support.help_theirs",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/in_your_language",
        why="What an adult was asked to help with, in English before, is there in their language now.",
        opens="strengths:help",
        calm=True,
    )
)

thanks = register(
    NoticeKind(
        name="support.thanks",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/thanks",
        why="Thanks one adult for having helped.",
        tone=Tone.GOOD,
        can_wait=True,
        calm=True,
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

HOME_OPENS = "learning:open"

home_note = register(
    NoticeKind(
        name="support.home_note",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/home_note",
        why="One thing to try at home, five minutes, nothing to buy. A text answers it with 1, 2 or 3.",
        opens=HOME_OPENS,
        asks=Question(frozenset({NUMBER}), lambda pk: Ask.objects.filter(home_try=pk).first()),
        link_days=60,
        optional=True,
        can_wait=True,
        calm=True,
    )
)

home_note_theirs = register(
    NoticeKind(
        name="support.home_note_theirs",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/in_your_language",
        why="A note for home that came in English before is there in the adult's language now.",
        opens=HOME_OPENS,
        link_days=60,
        optional=True,
        can_wait=True,
        calm=True,
    )
)

home_note_recorded = register(
    NoticeKind(
        name="support.home_note_recorded",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/recorded",
        why="Somebody of the school has said aloud, or signed, a note for home that came before.",
        opens=HOME_OPENS,
        link_days=60,
        optional=True,
        can_wait=True,
        calm=True,
    )
)

EXTRA_OPENS = "forwhat:open"
UNDERSTOOD = Question(frozenset({NUMBER, YES_OR_NO}), lambda pk: Ask.objects.filter(extra_help=pk).first())

extra_help = register(
    NoticeKind(
        name="support.extra_help",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/extra_help",
        why="Says what extra help a child gets and what it is for, and asks whether that is understood.",
        opens=EXTRA_OPENS,
        asks=UNDERSTOOD,
    )
)

extra_help_again = register(
    NoticeKind(
        name="support.extra_help_again",
        facts=frozenset({Fact.EDUCATION}),
        template="support/notices/extra_help_again",
        why="Asks once more, after somebody has explained it.",
        opens=EXTRA_OPENS,
        asks=UNDERSTOOD,
    )
)

extra_help_theirs = register(
    NoticeKind(
        name="support.extra_help_theirs",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/in_your_language",
        why="What extra help is for, which came in English before, is there in the adult's language now.",
        opens=EXTRA_OPENS,
    )
)
