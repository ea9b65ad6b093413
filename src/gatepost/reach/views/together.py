"""The page of an adult who gets what can wait together: what waits, what came lately, and how often."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from gatepost.know.models import Adult, Together
from gatepost.know.services import say_wishes
from gatepost.org.actor import Request
from gatepost.reach import notices, together_page
from gatepost.reach.door import link_of_page, link_page, token_of
from gatepost.reach.models import Notice
from gatepost.reach.rules import may_see_own_messages

HOW_OFTEN = [(how.value or "each", how.label) for how in Together]

theirs = link_page(notices.TOGETHER_OPENS, Adult, may=may_see_own_messages, facts=set())
"""Tier A: it says what their messages say above the first line. Each thing opens behind a proof of its own."""


@theirs
@require_http_methods(["GET", "HEAD", "POST"])
def together(request: Request, adult: Adult) -> HttpResponse:
    """All that can wait, and one press to get each thing when it comes, or together."""
    how = request.POST.get("how", "")
    done = request.method == "POST" and how in dict(HOW_OFTEN)
    if done:
        say_wishes(adult, {"together": "" if how == "each" else how}, by=request.actor)
    page = together_page.shown(link_of_page(request), adult, get_language() or "en")
    other = [(how, label) for how, label in HOW_OFTEN if how != (page.every or "each")]
    return render(request, "reach/family/together.html", {"page": page, "ways": other, "done": done})


@theirs
def read(request: Request, adult: Adult, pk: UUID) -> HttpResponse:
    """Open one of them now; what is not open to them is not there, whatever is asked of it."""
    told = together_page.one_open_to(link_of_page(request), pk)
    if told is None:
        raise Http404
    return _read(request, told)


@require_http_methods(["GET", "HEAD", "POST"])
def _read(request: Request, told: Notice) -> HttpResponse:
    """Looking opens nothing: programs that look at messages follow every link."""
    if request.method != "POST":
        return redirect("together:open", token=token_of(request))
    return redirect(together_page.new_address(link_of_page(request), told))
