"""After a meeting: what was prepared for home, to those who came."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.core.errors import Refused
from gatepost.meet.models import Event
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.reach.audience import preview
from gatepost.support import notices
from gatepost.support.after import CAME, MISSED, lines_after, may_send_after, send_after, whom
from gatepost.support.home_forms import AfterForm
from gatepost.support.home_ideas import IDEAS


@page_on(Event, may=may_send_after)
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: Request, event: Event) -> HttpResponse:
    """Three short fields, a look at who gets it, and it goes. `?idea=` takes one that is ready in every language."""
    idea = IDEAS.get(request.GET.get("idea", ""))
    ready = {name: str(getattr(idea, name)) for name in ("learning", "try_this", "say_this")} if idea else {}
    form = AfterForm(request.POST or None, initial=ready)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        missed = form.cleaned_data["missed"]
        if "send" in request.POST:
            return _send(request, event, form)
        told, children = whom(event, missed=missed, by=request.actor)
        shown = preview(lines_after(told, children), seen_by=request.actor, kind=notices.home_note)
        return render(request, "support/staff/home_check.html", {"form": form, "words": form.words(), "preview": shown})
    told, _children = whom(event, missed=True, by=request.actor)
    context: dict[str, Any] = {"event": event, "form": form, "ideas": IDEAS}
    counts = [sum(how == each for how in told.values()) for each in (CAME, MISSED)]
    return render(request, "support/staff/after.html", context | {"came": counts[0], "not_there": counts[1]})


def _send(request: Request, event: Event, form: AfterForm) -> HttpResponse:
    try:
        send_after(event, form.words(), missed=form.cleaned_data["missed"], by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("home:after", pk=event.pk)
    messages.success(request, _("It leaves in a minute. Until then you can take it back."))
    return redirect("home:page")
