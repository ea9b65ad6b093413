"""For stories that go on after a talk: somebody who interprets it."""

from __future__ import annotations

from gatepost.meet.models import Booking
from gatepost.meet.services import interpreting
from gatepost.testing import Cast


def with_interpreter(cast: Cast, booking: Booking) -> None:
    """Mrs Finch finds somebody outside, qualified, for a booking that waits for an interpreter."""
    asked, finch = interpreting.of(booking), cast.actor_of(cast.finch)
    assert asked, "nobody wished for an interpreter"
    typed = {"name": "Tom Reed", "languages": [asked.language], "qualified": True, "phone": "0113 496 0002"}
    found = interpreting.Found(interpreter=interpreting.add(typed, school_id=cast.school.pk, by=finch))
    interpreting.arrange(asked, found, by=finch)
