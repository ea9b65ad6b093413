"""What one browser may read for a while, and what somebody typed in it: bound to its session and to one link."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.http import HttpRequest

from gatepost.core import clock
from gatepost.org.actor import Tier
from gatepost.reach.models import Draft, FamilyLink

BROWSER = "browser"  # session key: a random word that only this browser's session holds
VISITS = "visits"  # session key: link id → tier → when it was proved, or last used
CODE_VISIT = timedelta(days=1)  # ordinary messages stay open in this browser
CODE_IS_FRESH = timedelta(minutes=10)  # within which a PIN goes with the code
RECORD_VISIT = timedelta(minutes=30)  # since the page was last used: others may hold the telephone later
REMEMBER = timedelta(days=30)  # how long a browser is known, so that what was typed in it finds its way back
UNTYPED = {"csrfmiddlewaretoken", "code", "pin", "paper", "send", "close"}
MOST_WORDS = 20_000
MORE = "\n"  # between several answers to one question


def browser_of(request: HttpRequest) -> str:
    """The hash by which this browser is known, or nothing."""
    held = str(request.session.get(BROWSER, ""))
    return hashlib.sha256(held.encode()).hexdigest() if held else ""


def know_browser(request: HttpRequest) -> str:
    """The same; a browser that nobody knows yet is given a word of its own."""
    if BROWSER not in request.session:
        request.session[BROWSER] = secrets.token_urlsafe(16)
        if not request.user.is_authenticated:
            request.session.set_expiry(REMEMBER)
    return browser_of(request)


def note_visit(request: HttpRequest, link: FamilyLink, tier: Tier) -> None:
    """This browser has proved it for this link, just now."""
    visits = request.session.get(VISITS, {})
    held = visits.get(str(link.pk), {})
    visits[str(link.pk)] = held | {tier.value: clock.now().timestamp()}
    request.session.cycle_key()
    request.session[VISITS] = visits


def has_visit(request: HttpRequest, link: FamilyLink, tier: Tier, within: timedelta) -> bool:
    """Whether this browser has proved it, or used it, within this time."""
    since = clock.now() - within
    return bool(_when(request, link, tier) > since.timestamp())


def keep_open(request: HttpRequest, link: FamilyLink) -> None:
    """The record is being read: its time begins anew (written down once a minute)."""
    if _when(request, link, Tier.RECORD) < clock.now().timestamp() - 60:
        visits = request.session[VISITS]
        visits[str(link.pk)][Tier.RECORD.value] = clock.now().timestamp()
        request.session[VISITS] = visits


def end_visit(request: HttpRequest, link: FamilyLink) -> None:
    """Whoever takes this browser next reads nothing."""
    visits = request.session.get(VISITS, {})
    visits.pop(str(link.pk), None)
    request.session[VISITS] = visits


def _when(request: HttpRequest, link: FamilyLink, tier: Tier) -> float:
    return float(request.session.get(VISITS, {}).get(str(link.pk), {}).get(tier.value, 0))


# What was typed


def typed(request: HttpRequest) -> dict[str, str]:
    """What somebody has typed into a form of a family's page, without what belongs to the door."""
    words = {
        _bare(name): _bare(MORE.join(request.POST.getlist(name)))[:MOST_WORDS]
        for name in list(request.POST)[:30]
        if name not in UNTYPED
    }
    return {name: said for name, said in words.items() if said.strip()}


def _bare(words: str) -> str:
    """Without a sign that stands for nothing, which no database keeps."""
    return words.replace("\0", "")


def keep_words(request: HttpRequest, link: FamilyLink) -> bool:
    """Keep what was typed, for this link and this browser, until it is sent. Says whether there was anything."""
    words = typed(request)
    if words:
        Draft.objects.update_or_create(
            link=link,
            browser=know_browser(request),
            defaults={"school_id": link.school_id, "words": words, "saved_at": clock.now()},
        )
    return bool(words)


def kept_words(request: HttpRequest, link: FamilyLink) -> dict[str, str]:
    """What this browser typed for this link and has not sent yet, for `initial=` of a form."""
    draft = Draft.objects.filter(link=link, browser=browser_of(request) or "none").first()
    return dict(draft.words) if draft else {}


def forget_words(request: HttpRequest, link: FamilyLink) -> None:
    """They have been sent."""
    Draft.objects.filter(link=link, browser=browser_of(request) or "none").delete()
