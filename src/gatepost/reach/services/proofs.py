"""How an adult without an account shows that it is them: a code to their own phone, a PIN, or a code on paper.

Tier C of `trust.md` D4. A second device is never required, and nothing locks anybody out: who is wrong too often waits.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from gatepost.core import audit, clock, limits
from gatepost.core.errors import Refused, Wait
from gatepost.core.limits import Budget
from gatepost.core.proving import keyed
from gatepost.know.confirming import is_confirmed, own_points
from gatepost.know.models import Adult, Child, ContactPoint
from gatepost.know.services import contact_confirmed
from gatepost.org.actor import Actor
from gatepost.reach import links, notices
from gatepost.reach.delivery.ways import send_there
from gatepost.reach.models import FamilyLink, LinkCode, PaperCode, Pin
from gatepost.reach.services import tell, tell_there

FREE_TRIES = 5  # of a PIN; then each wrong one doubles the wait
LONGEST_WAIT = timedelta(days=1)
PAPER_LIFE = timedelta(days=7)
PAPER_DIGITS = 8

HOUR, DAY = 3600, 86_400
CODES_OF_A_LINK = Budget("codes of a link", 5, HOUR)
CODES_TO_A_POINT = Budget("codes to a contact point", 8, HOUR)
CODES_TO_A_POINT_A_DAY = Budget("codes to a contact point in a day", 24, DAY)
CODES_OF_A_NETWORK = Budget("codes of a network", 120, HOUR)  # a school hall full of parents shares one
CODES_OF_A_SCHOOL = Budget("codes of a school", 2000, DAY)
PAPER_TRIES = Budget("tries of a paper code", 5, HOUR // 4)
PAPER_TRIES_A_DAY = Budget("tries of an adult's paper codes in a day", 30, DAY)


@dataclass(frozen=True)
class Means:
    """How the adult of a link can open what is theirs alone: where a code goes, and whether a PIN is asked besides."""

    point: ContactPoint | None = None
    pin: bool = False
    for_record: bool = False


def means_for_messages(link: FamilyLink) -> Means:
    """Tier B: a code to a contact point that only they read."""
    own = own_points(link.adult)
    return Means(own[0] if own else None)


def means_for_records(link: FamilyLink) -> Means:
    """Tier C: a code and their PIN; without a PIN, a code to a confirmed contact point besides the link's own."""
    own = own_points(link.adult)
    if own and Pin.objects.filter(adult=link.adult_id).exists():
        here = [point for point in own if point.pk == link.contact_point_id]
        return Means((here or own)[0], pin=True, for_record=True)
    if link.contact_point_id is None:
        return Means(for_record=True)
    others = [point for point in own if point.pk != link.contact_point_id and is_confirmed(point)]
    return Means(others[0] if others else None, for_record=True)


def can_open_records(adult: Adult) -> bool:
    """Whether an adult can open what is theirs alone by themselves, without a code on paper."""
    own = own_points(adult)
    known = [point for point in own if is_confirmed(point)]
    return bool(own and Pin.objects.filter(adult=adult).exists()) or bool(known and len(own) > 1)


@transaction.atomic
def send_code(link: FamilyLink, means: Means, *, browser: str, network: str, by: Actor) -> LinkCode:
    """Send the adult of a link a short code at a contact point that only they read.

    Holds afterwards: the code works in this browser alone, and does not exist until it is handed over. Too many
    codes for this link, contact point, network or school raise `Wait`, and then none is sent.
    """
    point = means.point
    if point is None or point.shared:
        raise Refused(
            _("We have no telephone or mailbox that is yours alone. Please ring the school: we will read it to you.")
        )
    spenders: list[tuple[Budget, object]] = [
        (CODES_OF_A_LINK, link.pk),
        (CODES_TO_A_POINT, point.value),
        (CODES_TO_A_POINT_A_DAY, point.value),
        (CODES_OF_A_SCHOOL, link.school_id),
    ]
    limits.spend_all(spenders + ([(CODES_OF_A_NETWORK, network)] if network else []))
    code = LinkCode.objects.create(
        school_id=link.school_id, link=link, contact_point=point, browser=browser, asked_at=clock.now()
    )
    if link.child:
        send_there(tell(link.adult, notices.code, about=link.child, subject=code.pk, by=by), point)
    else:
        tell_there(point, notices.code, school_id=link.school_id, subject=code.pk, by=by)
    return code


@transaction.atomic
def type_code(link: FamilyLink, digits: str, *, browser: str, by: Actor) -> bool:
    """Whether this was the code. Then the contact point it was sent to is confirmed: it was read there."""
    code = links.redeem(link, digits, browser=browser)
    if code and code.contact_point:
        contact_confirmed(code.contact_point, by=by)
    return code is not None


# A PIN


@transaction.atomic
def choose_pin(adult: Adult, digits: str, *, about: Child, by: Actor) -> Pin:
    """Keep the PIN that an adult has chosen, sitting with a member of staff. It is never shown again.

    Holds afterwards: only a slow, keyed hash of it is kept; an older one is gone; the adult has been told, so that
    they would notice if it was not them.
    """
    pin = keep_pin(adult, digits, where=about, by=by)
    tell(adult, notices.pin_chosen, about=about, by=by)
    return pin


@transaction.atomic
def keep_pin(adult: Adult, digits: str, *, where: Child, by: Actor) -> Pin:
    """The same without telling anybody: for a school that is being set up."""
    plain = links.plain_digits(digits)
    refuse_weak(plain)
    pin, _fresh = Pin.objects.update_or_create(
        adult=adult,
        defaults={
            "organisation_id": adult.organisation_id,
            "digest": make_password(_keyed(adult, plain)),
            "chosen_at": clock.now(),
            "chosen_with_id": by.staff_id,
            "chosen_where_id": where.school_id,
            "wrong": 0,
            "wait_until": None,
        },
    )
    audit.record("reach.pin_chosen", pin, by=by, adult=str(adult.pk))
    return pin


@transaction.atomic
def clear_pin(adult: Adult, *, by: Actor) -> None:
    """Forget an adult's PIN, because they have forgotten it or somebody else knows it."""
    for pin in Pin.objects.filter(adult=adult):
        audit.record("reach.pin_cleared", pin, by=by, adult=str(adult.pk))
        pin.delete()


def refuse_weak(digits: str) -> None:
    """Four to six digits that nobody guesses first: not all alike, not in a row, not a year of birth."""
    if not 4 <= len(digits) <= 6:
        raise Refused(_("Please choose four, five or six numbers."))
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    in_a_row = len(steps) == 1 and steps <= {0, 1, 9}
    pairs = len(digits) % 2 == 0 and digits == digits[:2] * (len(digits) // 2)
    year = len(digits) == 4 and digits[:2] in {"19", "20"}
    if in_a_row or pairs or year:
        raise Refused(_("That one is easily guessed. Please choose numbers that are not in a row and not a year."))


def type_pin(link: FamilyLink, digits: str, *, by: Actor) -> bool:
    """Whether this is the PIN. After five wrong tries each one doubles the wait (`Wait`); a right one ends it.

    A try is counted before it is looked at, so that many at once gain nothing.
    """
    pin = Pin.objects.filter(adult=link.adult_id).first()
    if pin is None:
        return False
    if pin.wait_until and pin.wait_until > clock.now():
        raise Wait(pin.wait_until)
    still = Pin.objects.filter(pk=pin.pk, wrong=pin.wrong, digest=pin.digest)
    if not still.update(wrong=F("wrong") + 1, wait_until=_next_try(pin.wrong + 1)):
        return False  # somebody else has just tried
    if not check_password(_keyed(link.adult, links.plain_digits(digits)), pin.digest):
        if pin.wrong + 1 >= FREE_TRIES:
            with transaction.atomic():
                audit.record("reach.pin_wrong_too_often", link, by=by, wrong=pin.wrong + 1)
        return False
    Pin.objects.filter(pk=pin.pk).update(wrong=0, wait_until=None)
    return True


def _next_try(wrong: int) -> datetime | None:
    if wrong < FREE_TRIES:
        return None
    return clock.now() + min(timedelta(minutes=2 ** min(wrong - FREE_TRIES, 12)), LONGEST_WAIT)


def _keyed(adult: Adult, digits: str) -> str:
    """A PIN is so short that its slow hash alone could be tried out; the key lies outside the database."""
    return keyed("pin", f"{adult.pk}:{digits}")


# A code on paper


@transaction.atomic
def give_paper_code(adult: Adult, *, by: Actor) -> tuple[str, PaperCode]:
    """Make a code to hand over on paper, face to face. Returns its digits, which exist nowhere else, and when it ends.

    Holds afterwards: it opens one page once, within a week; an older one no longer does.
    """
    digits = "".join(str(secrets.randbelow(10)) for _each in range(PAPER_DIGITS))
    _open_papers(adult).update(expires_at=clock.now())
    paper = PaperCode.objects.create(
        school_id=by.school_id,
        adult=adult,
        code_hash=_paper_hash(adult, digits),
        given_by_id=by.staff_id,
        given_at=clock.now(),
        expires_at=clock.now() + PAPER_LIFE,
    )
    audit.record("reach.paper_code_given", paper, by=by, adult=str(adult.pk))
    return digits, paper


def type_paper_code(link: FamilyLink, digits: str, *, by: Actor) -> bool:
    """Spend a paper code on this link. Too many tries wait (`Wait`): a code on paper is long, and lives for days."""
    limits.spend_all([(PAPER_TRIES, link.pk), (PAPER_TRIES_A_DAY, link.adult_id)])
    held = _open_papers(link.adult).filter(code_hash=_paper_hash(link.adult, links.plain_digits(digits)))
    return bool(held.update(used_at=clock.now()))


def _open_papers(adult: Adult) -> QuerySet[PaperCode]:
    return PaperCode.objects.filter(adult=adult, used_at=None, expires_at__gt=clock.now())


def _paper_hash(adult: Adult, digits: str) -> str:
    return keyed("paper", f"{adult.pk}:{digits}")
