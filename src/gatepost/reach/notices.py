"""The notices that `reach` itself can send."""

from gatepost.disclosure import Fact
from gatepost.reach.kinds import NoticeKind, Tone, register

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

THREAD_OPENS = "thread:open"

message = register(
    NoticeKind(
        name="reach.message",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/message",
        why="What somebody at school writes to one adult about one child. They answer by text, or on its page.",
        opens=THREAD_OPENS,
    )
)

praise = register(
    NoticeKind(
        name="reach.praise",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/praise",
        why="Good news of a child, in the school's own words.",
        opens=THREAD_OPENS,
        tone=Tone.GOOD,
        can_wait=True,
        calm=True,
    )
)

praise_letter = register(
    NoticeKind(
        name="reach.praise_letter",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/praise_letter",
        why="A letter of praise to a parent about what they do, signed by name: on paper wherever one gets there.",
        tone=Tone.GOOD,
        paper=True,
        can_wait=True,
        calm=True,
    )
)

worry = register(
    NoticeKind(
        name="reach.worry",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/message",
        why="The same as a message, where it is about a worry: it is worded alike, and counted apart.",
        opens=THREAD_OPENS,
        tone=Tone.CONCERN,
    )
)

broadcast = register(
    NoticeKind(
        name="reach.broadcast",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/broadcast",
        why="The same words to many adults, each in their own thread. An answer finds whoever wrote.",
        opens=THREAD_OPENS,
        can_wait=True,
    )
)

in_your_language = register(
    NoticeKind(
        name="reach.in_your_language",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/in_your_language",
        why="What the school wrote in English before is there in the adult's language now.",
        opens=THREAD_OPENS,
        can_wait=True,
    )
)

recorded = register(
    NoticeKind(
        name="reach.recorded",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/recorded",
        why="Somebody of the school has said aloud, or signed, what was written to the adult before.",
        opens=THREAD_OPENS,
        can_wait=True,
    )
)

DOCUMENT_OPENS = "document:open"

document = register(
    NoticeKind(
        name="reach.document",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/document",
        why="Asks a family to read a long text, and to say at each part whether it makes sense.",
        opens=DOCUMENT_OPENS,
        can_wait=True,
        calm=True,
    )
)

document_again = register(
    NoticeKind(
        name="reach.document_again",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/document_again",
        why="Tells those who had not followed a part of it that it was written again.",
        opens=DOCUMENT_OPENS,
        can_wait=True,
        calm=True,
    )
)

document_theirs = register(
    NoticeKind(
        name="reach.document_theirs",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/in_your_language",
        why="A long text that was there in English only is there in the adult's language now, all of it.",
        opens=DOCUMENT_OPENS,
        can_wait=True,
        calm=True,
    )
)

TREATED_OPENS = "treated:open"

treated = register(
    NoticeKind(
        name="reach.treated",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/treated",
        why="Asks some adults, after a talk, whether they were treated with respect; each at most every three months.",
        opens=TREATED_OPENS,
        link_days=30,
        can_wait=True,
        calm=True,
    )
)

TOGETHER_OPENS = "together:open"

together = register(
    NoticeKind(
        name="reach.together",
        facts=frozenset(),
        template="reach/notices/together",
        why="Leads an adult who gets what can wait together to all of it. The round itself is worded by it, too.",
        opens=TOGETHER_OPENS,
        own=True,
        link_days=366,
    )
)

stopped = register(
    NoticeKind(
        name="reach.stopped",
        facts=frozenset(),
        template="reach/notices/stopped",
        why="Answers a STOP by text: what ends, what still has to be told, and how to be told another way.",
        at_once=True,
        to_unconfirmed=True,
    )
)

started = register(
    NoticeKind(
        name="reach.started",
        facts=frozenset(),
        template="reach/notices/started",
        why="Answers a START by text: what was stopped comes again.",
        at_once=True,
        to_unconfirmed=True,
    )
)

urgent = register(
    NoticeKind(
        name="reach.urgent",
        facts=frozenset({Fact.EDUCATION}),
        template="reach/notices/broadcast",
        why="The same, where it cannot wait until the morning.",
        opens=THREAD_OPENS,
        at_once=True,
    )
)
