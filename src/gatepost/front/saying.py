"""A notice as words to be said: by telephone, or at the gate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from gatepost.language.table import Language, get
from gatepost.measure.queries import spoken
from gatepost.reach.delivery.render import fill, values_of
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Notice
from gatepost.reach.services import may_tell

LINK = "\N{OBJECT REPLACEMENT CHARACTER}"  # where the link of a text would stand
SAYS_HERE = re.compile(r"\bhere:\s*" + LINK)
LEADS_THERE = re.compile(r"[^.!?:…؟۔।)\u2069]*:\s*" + LINK)
"""The last words before a link: not further back than the sentence, a colon, or words that somebody has typed."""


@dataclass(frozen=True)
class ToSay:
    """A notice as words for the telephone or the gate."""

    adult: str
    language: Language
    interpreter: str
    theirs: str
    english: str
    forbidden: str  # why it may not be said any more; blank: it may
    no_voice_calls: bool = False


def to_say(notice: Notice) -> ToSay:
    """What to say to an adult whom no message reaches. The gate is asked again: an order may be newer."""
    kind = KINDS[notice.kind]
    decision = may_tell(notice.adult, kind, about=notice.child) if notice.child else None
    barred = decision is not None and not decision.allowed
    language = get(notice.language)
    return ToSay(
        adult=notice.adult.name,
        language=language,
        interpreter=spoken(notice.adult.interpreter),
        theirs="" if barred or language.tag == "en" else _worded(notice, language.tag),
        english="" if barred else _worded(notice, "en"),
        forbidden=decision.why if decision and barred else "",
        no_voice_calls=notice.adult.no_voice_calls,
    )


def _worded(notice: Notice, tag: str) -> str:
    """The short text of the notice without a link or a code: whoever says it does the rest for them."""
    with translation.override(tag):
        return without_link(_filled(notice, tag), english=_filled(notice, "en"))


def without_link(said: str, *, english: str) -> str:
    """A short text as a voice says it: without words that only lead to the link, for nobody can go "here" by ear."""
    if SAYS_HERE.search(english):
        said = LEADS_THERE.sub(" " + LINK, said)
    return re.sub(r"\s*" + LINK, " " + _("Tell us, and we will do it for you."), said).strip()


def _filled(notice: Notice, tag: str) -> str:
    kind, school = KINDS[notice.kind], notice.school
    with translation.override(tag):
        if kind.mints_code:
            return _("We could not send you the code that you asked for. We can read the page to you.")
        values = values_of(notice, tag) | {
            "child": notice.child.called if notice.child else "",
            "adult": notice.adult.name,
            "school": school.name,
            "office_name": school.office_name,
            "office_phone": school.office_phone,
            "link": LINK,
            "in_person": True,  # nobody who listens can answer "this text"
        }
        return fill(f"{kind.template}.sms", values)
