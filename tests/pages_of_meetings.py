"""The pages of coming together, in the same columns as `tests/pages.py`, which joins them to its own."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.test import Client

from gatepost.core import clock
from gatepost.know import services as know
from gatepost.meet import services as meet
from gatepost.meet.addresses import COMPANION, key_of
from gatepost.meet.models import AgendaItem, Arrangement, Companion, Event, Interpreter, InterpreterBooking, SignIn
from gatepost.meet.services import agenda, helping, interpreting, outings, preparing, sheets

if TYPE_CHECKING:
    from tests.pages import World


def _lunch(w: World) -> str:
    """The id of a lunch that Ms Ode leads."""
    day = clock.today() + timedelta(days=200)
    return str(w.cast.event(kind=Event.Kind.LUNCH, days=[day], minutes=60, begins=time(12)).pk)


def breakfast(w: World) -> Event:
    """A breakfast that Ms Ode leads; it began a moment ago."""
    day = clock.today() + timedelta(days=220 + Event.objects.count())
    event = w.cast.event(kind=Event.Kind.BREAKFAST, days=[day], minutes=90, begins=time(8), ends=time(9, 30))
    event.sessions.update(starts_at=clock.now())
    return event


def _sign_in(w: World) -> str:
    """The id of what somebody wrote on paper there."""
    meet.key_paper(breakfast(w).sessions.get(), [("Dawn Marsh", "Tyler")], by=w.cast.actor_of(w.cast.ode))
    return str(SignIn.objects.get().pk)


def page_at_the_door(w: World, client: Client) -> str:
    """The page at the door, on the device in `client`."""
    session = breakfast(w).sessions.get()
    answer = w.cast.sign_in(client, w.cast.ode).post(f"/meet/sessions/{session.pk}/kiosk/")
    return answer.headers["Location"]


def _shared_sheet(w: World) -> str:
    """A meeting of which Amina has shared how she has prepared."""
    words = {"know": "We moved", "worry": "", "change": ""}
    sheets.share(w.booking.invitation, words, by=w.cast.family_actor(w.booking.invitation))
    return str(w.booking.pk)


MEETS = (200, 200, 200, 200, 200, 200, 302)
HOSTED = (200, 403, 403, 200, 200, 404, 302)
ANSWERS_FOR_ALL = (403, 403, 403, 200, 200, 200, 302)


def interpreter(w: World) -> Interpreter:
    """Somebody outside who speaks Somali."""
    typed = {"name": "Sagal Ali", "languages": ["so"], "phone": "0113 496 0001"}
    return interpreting.add(typed, school_id=w.cast.school.pk, by=w.cast.actor_of(w.cast.finch))


def _asked(w: World) -> str:
    """What is arranged for Amina, who wishes for an interpreter."""
    return str(InterpreterBooking.objects.get(booking=w.booking).pk)


def full(w: World) -> str:
    """Dawn's link to an open classroom whose only place Jo has."""
    day = clock.today() + timedelta(days=210)
    kind = Event.Kind.OPEN_CLASSROOM
    event = w.cast.event(kind=kind, days=[day], minutes=60, places=1, begins=time(9), ends=time(10))
    jo = w.cast.invitation(w.cast.jo, event=event)
    meet.book(jo, event.slots.get(), wishes=meet.Wishes(), by=w.cast.family_actor(jo))
    return w.cast.link(w.cast.dawn)


def talk_page(w: World, client: Client) -> str:
    """What Amina and the school will talk about, after the code; one thing waits for her yes."""
    agenda.add_for_family(w.booking.invitation, "Akhriska guriga", by=w.cast.family_actor(w.booking.invitation))
    item = agenda.add_for_school(w.booking, "How maths goes", by=w.cast.actor_of(w.cast.ode))
    AgendaItem.objects.filter(pk=item.pk if item else None).update(state=AgendaItem.State.ASKED)
    return _behind_a_code(w, client, "talk/")


def companions_page(w: World, client: Client) -> str:
    """What somebody who comes along with Amina reads."""
    client.post(talk_page(w, client), {"act": "let_read"})
    made = Companion.objects.get(ended_at=None)
    return f"/b/{key_of(made.school_id, made.pk, of=COMPANION)}/"


def sheet_page(w: World, client: Client) -> str:
    """Amina's own sheet, after the code, when she has begun it."""
    link = _behind_a_code(w, client, "mine/")
    client.post(link, {"know": "He counts in Somali.", "worry": "", "change": ""})
    return link


def booked(w: World) -> str:
    """Amina's link, with a time and a way there that nobody here can put into Somali."""
    Event.objects.filter(pk=w.event).update(way_there="Bus 12 to Mill Lane, then the green door.")
    return w.cast.link(w.cast.amina)


def help_page(w: World, client: Client) -> str:
    """What would help Amina, after the code: she has told us of it, something is asked for and something arranged."""
    by, invitation = w.cast.actor_of(w.cast.finch), w.booking.invitation
    barriers = {"childcare": "Three little ones", "time": "", "language": "", "right_person": ""}
    know.say_barriers(w.cast.amina, barriers, by=by)
    helping.ask_for_help(invitation, ["food", "transport"], by=w.cast.family_actor(invitation))
    preparing.arrange(w.booking, Arrangement.Kind.TRANSPORT, words="A taxi at five", pence=800, by=by)
    return _behind_a_code(w, client, "help/")


def _behind_a_code(w: World, client: Client, page: str) -> str:
    link = w.cast.link(w.cast.amina) + page
    client.post(link, {"send": "1"})
    client.post(link, {"code": w.cast.code(w.cast.amina)})
    return link


def _out(w: World) -> str:
    """Ms Ode is at somebody's door, and Mrs Finch is on duty for her."""
    said = outings.GoingIn(w.cast.finch, "12 Mill Lane", 60, "07700 900111")
    return str(outings.go_in(said, school_id=w.cast.school.pk, by=w.cast.actor_of(w.cast.ode)).pk)


def another_way(w: World) -> str:
    """Dawn's link to say which other way would suit her."""
    for _time in range(2):
        invitation = w.cast.invitation(w.cast.dawn, event=w.cast.event())
        slot = invitation.event.slots.all()[0]
        held = meet.book(invitation, slot, wishes=meet.Wishes(), by=w.cast.family_actor(invitation))
        meet.note_who_came(held, came=False, by=w.cast.actor_of(w.cast.ode))
    return w.cast.link(w.cast.dawn)


PAGES_OF_MEETINGS = {
    "meet:outings": (lambda w: "/meet/out/", MEETS),
    "meet:call_off": (lambda w: f"/meet/sessions/{Event.objects.get(pk=w.event).sessions.get().pk}/call-off/", HOSTED),
    "meet:another_ways": (lambda w: "/meet/another-way/", MEETS),
    "meet:to_arrange": (lambda w: "/meet/help/", MEETS),
    "meet:outing": (lambda w: f"/meet/out/{_out(w)}/", HOSTED),
    "meet:kitchen": (lambda w: f"/meet/events/{_lunch(w)}/kitchen/", (200, 403, 403, 200, 200, 404, 302)),
    "meet:evening": (lambda w: f"/meet/events/{w.event}/evening/", (200, 403, 403, 200, 200, 404, 302)),
    "meet:door": (lambda w: f"/meet/events/{w.event}/door/", (200, 403, 403, 200, 200, 404, 302)),
    "meet:arrivals": (lambda w: f"/meet/events/{breakfast(w).pk}/arrivals/", HOSTED),
    "home:after": (lambda w: f"/home-learning/after/{w.event}/", HOSTED),
    "meet:follow_on": (lambda w: f"/meet/events/{breakfast(w).pk}/follow-on/", HOSTED),
    "meet:eligible": (lambda w: f"/meet/events/{w.event}/eligible/", HOSTED),
    "meet:match": (lambda w: f"/meet/sign-ins/{_sign_in(w)}/", HOSTED),
    "companion:open": (lambda w: "/b/no-token/", (404,) * 7),
    "kiosk:open": (lambda w: "/k/no-token/", (404,) * 7),
    "staff:days_off": (lambda w: "/staff/days-off/", (403, 403, 403, 200, 200, 200, 302)),
    "meet:interpreters": (lambda w: "/meet/interpreters/", MEETS),
    "meet:outside_interpreters": (lambda w: "/meet/interpreters/outside/", ANSWERS_FOR_ALL),
    "meet:place": (lambda w: f"/meet/events/{w.event}/place/", HOSTED),
    "meet:cover": (lambda w: f"/meet/events/{w.event}/cover/", HOSTED),
    "meet:follow": (lambda w: "/meet/calendar/", MEETS),
    "feed:open": (lambda w: "/c/no-token/meetings.ics", (404,) * 7),
    "meet:rooms": (lambda w: "/meet/rooms/", ANSWERS_FOR_ALL),
    "meet:prepare": (lambda w: f"/meet/bookings/{w.booking.pk}/prepare/", HOSTED),
    "meet:sheet": (lambda w: f"/meet/bookings/{_shared_sheet(w)}/sheet/", HOSTED),
    "meet:interpreter": (lambda w: f"/meet/interpreters/{_asked(w)}/", HOSTED),
}

POSTS_OF_MEETINGS = {
    "staff:open_again",
    "meet:end_interpreter",
    "meet:told_interpreter",
    "meet:told_seated",
    "meet:end_room",
    "meet:late",
    "meet:begin_kiosk",
    "meet:end_kiosk",
    "meet:agenda",
    "meet:walk_in",
    "meet:settle_another_way",
}
