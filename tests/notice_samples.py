"""What each notice would really say, and what its words have to hold: `test_notices.py` renders and checks them all.

A new notice needs a line here: what fills it, how its first sentence begins (that is why we write), and how many parts
a text of it may take in a plain alphabet and in all others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gatepost.language.dates import LONDON

WHEN = datetime(2027, 2, 4, 17, 10, tzinfo=LONDON)
WHO, OFFICE, PHONE, SCHOOL = "Ms Ode", "Mrs Finch", "0113 496 0000", "Elm Park Primary"
ADULT, CHILD, SURNAME = "Halima Yusuf", "Ayan", "Warsame"
LINK = "https://gate.elmpark.sch.uk/t/" + "k" * 22
CODE = "123 456"
OWN_WORDS = "Qqq wrote xxx yyy zzz."  # somebody's own words, in whichever language they were typed


@dataclass(frozen=True)
class Sample:
    """One notice as it would be."""

    reason: str  # how its first sentence begins in English: why we write
    text: str = ""  # how it begins in a text, where that is otherwise
    values: dict[str, Any] = field(default_factory=dict)
    says: tuple[
        str, ...
    ] = ()  # what its mail says besides, as it stands in the catalogues: what you can do, your right
    said: list[dict[str, Any]] = field(default_factory=list)  # from the phrasebook
    plain: int = 1  # parts of a text in English and Somali
    wide: int = 3  # and in the other languages

    def begins(self, *, by_text: bool) -> str:
        """How its first sentence begins."""
        return self.text if by_text and self.text else self.reason


BRING = "You can bring someone with you."
FREELY = "You need not answer, and nothing depends on it."
MESSAGE = Sample("This term Ayan", values={"who": WHO}, said=[{"say": "absent_days", "days": 3}], plain=2)

SAMPLES: dict[str, Sample] = {
    "reach.code": Sample(
        "You asked for a code.",
        "Your code is",
        {"code": CODE},
        says=("If you did not ask for it, do nothing. Give this code to nobody.",),
        wide=2,
    ),
    "reach.contact_changed": Sample(
        "Somebody asked us to use another way to reach you. We will not write to this address",
        "We will not use this number",
        says=("If you know of this, you need do nothing.",),
        wide=2,
    ),
    "reach.together": Sample(
        "Here are 3 messages from the school.",
        "3 messages for you.",
        {"many": 3},
        says=("Nothing is urgent.",),
    ),
    "reach.pin_chosen": Sample("You chose a PIN", wide=2),
    "reach.message": MESSAGE,
    "reach.worry": MESSAGE,
    "reach.broadcast": MESSAGE,
    "reach.urgent": MESSAGE,
    "reach.praise": Sample(
        "Good news about Ayan!",
        "Ayan was very kind",
        {"who": WHO},
        said=[{"say": "praise_kind"}, {"say": "tell_kind"}],
        plain=2,
        wide=5,
    ),
    "reach.praise_letter": Sample(
        "You read with Ayan at home",
        values={"signed": WHO},
        says=("This letter is about you, and we are glad to write it.",),
        said=[{"say": "parent_reading"}],
    ),
    "reach.in_your_language": Sample("What we wrote to you is now here in your language:", values={"who": WHO}),
    "reach.document_theirs": Sample("What we wrote to you is now here in your language:", values={"who": WHO}),
    "support.extra_help_theirs": Sample("What we wrote to you is now here in your language:", values={"who": WHO}),
    "support.extra_help": Sample(
        "Ayan gets extra help at school:",
        values={"who": WHO, "what": OWN_WORDS, "purpose": OWN_WORDS},
        says=("Do you understand what this is for? Say yes, or not yet, here:",),
        said=[{"say": "aim_reading"}],
        plain=2,
        wide=5,
    ),
    "support.extra_help_again": Sample(
        "We have spoken with you about this:",
        values={"who": WHO, "what": OWN_WORDS, "purpose": OWN_WORDS},
        says=("Do you understand what this is for? Say yes, or not yet, here:",),
        said=[{"say": "aim_reading"}],
        plain=2,
        wide=4,
    ),
    "support.help_theirs": Sample("What we wrote to you is now here in your language:", values={"who": WHO}),
    "agree.summary_theirs": Sample("What we wrote to you is now here in your language:", values={"who": WHO}),
    "reach.recorded": Sample(
        "What we wrote to you can now be heard or seen in Somali:", values={"who": WHO, "tongue": "so"}
    ),
    "support.home_note_recorded": Sample(
        "What we wrote to you can now be heard or seen in Somali:", values={"who": WHO, "tongue": "so"}, plain=2, wide=4
    ),
    "support.home_note_theirs": Sample(
        "What we wrote to you is now here in your language:", values={"who": WHO}, plain=2
    ),
    "reach.document": Sample("Please read this, and say whether it is clear:", values={"title": "7"}),
    "reach.document_again": Sample("You said that a part was not clear.", values={"title": "7"}),
    "reach.stopped": Sample("You get nothing more that you do not need.", plain=2, wide=4),
    "reach.started": Sample("You get all our messages again.", plain=1, wide=3),
    "reach.treated": Sample("You talked with us. Were you treated with respect?", says=(FREELY,)),
    "meet.invitation": Sample(
        "We would like to talk with you about",
        values={"minutes": 10, "conversation": False},
        says=(
            "Nothing is wrong.",
            BRING,
            "Tell us if you need an interpreter.",
            "If no time suits you, you can say so on the same page.",
        ),
        plain=2,
        wide=5,
    ),
    "meet.times": Sample(
        "Which time, to talk about Ayan?",
        values={"time_1_at": WHEN, "time_2_at": WHEN, "time_3_at": WHEN},
        says=("Choose a time here:",),
        plain=2,
        wide=5,
    ),
    "meet.what_helps": Sample(
        "What would help you to come?",
        values={"choices": OWN_WORDS},
        says=("It costs you nothing.",),
        plain=2,
        wide=4,
    ),
    "meet.helped": Sample(
        "You asked for this, and it is arranged:",
        values={"done": OWN_WORDS},
        plain=2,
        wide=4,
    ),
    "meet.booked": Sample(
        "You have a time",
        values={"when_at": WHEN, "host": WHO, "place": "Room 4"},
        says=(BRING, "To change the time or give it back:"),
        plain=2,
    ),
    "meet.called_off": Sample(
        "Thursday 4 February, 5.10pm: we have to call this day off",
        values={"when_at": WHEN, "series": True},
        says=("The other days stay as they are.",),
        plain=2,
        wide=4,
    ),
    "meet.interpreter": Sample(
        "You have an interpreter",
        values={"when_at": WHEN, "tongue": "ar", "found": True, "remote": False},
        plain=2,
        wide=4,
    ),
    "meet.another_way": Sample(
        "We would like to talk with you about Ayan in a way that suits you better",
        "we would like to talk with you about Ayan in a way that suits you better",
        says=("Nothing is wrong.", "By phone, at your home, in a café, at another time: tell us here:"),
        plain=2,
        wide=5,
    ),
    "meet.asked_along": Sample(
        "A talk with Ms Ode:",
        "A talk with Ms Ode:",
        {"when_at": WHEN, "host": "Ms Ode", "stands": True},
        says=("Say yes or no here:",),
        plain=2,
        wide=4,
    ),
    "meet.reminder": Sample(
        "To remind you: You have a time",
        values={"when_at": WHEN, "host": WHO, "place": "Room 4", "way_there": OWN_WORDS},
        says=(BRING, "To change the time or give it back:"),
        plain=3,
        wide=5,
    ),
    "meet.promoted": Sample(
        "A place has become free, and it is yours",
        values={"when_at": WHEN, "place": "Room 4"},
        says=("If you cannot come, give it back here:",),
        plain=2,
        wide=4,
    ),
    "meet.reminder_today": Sample(
        "To remind you: You have a time",
        values={"when_at": WHEN, "host": WHO, "place": "Room 4"},
        says=(BRING, "To change the time or give it back:"),
        plain=2,
        wide=4,
    ),
    "meet.place_changed": Sample(
        "The place has changed.",
        values={"when_at": WHEN, "host": WHO, "place": "Room 4"},
        says=("To change the time or give it back:",),
        plain=2,
        wide=5,
    ),
    "meet.running_late": Sample(
        "Ms Ode is running about 10 minutes late.",
        values={"host": WHO, "minutes": 10},
        says=(),
        wide=3,
    ),
    "meet.agenda_asked": Sample("May we talk about one more thing? Please say yes or no here:", plain=2, wide=4),
    "meet.who_comes": Sample(
        "Something has changed. At our talk you will meet: Ms Ode.", values={"names": WHO}, plain=2, wide=4
    ),
    "meet.given_back": Sample("You gave your time back."),
    "agree.summary": Sample(
        "You can read what we talked about", says=("Please tell us whether it makes sense.",), plain=2, wide=5
    ),
    "agree.promise_kept": Sample("We have kept a promise for Ayan.", plain=2),
    "agree.promise_not_kept": Sample("There is news about a promise for Ayan. We could not keep it", plain=2, wide=4),
    "front.own_page": Sample(
        "You can see what we have written down about you, and put it right:",
        says=("You can see it, put it right, and tell us what helps you and what you are good at.",),
        plain=2,
        wide=4,
    ),
    "support.strengths": Sample("What are you good at?", says=(FREELY,), plain=2, wide=4),
    "support.help_wanted": Sample(
        f"You told us what you are good at. {WHO} asks whether you would help",
        f"{WHO} asks whether you would help",
        {"who": WHO, "what": OWN_WORDS, "when_words": "", "place": ""},
        says=("If it does not suit you this time, that is fine.",),
        plain=2,
    ),
    "support.thanks": Sample("Thank you for helping us.", values={"what": OWN_WORDS, "words": ""}, wide=2),
    "support.agreed": Sample(
        "An independent adviser may now read what we share with you",
        says=("Who it is, and how to end it:", "If you did not say so, please end it there, and tell us."),
        plain=2,
        wide=4,
    ),
    "support.home_note": Sample(
        "Something to try at home with Ayan.",
        "Try this at home",
        {"who": WHO, "learning": "Talking about the day", "try_this": "", "say_this": ""},
        says=(FREELY, "Tell us how it went, ask for help, or tell us what you do at home:"),
        said=[{"say": "home_talk", "minutes": 5}],
        plain=3,
        wide=6,
    ),
}

OWN: dict[str, list[dict[str, Any]]] = {
    "reach.message": [
        {"who": WHO, "words": OWN_WORDS},
        {"who": WHO, "words": OWN_WORDS, "theirs": OWN_WORDS, "unchecked": True},
        {"who": WHO, "words": OWN_WORDS, "sorry": True},
    ],
    "reach.praise": [{"who": WHO, "words": OWN_WORDS}],
    "reach.together": [{}, {"weekly": True}],
    "reach.broadcast": [{"who": WHO, "words": OWN_WORDS}],
    "support.home_note": [
        {
            "who": WHO,
            "learning": "Telling the time",
            "try_this": "Look at a clock together three times today and say what time it is.",
            "say_this": "What time will it be in one hour?",
        }
    ],
    "meet.invitation": [{"minutes": 45, "conversation": True}],
    "meet.helped": [{"done": OWN_WORDS, "due_on": WHEN}, {"done": OWN_WORDS, "sorry": True}],
    "support.help_wanted": [{"who": WHO, "what": OWN_WORDS, "when_words": OWN_WORDS, "place": "Room 4"}],
}
"""The same notices as they are worded otherwise: in somebody's own words, or for a structured conversation."""
