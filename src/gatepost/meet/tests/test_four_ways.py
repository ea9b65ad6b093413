"""Four like families book the same meeting, each in their own way: the rows and the traces are the same.

On an old phone, by two texts, by a slip that came back on paper, and on the telephone with Mrs Finch at the keys.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.forms.models import model_to_dict
from django.test import Client

from gatepost.core import clock
from gatepost.core.models import AuditEvent
from gatepost.disclosure import Standing, Tri
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, Group
from gatepost.meet.models import Arrangement, Booking, Hold, InterpreterBooking, Invitation, Seat, Slot
from gatepost.meet.queries import times_for
from gatepost.reach.models import Answer, IncomingText, Notice, Touch
from gatepost.reach.services import slips
from gatepost.reach.tests.paper import home_of, sheet_of, wants_paper
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

type Way = Callable[[Cast, Invitation, Client], None]


def on_a_phone(cast: Cast, invitation: Invitation, client: Client) -> None:
    link = cast.link(invitation.adult)
    page = client.get(link)
    seen = page.context["seen"]
    client.post(
        link, {"slot": first_time(invitation), "seen": seen, "interpreter": "on", "help": HELP, "talk_about": ""}
    )


def by_text(cast: Cast, invitation: Invitation, client: Client) -> None:
    for words in ("yes", "1", "1, 3."):
        assert text_from(cast, invitation.adult, words).state == IncomingText.State.ANSWERED
    Notice.objects.filter(kind="meet.booked").update(state=Notice.State.QUEUED)  # as in the other ways, looked at early


def on_paper(cast: Cast, invitation: Invitation, client: Client) -> None:
    sheet = sheet_of(cast, invitation.adult)
    ticked = next(box["value"] for box in sheet.boxes if box["value"].startswith("slot:"))
    slips.key_in(sheet, [ticked, "interpreter", *HELP], "", by=cast.actor_of(cast.finch))


def by_telephone(cast: Cast, invitation: Invitation, client: Client) -> None:
    typed = {"slot": first_time(invitation), "interpreter": "on", "help": HELP, "talk_about": ""}
    cast.sign_in(client, cast.finch).post(f"/meet/invitations/{invitation.pk}/answer/", typed)


HELP = ["transport", "food"]
WAYS: dict[str, Way] = {"web": on_a_phone, "sms": by_text, "paper": on_paper, "phone": by_telephone}
BY_TEXT = ("meet.times", "meet.what_helps", "meet.helped")  # what is offered by text only, and said in answer to one
OWN = (
    "reach.letters_printed",
    "reach.letters_posted",
    "reach.slip_keyed",
    "reach.text_came",
    "core.read",
)  # how it came in, and that a page was looked at


def first_time(invitation: Invitation) -> str:
    return str(next(time.slot_id for time in times_for(invitation, None) if not time.taken))


def a_family(cast: Cast, way: str, number: int) -> Invitation:
    """A mother who speaks Polish and her child, at home with a telephone; invited to an evening of their own."""
    child = Child.objects.create(school=cast.school, name=f"Ola Nowak {number}", called="Ola", year="4")
    adult = Adult.objects.create(
        organisation=cast.organisation, name=f"Ewa Nowak {number}", language="pl", interpreter="pl"
    )
    said: dict[str, Any] = {"standing": Standing.PARENT, "responsibility": Tri.YES, "lives_with": Tri.YES}
    Care.objects.create(school=cast.school, adult=adult, child=child, relationship="mother", **said)
    point = {"channel": Channel.SMS, "value": f"+4477009008{number:02}", "confirmed_at": clock.now()}
    ContactPoint.objects.create(organisation=cast.organisation, adult=adult, **point)
    home_of(cast, adult, child)
    if way == "paper":
        wants_paper(cast, adult)
    group = Group.objects.create(school=cast.school, name=f"Group {number}", year="4")
    group.children.add(child)
    group.teachers.add(cast.ode)
    return cast.invitation(adult, event=cast.event(groups=[group]))


def test_four_ways_of_booking_leave_the_same(cast: Cast) -> None:
    left = {}
    for number, (way, book) in enumerate(WAYS.items(), 1):
        invitation = a_family(cast, way, number)
        cast.deliver()
        before = AuditEvent.objects.count()
        book(cast, invitation, Client())
        left[way] = what_is_left(cast, invitation, way, since=before)
    for way in WAYS:
        assert left[way] == left["web"], way


def test_what_they_would_like_until_an_interpreter_is_found_is_said_in_four_ways(cast: Cast) -> None:
    for number, (way, book) in enumerate(WAYS.items(), 1):
        invitation = a_family(cast, way, number)
        cast.deliver()
        if way == "web":
            book(cast, invitation, Client())
            Client().post(cast.link(invitation.adult), {"interpreter_wish": "remote"})
        elif way == "sms":
            for words in ("yes", "1", "1 6"):
                assert text_from(cast, invitation.adult, words).state == IncomingText.State.ANSWERED
        elif way == "paper":
            sheet = sheet_of(cast, invitation.adult)
            ticked = next(box["value"] for box in sheet.boxes if box["value"].startswith("slot:"))
            slips.key_in(sheet, [ticked, "remote"], "", by=cast.actor_of(cast.finch))
        else:
            typed = {"slot": first_time(invitation), "interpreter": "on", "interpreter_wish": "remote"}
            cast.sign_in(Client(), cast.finch).post(f"/meet/invitations/{invitation.pk}/answer/", typed)
        asked = InterpreterBooking.objects.get(booking__invitation=invitation)
        assert (asked.wish, asked.state, asked.language) == ("remote", "requested", "pl"), way


def test_another_date_by_text_brings_times_and_a_number_moves_there(cast: Cast) -> None:
    invitation = a_family(cast, "sms", 1)
    for words in ("yes", "1", "7"):
        assert text_from(cast, invitation.adult, words).state == IncomingText.State.ANSWERED
    assert InterpreterBooking.objects.get().wish == "other_date"
    first = Booking.objects.get(status="booked")
    assert text_from(cast, invitation.adult, "2").state == IncomingText.State.ANSWERED
    moved = Booking.objects.get(status="booked")
    assert moved.slot.starts_at > first.slot.starts_at and InterpreterBooking.objects.get().wish == "wait"


def what_is_left(cast: Cast, invitation: Invitation, way: str, *, since: int) -> dict[str, Any]:
    """Every row and every trace of one booking, but for ids, moments, and the way itself."""
    booking = Booking.objects.select_related("slot").get(invitation=invitation)
    begins = booking.slot.starts_at
    invitation.refresh_from_db()
    answers, touches = Answer.objects.filter(ask=invitation.ask), Touch.objects.filter(adult=invitation.adult)
    assert {said.way for said in answers} == {way} == {said.way for said in touches}
    lines = AuditEvent.objects.order_by("at", "number")[since:]
    return {
        "booking": bare(booking) | {"first": begins == min(slot.starts_at for slot in invitation.event.slots.all())},
        "changes": invitation.changes,
        "seats": [bare(seat) for seat in Seat.objects.filter(booking=booking)],
        "held": sorted((hold.kind, hold.at - begins) for hold in Hold.objects.filter(booking=booking)),
        "interpreting": [bare(each) for each in InterpreterBooking.objects.filter(booking=booking)],
        "taken": list(Slot.objects.filter(event=invitation.event).values_list("taken", "places")),
        "answers": [bare(said) for said in answers],
        "touches": [bare(said) for said in touches][:1],  # a second text is a second contact
        "help": [bare(each) for each in Arrangement.objects.filter(invitation=invitation)],
        "told": [told(each) for each in cast.told(invitation.adult) if each.kind not in BY_TEXT],
        "lines": {str((line.verb, line.thing, details(line.details))) for line in lines if is_shared(line)},
    }


def bare(row: Any) -> dict[str, Any]:
    """The columns of a row that say something of their own."""
    apart = (
        "id",
        "way",
        "number",
        "slot",
        "invitation",
        "booking",
        "ask",
        "adult",
        "child",
        "by",
        "keyed_by",
        "due_on",
    )
    columns = {name: value for name, value in model_to_dict(row).items() if name not in apart}
    return {name: value for name, value in columns.items() if not isinstance(value, datetime)}


def told(notice: Any) -> tuple[Any, ...]:
    said = {name: value for name, value in notice.params.items() if not name.endswith(("_at", "_on"))}
    return notice.kind, notice.language, notice.state, sorted(notice.facts), said


def is_shared(line: AuditEvent) -> bool:
    """Whether it is of the booking; not that a text offered times first, or a page was looked at."""
    return line.verb not in OWN and line.details.get("kind") not in BY_TEXT


def details(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if name != "way"}
