"""Rooms, and one meeting made ready."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.meet import rules, telling_others
from gatepost.meet.forms.agenda import SchoolItemForm
from gatepost.meet.forms.preparing import ArrangementForm, FromOutsideForm, ProfessionalForm, RoomForm
from gatepost.meet.models import AgendaItem, Arrangement, Booking, Room, RoomBooking, Seat, SeatMail, Sheet
from gatepost.meet.queries import agenda, helping
from gatepost.meet.queries import preparing as queries
from gatepost.meet.queries.places import is_away, place_for_staff
from gatepost.meet.queries.together import is_barred
from gatepost.meet.seats import OF_THE_FAMILY, OF_THE_SCHOOL, SEES
from gatepost.meet.services import interpreting
from gatepost.meet.services import preparing as services
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.reach.models import Translation


@page(rules.may_keep_rooms)
@require_http_methods(["GET", "HEAD", "POST"])
def rooms(request: Request) -> HttpResponse:
    """The rooms in which families are met, and one more."""
    form = RoomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_room(form.cleaned_data, school_id=request.actor.school_id, by=request.actor)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("meet:rooms")
    labels = dict(Room.Feature.choices)
    known = Room.objects.filter(ended_at=None)
    rows = [(room, [labels[each] for each in room.features if each in labels]) for room in known]
    return render(request, "meet/staff/rooms.html", {"form": form, "rows": rows})


@page_on(Room, may=rules.may_end_room)
@require_POST
def end_room(request: Request, room: Room) -> HttpResponse:
    """It is used for this no longer."""
    services.end_room(room, by=request.actor)
    return redirect("meet:rooms")


@page(rules.may_plan)
@require_safe
def to_arrange(request: Request) -> HttpResponse:
    """What families have ticked with their time, and nobody has arranged yet; and who is to be told by somebody."""
    rows = helping.to_arrange(rules.arrangements_open_to(request.actor))
    to_say = telling_others.by_hand(rules.bookings_open_to(request.actor))
    return render(request, "meet/staff/to_arrange.html", {"rows": rows, "to_say": to_say, "today": clock.today()})


@page_on(SeatMail, may=rules.may_say_to_seated)
@require_POST
def told_seated(request: Request, mail: SeatMail) -> HttpResponse:
    """Somebody has told them."""
    telling_others.said(mail, by=request.actor)
    return redirect("meet:to_arrange")


@page_on(Booking, may=rules.may_prepare)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: Request, booking: Booking) -> HttpResponse:
    """One meeting: its room, who sits there, what stands in the family's way, and the list for the host."""
    act = request.POST.get("act", "")
    colleague = ProfessionalForm(_if(request, act == "add"), school_id=booking.school_id)
    outside = FromOutsideForm(_if(request, act == "outside"), auto_id="outside_%s")
    arranged = ArrangementForm(_if(request, act == "arrange"))
    if request.method == "POST":
        try:
            if _act(request, booking, colleague, outside, arranged):
                return redirect("meet:prepare", pk=booking.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
    forms = {"colleague": colleague, "outside": outside, "arranged": arranged}
    return render(request, "meet/staff/prepare.html", _shown(booking) | forms)


def _if(request: Request, is_this: bool) -> QueryDict | None:
    return request.POST if is_this else None


def _act(
    request: Request,
    booking: Booking,
    colleague: ProfessionalForm,
    outside: FromOutsideForm,
    arranged: ArrangementForm,
) -> bool:
    by = request.actor
    if act_on := request.POST.get("room"):
        room = Room.objects.filter(pk=_uuid(act_on), ended_at=None).first()
        if room:
            services.take_room(booking, room, by=by)
    elif gone := request.POST.get("remove"):
        services.remove_professional(booking, _uuid(gone), by=by)
    elif colleague.is_bound and colleague.is_valid():
        typed = colleague.cleaned_data
        services.add_professional(booking, typed["person"], typed["role"], by=by)
    elif outside.is_bound and outside.is_valid():
        typed = outside.cleaned_data
        who, email = Seat.Kind(typed["kind"]), typed["email"]
        services.add_from_outside(booking, who, typed["name"], typed["why"], email=email, by=by)
    elif arranged.is_bound and arranged.is_valid():
        typed = arranged.cleaned_data
        kind = Arrangement.Kind(typed["kind"])
        services.arrange(booking, kind, words=typed["words"], pence=arranged.pence(), by=by)
    else:
        return False
    return True


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


def _agenda(booking: Booking) -> list[tuple[AgendaItem, Translation | None]]:
    """What is talked about; beside a family's words, what they say in English."""
    items = agenda.items_of(booking.invitation_id)
    english = agenda.in_english(items)
    return [(item, english.get(item.pk)) for item in items]


def _shown(booking: Booking) -> dict[str, object]:
    seats = list(booking.seats.select_related("person", "adult", "booking__invitation__child"))
    cells = [cell for stretch in services.when(booking) for cell in stretch.cells()]
    taken = RoomBooking.objects.filter(booking=booking).select_related("room").first()
    return {
        "booking": booking,
        "slot": booking.slot,
        "place": place_for_staff(booking),
        "alone": is_away(booking),
        "adult": booking.invitation.adult,
        "room": taken.room if taken else None,
        "rooms": queries.rooms_for(booking, cells),
        "needs": queries.needs_of(booking),
        "seats": [(seat, SEES[seat.kind]) for seat in seats if seat.kind in OF_THE_SCHOOL],
        "family": [(seat, SEES[seat.kind], is_barred(seat)) for seat in seats if seat.kind in OF_THE_FAMILY],
        "sides": queries.sides_of(seats),
        "offers": queries.offers_of(booking),
        "arrangements": [(each, each.pence / 100) for each in booking.invitation.arrangements.all()],
        "tasks": queries.tasks_of(booking, seats),
        "interpreting": interpreting.of(booking),
        "agenda": _agenda(booking),
        "locked": agenda.is_locked(booking.slot),
        "stayed_away": queries.stayed_away(booking.invitation),
        "has_sheet": Sheet.objects.filter(invitation=booking.invitation_id).exclude(shared_at=None).exists(),
        "item_form": SchoolItemForm(auto_id="agenda_%s"),
        "speaks": booking.invitation.adult.speaks_first,
    }
