"""What a family sees and does with the link in its invitation. No account, no script, nothing of anybody else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from email.utils import parseaddr
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.disclosure import Fact
from gatepost.meet import calendar, queries, rules, services
from gatepost.meet.forms.booking import BookForm, ChosenForm, NoForm, NoneForm, WishForm
from gatepost.meet.models import Booking, InterpreterBooking, Invitation
from gatepost.meet.queries import agenda as talks
from gatepost.meet.queries.interpreting import shown_to_adult
from gatepost.meet.queries.parts import parts_of
from gatepost.meet.queries.suiting import part_of
from gatepost.meet.queries.together import shown_along
from gatepost.meet.services import agenda, interpreting
from gatepost.meet.wishes import wishes_at
from gatepost.org.actor import Actor, Request
from gatepost.reach.door import kept_apart, link_page, nameless, token_of
from gatepost.reach.steps import stays_in_language

PURPOSE = "invite:open"
LOGISTICS = {Fact.LOGISTICS}


READS = ("event", "ask")


@link_page(PURPOSE, Invitation, may=rules.may_answer, facts=LOGISTICS, reads=READS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_invitation(request: Request, invitation: Invitation) -> HttpResponse:
    """Choose a time; or see the time one has, and give it back, move it or wish for something else."""
    if "slot" in request.POST and not request.POST.get("act"):
        return _book(request, invitation)
    if request.POST.get("along"):
        return _come_along(request, invitation)
    held = queries.held_of(invitation)
    choosing = "change" in request.GET or "slot" in request.POST
    if held.booking and not choosing:
        return _booked(request, invitation, held.booking)
    return _choose(request, invitation, held)


def _book(request: Request, invitation: Invitation) -> HttpResponse:
    """A time was pressed: it is theirs, or the page says why not, and offers the others."""
    try:
        refusal = _try(request, invitation)
    except services.Overtaken:
        stands = queries.booking_of(invitation)
        return _back(request, overtaken=stands is None or str(stands.slot_id) != request.POST.get("slot"))
    if refusal == "":
        return _back(request)
    return _offer(request, invitation, queries.held_of(invitation), refusal)


def _choose(request: Request, invitation: Invitation, held: queries.Held) -> HttpResponse:
    if request.method == "POST" and request.POST.get("act") == "take_back":
        return _take_back(request, invitation)
    if request.method == "POST" and request.POST.get("act") in ("wait", "stop_waiting"):
        return _wait(request, invitation)
    if request.POST.get("act") in {"give_back", "wish"}:  # pressed again, when nothing is held any more
        return _back(request, overtaken=request.POST["act"] == "wish")
    return _book(request, invitation) if request.method == "POST" else _offer(request, invitation, held)


def _offer(request: Request, invitation: Invitation, held: queries.Held, refusal: str | None = None) -> HttpResponse:
    """The times that can be had; of many, those of the part of the day in which they can come."""
    apart = kept_apart(request)
    shown = queries.shown(invitation, nameless=nameless(request), booking=held.booking, apart=apart)
    when, parts = request.GET.get("when"), parts_of(shown.times, request.GET.dict())
    if any(part.chosen for part in parts):
        shown = replace(shown, times=tuple(time for time in shown.times if part_of(time.starts_at) == when))
    form = BookForm(request.POST or None, invitation=shown, language=invitation.adult.language)
    if refusal and form.is_valid():
        form.add_error("slot", refusal)
    lately = None if held.booking else queries.given_back_lately(invitation, held.before)
    undo = lately.slot.starts_at if lately else None
    waits = shown.is_full and queries.is_waiting(invitation)
    more = {"invitation": shown, "form": form, "undo": undo, "waits": waits, "parts": parts}
    more["unfolded"] = form.says_what_would_help
    more["along"] = shown_along(invitation)
    more["all_url"] = f"?{urlencode({name: said for name, said in request.GET.items() if name != 'when'})}"
    return _page(request, "choose", invitation, more)


def _try(request: Request, invitation: Invitation) -> str | None:
    """Book what was pressed. Blank: it is booked; else why not; None: what was typed is no choice."""
    adult = invitation.adult
    ways = invitation.event.ways
    chosen = ChosenForm(request.POST, interpreter=adult.interpreter, language=adult.language, ways=ways)
    found = queries.slot_of(chosen.cleaned_data["slot"]) if chosen.is_valid() else None
    if found is None:
        return None
    if found.event_id == invitation.event_id:
        found.event = invitation.event
    try:
        services.book(invitation, found, wishes=chosen.wishes(), by=request.actor, seen=_seen(request))
    except services.Overtaken:
        raise
    except Refused as refusal:
        return str(refusal)
    return ""


def _come_along(request: Request, invitation: Invitation) -> HttpResponse:
    """Whether they come to the other parent's meeting, too."""
    try:
        services.say_along(invitation, comes=request.POST["along"] == "yes", by=request.actor)
    except Refused:  # they are elsewhere then, or it has changed: the page shows how things stand
        return _back(request, overtaken=True)
    return _back(request)


def _wait(request: Request, invitation: Invitation) -> HttpResponse:
    verb = services.wait if request.POST["act"] == "wait" else services.stop_waiting
    with suppress(Refused):  # the page shows how things stand
        verb(invitation, by=request.actor)
    return _back(request)


def _take_back(request: Request, invitation: Invitation) -> HttpResponse:
    with suppress(Refused):  # too late: the page shows what is left
        services.take_back(invitation, by=request.actor, seen=_seen(request))
    return _back(request)


def _booked(request: Request, invitation: Invitation, booking: Booking) -> HttpResponse:
    shown = queries.shown(invitation, nameless=nameless(request), booking=booking, choosing=False)
    adult = invitation.adult
    wishes = partial(WishForm, interpreter=adult.interpreter, language=adult.language, ways=shown.ways)
    form = wishes(request.POST or None)
    done = ""
    if request.method == "POST" and request.POST.get("act") == "give_back":
        try:
            services.give_back(invitation, by=request.actor, seen=_seen(request))
        except services.Overtaken:
            return _back(request, overtaken=True)
        return _back(request)
    adds = request.method == "POST" and request.POST.get("act") == "add"
    if adds and _is_added(form, invitation, by=request.actor):
        return _back(request, more="added=1")
    if request.method == "POST" and request.POST.get("interpreter_wish") and not request.POST.get("act"):
        return _choose_interpreter(request, booking)
    if request.method == "POST" and not adds and form.is_valid():
        try:
            services.wish(invitation, wishes=form.wishes(), by=request.actor, seen=_seen(request))
        except Refused:  # pressed twice, or given back in another window meanwhile
            return _back(request, overtaken=not _is_wished(booking, form.wishes(), adult.interpreter))
        done = _("Your wishes are written down.")
        invitation.refresh_from_db(fields=["changes"])
        form = wishes()
    more = {"invitation": shown, "form": form, "done": done, "interpreting": shown_to_adult(booking)}
    more["along"] = shown_along(invitation)
    return _page(request, "booked", invitation, more | _talk(request, invitation, booking))


def _is_added(form: WishForm, invitation: Invitation, *, by: Actor) -> bool:
    """One more thing to talk about. It stands behind a code then: whoever holds the link alone does not read it."""
    try:
        if form.is_valid():
            agenda.add_for_family(invitation, form.cleaned_data["talk_about"], by=by)
    except Refused as refusal:
        form.add_error("talk_about", str(refusal))
    return form.is_valid()


def _talk(request: Request, invitation: Invitation, booking: Booking) -> dict[str, object]:
    """Who will be there; and whether what we talk about can be read, and waits for a yes."""
    if not talks.has_agenda(invitation):
        return {}
    readable = talks.may_be_read(invitation)
    seats = talks.seats_of(booking.pk)
    return {
        "people": talks.people_at(booking, seats, roles=readable and not nameless(request)),
        "talk_url": reverse("invite:talk", args=[token_of(request)]) + stays_in_language(request) if readable else "",
        "asked": readable and talks.waits_for_yes(invitation),
        "sheet_url": reverse("invite:mine", args=[token_of(request)]) + stays_in_language(request),
        "added": "added" in request.GET,
    }


def _choose_interpreter(request: Request, booking: Booking) -> HttpResponse:
    """What they would like while nobody is found."""
    wish = request.POST["interpreter_wish"]
    if wish in InterpreterBooking.Wish.values:
        with suppress(Refused):  # somebody has just been found: the page says so
            interpreting.choose(booking, InterpreterBooking.Wish(wish), by=request.actor)
    # the wish stands, whether or not they find another date there
    return _back(request, more="change=1" if wish == InterpreterBooking.Wish.OTHER_DATE else "")


def _is_wished(booking: Booking, wishes: services.Wishes, known: str) -> bool:
    """Whether just this was wished for already: then it was pressed twice, and nobody need be told."""
    stands = replace(wishes_at(booking), help=())
    return stands == replace(wishes, help=(), interpreter=wishes.interpreter or known, interpreter_wish="")


@link_page(PURPOSE, Invitation, may=rules.may_answer, facts=LOGISTICS, reads=READS)
@require_http_methods(["GET", "HEAD", "POST"])
def none_of_these(request: Request, invitation: Invitation) -> HttpResponse:
    """No time suits: say what would."""
    return _no(request, invitation, "none_of_these")


@link_page(PURPOSE, Invitation, may=rules.may_answer, facts=LOGISTICS, reads=READS)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: Request, invitation: Invitation) -> HttpResponse:
    """Rather not: that is an answer too."""
    return _no(request, invitation, "declined")


def _no(request: Request, invitation: Invitation, value: str) -> HttpResponse:
    shown = queries.shown(invitation, nameless=nameless(request), booking=None, choosing=False)
    form = (NoneForm if value == "none_of_these" else NoForm)(request.POST or None)
    said = request.method == "POST" and form.is_valid()
    if said:
        try:
            words = form.said()
            services.say_no(invitation, value=value, words=words, by=request.actor, seen=_seen(request))
        except services.Overtaken:
            latest = invitation.ask.answers.first()
            if latest is None or latest.value != value:
                return _back(request, overtaken=True)
    return _page(request, value, invitation, {"invitation": shown, "form": form, "said": said})


@link_page(PURPOSE, Invitation, may=rules.may_answer, facts=LOGISTICS, reads=READS)
@require_safe
def calendar_file(request: Request, invitation: Invitation) -> HttpResponse:
    """The adult's own meeting as a calendar entry that names no child and nobody else; what was given back is off."""
    held = queries.held_of(invitation)
    found = held.booking or held.before
    if found is None:
        return _back(request)
    first, *later = queries.moments_of(invitation.pk, found.slot.starts_at)
    meeting = calendar.Meeting(
        key=invitation.pk,
        number=max(invitation.changes - 1, 0),
        starts_at=first,
        also_at=tuple(later),
        minutes=found.slot.minutes,
        title=_("A talk at %(school)s") % {"school": invitation.school.name},
        place=queries.place_for_family(found.slot.event.place, queries.way_of(found)),
        way_there=queries.all_of_the_way(found.slot.event, queries.way_of(found), invitation.adult, invitation.school),
        is_off=held.booking is None,
    )
    between = calendar.Between(invitation.school.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    body = calendar.for_one([meeting], calendar.PUBLISH, between)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


def _page(request: Request, name: str, invitation: Invitation, more: dict[str, object]) -> HttpResponse:
    token = token_of(request)
    stay = stays_in_language(request)
    addresses = {
        "here": reverse(PURPOSE, args=[token]) + stay,
        "none_url": reverse("invite:none_of_these", args=[token]) + stay,
        "decline_url": reverse("invite:decline", args=[token]) + stay,
        "help_url": reverse("invite:helps", args=[token]) + stay,
        "calendar_url": reverse("invite:calendar_file", args=[token]),
        "change_url": reverse(PURPOSE, args=[token]) + (f"{stay}&change=1" if stay else "?change=1"),
    }
    said = {"tag": get_language(), "seen": invitation.changes, "overtaken": "overtaken" in request.GET}
    return render(request, f"meet/family/{name}.html", more | addresses | said)


def _back(request: Request, *, overtaken: bool = False, more: str = "") -> HttpResponse:
    """The page of what stands; where something else was wished than stands, it says that nothing was changed."""
    stay = stays_in_language(request)
    more = "overtaken=1" if overtaken else more
    more = f"{'&' if stay else '?'}{more}" if more else ""
    return redirect(reverse(PURPOSE, args=[token_of(request)]) + stay + more)


def _seen(request: Request) -> int | None:
    """The count of changes that the page showed when it was sent."""
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else None
