"""What waits to be matched, and who it may have been."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import QuerySet

from gatepost.core import clock
from gatepost.disclosure import decide_all
from gatepost.know.models import Adult, Care, Child
from gatepost.know.queries import care_facts_of
from gatepost.meet import notices
from gatepost.meet.models import Event, Kiosk, Session, SignIn

MOST = 3  # suggestions for one line
ALIKE = 0.75  # of two spellings of one name
SHORT = 4  # letters: with fewer, every name is like some other
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "mum", "mother", "dad", "father", "nan", "gran"})
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Known:
    """One adult and one child of the school, and the words by which somebody could mean them."""

    adult: Adult
    child: Child
    classes: str
    adult_words: frozenset[str]
    child_words: frozenset[str]
    class_words: frozenset[str]


def kiosk_of(session: Session) -> Kiosk | None:
    """The page at the door that is open now."""
    return Kiosk.objects.filter(session=session, ended_at=None, until__gt=clock.now()).first()


def waiting_sign_ins(event: Event) -> QuerySet[SignIn]:
    """What nobody has matched yet, the oldest first."""
    found = SignIn.objects.filter(session__event=event, state=SignIn.State.WAITING)
    return found.select_related("session").order_by("signed_at", "id")


def known(children: QuerySet[Child]) -> list[Known]:
    """The families of these children: those whom the gate lets be told of a meeting, and nobody else."""
    cares = Care.objects.filter(child__in=children, ended_on=None).select_related("adult", "child")
    found = list(cares.prefetch_related("child__groups").order_by("child__name", "adult__name"))
    facts = care_facts_of({(care.adult_id, care.child_id) for care in found})
    today = clock.today()
    return [
        _known(care)
        for care in found
        if decide_all(facts[care.adult_id, care.child_id], notices.invitation.facts, on=today).allowed
    ]


def _known(care: Care) -> Known:
    classes = " ".join(sorted(group.name for group in care.child.groups.all()))
    words = (care.adult.name, f"{care.child.name} {care.child.called}", classes)
    return Known(care.adult, care.child, classes, *(frozenset(words_of(each)) for each in words))


def words_of(text: str) -> list[str]:
    """The words of a name as everybody writes them: small, and without what stands on the letters."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return [word for word in _WORD.findall(bare.casefold()) if word not in TITLES]


class Index:
    """Finds families by what somebody typed, spelled more or less as we do."""

    def __init__(self, families: Iterable[Known]) -> None:
        """Note every word once: a school has few names, and many lines are looked for."""
        self.families = list(families)
        self.words = sorted(
            {word for each in self.families for word in each.adult_words | each.child_words | each.class_words}
        )
        self._alike: dict[str, frozenset[str]] = {}

    def alike(self, word: str) -> frozenset[str]:
        """The words of the school that this one may be."""
        if word not in self._alike:
            known = word in self.words or len(word) < SHORT
            close = [word] if known else get_close_matches(word, self.words, n=3, cutoff=ALIKE)
            self._alike[word] = frozenset(close)
        return self._alike[word]

    def best(self, name: str, of_child: str = "", most: int = MOST) -> list[Known]:
        """Who it may be, the likeliest first: the adult's name must fit, the child's or the class helps."""
        adult = [self.alike(word) for word in words_of(name)]
        child = [self.alike(word) for word in words_of(of_child)]
        scored = [(self._score(each, adult, child), at) for at, each in enumerate(self.families)]
        fit = sorted((-score, at) for score, at in scored if score > 0)
        top = fit[0][0] if fit else 0
        return [self.families[at] for score, at in fit[:most] if score <= top / 2]

    @staticmethod
    def _score(each: Known, adult: list[frozenset[str]], child: list[frozenset[str]]) -> int:
        own = sum(2 for words in adult if words & each.adult_words)
        through_child = sum(1 for words in adult if words & each.child_words)  # "Ella's mum"
        named = sum(3 for words in child if words & each.child_words)
        fits = own + through_child + named
        return fits and fits + sum(1 for words in child if words & each.class_words)
