"""The family's times come first; and who did not come twice is offered another way."""

from __future__ import annotations

from datetime import datetime, time

from django.test import Client

from gatepost.know import services as know
from gatepost.meet import papers, receivers, services
from gatepost.meet.models import Attendance, Booking, InterpreterBooking, Slot
from gatepost.meet.queries.preparing import stayed_away
from gatepost.testing import Cast


def test_a_family_says_when_and_how_it_could_come(cast: Cast, client: Client) -> None:
    amina = cast.invitation(cast.amina)
    page = cast.link(cast.amina) + "none/"
    assert "When could you come?" in client.get(page + "?in=en").content.decode()
    client.post(page, {"times": ["evening", "weekend"], "ways": ["home"], "words": "Jimcaha"})
    said = amina.ask.answers.first()
    assert said and said.words == "In the evening · At the weekend · A visit at home\nJimcaha"


def test_another_date_is_kept_as_a_wish_while_an_interpreter_is_awaited(cast: Cast, client: Client) -> None:
    amina = cast.invitation(cast.amina)
    wishes = services.Wishes(interpreter="so")
    services.book(amina, cast.slot(event=amina.event), wishes=wishes, by=cast.family_actor(amina))
    answer = client.post(cast.link(cast.amina), {"interpreter_wish": "other_date"})
    assert answer.headers["Location"].endswith("change=1")
    assert InterpreterBooking.objects.get().wish == "other_date"
    services.book(amina, amina.event.slots.filter(taken=0)[3], wishes=wishes, by=cast.family_actor(amina))
    assert InterpreterBooking.objects.get().wish == "wait"


def test_who_did_not_come_twice_is_offered_another_way(cast: Cast, client: Client) -> None:
    jo = cast.invitation(cast.jo)
    booking = services.book(jo, cast.slot(event=jo.event), wishes=services.Wishes(), by=cast.family_actor(jo))
    page = f"/meet/bookings/{booking.pk}/prepare/"
    cast.sign_in(client, cast.ode)
    _missed(cast, booking)
    assert not stayed_away(jo) and "Twice they" not in client.get(page).content.decode()
    again = cast.invitation(cast.jo, event=cast.event())
    slot = Slot.objects.filter(event=again.event, taken=0).first()
    assert slot
    _missed(cast, services.book(again, slot, wishes=services.Wishes(), by=cast.family_actor(again)))
    assert stayed_away(again) and "Twice they" in client.get(page).content.decode()
    assert "Twice they" in client.get(f"/meet/invitations/{again.pk}/answer/").content.decode()
    assert not stayed_away(cast.invitation(cast.mark))


def _missed(cast: Cast, booking: Booking) -> None:
    Attendance.objects.create(
        school=cast.school,
        booking=booking,
        session=booking.slot.session,
        came=False,
        noted_by=cast.ode,
        noted_at=booking.booked_at,
    )


def test_the_times_that_fit_come_first_on_the_page_in_a_text_and_on_paper(cast: Cast, client: Client) -> None:
    event = cast.event(begins=time(16), ends=time(20))
    know.say_wishes(cast.jo, {"times": ["evening"]}, by=cast.actor_of(cast.finch))
    invitation = cast.invitation(cast.jo, event=event)
    page = client.get(cast.link(cast.jo)).content.decode()
    assert page.index("6pm") < page.index("4pm") and "fits what you told us" in page
    mark = client.get(cast.link(cast.mark)).content.decode()
    assert mark.index("4pm") < mark.index("6pm") and "fits what you told us" not in mark
    receivers._offer(invitation, by=cast.family_actor(invitation))
    offered = cast.told(cast.jo)[-1].params
    assert all(datetime.fromisoformat(offered[f"time_{at}_at"]).hour >= 18 for at in (1, 2, 3))
    on_paper = papers._boxes(cast.told(cast.jo)[0])
    assert all(box.words.split(", ")[-1][0] in "67" for box in on_paper[:6])
