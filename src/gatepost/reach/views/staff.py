"""What staff do by hand: note a talk, and help an adult to open what is theirs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.know.confirming import is_confirmed
from gatepost.know.models import Adult
from gatepost.know.rules import children_open_to
from gatepost.know.services import contact_confirmed
from gatepost.language.table import get
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.reach import services
from gatepost.reach.forms.talks import FindForm, PinForm, StopForm, TalkForm
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Pin
from gatepost.reach.rules import (
    cares_talked_about,
    children_talked_about,
    may_help_prove,
    may_note_talk,
    may_note_talks,
    may_stop_all,
)
from gatepost.reach.rules.threads import may_praise
from gatepost.reach.services import freezing, proofs

SHORTEST_NAME, MOST_FOUND = 3, 20  # letters of a name, and bonds found: enough to find one family


@page(may_note_talks)
@require_safe
def talks(request: Request) -> HttpResponse:
    """Find whom one has talked with at the gate, by the child's name: two names, and nothing else."""
    asked = request.GET.get("name", "").strip()
    found = cares_talked_about(request.actor).filter(child__name__icontains=asked).select_related("adult", "child")
    rows = found.order_by("child__name", "adult__name")[:MOST_FOUND] if len(asked) >= SHORTEST_NAME else []
    context = {
        "find": FindForm(initial={"name": asked}),
        "asked": asked,
        "rows": [(care.adult_id, care.adult.name, care.child.name) for care in rows],
        "here": request.get_full_path(),
    }
    return render(request, "reach/staff/talks.html", context)


@page_on(Adult, may=may_note_talk)
@require_http_methods(["GET", "HEAD", "POST"])
def note_talk(request: Request, adult: Adult) -> HttpResponse:
    """Both sides have spoken: write it down in two fields, standing in the corridor."""
    children = children_talked_about(request.actor).filter(cares__adult=adult, cares__ended_on=None).distinct()
    form = TalkForm(request.POST or None, children=list(children))
    if request.method == "POST" and form.is_valid():
        school = request.actor.school_id
        services.touch(adult, **form.said(), two_way=True, school_id=school, by=request.actor)
        messages.success(request, _("Noted: you have heard from %(name)s.") % {"name": adult.name})
        return _celebrate(request, form) or redirect(_back(request))
    return render(request, "reach/staff/note_talk.html", {"adult": adult.name, "form": form, "back": _back(request)})


def _celebrate(request: Request, form: TalkForm) -> HttpResponse | None:
    """After good news of a child: what went well, so that every adult of the child hears it, with words for home."""
    said = form.said()
    if said["tone"] != Tone.GOOD or said["child"] is None or not may_praise(request.actor, said["child"]):
        return None
    messages.info(request, _("What went well? Choose it here, and every adult of the child hears of it once."))
    return redirect("reach:praise", said["child"].pk)


@page_on(Adult, may=may_help_prove)
@require_http_methods(["GET", "HEAD", "POST"])
def proofs_of(request: Request, adult: Adult) -> HttpResponse:
    """How an adult opens what is theirs alone: a PIN, what surely reaches them, a code on paper."""
    act = request.POST.get("act", "")
    form = PinForm(request.POST if act == "pin" else None)
    if act == "paper":
        return _on_paper(request, adult)
    if act == "confirm" and _confirmed(request, adult):
        return redirect(request.path)
    if act == "clear":
        proofs.clear_pin(adult, by=request.actor)
        messages.success(request, _("The PIN is gone. A new one can be chosen now."))
        return redirect(request.path)
    if form.is_bound and form.is_valid():
        child = children_open_to(request.actor).filter(cares__adult=adult, cares__ended_on=None).first()
        if child:
            proofs.choose_pin(adult, form.cleaned_data["pin"], about=child, by=request.actor)
            messages.success(request, _("The PIN is chosen. Nobody can look it up, not even we."))
            return redirect(request.path)
    context = {
        "adult": adult,
        "form": form,
        "pin": Pin.objects.filter(adult=adult).select_related("chosen_with").first(),
        "back": _back(request),
        "points": [(point, is_confirmed(point)) for point in adult.contact_points.filter(ended_on=None)],
    }
    return render(request, "reach/staff/proofs.html", context)


def _confirmed(request: Request, adult: Adult) -> bool:
    asked = request.POST.get("point", "")
    point = next((each for each in adult.contact_points.filter(ended_on=None) if str(each.pk) == asked), None)
    if point:
        contact_confirmed(point, by=request.actor)
        messages.success(request, _("Noted: this one reaches them."))
    return point is not None


def _on_paper(request: Request, adult: Adult) -> HttpResponse:
    """The code stands on this page once; whoever loads it again makes another."""
    digits, paper = proofs.give_paper_code(adult, by=request.actor)
    tongue = get(services.language_for(adult))
    with translation.override(tongue.tag):
        slip = render_to_string(
            "reach/staff/slip.html",
            {"code": f"{digits[:4]} {digits[4:]}", "until": paper.expires_at, "school": paper.school, "tongue": tongue},
        )
    return render(request, "reach/staff/paper_code.html", {"adult": adult, "slip": slip})


def _back(request: Request) -> str:
    """The page somebody came from, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else "/"


@page(may_stop_all)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_all(request: Request) -> HttpResponse:
    """The button that stops everything that leaves the school, and the one that lets it go again."""
    form = StopForm(request.POST if "because" in request.POST else None)
    try:
        if "go" in request.POST:
            freezing.let_go(by=request.actor)
            messages.success(request, _("Messages go out again."))
            return redirect("reach:stop_all")
        if form.is_valid():
            freezing.freeze(form.cleaned_data["because"], by=request.actor)
            return redirect("reach:stop_all")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return render(request, "reach/staff/stop.html", {"form": form, "held": freezing.frozen()})
