"""The page between a link and what it opens: asks for a code, a PIN or a code on paper, and keeps what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gatepost.core import audit, clock, limits
from gatepost.core.errors import Refused, Wait
from gatepost.disclosure import Disclosed
from gatepost.language.dates import london_day, say_time, say_when
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.org.actor import Request, Tier
from gatepost.reach import links, visits
from gatepost.reach.models import FamilyLink
from gatepost.reach.services import proofs
from gatepost.reach.services.proofs import Means


@dataclass(frozen=True)
class Step(Disclosed):
    """What the page asks for now."""

    channel: str = ""  # where a code goes: sms or email; blank: nothing we know of would do
    asks_code: bool = False
    asks_pin: bool = False
    needs_pin: bool = False  # a code alone does not open it
    takes_paper: bool = False
    paper_first: bool = False  # there is no other way yet, or they have just tried
    sent: bool = False
    kept: bool = False  # what they typed waits for them
    problem: str = ""
    wrong: str = ""  # which of code, pin and paper the problem is about; blank: none of them


def ask_for_code(request: Request, link: FamilyLink) -> HttpResponse:
    """Tier B: a code to the adult's own contact point."""
    means = proofs.means_for_messages(link)
    if request.method == "POST" and "code" in request.POST:
        if not _code_is_right(request, link):
            return _show(request, link, means, problem=_wrong_code(), wrong="code")
        return _let_in(request, link, Tier.CODE, "code")
    return _send_or_show(request, link, means)


def ask_for_record(request: Request, link: FamilyLink) -> HttpResponse:
    """Tier C: a code on paper; or a code, and the PIN where the code comes to the telephone that has the link."""
    means = proofs.means_for_records(link)
    try:
        if request.method == "POST" and "paper" in request.POST:
            if proofs.type_paper_code(link, request.POST["paper"], by=request.actor):
                return _let_in(request, link, Tier.RECORD, "paper")
            return _show(request, link, means, problem=_("That code on paper does not open this page."), wrong="paper")
        if request.method == "POST" and means.point and ("code" in request.POST or "pin" in request.POST):
            return _code_and_pin(request, link, means)
    except Wait as wait:
        return _show(request, link, means, problem=words_of_wait(wait), status=429)
    return _send_or_show(request, link, means)


def _code_and_pin(request: Request, link: FamilyLink, means: Means) -> HttpResponse:
    """A right code stands for some minutes, so that a slip in the PIN costs no second code."""
    if not (means.pin and _code_is_fresh(request, link)):
        if not _code_is_right(request, link):
            return _show(request, link, means, problem=_wrong_code(), wrong="code")
        visits.note_visit(request, link, Tier.CODE)
    if means.pin and not proofs.type_pin(link, request.POST.get("pin", ""), by=request.actor):
        return _show(request, link, means, problem=_("That is not your PIN. Please try again."), wrong="pin")
    return _let_in(request, link, Tier.RECORD, "code and PIN" if means.pin else "second channel")


def _let_in(request: Request, link: FamilyLink, tier: Tier, how: str) -> HttpResponse:
    visits.know_browser(request)
    visits.note_visit(request, link, tier)
    with transaction.atomic():
        audit.record("reach.proved", link, by=request.actor, tier=tier.value, how=how)
    return redirect(request.path + stays_in_language(request))


def _send_or_show(request: Request, link: FamilyLink, means: Means) -> HttpResponse:
    """Looking sends nothing. Words that were typed are kept first; then a press of the button sends a code."""
    if request.method != "POST" or (visits.keep_words(request, link) and "send" not in request.POST):
        return _show(request, link, means)
    browser, network = visits.know_browser(request), limits.network_of(request)
    try:
        proofs.send_code(link, means, browser=browser, network=network, by=request.actor)
    except Wait as wait:
        problem = _("We have sent you several codes already. Please use the newest one.")
        return _show(request, link, means, problem=f"{problem} {words_of_wait(wait)}", status=429)
    except Refused as refusal:
        return _show(request, link, means, problem=str(refusal))
    return _show(request, link, means, sent=True)


def _show(
    request: Request,
    link: FamilyLink,
    means: Means,
    *,
    sent: bool = False,
    problem: str = "",
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    fresh = means.pin and _code_is_fresh(request, link)
    waiting = not fresh and links.waits_for_code(link, visits.browser_of(request))
    step = Step(
        channel=means.point.channel if means.point else "",
        asks_code=waiting,
        asks_pin=means.pin and (waiting or fresh),
        needs_pin=means.pin,
        takes_paper=means.for_record,
        paper_first=means.for_record and (means.point is None or wrong == "paper"),
        sent=sent,
        kept=bool(visits.kept_words(request, link)),
        problem=problem,
        wrong=wrong,
    )
    return render(request, "reach/family/open.html", {"step": step}, status=status)


def _code_is_fresh(request: Request, link: FamilyLink) -> bool:
    return visits.has_visit(request, link, Tier.CODE, visits.CODE_IS_FRESH)


def _code_is_right(request: Request, link: FamilyLink) -> bool:
    typed = request.POST.get("code", "")
    return proofs.type_code(link, typed, browser=visits.browser_of(request), by=request.actor)


def _wrong_code() -> str:
    return _("That code does not open this page. Please check it, or ask for a new one.")


def words_of_wait(wait: Wait) -> str:
    """Until when to wait, as people say it."""
    tag = get_language() or "en"
    today = london_day(wait.until) == london_day(clock.now())
    when = say_time(wait.until, tag) if today else say_when(wait.until, tag)
    return _("Please wait until %(when)s, then try again.") % {"when": when}


def stays_in_language(request: HttpRequest) -> str:
    """The query string that keeps the language somebody chose on the page before."""
    asked = request.GET.get("in", "")
    return f"?in={asked}" if asked in FAMILY_LANGUAGES else ""
