"""Ruth signs, Amina speaks Somali: an interpreter is found for them, moves with their meeting, and is never a child."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult
from gatepost.meet import queries, services, telling_others
from gatepost.meet.models import Booking, Hold, Interpreter, InterpreterBooking, InterpreterMail, Slot
from gatepost.meet.queries import interpreting as shown
from gatepost.meet.services import interpreting
from gatepost.meet.services.interpreting import Found
from gatepost.org.models import Bilingual
from gatepost.testing import Cast

State = InterpreterBooking.State


def outside(cast: Cast, *languages: str, **more: object) -> Interpreter:
    typed = {"name": "Sagal Ali", "languages": list(languages), "email": "sagal@interpreters.example.org"} | more
    return interpreting.add(typed, school_id=cast.school.pk, by=cast.actor_of(cast.finch))


def book(cast: Cast, adult: Adult, at: int = 0) -> Booking:
    invitation = cast.invitation(adult)
    slot = invitation.event.slots.filter(taken=0, places=1).order_by("starts_at")[at]
    return services.book(invitation, slot, wishes=services.Wishes(), by=cast.family_actor(invitation))


def asked(booking: Booking) -> InterpreterBooking:
    found = interpreting.of(booking)
    assert found
    return found


def test_amina_has_her_time_at_once_and_the_school_five_school_days(cast: Cast) -> None:
    booking = book(cast, cast.amina)
    waits = asked(booking)
    assert booking.status == "booked" and waits.state == State.REQUESTED and waits.language == "so"
    assert not shown.is_late(waits)
    with mock.patch("gatepost.core.clock.today", lambda: waits.due_on + timedelta(days=1)):
        assert shown.is_late(waits)


def test_jo_needs_none(cast: Cast) -> None:
    assert interpreting.of(book(cast, cast.jo)) is None


def test_an_interpreter_is_held_for_one_meeting_at_a_time(cast: Cast) -> None:
    sagal = outside(cast, "so", "ur")
    amina, hina = book(cast, cast.amina), book(cast, cast.hina)
    cast_time = Slot.objects.filter(pk=hina.slot_id)
    cast_time.update(starts_at=amina.slot.starts_at + timedelta(minutes=5))  # overlaps by half
    by = cast.actor_of(cast.finch)
    interpreting.arrange(asked(amina), Found(interpreter=sagal), by=by)
    services.wish(hina.invitation, wishes=services.Wishes(interpreter="ur"), by=by)
    with pytest.raises(Refused, match="at another meeting"):
        interpreting.arrange(asked(Booking.objects.get(pk=hina.pk)), Found(interpreter=sagal), by=by)


def test_the_database_holds_an_interpreter_once(cast: Cast) -> None:
    booking = book(cast, cast.amina)
    row = {"kind": "interpreter", "key": cast.amina.pk, "at": clock.now(), "school": cast.school, "booking": booking}
    Hold.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(**row)


def test_a_moved_meeting_takes_its_interpreter_along_and_tells_them(cast: Cast) -> None:
    booking, sagal, by = book(cast, cast.amina), outside(cast, "so"), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=sagal), by=by)
    moved = book(cast, cast.amina, at=3)
    live = asked(moved)
    assert live.state == State.BOOKED and live.interpreter == sagal
    assert set(Hold.objects.filter(kind="interpreter").values_list("booking", flat=True)) == {moved.pk}
    assert list(InterpreterMail.objects.values_list("news", flat=True)) == ["booked", "moved"]
    assert InterpreterMail.objects.latest("made_at").starts_at == moved.slot.starts_at


def test_one_who_cannot_come_at_the_new_time_is_free_and_another_is_sought(cast: Cast) -> None:
    booking, sagal, by = book(cast, cast.amina), outside(cast, "so"), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=sagal), by=by)
    new = booking.slot.event.slots.filter(taken=0).order_by("starts_at")[3]
    Hold.objects.create(kind="interpreter", key=sagal.pk, at=new.starts_at, school=cast.school, slot=new)
    invitation = booking.invitation
    moved = services.book(invitation, new, wishes=services.Wishes(), by=cast.family_actor(invitation))
    assert asked(moved).state == State.REQUESTED and asked(moved).interpreter is None
    told = InterpreterMail.objects.latest("made_at")
    assert told.news == "released" and told.starts_at == booking.slot.starts_at


def test_a_time_given_back_sets_the_interpreter_free(cast: Cast) -> None:
    booking, sagal, by = book(cast, cast.amina), outside(cast, "so"), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=sagal), by=by)
    services.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    assert interpreting.of(booking) is None
    assert not Hold.objects.filter(kind="interpreter").exists()
    assert InterpreterMail.objects.latest("made_at").news == "released"


def test_a_colleague_interprets_and_hosts_nobody_meanwhile(cast: Cast) -> None:
    row = {"school": cast.school, "person": cast.birch, "asked_by": cast.bell, "since": clock.now()}
    Bilingual.objects.create(language="so", **row)
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(person=cast.birch), by=by)
    assert Hold.objects.filter(kind="host", key=cast.birch.pk, booking=booking).exists()
    assert [each.language for each in shown.interpreting_of(cast.actor_of(cast.birch))] == ["Somali"]
    with pytest.raises(Refused, match="does not read"):
        interpreting.arrange(asked(booking), Found(person=cast.nye), by=by)


def test_a_child_never_interprets_and_a_relative_only_after_a_warning(cast: Cast) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    for name in ("Ayan", "ayan warsame "):
        with pytest.raises(Refused, match="child never"):
            interpreting.arrange(asked(booking), Found(relative=name, warned=True), by=by)
    with pytest.raises(Refused, match="warning"):
        interpreting.arrange(asked(booking), Found(relative="Her sister Fadumo"), by=by)
    interpreting.arrange(asked(booking), Found(relative="Her sister Fadumo", warned=True), by=by)
    assert asked(booking).by_whom == "Her sister Fadumo"


def test_the_database_wants_the_warning_and_the_qualification(cast: Cast) -> None:
    amina, ruth = asked(book(cast, cast.amina)), asked(book(cast, cast.ruth))
    rows = InterpreterBooking.objects
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=amina.pk).update(state="booked", relative="Somebody")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=ruth.pk).update(state="booked", relative="Somebody", warned=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk=amina.pk).update(state="booked")


def test_ruth_gets_a_qualified_interpreter_and_twice_the_time(cast: Cast) -> None:
    booking, by = book(cast, cast.ruth), cast.actor_of(cast.finch)
    live = asked(booking)
    assert live.language == "bfi" and live.next_slot
    second = Slot.objects.get(pk=live.next_slot_id)
    assert second.starts_at == booking.slot.ends_at and second.is_full
    with pytest.raises(Refused, match="qualified"):
        interpreting.arrange(live, Found(interpreter=outside(cast, "bfi")), by=by)
    with pytest.raises(Refused, match="qualified"):
        interpreting.arrange(live, Found(relative="Her brother", warned=True), by=by)
    signer = outside(cast, "bfi", name="Mr Hand", qualified=True)
    interpreting.arrange(live, Found(interpreter=signer), by=by)
    assert Hold.objects.filter(key=signer.pk).count() == 4  # twice ten minutes
    services.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    assert Slot.objects.get(pk=second.pk).places == 1


def test_ruth_is_offered_only_times_with_a_free_one_after_them(cast: Cast) -> None:
    event = cast.event()
    times = list(event.slots.order_by("starts_at"))
    jo = cast.invitation(cast.jo, event=event)
    services.book(jo, times[3], wishes=services.Wishes(), by=cast.family_actor(jo))
    ruth = cast.invitation(cast.ruth, event=event)
    taken = [each.taken for each in queries.times_for(ruth, None)]
    assert [at for at, is_taken in enumerate(taken) if is_taken] == [2, 3, len(times) - 1]
    with pytest.raises(Refused, match="just been taken"):
        services.book(ruth, times[2], wishes=services.Wishes(), by=cast.family_actor(ruth))


def test_an_interpreter_is_confirmed_one_or_two_days_before(cast: Cast) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=outside(cast, "so")), by=by)
    with pytest.raises(Refused, match="one or two days before"):
        interpreting.confirm(asked(booking), by=by)
    with mock.patch("gatepost.core.clock.today", lambda: _day(booking.slot.starts_at) - timedelta(days=2)):
        interpreting.confirm(asked(booking), by=by)
    assert asked(booking).state == State.CONFIRMED
    moved = book(cast, cast.amina, at=3)
    assert asked(moved).state == State.BOOKED  # a new time is confirmed anew


def _day(moment: datetime) -> date:
    return moment.date()


def test_a_meeting_without_its_interpreter_does_not_pass_unnoticed(cast: Cast) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.ode)
    with pytest.raises(Refused, match="needs an interpreter"):
        services.note_who_came(booking, came=True, by=by)
    services.note_who_came(booking, came=False, by=by)
    interpreting.go_without(asked(booking), "Her cousin spoke on the telephone.", by=by)
    assert services.note_who_came(booking, came=True, by=by).came


def test_what_an_interpreter_is_told_names_no_family(cast: Cast) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=outside(cast, "so")), by=by)
    words = telling_others.words_of(InterpreterMail.objects.get())
    assert "Somali" in words and "School hall, Elm Park" in words and "0113 496 0000" in words
    assert not any(name in words for name in ("Amina", "Warsame", "Ayan"))


def test_mail_that_nobody_can_send_is_said_on_the_telephone(cast: Cast, client: Client) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=outside(cast, "so")), by=by)
    telling_others.send_due()
    mail = InterpreterMail.objects.get()
    assert mail.state == "by_hand"
    page = cast.sign_in(client, cast.finch).get("/meet/interpreters/").content.decode()
    assert "To say on the telephone" in page and "Sagal Ali" in page
    client.post(f"/meet/interpreters/told/{mail.pk}/")
    assert InterpreterMail.objects.get().state == "said"


def test_mail_leaves_once(cast: Cast) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=outside(cast, "so")), by=by)
    sent: list[str] = []
    with (
        override_settings(GATEPOST_SMTP_URL="smtp://mail.example.org"),
        mock.patch("gatepost.meet.telling_others.send_outside_mail", lambda **mail: not sent.append(mail["body"])),
    ):
        assert [telling_others.send_due(), telling_others.send_due()] == [1, 0]
    assert len(sent) == 1 and InterpreterMail.objects.get().state == "sent"


def test_a_mail_of_which_nobody_knows_is_said_too(cast: Cast) -> None:
    booking, by = book(cast, cast.amina), cast.actor_of(cast.finch)
    interpreting.arrange(asked(booking), Found(interpreter=outside(cast, "so")), by=by)
    InterpreterMail.objects.update(state="on_the_wire", tried_at=clock.now() - timedelta(hours=1))
    telling_others.send_due()
    assert InterpreterMail.objects.get().state == "by_hand"


def test_amina_sees_how_far_it_is_and_says_what_she_would_like(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.amina)
    link = cast.link(cast.amina)
    page = client.get(f"{link}?in=en").content.decode()
    assert "Your interpreter (Somali)" in page and "We are looking for one" in page
    client.post(link, {"interpreter_wish": "remote"})
    assert asked(booking).wish == "remote"
    row = outside(cast, "so", comes=False, remote=True)
    interpreting.arrange(asked(booking), Found(interpreter=row, remote=True), by=cast.actor_of(cast.finch))
    assert "be there by phone or video" in client.get(f"{link}?in=en").content.decode()


def test_the_office_finds_one_on_its_pages(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.amina)
    cast.sign_in(client, cast.finch)
    listed = client.get("/meet/interpreters/outside/").content.decode()
    assert 'value="so" id=' in listed and 'value="cy" id=' not in listed and 'value="cy">Welsh' in listed
    typed = {"name": "Sagal Ali", "comes": "on", "phone": "0113 496 0001"}
    assert "Which language do they interpret?" in client.post("/meet/interpreters/outside/", typed).content.decode()
    client.post("/meet/interpreters/outside/", typed | {"languages": ["so"], "more": "cy"})
    sagal = Interpreter.objects.get()
    assert sagal.languages == ["so", "cy"]
    queue = client.get("/meet/interpreters/").content.decode()
    assert "Somali" in queue and "Amina Warsame" in queue
    page = f"/meet/interpreters/{asked(booking).pk}/"
    assert "Never the child" in client.get(page).content.decode()
    client.post(page, {"act": "arrange", "who": f"outside:{sagal.pk}"})
    assert asked(booking).interpreter == sagal
    client.post(f"/meet/interpreters/outside/{sagal.pk}/end/")
    assert "Sagal Ali" not in client.get("/meet/interpreters/outside/").content.decode()


def test_a_teacher_sees_those_of_their_own_meetings(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.amina)
    assert "Amina" in cast.sign_in(client, cast.ode).get("/meet/interpreters/").content.decode()
    client.logout()
    cast.sign_in(client, cast.nye)
    assert "Amina" not in client.get("/meet/interpreters/").content.decode()
    assert client.get(f"/meet/interpreters/{asked(booking).pk}/").status_code == 403
    assert client.get("/meet/interpreters/outside/").status_code == 403
