"""Words a notice for one adult, one channel and one language. Links and codes come to be here, and only here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from functools import cache
from types import NoneType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from gatepost.core import clock
from gatepost.know.confirming import is_confirmed
from gatepost.know.models import Channel, ContactPoint
from gatepost.language.dates import LONDON
from gatepost.org.models import School
from gatepost.reach import links, sayings
from gatepost.reach.delivery import mailtokens
from gatepost.reach.delivery.parts import is_plain
from gatepost.reach.delivery.shapes import Form, Said, say
from gatepost.reach.kinds import KINDS, Entry, Mailed, NoticeKind
from gatepost.reach.models import LinkCode, Notice

PLAIN = (str, int, float, date, NoneType)
"""What a notice can be filled with. A moment is a day, too."""
SPOKEN = {"said": "spoken", "home": "home"}
"""Parameters that hold phrases, and what a template calls their words."""
_TOKEN = "x" * 22  # as long as a real one
ISOLATES = dict.fromkeys(range(0x2066, 0x206A))  # for `str.translate`: they are taken out
TYPED = ISOLATES | str.maketrans("‘’“”–—\u00a0", "''\"\"-- ", "") | {ord("…"): "..."}


@dataclass(frozen=True)
class Letter:
    """One message, ready for the wire."""

    recipient: str
    address: str
    channel: str
    language: str
    title: str
    body: str
    entry: Entry | None = None
    html: str = ""  # the same as a page, for mail
    stop: str = ""  # where one click ends messages of this kind, for mail


def letter_for(notice: Notice, point: ContactPoint, made: list[links.NewLink], last_day: date | None = None) -> Letter:
    """Word a notice for the contact point it goes to, with its own new code, or link, which is added to those `made`.

    The caller saves those before the letter leaves. `last_day` is that of the event which the link is for.

    A contact point that several adults read gets neither a child's name nor the purpose; one that nobody has
    confirmed gets them in an invitation only (`architecture.md` §3.3).
    """
    kind = KINDS[notice.kind]
    values = _secrets(notice, kind, point, made, last_day)
    values |= values_of(notice, notice.language)
    neutral = is_neutral(kind, point)
    child = None if neutral else notice.child
    values["child"] = child.called if child else ""
    return word(kind, notice, point, values, neutral=neutral)


def is_neutral(kind: NoticeKind, point: ContactPoint) -> bool:
    """Whether this contact point only learns that the school has a message."""
    return point.shared or not (kind.to_unconfirmed or is_confirmed(point))


def word(kind: NoticeKind, notice: Notice, point: ContactPoint, values: dict[str, Any], *, neutral: bool) -> Letter:
    """Fill the templates of a kind, in the notice's language."""
    stem = "reach/notices/shared" if neutral else kind.template
    adult = notice.adult.name
    values |= _of_school(notice.school) | {"adult": adult}
    values |= {"calm": kind.calm, "now": kind.at_once} if neutral else {}
    by_text = point.channel == Channel.SMS
    if kind.optional and not by_text:
        values["stop"] = stop_address(notice.pk)
    form = Form(stem, notice.language, by_text, point.channel == Channel.EMAIL, kind.optional)
    said = say(form, values, _rendered)
    return Letter(
        recipient=adult,
        address=point.value,
        channel=point.channel,
        language=notice.language,
        title=said.title,
        body=cheaper(said.body) if by_text else said.body,
        entry=entry_of(kind, notice, point),
        html=said.html,
        stop=values.get("stop", ""),
    )


def _rendered(form: Form, values: dict[str, Any]) -> Said:
    """What the templates say."""
    ending = "sms" if form.by_text else "txt"
    with translation.override(form.language):
        body = fill(f"{form.stem}.{ending}", values)
        if form.with_stop:
            body += _how_to_stop(values.get("stop", ""))
        return Said(fill(f"{form.stem}.subject", values) if form.with_title else "", body)


def entry_of(kind: NoticeKind, notice: Notice, point: ContactPoint) -> Entry | None:
    """What goes into their calendar: by mail only, and never where others read what it is about."""
    if kind.entry is None or notice.subject is None or point.channel != Channel.EMAIL or is_neutral(kind, point):
        return None
    school = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return kind.entry(Mailed(notice.subject, notice.params, notice.school.name, school, point.value))


def text_like(kind: NoticeKind, *, school: School, language: str, child: str, **values: Any) -> str:
    """A text of this kind as it would be, with a link that leads nowhere: to see how long it is before it is sent."""
    link = address_of(kind, _TOKEN) if kind.opens else settings.GATEPOST_ORIGIN
    like = {"link": link, "code": "123 456", "child": child, "adult": child, **values, **_of_school(school)}
    with translation.override(language):
        return cheaper(fill(f"{kind.template}.sms", like) + (_how_to_stop("") if kind.optional else ""))


def _how_to_stop(stop: str) -> str:
    """The last line of what nobody needs: how to get no more of it."""
    if not stop:
        return " " + fill("reach/notices/stop.sms", {})
    return "\n\n" + fill("reach/notices/stop.txt", {"stop": stop})


def stop_address(notice: UUID) -> str:
    """Where an adult says that they want no more messages like this one."""
    token = mailtokens.token(mailtokens.For.STOP, notice)
    return settings.GATEPOST_ORIGIN + _place("mail:stop").replace(_TOKEN, token)


def _of_school(school: School) -> dict[str, Any]:
    return {"school": school.name, "office_name": school.office_name, "office_phone": school.office_phone}


def cheaper(text: str) -> str:
    """A text in the basic alphabet, where that can say it: marks of direction and a printer's signs cost twice."""
    bare = text.translate(TYPED)
    return bare if is_plain(bare) else text


def fill(template: str, values: dict[str, Any]) -> str:
    """A plain-text template with its values; nothing is escaped, since nothing reads it as HTML.

    It gets words, numbers and days, or it is not filled: a template that held a model could say anything.
    """
    for name, value in values.items():
        if not isinstance(value, PLAIN):
            raise TypeError(f"{name} is not plain: a notice holds words, numbers and days.")
    found = get_template(template)
    inner = getattr(found, "template", None)
    if inner is None:
        raise TemplateDoesNotExist(template)
    text: str = inner.render(Context(values, autoescape=False))
    return text.strip()


def all_of(notice: Notice) -> dict[str, Any]:
    """What a notice says in full to the adult it is for, but for its link."""
    named = {"adult": notice.adult.name, "child": notice.child.called if notice.child else ""}
    return values_of(notice, notice.language) | _of_school(notice.school) | named


def link_for(
    notice: Notice, kind: NoticeKind, point: ContactPoint | None, made: list[links.NewLink], last_day: date | None
) -> str:
    """A new link to what this notice is about; blank where it opens nothing. On paper it can be typed."""
    if not (kind.opens and notice.subject):
        return ""
    token, link = links.new_link(
        notice.adult_id,
        child=None if kind.own else notice.child_id,
        school_id=notice.school_id,
        purpose=kind.opens,
        subject=notice.subject,
        expires_at=_end_of_link(kind, last_day),
        point=point,
    )
    made.append(link)
    return address_of(kind, token)


def _secrets(
    notice: Notice, kind: NoticeKind, point: ContactPoint, made: list[links.NewLink], last_day: date | None
) -> dict[str, Any]:
    secret: dict[str, Any] = {}
    if link := link_for(notice, kind, point, made, last_day):
        secret["link"] = link
    if kind.mints_code and notice.subject:
        secret["code"] = links.mint_code(LinkCode.objects.get(pk=notice.subject))
    return secret


def address_of(kind: NoticeKind, token: str) -> str:
    """What an adult presses, or types, to come to what this kind is about."""
    return settings.GATEPOST_ORIGIN + _place(kind.opens).replace(_TOKEN, token)


@cache
def _place(opens: str) -> str:
    return reverse(opens, args=[_TOKEN])


def _end_of_link(kind: NoticeKind, last_day: date | None) -> datetime:
    """A link ends with what it is for: some days after the last day of its event, or after so many days."""
    if last_day is None:
        return clock.now().replace(second=0, microsecond=0) + timedelta(days=kind.link_days)
    end = max(last_day, clock.today()) + timedelta(days=kind.link_days_after)
    return datetime.combine(end + timedelta(days=1), time.min, LONDON)


def values_of(notice: Notice, language: str) -> dict[str, Any]:
    """What a notice says, ready for a template: what comes from the phrasebook (`SPOKEN`) in this language."""
    spoken = dict.fromkeys(SPOKEN.values(), "")
    for kept, name in SPOKEN.items():
        if saying := notice.params.get(kept):
            child = notice.child.called if notice.child else ""
            spoken[name] = sayings.words(saying, language, adult=notice.adult.name, child=child)
    return words_of(notice.params) | spoken


def words_of(params: dict[str, Any]) -> dict[str, Any]:
    """The stored values of a notice, with moments (`…_at`) and days (`…_on`) read back."""
    read: dict[str, Any] = {}
    for name, value in params.items():
        if name in SPOKEN:
            continue  # `values_of` says it
        if value and name.endswith("_at"):
            read[name] = datetime.fromisoformat(value)
        elif value and name.endswith("_on"):
            read[name] = date.fromisoformat(value)
        else:
            read[name] = value
    return read
