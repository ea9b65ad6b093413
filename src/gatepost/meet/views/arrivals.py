"""Who signed in at the door: the page there, the sheet of paper, and the queue in which staff say who it was."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.know.models import Care
from gatepost.meet import addresses, queries, rules, services
from gatepost.meet.forms.arrivals import MatchForm, PaperForm
from gatepost.meet.models import Event, Kiosk, Session, SignIn
from gatepost.meet.queries import arrivals as found
from gatepost.org.actor import Request
from gatepost.org.door import page_on

LINES = 20  # of the queue on one page: each is looked for among all families


@page_on(Event, may=rules.may_open)
@require_http_methods(["GET", "HEAD", "POST"])
def arrivals(request: Request, event: Event) -> HttpResponse:
    """What was signed at the door and waits to be matched; the page at the door; the sheet of paper."""
    if not event.is_open_door:
        raise Http404
    session = queries.session_today(event.sessions.filter(called_off_at=None))
    form = PaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and session:
        try:
            number = services.key_paper(session, form.cleaned_data["lines"], by=request.actor)
        except Refused as refusal:
            form.add_error("lines", str(refusal))
        else:
            words = ngettext(
                "%(number)s person is in the queue now.", "%(number)s people are in the queue now.", number
            )
            messages.success(request, words % {"number": number})
            return redirect("meet:arrivals", pk=event.pk)
    waiting = page_of(request, found.waiting_sign_ins(event), size=LINES)
    index = found.Index(found.known(rules.children_met_by(request.actor)) if waiting.object_list else [])
    context = {
        "event": event,
        "session": session,
        "kiosk": found.kiosk_of(session) if session else None,
        "waiting": waiting,
        "lines": [(said, index.best(said.name, said.of_child)) for said in waiting],
        "matched": SignIn.objects.filter(session__event=event, state=SignIn.State.MATCHED).count(),
        "form": form,
    }
    return render(request, "meet/staff/arrivals.html", context)


@page_on(Session, may=rules.may_open_session)
@require_POST
def begin_kiosk(request: Request, session: Session) -> HttpResponse:
    """Open the page at the door in this browser, and sign out: nobody at the door opens anything else here."""
    try:
        kiosk, secret = services.begin_kiosk(session, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("meet:event", pk=session.event_id)
    logout(request)
    answer = redirect("kiosk:open", token=addresses.key_of(kiosk.school_id, kiosk.pk))
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(
        addresses.cookie_name(), secret, expires=kiosk.until, path="/", secure=secure, httponly=True, samesite="Strict"
    )
    return answer


@page_on(Kiosk, may=rules.may_end_kiosk)
@require_POST
def end_kiosk(request: Request, kiosk: Kiosk) -> HttpResponse:
    """Close the page at the door."""
    services.end_kiosk(kiosk, by=request.actor)
    messages.success(request, _("The sign-in page is closed."))
    return redirect("meet:arrivals", pk=kiosk.session.event_id)


@page_on(SignIn, may=rules.may_match)
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: Request, said: SignIn) -> HttpResponse:
    """Say who one of them was, by looking for them; or that they are not of our families."""
    event_id = said.session.event_id
    if request.method == "POST":
        try:
            if _settled(request, said):
                messages.success(request, _("Written down."))
                return redirect("meet:arrivals", pk=event_id)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("meet:arrivals", pk=event_id)
        messages.error(request, _("Please choose somebody from the list."))
    asked = request.GET.get("name", "")[:120]
    index = found.Index(found.known(rules.children_met_by(request.actor)))
    best = index.best(asked, asked, most=10) if asked else index.best(said.name, said.of_child, most=10)
    return render(request, "meet/staff/match.html", {"said": said, "asked": asked, "best": best, "event": event_id})


def _settled(request: Request, said: SignIn) -> bool:
    """Whether a choice that may be made was made."""
    if request.POST.get("act") == "not_ours":
        services.not_ours(said, by=request.actor)
        return True
    form = MatchForm(request.POST)
    if not form.is_valid():
        return False
    pair = form.cleaned_data
    mine = Care.objects.filter(child__in=rules.children_met_by(request.actor), ended_on=None)
    care = mine.filter(adult=pair["adult"], child=pair["child"]).select_related("adult", "child").first()
    if care is None:
        return False
    services.match(said, care.adult, care.child, by=request.actor)
    return True
