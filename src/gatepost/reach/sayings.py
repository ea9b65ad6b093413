"""What staff say from the phrasebook: kept as phrases with their values, and said to each adult in their own language.

A saying is plain JSON: `[{"say": "reminder", "teacher": "Ms Ode", "day": "2027-02-04", "time": "17:10"}]`. The names of
the adult and the child are not in it: they come from the row that it belongs to, so that one saying serves many.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from gatepost.language.phrasebook import PHRASES, Kind, Param, say
from gatepost.reach.kinds import Tone

type Values = dict[str, str | int]
type Saying = Sequence[Values]

MOST = 4  # sentences in one message: more is seldom read to the end
FROM_THE_ROW = frozenset({"adult", "child"})
"""Values that nobody types."""
WORRIES = frozenset({"absent_days", "late_times"})
GLAD = frozenset({"good_news", "every_day", "back_again"})
PRAISE, PARENT, TELL = "praise", "parent", "tell"
"""The groups of the phrasebook that say something good: of a child, of an adult; and what one says of it at home."""
ANYTHING = "tell_well"


def words(saying: Saying, language: str, *, adult: str, child: str) -> str:
    """The saying in one language, to this adult about this child. One that is not whole raises `ValueError`."""
    names = {"adult": adult, "child": child}
    return " ".join(_said(each, language, names) for each in saying)


def _said(values: Values, language: str, names: dict[str, str]) -> str:
    phrase = PHRASES[str(values["say"])]
    read = {
        param.name: names[param.name] if param.name in FROM_THE_ROW else _read(param, values.get(param.name, ""))
        for param in phrase.params
    }
    return say(phrase, language, **read)


def _read(param: Param, value: str | int) -> str | int | date | time:
    if param.kind is Kind.DAY:
        return date.fromisoformat(str(value))
    return time.fromisoformat(str(value)) if param.kind is Kind.TIME else value


def tone_of(saying: Saying) -> Tone:
    """Nobody has to say what sort of news it is: the phrases do."""
    keys = {str(each["say"]) for each in saying}
    if keys & WORRIES:
        return Tone.CONCERN
    glad = keys & GLAD or any(PHRASES[key].group in (PRAISE, PARENT) for key in keys)
    return Tone.GOOD if glad else Tone.NEUTRAL


def successes(saying: Saying) -> list[str]:
    """What it says that a child did well, by the keys of the phrases."""
    keys = [str(each["say"]) for each in saying]
    return [key for key in keys if PHRASES[key].group == PRAISE or key == "every_day"]


def with_words_for_home(saying: Saying) -> Saying:
    """The same, and after praise of a child what one can say of it at home, where nobody has picked that already.

    One sentence is enough, also for two things that went well.
    """
    done = successes(saying)
    if not done or any(PHRASES[str(each["say"])].group == TELL for each in saying):
        return saying
    return [*saying, {"say": words_for_home(done[0])}]


def words_for_home(success: str) -> str:
    """The phrase for home that goes with one for praise."""
    own = f"{TELL}_{success.removeprefix(f'{PRAISE}_')}"
    return own if own in PHRASES else ANYTHING
