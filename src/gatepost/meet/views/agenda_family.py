"""What a talk is about, on the family's page: behind their link and a code, for nobody else's eyes."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gatepost.core.errors import Refused
from gatepost.know import services as know
from gatepost.know.models import SpeaksFirst
from gatepost.meet import queries, rules
from gatepost.meet.addresses import COMPANION, key_of
from gatepost.meet.forms.agenda import ItemForm
from gatepost.meet.models import Invitation
from gatepost.meet.queries import agenda as shown
from gatepost.meet.queries.companions import live_companion
from gatepost.meet.services import agenda as services
from gatepost.meet.services import companions
from gatepost.org.actor import Request
from gatepost.reach.door import code_page, draft_of, forget_draft, nameless, token_of
from gatepost.reach.steps import stays_in_language

PURPOSE = "invite:open"


@code_page(PURPOSE, Invitation, may=rules.may_answer, facts=set(shown.FACTS))
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, invitation: Invitation) -> HttpResponse:
    """What will be talked about, who is there and who speaks first; and one more thing of the family's own."""
    back = reverse(PURPOSE, args=[token_of(request)]) + stays_in_language(request)
    booking = queries.booking_of(invitation)
    if booking is None or not shown.has_agenda(invitation):
        return redirect(back)
    form = ItemForm(request.POST if "words" in request.POST else None, initial=draft_of(request))
    if request.method == "POST" and _done(request, invitation, form):
        return redirect(request.path + stays_in_language(request))
    said = {"talk": shown.shown_talk(booking, nameless=nameless(request)), "form": form, "back": back}
    said["companion"] = _companion(invitation)
    return render(request, "meet/family/talk.html", said)


def _companion(invitation: Invitation) -> str:
    """The whole address of the page of whoever comes along; blank where there is none."""
    live = live_companion(invitation)
    if live is None:
        return ""
    key = key_of(live.school_id, live.pk, of=COMPANION)
    return settings.GATEPOST_ORIGIN + reverse("companion:open", args=[key])


def _done(request: Request, invitation: Invitation, form: ItemForm) -> bool:
    """Do what was pressed; whether the page can be shown afresh."""
    act, by = request.POST.get("act", ""), request.actor
    if form.is_bound:
        if not form.is_valid():
            return False
        try:
            services.add_for_family(invitation, form.cleaned_data["words"], by=by)
        except Refused as refusal:
            form.add_error("words", str(refusal))
            return False
        forget_draft(request)
    elif act in (SpeaksFirst.FIRST, SpeaksFirst.AFTER):
        know.say_wishes(invitation.adult, {"speaks_first": act}, by=by)
    elif act == "let_read":
        companions.let_read(invitation, by=by)
    elif act == "end_reading":
        companions.end(invitation, by=by)
    for name in ("yes", "no", "off"):
        if item := _id(request.POST.get(name, "")):
            _say(name, invitation, item, request)
    return True


def _say(name: str, invitation: Invitation, item: UUID, request: Request) -> None:
    if name == "off":
        services.take_off_for_family(invitation, item, by=request.actor)
    else:
        services.say(invitation, item, yes=name == "yes", by=request.actor)


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
