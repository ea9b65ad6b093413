"""The adult's side: that an adviser reads along, who it is, and a button that ends it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.reach.door import link_page, nameless
from gatepost.reach.steps import stays_in_language
from gatepost.support import agreeing
from gatepost.support.advice_rules import may_end_own
from gatepost.support.models import FamilyAgreed
from gatepost.support.notices import ADVISER_OPENS


@link_page(ADVISER_OPENS, FamilyAgreed, may=may_end_own, facts={Fact.EDUCATION})
@require_http_methods(["GET", "HEAD", "POST"])
def my_adviser(request: Request, agreement: FamilyAgreed) -> HttpResponse:
    """Who may read along. One button ends it, at once; nobody asks why."""
    if request.method == "POST":
        agreeing.end(agreement, by=request.actor)
        return redirect(request.path + stays_in_language(request))
    alone = not nameless(request)  # on a shared telephone the page names nobody
    context = {
        "adviser": agreement.adviser.person.name if alone else "",
        "service": agreement.shared_with.name if alone else "",
        "over": agreement.ended_at is not None,
        "until": agreement.until_on,
    }
    return render(request, "support/family/adviser.html", context)
