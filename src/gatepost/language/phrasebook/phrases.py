"""What can be said: each phrase with a label for staff and what has to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may be filled in, which decides how it is said."""

    NAME = "name"  # a name or a title: kept whole, never declined
    DAY = "day"  # a date
    TIME = "time"  # a time on the wall, or a moment
    PHONE = "phone"  # read from its own beginning in every direction
    DAYS = "days"  # so many of them, in the right plural
    WEEKS = "weeks"
    MINUTES = "minutes"
    TIMES = "times"

    @property
    def is_count(self) -> bool:
        """Whether it is a whole number of something."""
        return self in {Kind.DAYS, Kind.WEEKS, Kind.MINUTES, Kind.TIMES}


@dataclass(frozen=True, slots=True)
class Param:
    """One thing to fill in."""

    name: str
    kind: Kind
    label: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that can be said. `key` is its name in the files of words."""

    key: str
    group: str
    label: str
    params: tuple[Param, ...] = ()


_PARAMS = {
    param.name: param
    for param in (
        Param("adult", Kind.NAME, "The adult’s name"),
        Param("child", Kind.NAME, "The child’s first name"),
        Param("teacher", Kind.NAME, "Who at the school"),
        Param("event", Kind.NAME, "What it is called"),
        Param("place", Kind.NAME, "Where"),
        Param("day", Kind.DAY, "Which day"),
        Param("time", Kind.TIME, "What time"),
        Param("phone", Kind.PHONE, "Telephone number"),
        Param("days", Kind.DAYS, "How many days"),
        Param("weeks", Kind.WEEKS, "How many weeks"),
        Param("minutes", Kind.MINUTES, "How many minutes"),
        Param("times", Kind.TIMES, "How many times"),
    )
}

GROUPS: dict[str, str] = {
    "open": "Begin",
    "invite": "Invite",
    "remind": "Remind and change",
    "thank": "Thank",
    "praise": "Praise",
    "tell": "Words for home, after praise",
    "parent": "Praise a parent",
    "aim": "What extra help is for",
    "home": "Learning at home",
    "away": "Away from school",
    "late": "Late",
    "ill": "Illness",
    "trip": "Trips and days",
    "call": "Telephone",
    "close": "End",
}
"""The groups of phrases in the order of a message, with their names for staff."""


def _phrase(key: str, group: str, label: str, params: str = "") -> Phrase:
    return Phrase(key, group, label, tuple(_PARAMS[name] for name in params.split()))


_ALL = (
    _phrase("greeting", "open", "Hello", "adult"),
    _phrase("about_child", "open", "It is about a child, and nothing is wrong", "child"),
    _phrase("good_news", "open", "It is good news", "child"),
    _phrase("invite", "invite", "Invite to a talk", "teacher child day time"),
    _phrase("invite_event", "invite", "Invite to something", "event day time place"),
    _phrase("can_you_come", "invite", "Ask whether they can come"),
    _phrase("bring_somebody", "invite", "They can bring somebody"),
    _phrase("interpreter", "invite", "There can be an interpreter"),
    _phrase("children_welcome", "invite", "Little ones are welcome"),
    _phrase("by_phone", "invite", "Or by telephone"),
    _phrase("reminder", "remind", "Remind of a talk", "teacher day time"),
    _phrase("reminder_days", "remind", "Remind: in so many days", "teacher days"),
    _phrase("moved", "remind", "The time has changed", "teacher day time"),
    _phrase("called_off", "remind", "A meeting cannot take place", "day"),
    _phrase("missed_you", "remind", "We missed you"),
    _phrase("thanks_came", "thank", "Thank for coming"),
    _phrase("thanks_help", "thank", "Thank for help"),
    _phrase("thanks_answer", "thank", "Thank for an answer"),
    _phrase("praise_kind", "praise", "Was kind to others", "child"),
    _phrase("praise_effort", "praise", "Worked hard", "child"),
    _phrase("praise_reading", "praise", "Read well", "child"),
    _phrase("praise_helped", "praise", "Helped another child", "child"),
    _phrase("every_day", "praise", "At school every day", "child weeks"),
    _phrase("tell_kind", "tell", "You were kind"),
    _phrase("tell_effort", "tell", "You worked hard"),
    _phrase("tell_reading", "tell", "You read well"),
    _phrase("tell_helped", "tell", "You helped somebody"),
    _phrase("tell_every_day", "tell", "You were there every day"),
    _phrase("tell_well", "tell", "I heard good news"),
    _phrase("parent_reading", "parent", "Reads at home", "child"),
    _phrase("parent_talk", "parent", "Took time to talk", "child"),
    _phrase("parent_promise", "parent", "Kept a promise"),
    _phrase("parent_mornings", "parent", "Brings the child every day", "child"),
    _phrase("parent_families", "parent", "Made others welcome"),
    _phrase("parent_idea", "parent", "Had an idea that helped"),
    _phrase("parent_proud", "parent", "The child can be proud", "child"),
    _phrase("aim_reading", "aim", "Reading", "child"),
    _phrase("aim_writing", "aim", "Writing", "child"),
    _phrase("aim_words", "aim", "New words", "child"),
    _phrase("aim_number", "aim", "Numbers", "child"),
    _phrase("aim_speech", "aim", "Being understood", "child"),
    _phrase("aim_english", "aim", "English", "child"),
    _phrase("aim_calm", "aim", "Staying calm", "child"),
    _phrase("aim_friends", "aim", "Friends", "child"),
    _phrase("home_read", "home", "Read together", "minutes"),
    _phrase("home_talk", "home", "Talk about the day", "child minutes"),
    _phrase("home_count", "home", "Count together", "minutes"),
    _phrase("home_cook", "home", "Cook together", "child"),
    _phrase("home_story", "home", "Tell a story of your own"),
    _phrase("home_book", "home", "A book comes home", "child days"),
    _phrase("home_tell_us", "home", "Ask how it went"),
    _phrase("absent_today", "away", "Not at school today", "child"),
    _phrase("absent_days", "away", "Days missed this term", "child days"),
    _phrase("back_again", "away", "Glad to have them back", "child"),
    _phrase("late_today", "late", "Late today", "child minutes"),
    _phrase("late_times", "late", "Late several times", "child times"),
    _phrase("ill", "ill", "Feels ill at school", "child phone"),
    _phrase("ill_home", "ill", "Stay at home after being sick", "child days"),
    _phrase("small_hurt", "ill", "A small bump", "child"),
    _phrase("get_well", "ill", "Get well", "child"),
    _phrase("trip", "trip", "A trip", "place day"),
    _phrase("trip_leave", "trip", "When we leave", "time"),
    _phrase("trip_back", "trip", "When we are back", "time"),
    _phrase("trip_bring", "trip", "What to bring"),
    _phrase("trip_may", "trip", "Ask whether the child may come", "child day"),
    _phrase("free", "trip", "It costs nothing"),
    _phrase("closed", "trip", "School is closed", "day"),
    _phrase("early", "trip", "School ends earlier", "day time"),
    _phrase("sports_clothes", "trip", "Send sports clothes", "day"),
    _phrase("please_call", "call", "Please ring us", "phone"),
    _phrase("please_call_teacher", "call", "Please ring somebody", "teacher phone"),
    _phrase("we_call", "call", "Somebody will ring", "teacher day time"),
    _phrase("own_language", "close", "Answer in your own language"),
    _phrase("warm_wishes", "close", "With warm wishes", "teacher"),
)

PHRASES: dict[str, Phrase] = {phrase.key: phrase for phrase in _ALL}
"""Everything that can be said, by its key, in the order of the groups."""
