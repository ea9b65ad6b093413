"""The evening itself: the timetable, the list at the door, who is late, and who comes without a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.paging import ROWS, page_of
from gatepost.meet import queries, rules, services
from gatepost.meet.forms.booking import LateForm
from gatepost.meet.forms.release import PlaceForm
from gatepost.meet.models import Attendance, Booking, Event, Invitation, Session
from gatepost.meet.services.planning import MOST_SLOTS
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.org.models import Person

ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "grid": (),
    "teacher": ("slot__host__name", "slot__starts_at", "id"),
    "room": (F("in_room__room__name").asc(nulls_last=True), "slot__starts_at", "id"),
    "family": ("invitation__child__name", "slot__starts_at", "id"),
}
LINES = 100  # of a list on one page; all of them, where it is to be printed
JUST = timedelta(minutes=15)  # so long ago, somebody may still be coming


@page_on(Event, may=rules.may_open)
@require_safe
def evening(request: Request, event: Event) -> HttpResponse:
    """The timetable: as a grid, a list for each teacher or room, or by family; on the screen and on paper."""
    sessions = list(event.sessions.filter(called_off_at=None))
    chosen = next((each for each in sessions if str(each.pk) == request.GET.get("day")), None)
    session = chosen or queries.session_today(sessions)
    asked = request.GET.get("by", "")
    order = asked if asked in ORDERS else "grid"
    context: dict[str, Any] = {"event": event, "session": session, "sessions": sessions, "order": order}
    if session:
        bookings = queries.bookings_of(session, rules.bookings_open_to(request.actor))
        context["place"] = session.place or event.place
        if order == "grid":
            hosts = page_of(request, queries.hosts_of(session), size=queries.HOSTS)
            ids = [host.pk for host in hosts]
            slots = session.slots.filter(host__in=ids).select_related("host")
            context |= {"grid": queries.grid(slots, bookings.filter(slot__host__in=ids)), "page_obj": hosts}
        else:
            size = MOST_SLOTS if "all" in request.GET else LINES
            page = page_of(request, bookings.order_by(*ORDERS[order]), size=size)
            context |= {"page_obj": page, "by_room": queries.by_room(page) if order == "room" else ()}
    return render(request, "meet/staff/evening.html", context)


@page_on(Event, may=rules.may_open)
@require_safe
def door(request: Request, event: Event) -> HttpResponse:
    """Who comes today, in their order, from now on: who is here, who is told to wait, who has come without a time."""
    session = queries.session_today(event.sessions.filter(called_off_at=None))
    context: dict[str, Any] = {"event": event, "session": session, "reasons": Attendance.Reason.choices}
    if session:
        coming = queries.bookings_of(session, rules.bookings_open_to(request.actor))
        name = request.GET.get("name", "")[:120]
        bookings = _page_of_now(request, queries.named(coming, name) if name else coming)
        late = queries.delays(session)
        texted = {each.pk for each in services.by_text([each.invitation for each in bookings])} if late else set()
        hosts = {slot.host_id: slot.host for slot in session.slots.select_related("host")}
        own = [host for host in hosts.values() if rules.may_say_late(request.actor, session, host)]
        waiting = rules.invitations_open_to(request.actor, event).exclude(bookings__status=Booking.Status.BOOKED)
        context |= {
            "bookings": bookings,
            "name": name,
            "lines": [(each, late.get(each.slot.host_id), each.invitation_id in texted) for each in bookings],
            "late": late.values(),
            "hosts": sorted(own, key=lambda host: host.name),
            "waiting": page_of(
                request,
                waiting.filter(Q(adult__name__icontains=name) | Q(child__name__icontains=name)).select_related(
                    "adult", "child"
                ),
                parameter="waiting",
            ),
        }
    return render(request, "meet/staff/door.html", context)


def _page_of_now(request: Request, coming: QuerySet[Booking]) -> Page[Booking]:
    """The page on which those stand who come about now, unless another is asked for."""
    gone = coming.filter(slot__starts_at__lt=clock.now() - JUST).count()
    return page_of(request, coming, begins_with=gone // ROWS + 1)


@page_on(Session, may=rules.may_open_session)
@require_POST
def late(request: Request, session: Session) -> HttpResponse:
    """A host runs late, or is on time again."""
    form = LateForm(request.POST)
    host = Person.objects.filter(pk=form.cleaned_data["host"]).first() if form.is_valid() else None
    if host is None or not rules.may_say_late(request.actor, session, host):
        raise PermissionDenied
    told = services.say_late(session, host, minutes=form.cleaned_data["minutes"], by=request.actor)
    words = ngettext("%(number)s family is told by text.", "%(number)s families are told by text.", told)
    messages.success(request, words % {"number": told})
    return redirect("meet:door", pk=session.event_id)


@page_on(Invitation, may=rules.may_answer_for)
@require_POST
def walk_in(request: Request, invitation: Invitation) -> HttpResponse:
    """They are here without a time: the next free one is theirs."""
    try:
        booking = services.walk_in(invitation, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if booking is None:
            messages.error(request, _("No time is free any more today. When could they come? Book it for them."))
            return redirect("meet:answer_for", pk=invitation.pk)
        words = _("They have a time with %(host)s and are noted as here.")
        messages.success(request, words % {"host": booking.slot.host.name})
    return redirect("meet:door", pk=invitation.event_id)


@page_on(Event, may=rules.may_send)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: Request, event: Event) -> HttpResponse:
    """Move the whole event to another place."""
    form = PlaceForm(request.POST or None, initial={"place": event.place, "way_there": event.way_there})
    if request.method == "POST" and form.is_valid():
        try:
            told = services.change_place(event, **form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error("place", str(refusal))
        else:
            words = ngettext("%(number)s family is told.", "%(number)s families are told.", told)
            messages.success(request, words % {"number": told})
            return redirect("meet:event", pk=event.pk)
    return render(request, "meet/staff/place.html", {"event": event, "form": form})


@page_on(Session, may=rules.may_call_off)
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: Request, session: Session) -> HttpResponse:
    """One day does not take place."""
    if request.method == "POST":
        try:
            told = services.call_off(session, by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("%(number)s family is told.", "%(number)s families are told.", told)
            messages.success(request, words % {"number": told})
            return redirect("meet:event", pk=session.event_id)
    others = session.event.sessions.filter(called_off_at=None).exclude(pk=session.pk)
    return render(request, "meet/staff/call_off.html", {"session": session, "last": not others.exists()})
