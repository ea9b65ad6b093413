"""Whom an event is for, and what comes after it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gatepost.core.errors import Refused
from gatepost.know.models import Care
from gatepost.meet import rules
from gatepost.meet.forms.hooks import EligibleForm, FollowOnForm
from gatepost.meet.models import Eligible, Event
from gatepost.meet.queries.hooks import conversion
from gatepost.meet.services import eligibility, hooks
from gatepost.org.actor import Request
from gatepost.org.door import page_on


@page_on(Event, may=rules.may_open)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_on(request: Request, event: Event) -> HttpResponse:
    """From those who came to those who met: the numbers, which round follows, and inviting whoever came."""
    if not event.template.hook:
        raise Http404
    may_send = rules.may_send(request.actor, event)
    act = request.POST.get("act", "")
    form = FollowOnForm(request.POST if act == "choose" else None, actor=request.actor)
    if request.method == "POST":
        if not may_send:
            raise PermissionDenied
        try:
            if _act(request, event, act, form):
                return redirect("meet:follow_on", pk=event.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    then = event.follow_on
    context = {
        "event": event,
        "then": then,
        "may_open_then": then and rules.may_open(request.actor, then),
        "may_choose": may_send,
        "may_invite": then and may_send and rules.may_send(request.actor, then),
        "counts": conversion(event),
        "form": form,
    }
    return render(request, "meet/staff/follow_on.html", context)


def _act(request: Request, event: Event, act: str, form: FollowOnForm) -> bool:
    """Whether something was done."""
    if act == "choose" and form.is_valid():
        hooks.lead_on(event, form.cleaned_data["follow_on"], by=request.actor)
        return True
    if act != "invite":
        return False
    if event.follow_on and not rules.may_send(request.actor, event.follow_on):
        raise PermissionDenied
    sent = len(hooks.invite_who_came(event, by=request.actor))
    words = ngettext("%(number)s invitation is on its way.", "%(number)s invitations are on their way.", sent)
    messages.success(request, words % {"number": sent})
    return True


@page_on(Event, may=rules.may_send)
@require_http_methods(["GET", "HEAD", "POST"])
def eligible(request: Request, event: Event) -> HttpResponse:
    """Whom the event is for. For everybody else it is not there."""
    asked = list(_asked(event))
    mine = set(rules.children_met_by(request.actor).values_list("pk", flat=True))
    shown = [care for care in asked if care.child_id in mine]
    ticked = set(Eligible.objects.filter(event=event).values_list("adult", flat=True))
    initial = {"who": "some" if event.for_some else "all", "adults": [str(adult) for adult in ticked]}
    form = EligibleForm(request.POST or None, asked=asked, shown=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["who"] == "all":
                eligibility.open_to_all(event, by=request.actor)
            else:
                unseen = ticked - {care.adult_id for care in shown}
                eligibility.open_to(event, form.chosen(form.cleaned_data) | unseen, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("meet:event", pk=event.pk)
    return render(request, "meet/staff/eligible.html", {"event": event, "form": form})


def _asked(event: Event) -> list[Care]:
    """The adults of the children who are asked."""
    bonds = Care.objects.filter(child__groups__in=event.groups.all(), ended_on=None).distinct()
    return list(bonds.select_related("adult", "child").order_by("adult__name", "child__name"))
