"""Makes and checks what a family holds in its hand: links and codes. Only hashes are kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from gatepost.core import audit, bulk, clock, scope
from gatepost.core.ids import new_ids
from gatepost.core.proving import keyed
from gatepost.core.readings import worded_once
from gatepost.know.models import ContactPoint
from gatepost.org.actor import Actor
from gatepost.reach.models import FamilyLink, LinkCode

CODE_LIFE = timedelta(minutes=10)  # trust.md D4: an out-of-band code lives ten minutes at most
TRIES = 5


TYPED = "23456789abcdefghjkmnpqrstvwxyz"  # no sign that looks like another
TYPED_SIGNS = 16  # 78 random bits: too many to guess, few enough to type


def _grouped(signs: str) -> str:
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def as_typed(token: str) -> str:
    """A token from paper as it was printed, however somebody typed it; any other one as it is."""
    bare = token.lower().replace("-", "")
    return _grouped(bare) if len(bare) == TYPED_SIGNS and set(bare) <= set(TYPED) else token


def token_hash(token: str) -> str:
    """SHA-256 of a token; 128 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(code: str, link_id: UUID) -> str:
    """Keyed and bound to its link, since a six-digit code alone could be guessed from its hash."""
    return keyed("code", f"{link_id}:{code}")


class NewLink(NamedTuple):
    """A link that opens nothing before it is kept. Its token is not in it."""

    school_id: UUID
    adult_id: UUID
    child_id: UUID | None
    purpose: str
    subject: UUID
    token_hash: str
    nameless: bool
    contact_point_id: UUID | None
    expires_at: datetime


def new_link(
    adult: UUID,
    *,
    child: UUID | None,
    school_id: UUID,
    purpose: str,
    subject: UUID,
    expires_at: datetime,
    point: ContactPoint | None,
) -> tuple[str, NewLink]:
    """A new link for one adult and one purpose, and its token, which exists nowhere else.

    It opens nothing before the caller keeps it: a batch of letters keeps all of its links together. Without a contact
    point it goes on paper, and is made for typing.
    """
    token = secrets.token_urlsafe(16) if point else _grouped("".join(secrets.choice(TYPED) for _ in range(TYPED_SIGNS)))
    shared, at = (point.shared, point.pk) if point else (False, None)
    made = NewLink(school_id, adult, child, purpose, subject, token_hash(token), shared, at, expires_at)
    return token, made


def keep(made: Sequence[NewLink]) -> None:
    """From now on these links open what they are for."""
    rows = [(key, *link) for key, link in zip(new_ids(len(made)), made, strict=True)]
    bulk.write(FamilyLink, ("id", *NewLink._fields), rows)


def link_of(token: str, purpose: str) -> FamilyLink | None:
    """The live link of this token, if it was made for this purpose. Reading it spends nothing."""
    held = token_hash(as_typed(token))
    with scope.holding(held):
        return next(iter(_live(held, purpose, clock.now())), None)


@worded_once
def _live(held: str, purpose: str, now: datetime) -> QuerySet[FamilyLink]:
    live = FamilyLink.by_token.filter(token_hash=held, purpose=purpose, revoked_at=None, expires_at__gt=now)
    return live.select_related("school").order_by()[:1]


def revoke(links: QuerySet[FamilyLink], *, by: Actor | None) -> None:
    """Those of these links that still live open nothing any more."""
    dead = list(links.filter(revoked_at=None, expires_at__gt=clock.now()))
    FamilyLink.objects.filter(pk__in=[link.pk for link in dead]).update(revoked_at=clock.now())
    audit.record_all("reach.link_revoked", [(link, {"purpose": link.purpose}) for link in dead], by=by)


def mint_code(code: LinkCode) -> str:
    """Fill in a code that is about to be handed to the wire. Returns its six digits, which exist nowhere else."""
    digits = f"{secrets.randbelow(1_000_000):06d}"
    code.code_hash = _code_hash(digits, code.link_id)
    code.expires_at = clock.now() + CODE_LIFE
    code.save()
    return digits


def plain_digits(typed: str) -> str:
    """The digits somebody typed, whatever their keyboard's alphabet, without spaces and invisible marks."""
    return "".join(str(unicodedata.decimal(sign)) for sign in typed if sign.isdecimal())


def waits_for_code(link: FamilyLink, browser: str) -> bool:
    """Whether a code that this browser has asked for may still be on its way or in somebody's hand."""
    asked = LinkCode.objects.filter(link=link, used_at=None, tries__lt=TRIES).exclude(browser="")
    young = Q(expires_at__gt=clock.now()) | Q(expires_at=None, asked_at__gt=clock.now() - CODE_LIFE)
    return asked.filter(young, browser=browser).exists()


def redeem(link: FamilyLink, digits: str, *, browser: str) -> LinkCode | None:
    """Spend a code. It is returned once: for the right digits, in the browser that asked, while it lives.

    Five wrong tries end it.
    """
    live = LinkCode.objects.filter(link=link, browser=browser, used_at=None, expires_at__gt=clock.now())
    code = live.exclude(browser="").exclude(code_hash="").first()
    if code is None:
        return None
    mine = LinkCode.objects.filter(pk=code.pk, used_at=None)
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return None
    if not hmac.compare_digest(code.code_hash, _code_hash(plain_digits(digits), link.pk)):
        return None
    return code if mine.update(used_at=clock.now()) else None
