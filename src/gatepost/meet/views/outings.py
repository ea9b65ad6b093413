"""Going in alone: saying so, saying "I am out", and what to do when somebody has not said it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.core.errors import Refused
from gatepost.meet import rules
from gatepost.meet.forms.outings import GoingInForm, MobileForm, SettleForm
from gatepost.meet.models import Booking, Outing
from gatepost.meet.queries import outings as queries
from gatepost.meet.queries.places import place_for_staff
from gatepost.meet.services import outings as services
from gatepost.org import services as org
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.models import Person

LONGER = 30  # minutes


@page(rules.may_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def outings(request: Request) -> HttpResponse:
    """I am going in; who else is out; and for whom an alarm stands."""
    actor = request.actor
    booking = _booking(request)
    first = {"place": place_for_staff(booking), "minutes": _minutes(booking)} if booking else {}
    typed = request.POST or None if "mobile" not in request.POST else None
    form = GoingInForm(typed, initial=first, school_id=actor.school_id, me=actor.staff_id)
    me = Person.objects.get(pk=actor.staff_id)
    mobile = MobileForm(request.POST if "mobile" in request.POST else None, initial={"mobile": me.mobile})
    if mobile.is_bound and mobile.is_valid():
        org.say_mobile(me, mobile.cleaned_data["mobile"], by=actor)
        messages.success(request, _("Written down."))
        return redirect("meet:outings")
    if form.is_bound and form.is_valid():
        try:
            services.go_in(form.said(), school_id=actor.school_id, by=actor, booking=booking)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("meet:outings")
    seen = rules.outings_open_to(actor)
    shown = {"mine": queries.mine_now(actor), "alarms": queries.alarms_of(actor, seen), "out": queries.out_now(seen)}
    return render(request, "meet/staff/outings.html", shown | {"form": form, "mobile": mobile, "booking": booking})


def _booking(request: Request) -> Booking | None:
    """The meeting they go to, where they come from its page."""
    try:
        meant = UUID(request.POST.get("booking") or request.GET.get("booking", ""))
    except ValueError:
        return None
    return rules.bookings_open_to(request.actor).select_related("slot__event").filter(pk=meant).first()


def _minutes(booking: Booking) -> int:
    """The shortest stay on offer that is long enough."""
    return next((length for length in (15, 30, 45, 60, 90, 120) if length >= booking.slot.minutes), 180)


@page_on(Outing, may=rules.may_open_outing)
@require_http_methods(["GET", "HEAD", "POST"])
def outing(request: Request, outing: Outing) -> HttpResponse:
    """One of them: whoever is in there says that they are out or stay longer; somebody else settles the alarm."""
    is_mine = outing.person_id == request.actor.person_id
    act = request.POST.get("act", "")
    form = SettleForm(request.POST if act == "settle" else None)
    if request.method == "POST":
        try:
            if _act(act, outing, form, request):
                return redirect("front:today" if is_mine else "meet:outings")
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "meet/staff/outing.html", {"outing": outing, "form": form, "is_mine": is_mine})


def _act(act: str, outing: Outing, form: SettleForm, request: Request) -> bool:
    if act == "out":
        if services.come_out(outing, by=request.actor):
            messages.success(request, _("Good. It is written down that you are out."))
    elif act == "longer":
        services.stay_longer(outing, LONGER, by=request.actor)
    elif form.is_bound and form.is_valid():
        services.settle(outing, form.cleaned_data["words"], by=request.actor)
    else:
        return False
    return True
