"""The verbs of promising: open a record, write down, promise, share, keep or not, and hear whether it made sense."""

from gatepost.agree.services.answers import CALL_BACK, RING_WITHIN, correct, say_sense
from gatepost.agree.services.promising import (
    Promise,
    add_target,
    drop,
    drop_target,
    keep,
    not_kept,
    promise,
)
from gatepost.agree.services.sharing import release, send_back, share, share_as_it_is
from gatepost.agree.services.writing import WORDS, SavedMeanwhile, open_record, turn_to, write_down

__all__ = [
    "CALL_BACK",
    "RING_WITHIN",
    "WORDS",
    "Promise",
    "SavedMeanwhile",
    "add_target",
    "correct",
    "drop",
    "drop_target",
    "keep",
    "not_kept",
    "open_record",
    "promise",
    "release",
    "say_sense",
    "send_back",
    "share",
    "share_as_it_is",
    "turn_to",
    "write_down",
]
