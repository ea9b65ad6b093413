"""A meeting is made ready: a room that suits, not a row of professionals, and nothing left in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know import services as know
from gatepost.know.models import Adult
from gatepost.meet import reminding, services, telling_others
from gatepost.meet.models import Arrangement, Booking, Hold, Room, RoomBooking, Seat, SeatMail, Slot
from gatepost.meet.queries import preparing as queries
from gatepost.meet.services import placing, preparing
from gatepost.org.models import Person
from gatepost.testing import Cast


def book(cast: Cast, adult: Adult, at: int = 0) -> Booking:
    invitation = cast.invitation(adult)
    slot = invitation.event.slots.filter(taken=0, places=1).order_by("starts_at")[at]
    return services.book(invitation, slot, wishes=services.Wishes(), by=cast.family_actor(invitation))


def room(cast: Cast, name: str, *features: str) -> Room:
    typed = {"name": name, "features": list(features), "seats": 6}
    return preparing.add_room(typed, school_id=cast.school.pk, by=cast.actor_of(cast.finch))


def offered(booking: Booking) -> list[str]:
    cells = [cell for stretch in preparing.when(booking) for cell in stretch.cells()]
    return [each.name for each in queries.rooms_for(booking, cells)]


def test_a_room_without_a_loop_is_not_offered_to_an_adult_who_needs_one(cast: Cast) -> None:
    by, hall, library = cast.actor_of(cast.finch), room(cast, "Hall"), room(cast, "Library", "loop", "quiet")
    know.say_needs(cast.jo, {"hearing_loop": ""}, by=by)
    booking = book(cast, cast.jo)
    assert offered(booking) == ["Library"]
    with pytest.raises(Refused, match="need"):
        preparing.take_room(booking, hall, by=by)
    preparing.take_room(booking, library, by=by)
    assert RoomBooking.objects.get().room == library


def test_a_room_is_held_for_one_meeting_at_a_time(cast: Cast) -> None:
    by, library = cast.actor_of(cast.finch), room(cast, "Library")
    jo, dawn = book(cast, cast.jo), book(cast, cast.dawn)
    preparing.take_room(jo, library, by=by)
    assert offered(dawn) == ["Library"]
    Slot.objects.filter(pk=dawn.slot_id).update(starts_at=jo.slot.starts_at, host=cast.nye)
    dawn = Booking.objects.get(pk=dawn.pk)
    assert offered(dawn) == []
    with pytest.raises(Refused, match="taken then"):
        preparing.take_room(dawn, library, by=by)


def test_the_room_and_colleagues_come_along_when_the_meeting_moves(cast: Cast) -> None:
    by, library = cast.actor_of(cast.finch), room(cast, "Library")
    booking = book(cast, cast.jo)
    preparing.take_room(booking, library, by=by)
    preparing.add_professional(booking, cast.kent, "He helps Ella in the mornings", by=by)
    moved = book(cast, cast.jo, at=3)
    assert RoomBooking.objects.get().booking == moved
    assert Seat.objects.get(kind="professional").booking == moved
    assert set(
        Hold.objects.filter(kind__in=["room", "host"]).exclude(booking=None).values_list("booking", flat=True)
    ) == {moved.pk}
    services.give_back(moved.invitation, by=cast.family_actor(moved.invitation))
    assert not RoomBooking.objects.exists() and not Hold.objects.filter(kind="room").exists()


def test_where_school_was_hard_the_private_entrance_comes_first(cast: Cast) -> None:
    room(cast, "Hall")
    room(cast, "Lodge", "private")
    booking = book(cast, cast.jo)
    assert offered(booking) == ["Hall", "Lodge"]
    know.say_barriers(cast.jo, {"own_schooling": ""}, by=cast.actor_of(cast.finch))
    assert offered(booking) == ["Lodge", "Hall"]


def test_nobody_comes_without_a_reason_or_to_two_meetings(cast: Cast) -> None:
    by, booking = cast.actor_of(cast.finch), book(cast, cast.jo)
    with pytest.raises(Refused, match="plain words"):
        preparing.add_professional(booking, cast.kent, " ", by=by)
    with pytest.raises(Refused, match="host"):
        preparing.add_professional(booking, cast.ode, "She teaches Ella", by=by)
    preparing.add_professional(booking, cast.kent, "He helps Ella", by=by)
    other = book(cast, cast.dawn)
    Slot.objects.filter(pk=other.slot_id).update(starts_at=booking.slot.starts_at, host=cast.nye)
    with pytest.raises(Refused, match="another meeting"):
        preparing.add_professional(Booking.objects.get(pk=other.pk), cast.kent, "He helps", by=by)


def test_seven_professionals_and_one_parent_are_a_row(cast: Cast) -> None:
    by, booking = cast.actor_of(cast.finch), book(cast, cast.jo)
    for person in (cast.kent, cast.frost, cast.adeyemi, cast.cole, cast.bell, cast.birch):
        preparing.add_professional(booking, person, "Helps", by=by)
    sides = queries.sides_of(booking.seats.all())
    assert (sides.school, sides.family) == (7, 1) and sides.outnumbered
    assert not queries.sides_of([]).outnumbered


def test_what_stands_in_the_way_is_offered_and_its_cost_counted(cast: Cast, client: Client) -> None:
    know.say_barriers(cast.jo, {"transport": "Two buses"}, by=cast.actor_of(cast.finch))
    booking = book(cast, cast.jo)
    cast.sign_in(client, cast.finch)
    page = f"/meet/bookings/{booking.pk}/prepare/"
    assert "Two buses" in client.get(page).content.decode()
    client.post(page, {"act": "arrange", "kind": "transport", "words": "A taxi both ways", "pounds": "12.50"})
    client.post(page, {"act": "arrange", "kind": "food", "words": "Vegetarian, no nuts", "pounds": "4"})
    assert queries.cost_of(booking.slot.event) == 1650
    assert Arrangement.objects.get(kind="transport").pence == 1250
    shown = client.get(page).content.decode()
    assert "To eat: Vegetarian, no nuts" in shown and "£12.50" in shown


def test_the_office_keeps_rooms_and_the_host_takes_one(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    client.post("/meet/rooms/", {"name": "Library", "features": ["quiet"], "seats": "6"})
    again = client.post("/meet/rooms/", {"name": "Library", "seats": "6"})
    assert "of this name already" in again.content.decode()
    library, booking = Room.objects.get(), book(cast, cast.jo)
    client.logout()
    cast.sign_in(client, cast.ode)
    page = f"/meet/bookings/{booking.pk}/prepare/"
    client.post(page, {"room": str(library.pk)})
    client.post(page, {"room": "not an id"})
    client.post(page, {"act": "add", "person": str(cast.kent.pk), "role": "He helps Ella"})
    seat = Seat.objects.get(kind="professional")
    assert "He helps Ella" in client.get(page).content.decode()
    client.post(page, {"remove": str(seat.pk)})
    assert RoomBooking.objects.get().room == library and not Seat.objects.filter(kind="professional").exists()
    assert client.get("/meet/rooms/").status_code == 403


def test_a_time_that_is_taken_back_has_everybody_who_was_to_be_there(cast: Cast) -> None:
    invitation = cast.invitation(cast.jo)
    by, ode = cast.family_actor(invitation), cast.actor_of(cast.ode)
    booking = services.book(invitation, invitation.event.slots.all()[0], wishes=services.Wishes(), by=by)
    preparing.add_professional(booking, cast.adeyemi, "She knows about reading", by=ode)
    services.give_back(invitation, by=by)
    again = services.take_back(invitation, by=by)
    assert again.seats.get(kind="professional").person == cast.adeyemi
    assert again.holds.filter(kind="host", key=cast.adeyemi.pk).exists()


def test_whoever_comes_from_outside_is_told_of_and_comes_along(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.jo)
    by, times = cast.family_actor(invitation), list(invitation.event.slots.all())
    booking = services.book(invitation, times[0], wishes=services.Wishes(), by=by)
    ready = f"/meet/bookings/{booking.pk}/prepare/"
    cast.sign_in(client, cast.ode)
    typed = {"act": "outside", "kind": "professional", "name": "Nurse Obi", "why": "She helps with asthma"}
    client.post(ready, typed), client.post(ready, typed)
    client.post(ready, typed | {"kind": "ambassador", "name": "Hina Malik", "why": "Her boys were here, too"})
    assert sorted(booking.seats.values_list("detail", "person")) == [("Hina Malik", None), ("Nurse Obi", None)]
    told = cast.letters(cast.jo)[-1]
    assert "Nurse Obi" in told and "Hina Malik" in told and "asthma" not in told
    assert "Nurse Obi" in client.get(ready).content.decode()
    moved = services.book(invitation, times[3], wishes=services.Wishes(), by=by)
    assert set(moved.seats.values_list("detail", flat=True)) == {"Nurse Obi", "Hina Malik"}
    client.post(f"/meet/bookings/{moved.pk}/prepare/", {"remove": moved.seats.get(kind="ambassador").pk})
    assert "Hina Malik" not in cast.letters(cast.jo)[-1]


def mails(person: Person | None = None) -> list[tuple[str, str]]:
    return [(mail.news, mail.state) for mail in SeatMail.objects.filter(person=person)]


def test_who_sits_there_is_told_by_mail_of_each_change_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.GATEPOST_SMTP_URL = "smtp://post.example:25"
    by, sent = cast.actor_of(cast.finch), []
    monkeypatch.setattr(telling_others, "send_outside_mail", lambda **mail: not sent.append(mail["body"]))
    booking = book(cast, cast.jo)
    preparing.add_professional(booking, cast.kent, "He helps Ella", by=by)
    outside = {"email": "obi@nhs.example", "by": by}
    preparing.add_from_outside(booking, Seat.Kind.PROFESSIONAL, "Nurse Obi", "Asthma", **outside)
    moved = book(cast, cast.jo, at=3)  # before anybody was told: they hear once, and of the time that stands
    assert mails(cast.kent) == mails() == [("booked", "queued")]
    assert [telling_others.send_due(), telling_others.send_due()] == [2, 0]
    again = book(cast, cast.jo, at=5)
    placing.change_place(again.slot.event, "The library", by=by)
    assert telling_others.send_due() == 2 and "another time or place" in sent[-1] and "The library" in sent[-1]
    assert not [said for said in sent if "Ella" in said or "Jo " in said]
    then = again.slot.starts_at.replace(hour=10) - timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: then)
    Booking.objects.filter(pk=again.pk).update(booked_at=then - timedelta(days=2))
    reminding.remind_all(), reminding.remind_all()
    assert telling_others.send_due() == 2 and "To remind you" in sent[-1]
    services.give_back(again.invitation, by=cast.family_actor(again.invitation))
    assert telling_others.send_due() == 2 and "need not come" in sent[-1]
    assert moved.pk != again.pk


def test_what_no_mail_carries_waits_for_whoever_makes_it_ready(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo)
    by = cast.actor_of(cast.ode)
    preparing.add_from_outside(booking, Seat.Kind.AMBASSADOR, "Hina Malik", "Her boys were here", by=by)
    cast.sign_in(client, cast.ode)
    assert "Hina Malik" in client.get("/meet/help/").content.decode()
    client.post(f"/meet/seats/told/{SeatMail.objects.get().pk}/")
    assert "Hina Malik" not in client.get("/meet/help/").content.decode()
    services.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    assert SeatMail.objects.get(news="released").state == "by_hand"
    telling_others.send_due()
    assert "Hina Malik" in client.get("/meet/help/").content.decode()


def test_given_back_and_taken_back_before_anybody_heard_is_no_news(cast: Cast) -> None:
    booking = book(cast, cast.jo)
    preparing.add_professional(booking, cast.kent, "He helps Ella", by=cast.actor_of(cast.finch))
    SeatMail.objects.update(state=SeatMail.State.SENT)
    by = cast.family_actor(booking.invitation)
    services.give_back(booking.invitation, by=by)
    services.take_back(booking.invitation, by=by)
    assert mails(cast.kent) == [("booked", "sent")]
