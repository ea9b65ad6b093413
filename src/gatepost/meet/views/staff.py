"""Planning, previewing, sending, answering for families on the telephone, and noting who came."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.disclosure import Verdict
from gatepost.language.dates import say_day
from gatepost.language.words import say_list
from gatepost.meet import queries, rules, services
from gatepost.meet.forms.booking import BookForm, CameForm
from gatepost.meet.forms.planning import PlanForm
from gatepost.meet.kinds import KINDS
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.meet.offers import offers_to
from gatepost.meet.queries.preparing import stayed_away
from gatepost.meet.queries.together import shown_along
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.reach.models import Answer, Touch
from gatepost.reach.queries.heard import English, english_of

SESSIONS = 40  # a school year of weeks


@page(rules.may_plan)
@require_safe
def events(request: Request) -> HttpResponse:
    """Every event that concerns me, newest first."""
    rows = rules.events_open_to(request.actor)
    keeps = rules.may_keep_rooms(request.actor)
    context = {"page_obj": page_of(request, rows), "kinds": list(KINDS.values())[2:], "may_keep_rooms": keeps}
    return render(request, "meet/staff/events.html", context)


@page(rules.may_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, kind: str) -> HttpResponse:
    """A parents' evening or a round of conversations, from its template, on one page."""
    if kind not in Event.Kind.values:
        raise Http404
    form = PlanForm(request.POST or None, actor=request.actor, kind=Event.Kind(kind))
    if request.method == "POST" and form.is_valid():
        try:
            event = services.plan_event(form.plan(), school_id=request.actor.school_id, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if form.left_out:
                days = say_list([say_day(day, "en") for day in form.left_out], "en")
                messages.info(request, _("Left out, since the school is closed: %(days)s.") % {"days": days})
            return redirect("meet:event", pk=event.pk)
    return render(request, "meet/staff/plan.html", {"form": form, "kind": Event.Kind(kind).label})


@page_on(Event, may=rules.may_open)
@require_safe
def event(request: Request, event: Event) -> HttpResponse:
    """One event: its times, who has which, and who has answered how."""
    bookings = rules.bookings_open_to(request.actor).filter(slot__event=event, status=Booking.Status.BOOKED)
    invitations = (
        rules.invitations_open_to(request.actor, event)
        .select_related("adult", "child", "ask")
        .prefetch_related("ask__answers")
    )
    waiting = page_of(request, invitations.exclude(bookings__status=Booking.Status.BOOKED), parameter="waiting")
    context = {
        "event": event,
        "bookings": page_of(
            request,
            bookings.select_related("slot__host", "invitation__adult", "invitation__child").prefetch_related(
                "seats", "attendance", "invitation__agenda"
            ),
        ),
        "waiting": waiting,
        "answers": _with_english(waiting),
        "slots": event.slots.count(),
        "sessions": event.sessions.all()[:SESSIONS],
        "free": event.slots.filter(taken=0).count(),
        "may_send": rules.may_send(request.actor, event),
        "offers": offers_to(request.actor, event) if _has_begun(event) else [],
    }
    return render(request, "meet/staff/event.html", context)


def _with_english(waiting: Iterable[Invitation]) -> list[tuple[Invitation, Answer | None, English | None]]:
    """Each with its last answer, and what that says in English."""
    said = {each.pk: next(iter(each.ask.answers.all()), None) for each in waiting}
    found = english_of(each for each in said.values() if each)
    return [(each, last := said[each.pk], found.get(last.pk) if last else None) for each in waiting]


def _has_begun(event: Event) -> bool:
    return event.sessions.filter(starts_at__lte=clock.now()).exists()


@page_on(Event, may=rules.may_send)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: Request, event: Event) -> HttpResponse:
    """Before anything leaves: who gets it, how, in which language, and who is left out by which rule."""
    lines = queries.not_own(queries.recipients(event), seen_by=request.actor)
    if request.method == "POST":
        try:
            sent = len(services.invite(event, by=request.actor))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("meet:cover", pk=event.pk)
        words = ngettext("%(number)s invitation is on its way.", "%(number)s invitations are on their way.", sent)
        messages.success(request, words % {"number": sent})
        return redirect("meet:event", pk=event.pk)
    told = [line for line in lines if line.verdict is Verdict.ALLOW and not line.invited]
    context = {
        "event": event,
        "told": page_of(request, told),
        "left_out": page_of(request, queries.left_out(lines, seen_by=request.actor), parameter="left"),
        "bill": queries.bill(told, event.school),
        "already": sum(line.invited for line in lines),
    }
    return render(request, "meet/staff/preview.html", context)


@page_on(Invitation, may=rules.may_answer_for)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_for(request: Request, invitation: Invitation) -> HttpResponse:
    """Key in what an adult says on the telephone or at the gate: it counts like a click."""
    seen = queries.shown(invitation, nameless=False, booking=queries.booking_of(invitation))
    form = BookForm(request.POST or None, invitation=seen, language=invitation.adult.language)
    way = Touch.Way.DOOR if invitation.adult.no_voice_calls else Touch.Way.PHONE
    if request.method == "POST" and "declined" in request.POST:
        services.say_no(invitation, value="declined", by=request.actor, way=way)
        return redirect("meet:event", pk=invitation.event_id)
    if request.method == "POST" and request.POST.get("along"):
        return _key_along(request, invitation, way)
    if request.method == "POST" and form.is_valid():
        try:
            slot = Slot.objects.filter(pk=form.cleaned_data["slot"]).get()
            services.book(invitation, slot, wishes=form.wishes(), by=request.actor, way=way)
        except Refused as refusal:
            form.add_error("slot", str(refusal))
        else:
            return redirect("meet:event", pk=invitation.event_id)
    more = {"invitation": invitation, "form": form, "stayed_away": stayed_away(invitation)}
    return render(request, "meet/staff/answer_for.html", more | {"along": shown_along(invitation)})


def _key_along(request: Request, invitation: Invitation, way: Touch.Way) -> HttpResponse:
    """Whether they come to the other parent's meeting, as they say it."""
    try:
        services.say_along(invitation, comes=request.POST["along"] == "yes", by=request.actor, way=way)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("meet:answer_for", pk=invitation.pk)


@page_on(Booking, may=rules.may_note)
@require_POST
def came(request: Request, booking: Booking) -> HttpResponse:
    """Write down whether the adult came."""
    form = CameForm(request.POST)
    if not form.is_valid():
        raise PermissionDenied
    typed = form.cleaned_data
    try:
        if typed["came"] == "here":
            services.arrive(booking, by=request.actor)
        else:
            came = typed["came"] == "yes"
            services.note_who_came(booking, came=came, reason=typed["reason"], by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("meet:door" if typed["back"] else "meet:event", pk=booking.slot.event_id)


@page_on(Event, may=rules.may_open)
@require_safe
def kitchen(request: Request, event: Event) -> HttpResponse:
    """How many meals on which day: numbers, and nobody's name."""
    if not event.template.meal:
        raise Http404
    return render(request, "meet/staff/kitchen.html", {"event": event, "rows": queries.meals(event)})
