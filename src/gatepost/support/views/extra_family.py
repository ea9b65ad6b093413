"""What an adult sees with the link in a message about extra help: what it is for, and "do you understand this?"."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gatepost.core.levels import Level
from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.org.reading import opens
from gatepost.reach.door import code_page, draft_of, forget_draft, nameless
from gatepost.reach.models import Explain
from gatepost.reach.services import explaining
from gatepost.support import extra as services
from gatepost.support import extra_queries, notices
from gatepost.support.extra_forms import UnderstoodForm
from gatepost.support.extra_rules import may_answer_extra
from gatepost.support.models import ExtraHelpTold


@code_page(notices.EXTRA_OPENS, ExtraHelpTold, may=may_answer_extra, facts={Fact.EDUCATION})
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def open_extra(request: Request, told: ExtraHelpTold) -> HttpResponse:
    """What it is for; yes, or not yet. Who speaks with them and by when stays there until it was done."""
    extra = told.extra
    if how := explaining.asked_in(request):
        wanted = explaining.Wanted(extra.pk, Explain.Where.EXTRA, told.adult, extra.child, extra.led_by_id)
        explaining.ask(wanted, how, by=request.actor)
        return redirect(request.get_full_path())
    form = UnderstoodForm(request.POST or None, initial=draft_of(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        services.say(told, understood=typed["say"] == services.YES, words=typed["unclear"], by=request.actor)
        forget_draft(request)
        return redirect(request.get_full_path())
    shown = extra_queries.shown(told, nameless=nameless(request))
    offer = explaining.offer(extra.pk, told.adult, lacking=shown.lacking)
    return render(request, "support/family/extra.html", {"extra": shown, "explain": offer, "form": form})
