"""The phrasebook: the sentences schools really send, in every family language, with right plurals, days and directions.

`PHRASES` holds what can be said and what each phrase needs; `say("absent_days", "pl", child="Ayan", days=3)` says it.
The words lie in `words/<language>.toml`, where people who know the language can correct them. All of them are drafted:
nobody has read them yet who grew up with the language, and whoever shows them says so (`status_of`).
"""

from gatepost.language.phrasebook.phrases import GROUPS, PHRASES, Kind, Param, Phrase
from gatepost.language.phrasebook.saying import LANGUAGES, say, status_of, template_of

__all__ = ["GROUPS", "LANGUAGES", "PHRASES", "Kind", "Param", "Phrase", "say", "status_of", "template_of"]
