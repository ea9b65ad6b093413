"""What an adult reads of a talk, behind a link and a second proof; and three ways to answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gatepost.agree import queries, rules, services
from gatepost.agree.forms import CorrectionForm, SenseForm
from gatepost.agree.models import Record
from gatepost.agree.notices import OPENS
from gatepost.core.levels import Level
from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.org.reading import opens
from gatepost.reach.door import draft_of, forget_draft, record_page
from gatepost.reach.models import Explain
from gatepost.reach.services import explaining
from gatepost.reach.steps import stays_in_language


@record_page(OPENS, Record, may=rules.may_open_summary, facts={Fact.EDUCATION})
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def open_summary(request: Request, record: Record) -> HttpResponse:
    """The summary, the promises and how they stand; say whether it made sense, or what is wrong."""
    if how := explaining.asked_in(request):
        explaining.ask(_to_explain(record), how, by=request.actor)
        return _sent(request)
    draft = draft_of(request)
    sense = SenseForm(request.POST if "say" in request.POST else None, initial=draft)
    correction = CorrectionForm(request.POST if "correct" in request.POST else None, initial=draft)
    if sense.is_bound and sense.is_valid():
        typed = sense.cleaned_data
        services.say_sense(record, made_sense=typed["say"], words=typed["unclear"], by=request.actor)
        return _sent(request)
    if correction.is_bound and correction.is_valid():
        services.correct(record, words=correction.cleaned_data["correction"], by=request.actor)
        return _sent(request)
    shown = queries.shown(record)
    context = {"record": shown, "sense": sense, "correction": correction, "kept": bool(draft)}
    context["opened"] = queries.opened_by(record)
    context["explain"] = explaining.offer(record.pk, record.adult, lacking=shown.lacking)
    return render(request, "agree/family/summary.html", context)


def _to_explain(record: Record) -> explaining.Wanted:
    return explaining.Wanted(record.pk, Explain.Where.SUMMARY, record.adult, record.child, record.teacher_id)


def _sent(request: Request) -> HttpResponse:
    forget_draft(request)
    return redirect(request.path + stays_in_language(request))
