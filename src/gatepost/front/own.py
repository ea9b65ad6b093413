"""An adult's own page: what is held about them, and about nobody else, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Disclosed
from gatepost.disclosure.gate import decide_all
from gatepost.front import notices
from gatepost.know.confirming import is_confirmed
from gatepost.know.models import Adult, AdultLanguage, Barrier, Channel, Child, ContactPoint, TimeOfDay
from gatepost.know.queries import care_facts
from gatepost.know.rules import children_open_to
from gatepost.language.scripts import SCRIPTS
from gatepost.language.table import find
from gatepost.org.actor import Actor
from gatepost.reach.models import IncomingText, Notice
from gatepost.reach.services import tell
from gatepost.reach.services.incoming import take_words

HIDDEN = "•••"

ABOUT: dict[str, str | Promise] = {
    "name": gettext_lazy("My name"),
    "contact": gettext_lazy("A telephone or a mailbox"),
    "other": gettext_lazy("Something else"),
}
"""What an adult can ask the school to put right, since a mistake there could cut them off."""


OFFERS: dict[str, str | Promise] = {
    Barrier.Kind.TRANSPORT: gettext_lazy("We can meet nearer your home, talk by phone, or pay your fare."),
    Barrier.Kind.CHILDCARE: gettext_lazy("Bring the other children along. Somebody looks after them."),
    Barrier.Kind.TIME: gettext_lazy("We can meet early, late or at the weekend, or talk by phone."),
    Barrier.Kind.MONEY: gettext_lazy("It costs you nothing. We pay the fare, the food and what is needed."),
    Barrier.Kind.OWN_SCHOOLING: gettext_lazy("We can meet outside the school. Bring somebody you trust."),
    Barrier.Kind.RIGHT_PERSON: gettext_lazy("You get one name and one number, and an answer the same day."),
    Barrier.Kind.LANGUAGE: gettext_lazy("We bring an interpreter, and write in your language."),
    Barrier.Kind.HEALTH: gettext_lazy("We can meet at your home or talk by phone, with breaks. Tell us what helps."),
    Barrier.Kind.PRESSURE: gettext_lazy("We write less often. What can wait comes together, once a week."),
    Barrier.Kind.OTHER: gettext_lazy("We will ask you what would make it easier."),
}
"""Kind of barrier → what the school does, as it is said to the family; `know.arrangements` says it to staff."""


@dataclass(frozen=True)
class Contact(Disclosed):
    """One telephone or mailbox, of which only its owner knows which it is."""

    way: str
    value: str
    shared: bool
    confirmed: bool


@dataclass(frozen=True)
class Said(Disclosed):
    """One thing that somebody has said of themselves, in their words, and what the school does about it."""

    what: str
    words: str
    offer: str = ""


@dataclass(frozen=True)
class Skill(Disclosed):
    """One thing that somebody is good at."""

    pk: UUID
    words: str
    tag: str
    language: str
    when: str
    when_words: str


@dataclass(frozen=True)
class OwnPage(Disclosed):
    """All of it."""

    name: str
    contacts: tuple[Contact, ...]
    language: str
    script: str
    interpreter: str
    ways: str
    times: str
    together: str
    no_voice_calls: bool
    speaks_first: str
    speaks: tuple[str, ...]
    reads: tuple[str, ...]
    signs: tuple[str, ...]
    needs: tuple[Said, ...]
    barriers: tuple[Said, ...]
    skills: tuple[Skill, ...]
    facets: tuple[str, ...]


def shown(adult: Adult) -> OwnPage:
    """What the school holds about an adult, for that adult: nobody else's name, no bond, no order, no address."""
    uses: dict[str, list[str]] = {use: [] for use in AdultLanguage.Use.values}
    for row in adult.languages.all():
        uses[row.use].append(language_name(row.language))
    return OwnPage(
        name=adult.name,
        contacts=tuple(_contact(point) for point in adult.contact_points.filter(ended_on=None)),
        language=language_name(adult.language),
        script=str(SCRIPTS.get(adult.script, adult.script)),
        interpreter=language_name(adult.interpreter),
        ways=_listed(Channel.choices, adult.channel_order),
        times=_listed(TimeOfDay.choices, adult.times),
        together=str(adult.get_together_display()),
        no_voice_calls=adult.no_voice_calls,
        speaks_first=str(adult.get_speaks_first_display()),
        speaks=tuple(uses["speaks"]),
        reads=tuple(uses["reads"]),
        signs=tuple(uses["signs"]),
        needs=tuple(Said(str(each.get_kind_display()), each.words) for each in adult.needs.all()),
        barriers=tuple(
            Said(str(each.get_kind_display()), each.words, str(OFFERS[each.kind])) for each in adult.barriers.all()
        ),
        skills=tuple(
            Skill(
                each.pk,
                each.words,
                each.language,
                language_name(each.language),
                _listed(TimeOfDay.choices, each.times),
                each.when_words,
            )
            for each in adult.strengths.order_by("said_on", "words", "when_words", "id")
        ),
        facets=tuple(str(each.get_kind_display()) for each in adult.facets.all()),
    )


def _contact(point: ContactPoint) -> Contact:
    return Contact(str(point.get_channel_display()), masked(point), point.shared, is_confirmed(point))


def masked(point: ContactPoint) -> str:
    """Enough of it for its owner, too little for whoever looks over their shoulder."""
    if point.channel == Channel.EMAIL:
        box, _at, host = point.value.rpartition("@")
        return f"{box[:1]}{HIDDEN}@{host}"
    return f"{HIDDEN} {point.value[-3:]}"


def language_name(tag: str) -> str:
    """A language as those who speak it call it, and in English, as the school does."""
    found = find(tag) if tag else None
    if found is None:
        return tag
    same = found.own_name.casefold() == found.english_name.casefold()
    return found.own_name if same else f"{found.own_name} · {found.english_name}"


def _listed(choices: Iterable[tuple[str, str | Promise]], values: Iterable[str]) -> str:
    words = dict(choices)
    return ", ".join(str(words[value]) for value in values if value in words)


# ── what they ask, and how they come here ──────────────────────────────────────────────────────────


def ask_the_office(adult: Adult, *, about: str, words: str, by: Actor) -> IncomingText:
    """A name or a telephone is put right by a person, who rings back first: it waits with what families wrote."""
    with override("en"):
        headed = _("On their own page, about “%(about)s”: %(words)s") % {"about": ABOUT[about], "words": words}
    return take_words(adult, headed, by=by)


def send_link(adult: Adult, *, by: Actor) -> Notice:
    """Send an adult the link to their own page.

    The gate is asked as for news about a child, since a letter tells where a child goes to school; the page itself
    says nothing about any child.
    """
    children = children_open_to(by).filter(cares__adult=adult, cares__ended_on=None).distinct().order_by("name", "pk")
    child = _one_they_know_of(adult, list(children))
    return tell(adult, notices.own_page, about=child, subject=adult.pk, by=by)


def _one_they_know_of(adult: Adult, children: list[Child]) -> Child:
    if not children:
        raise Refused(_("You do not work with a child of this adult."))
    facts, today = notices.own_page.facts, clock.today()
    told = (child for child in children if decide_all(care_facts(adult, child), facts, on=today).allowed)
    return next(told, children[0])
