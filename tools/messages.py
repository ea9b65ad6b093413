"""Keeps the catalogues of words in step with the pages, without any system tool.

Each message knows its audience. What a family sees must be there in every family language; what only staff see
may stay English. `python -m tools.messages` updates the catalogues, `--check` says what is missing and stops.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from gatepost.language.table import FAMILY_LANGUAGES

SOURCE = Path(__file__).resolve().parent.parent / "src" / "gatepost"
LOCALE = SOURCE / "locale"
TRANSLATED = tuple(tag for tag in FAMILY_LANGUAGES if tag != "en")
SCHOOL_WORDS = "language/data/jargon.toml"  # each meaning is a message, with its school word as context
TEMPLATES = {".html", ".txt", ".subject", ".sms"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "lazy": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
STATUS = re.compile(r'^"X-Gatepost-Status: (\w+)\\n"$', re.MULTILINE)
DRAFTED, REVIEWED = "drafted", "reviewed"
HEADER = """\
# Gatepost in {name}. How to correct these words: docs/how-to/correct-the-words.md
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {tag}\\n"
"Plural-Forms: {plural_forms}\\n"
"X-Gatepost-Status: {status}\\n"
"""

# Where families look: a file, or file:top-level name. What is forgotten here would be shown to a family in English;
# so whole files stand here wherever they can, and STAFF takes out of them what no family ever meets.
FAMILY = (
    "*/templates/*/family/*",
    "*/templates/*/notices/*",
    "design/templates/[45]*.html",
    "design/templates/offline.html",
    "design/templates/design/base.html",
    "design/templates/design/bare.html",
    "design/templates/design/family.html",
    "design/templates/design/components/*",
    "design/templates/design/forms/*",
    "design/*.py:*",
    "language/*.py:*",
    "language/data/jargon.toml",
    "*/views/family.py:*",
    "meet/forms/arrivals.py:KioskForm",
    "meet/calendar.py:*",
    "meet/forms/agenda.py:ItemForm",
    "meet/forms/agenda.py:SheetForm",
    "meet/forms/booking.py:*",
    "meet/models/bookings.py:Way",
    "meet/services/*.py:*",
    "reach/door.py:*",
    "reach/steps.py:*",
    "reach/services/proofs.py:send_code",
    "reach/templates/reach/staff/slip.html",
    "reach/models/explain.py:How",
    "reach/links.py:*",
    "reach/services/telling.py:*",
    "agree/forms.py:SenseForm",
    "agree/forms.py:CorrectionForm",
    "agree/queries.py:asked",
    "agree/services/answers.py:say_sense",
    "agree/services/answers.py:correct",
    "config/context.py:frame",
    "org/permissions.py:Role",
    "org/permissions.py:Strand",
    "org/permissions.py:label_of",
    "support/forms.py:TellForm",
    "support/forms.py:AnswerForm",
    "support/home.py:tell_idea",
    "support/home_forms.py:HomeAnswerForm",
    "support/home_ideas.py:*",
    "support/views/home_family.py:*",
    "know/models/adults.py:Channel",
    "know/models/adults.py:SpeaksFirst",
    "know/models/adults.py:TimeOfDay",
    "know/models/said.py:AccessNeed",
    "know/models/said.py:Barrier",
    "know/models/said.py:Facet",
    "know/services/said.py:*",
    "reach/services/incoming.py:take_words",
    "reach/forms/threads.py:FamilyForm",
    "reach/views/thread_family.py:*",
    "reach/forms/threads.py:TreatedForm",
    "reach/services/treated.py:say",
    "reach/services/threads.py:receive",
    "front/own.py:",
    "front/leaflets.py:*",
    "front/guidance.py:*",
    "front/own_forms.py:*",
    "front/views/own_page.py:*",
)
STAFF = (
    "design/gallery*",
    "design/views.py:*",
    "meet/forms/booking.py:CameForm",
    "meet/services/arrivals.py:*",
    "meet/services/eligibility.py:*",
    "meet/services/hooks.py:*",
    "meet/services/calling_off.py:*",
    "meet/services/outings.py:*",
    "meet/services/planning.py:*",
    "meet/services/booking.py:withdraw",
    "meet/services/interpreting/*.py:*",
    "meet/services/preparing.py:*",
    "meet/services/agenda.py:answer",
    "meet/services/agenda.py:take_off_for_school",
    "meet/services/placing.py:*",
    "meet/services/release.py:*",
    "reach/services/telling.py:said_in_person",
    "reach/services/telling.py:_settle",
)

type Key = tuple[str, str]  # context, words in the singular: what gettext itself goes by


@dataclass(slots=True)
class Found:
    """A message as the sources have it, and the places where it stands."""

    id: str | tuple[str, ...]
    context: str = ""
    places: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        """What tells it from other messages."""
        return self.context, _singular(self.id)

    @property
    def audience(self) -> str:
        """`family` if a family can meet it anywhere, else `staff`."""
        return "family" if any(map(seen_by_families, self.places)) else "staff"


def seen_by_families(place: str) -> bool:
    """Whether a family can meet the words that stand in this place."""
    return _among(place, FAMILY) and not _among(place, STAFF)


def _among(place: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(place, pattern) for pattern in patterns)


def found_in_sources(source: Path = SOURCE) -> dict[Key, Found]:
    """Every message of the product, in a steady order."""
    found: dict[Key, Found] = {}
    for path in sorted(source.rglob("*")):
        for each in _found_in(path, path.relative_to(source).as_posix()):
            known = found.setdefault(each.key, each)
            known.id = max(known.id, each.id, key=lambda words: isinstance(words, tuple))
            known.places |= each.places
            known.comments |= each.comments
    return found


def _found_in(path: Path, name: str) -> Iterator[Found]:
    if path.suffix == ".py" and not {"tests", "migrations"} & set(path.parts):
        text = path.read_text(encoding="utf-8")
        parts = _parts(text)
        for line, message in _extract(text):
            message.places = {f"{name}:{parts.get(line, '')}"}
            yield message
    elif name == SCHOOL_WORDS:
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["term"]:
            yield Found(row["means"], context=row["say"], places={name})
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        for _line, message in _extract(_as_python(path.read_text(encoding="utf-8"))):
            message.places = {name}
            yield message


def _as_python(template: str) -> str:
    """A template as calls of gettext. Its indentation means nothing and would stop Python's reader."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _extract(text: str) -> Iterator[tuple[int, Found]]:
    file = BytesIO(text.encode())
    for line, words, comments, context in extract("python", file, KEYWORDS, comment_tags=("Translators",)):
        yield line, Found(tuple(words) if isinstance(words, tuple) else words, context or "", comments=set(comments))


def _parts(text: str) -> dict[int, str]:
    """The top-level function or class that each line belongs to."""
    lines: dict[int, str] = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines |= dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node.name)
    return lines


def path_of(tag: str, locale: Path = LOCALE) -> Path:
    """Where a language's catalogue lies."""
    return locale / tag / "LC_MESSAGES" / "django.po"


def translations(tag: str, locale: Path = LOCALE) -> dict[Key, Message]:
    """What the catalogue of a language holds."""
    path = path_of(tag, locale)
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=tag, ignore_obsolete=True, abort_invalid=True)
    return {key_of(message): message for message in catalogue if message.id}


def key_of(message: Message) -> Key:
    """What tells a catalogue's message from the others."""
    return message.context or "", _singular(message.id)


def _singular(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def strings_of(message: Message) -> tuple[str, ...]:
    """A translation in each of its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def is_whole(message: Message) -> bool:
    """Whether every form of it is there."""
    return all(strings_of(message))


def status_of(tag: str, locale: Path = LOCALE) -> str:
    """`drafted` until somebody who speaks the language has read it all, then `reviewed`."""
    path = path_of(tag, locale)
    said = STATUS.search(path.read_text(encoding="utf-8")) if path.exists() else None
    return said.group(1) if said else DRAFTED


def catalogue_text(tag: str, found: dict[Key, Found], locale: Path = LOCALE) -> str:
    """The catalogue as it should be: what the sources say, with the translations that are there.

    Holds afterwards: made again from itself it is the same to the letter.
    """
    known = translations(tag, locale)
    catalogue = Catalog(locale=tag, fuzzy=False)
    for key, each in found.items():
        old = known.get(key)
        if old and bool(old.pluralizable) != isinstance(each.id, tuple):
            old = None  # the words have come to be counted, or are so no longer
        notes = [note for note in old.user_comments if note != DRAFTED] if old else []
        if REVIEWED not in notes and (each.audience == "family" or (old and is_whole(old))):
            notes.append(DRAFTED)
        catalogue.add(
            each.id,
            old.string if old else None,
            locations=[(place.split(":")[0], 1) for place in sorted(each.places)],
            auto_comments=[each.audience, *sorted(each.comments)],
            user_comments=notes,
            flags=[flag for flag in old.flags if flag == "fuzzy"] if old else [],
            context=each.context or None,
        )
    body = BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    plural_forms = get_plural(tag).plural_forms
    name = Locale.parse(tag, sep="-").english_name
    header = HEADER.format(name=name, tag=tag, plural_forms=plural_forms, status=status_of(tag, locale))
    return f"{header}\n{body.getvalue().decode().strip()}\n"


def wrong_with(tag: str, found: dict[Key, Found], locale: Path = LOCALE) -> list[str]:
    """What keeps a catalogue from being complete, in plain words."""
    known = translations(tag, locale)
    wrong = [f"{tag}: not in the catalogue: {_said(key)}" for key in found.keys() - known.keys()]
    wrong += [f"{tag}: no page says this any more: {_said(key)}" for key in known.keys() - found.keys()]
    for key in found.keys() & known.keys():
        if found[key].audience == "family" and (not is_whole(known[key]) or known[key].fuzzy):
            wrong.append(f"{tag}: not translated: {_said(key)} ({min(found[key].places)})")
    return sorted(wrong)


def _said(key: Key) -> str:
    return repr(key[1])


def main() -> None:
    """Update the catalogues; say what is still missing."""
    checking = "--check" in sys.argv[1:]
    found = found_in_sources()
    wrong = []
    for tag in TRANSLATED:
        if not checking:
            path = path_of(tag)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(catalogue_text(tag, found), encoding="utf-8")
        wrong += wrong_with(tag, found)
    families = sum(each.audience == "family" for each in found.values())
    print(f"{len(found)} messages, {families} of them for families, in {len(TRANSLATED)} languages besides English.")
    for line in wrong:
        print(line)
    if checking and wrong:
        sys.exit("Update with `python -m tools.messages`, then translate what is missing.")


if __name__ == "__main__":
    main()
