"""What an adult reads of a talk, behind a link and a code: what was said and promised, and three ways to answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gatepost.agree import queries, rules, services
from gatepost.agree.forms import CorrectionForm, SenseForm
from gatepost.agree.models import Record
from gatepost.agree.notices import OPENS
from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.reach.door import code_page, stays_in_language


@code_page(OPENS, Record, may=rules.may_open_summary, facts={Fact.EDUCATION})
@require_http_methods(["GET", "HEAD", "POST"])
def open_summary(request: Request, record: Record) -> HttpResponse:
    """The summary, the promises and how they stand; say whether it made sense, or what is wrong."""
    sense = SenseForm(request.POST if "say" in request.POST else None)
    correction = CorrectionForm(request.POST if "correct" in request.POST else None)
    if sense.is_bound and sense.is_valid():
        typed = sense.cleaned_data
        services.say_sense(record, made_sense=typed["say"], words=typed["unclear"], by=request.actor)
        return redirect(request.path + stays_in_language(request))
    if correction.is_bound and correction.is_valid():
        services.correct(record, words=correction.cleaned_data["correction"], by=request.actor)
        return redirect(request.path + stays_in_language(request))
    context = {"record": queries.shown(record), "sense": sense, "correction": correction}
    return render(request, "agree/family/summary.html", context)
