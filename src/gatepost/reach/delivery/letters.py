"""Words a notice as a letter on paper: the same words as a mail, for a window envelope, with a slip to tear off."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date

import segno
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gatepost.core import clock
from gatepost.disclosure import Disclosed
from gatepost.know.models import AccessNeed, Adult
from gatepost.know.places import wants_letters
from gatepost.language.dates import say_date
from gatepost.language.table import Language, get
from gatepost.reach.delivery.render import ISOLATES, all_of, fill, link_for
from gatepost.reach.kinds import KINDS
from gatepost.reach.links import NewLink
from gatepost.reach.models import Notice
from gatepost.reach.onpaper import CALL, PAPERS, Box

SIGNS = "CDFGHJKMNPQRTVWXY34679"  # of a slip's number: nothing that a hand writes like something else
MOST_IN_WINDOW = 6  # lines of an address that show


@dataclass(frozen=True)
class Part(Disclosed):
    """One paragraph; or the address of the page, with the square that a telephone reads."""

    words: str
    is_link: bool = False


@dataclass(frozen=True)
class OnPaper(Disclosed):
    """One letter, ready for the press. Without an address and a link it is the twin that staff look at."""

    name: str
    school: str
    office: str
    language: Language
    day: str
    greeting: str
    parts: tuple[Part, ...]
    in_full: tuple[str, ...]
    boxes: tuple[tuple[int, str], ...]
    wish: str
    address: tuple[str, ...] = ()
    signed: str = ""  # name and role of who signs it with ink
    reference: str = ""
    square: SafeString | str = ""
    large: bool = False

    @property
    def html(self) -> SafeString:
        """The sheet, as a press and a browser draw it."""
        with translation.override(self.language.tag):
            return render_to_string("reach/paper/sheet.html", {"letter": self})

    @property
    def text(self) -> str:
        """The same as plain text."""
        slip = [f"[ ] {number} {words}" for number, words in self.boxes]
        said = [part.words for part in self.parts]
        blocks = [self.day, self.greeting, *said, self.signed, *self.in_full, "\n".join(slip), self.reference]
        return "\n\n".join(block for block in blocks if block)


def boxes_of(notice: Notice) -> list[Box]:
    """What can be ticked on the slip, in the language that is active."""
    kind, paper = KINDS[notice.kind], PAPERS.get(notice.kind)
    if not (kind.opens or paper):
        return []
    boxes = paper.asks(notice) if paper else []
    return boxes if notice.adult.no_voice_calls else [*boxes, Box(CALL, _("Please ring me."))]


def worded(notice: Notice, *, link: str = "", full: bool = False) -> OnPaper:
    """A notice as a letter. Without a link nothing in it opens anything.

    `full`: with what its page would say, for those who asked for letters. On a screen of staff it is not.
    """
    kind, paper, school = KINDS[notice.kind], PAPERS.get(notice.kind), notice.school
    tongue = get(notice.language)
    with translation.override(notice.language):
        body = fill(f"{kind.template}.txt", all_of(notice) | {"link": link, "on_paper": True})
        greeting = _("Dear %(name)s,") % {"name": notice.adult.name}
        in_full = paper.says(notice) if full and paper and paper.says and wants_letters(notice.adult) else []
        return OnPaper(
            name=notice.adult.name,
            school=school.name,
            office=" · ".join(filter(None, [school.office_name, school.office_phone])),
            language=tongue,
            day=say_date(clock.today(), tongue.tag),
            greeting=greeting,
            parts=_parts(body, greeting, link),
            in_full=tuple(in_full),
            boxes=tuple((number, box.words) for number, box in enumerate(boxes_of(notice), 1)),
            wish=str(paper.wish) if paper else "",
            large=_large(notice.adult),
            signed=notice.params.get("signed", ""),
        )


def to_print(notice: Notice, *, address: str, reference: str, made: list[NewLink], last_day: date | None) -> OnPaper:
    """The letter as it leaves the house: with its address, and a link of its own that comes to be here."""
    link = link_for(notice, KINDS[notice.kind], None, made, last_day)
    lines = tuple(line.strip() for line in address.splitlines() if line.strip())[: MOST_IN_WINDOW - 1]
    letter = worded(notice, link=link, full=True)
    return replace(letter, address=(notice.adult.name, *lines), reference=reference, square=square_of(link))


def square_of(link: str) -> SafeString | str:
    """The square that a telephone reads, as a drawing without any style of its own."""
    if not link:
        return ""
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=0, omitsize=True, svgclass="square")
    return mark_safe(drawn)  # noqa: S308  drawn by us from a link of ours: nobody's words are in it


def new_reference() -> str:
    """The number of a slip."""
    return "".join(secrets.choice(SIGNS) for _ in range(6))


def read_reference(typed: str) -> str:
    """A slip's number as somebody types it: with spaces, in small letters."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:8]


def _parts(body: str, greeting: str, link: str) -> tuple[Part, ...]:
    """The paragraphs of a mail; the line that is only the link stands for itself."""
    paragraphs: list[list[str]] = [[]]
    for line in body.splitlines():
        bare = line.strip()
        if link and bare == link:
            paragraphs += [[link], []]
        elif bare:
            paragraphs[-1].append(bare)
        elif paragraphs[-1]:
            paragraphs.append([])
    words = ["\n".join(lines) for lines in paragraphs if lines]
    if words and _plain(words[0]) == _plain(greeting):
        words = words[1:]
    return tuple(Part(each, is_link=bool(link) and each == link) for each in words)


def _plain(text: str) -> str:
    return text.translate(ISOLATES)


def _large(adult: Adult) -> bool:
    return any(need.kind == AccessNeed.Kind.LARGE_PRINT for need in adult.needs.all())


def says_more(notice: Notice) -> bool:
    """Whether the letter on paper says in full what its twin on a screen leaves out."""
    paper = PAPERS.get(notice.kind)
    return bool(paper and paper.says and wants_letters(notice.adult))
