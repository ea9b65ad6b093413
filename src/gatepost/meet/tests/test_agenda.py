"""Both sides say what a talk is about; neither strikes out what the other wrote; the family knows who is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know.models import Adult
from gatepost.know.services import record_order
from gatepost.meet import services
from gatepost.meet.models import AgendaItem, Booking
from gatepost.meet.queries import agenda as queries
from gatepost.meet.services import agenda, preparing
from gatepost.testing import Cast


def book(cast: Cast, adult: Adult, words: str = "", at: int = 0) -> Booking:
    invitation = cast.invitation(adult)
    slot = invitation.event.slots.filter(taken=0).order_by("starts_at")[at]
    wishes = services.Wishes(talk_about=words)
    return services.book(invitation, slot, wishes=wishes, by=cast.family_actor(invitation))


def ask_late(cast: Cast, booking: Booking, words: str = "Maths") -> AgendaItem:
    booking.slot.event.agenda_days = 60
    item = agenda.add_for_school(booking, words, by=cast.actor_of(cast.ode))
    assert item
    return item


def open_talk(cast: Cast, client: Client, adult: Adult) -> str:
    """The page of the talk, in English, after the code."""
    page = cast.link(adult).split("?")[0] + "talk/"
    client.post(page, {"send": "1"})
    client.post(page, {"code": cast.code(adult)})
    return page + "?in=en"


def test_what_a_family_wrote_is_only_answered_whoever_tries(cast: Cast) -> None:
    booking, ode = book(cast, cast.jo, "Friends"), cast.actor_of(cast.ode)
    item = AgendaItem.objects.get()
    with pytest.raises(Refused, match="stays"):
        agenda.take_off_for_school(booking, item.pk, by=ode)
    for change in ({"words": "Maths"}, {"side": "school"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgendaItem.objects.filter(pk=item.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(taken_off_at=item.at)
    agenda.answer(booking, item.pk, "Gladly, and with time.", by=ode)
    item.refresh_from_db()
    assert (item.words, item.answer, item.answered_by) == ("Friends", "Gladly, and with time.", cast.ode)


def test_nothing_that_a_family_writes_is_cut_or_let_go_in_silence(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo)
    link = cast.link(cast.jo)
    long = "We worry.\r\n" * 110 + "The last words"
    client.post(link, {"act": "add", "talk_about": long})
    assert AgendaItem.objects.get().words == long
    too_long = client.post(link, {"act": "add", "talk_about": long * 2})
    assert b"The last words" in too_long.content and b'class="error' in too_long.content
    for number in range(agenda.MOST - 1):
        agenda.add_for_family(booking.invitation, f"Thing {number}", by=cast.family_actor(booking.invitation))
    for page in (link, open_talk(cast, client, cast.jo)):
        answer = client.post(
            page, {"act": "add", "talk_about": "One more"} | ({} if page == link else {"words": "One more"})
        )
        assert b"too much for one talk" in answer.content and b"One more" in answer.content
    assert client.post(link, {"act": "add", "talk_about": "a\0b"}).status_code == 200
    assert AgendaItem.objects.count() == agenda.MOST


def test_it_is_one_agenda_however_often_the_time_moves(cast: Cast) -> None:
    book(cast, cast.jo, "Friends")
    moved = book(cast, cast.jo, "Friends", at=3)
    agenda.add_for_family(moved.invitation, "Reading", by=cast.family_actor(moved.invitation))
    assert [item.words for item in queries.items_of(moved.invitation_id)] == ["Friends", "Reading"]
    first = AgendaItem.objects.get(words="Friends")
    agenda.take_off_for_family(moved.invitation, first.pk, by=cast.family_actor(moved.invitation))
    assert queries.words_of(queries.items_of(moved.invitation_id)) == ["Reading"]


def test_what_the_school_adds_late_waits_for_a_yes(cast: Cast) -> None:
    booking = book(cast, cast.jo)
    early = agenda.add_for_school(booking, "Reading", by=cast.actor_of(cast.ode))
    assert early and early.state == "stands" and not queries.waits_for_yes(booking.invitation)
    late = ask_late(cast, booking)
    assert late.state == "asked" and cast.told(cast.jo)[-1].kind == "meet.agenda_asked"
    family = cast.family_actor(booking.invitation)
    agenda.say(booking.invitation, late.pk, yes=False, by=family)
    assert AgendaItem.objects.get(pk=late.pk).state == "refused"
    agenda.say(booking.invitation, late.pk, yes=True, by=family)
    agenda.say(booking.invitation, late.pk, yes=False, by=family)  # a yes stands: it may be prepared by now
    assert AgendaItem.objects.get(pk=late.pk).state == "stands"


def test_it_is_settled_so_many_days_before(cast: Cast) -> None:
    slot = book(cast, cast.jo).slot
    slot.event.agenda_days = 2
    assert not queries.is_locked(slot)
    slot.starts_at -= timedelta(days=(slot.starts_at.date() - slot.event.made_at.date()).days - 2)
    assert queries.is_locked(slot)


def test_a_family_reads_adds_agrees_and_says_who_speaks_first(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo, "Friends")
    late = ask_late(cast, booking)
    cast.deliver()
    booked = client.get(cast.link(cast.jo) + "?in=en").content.decode()
    assert "May we talk about one more thing?" in booked
    assert "Friends" not in booked and "Maths" not in booked  # whoever holds the link alone reads nothing
    page = open_talk(cast, client, cast.jo)
    shown = client.get(page).content.decode()
    assert "Friends" in shown and "Maths" in shown
    client.post(page, {"yes": str(late.pk)})
    client.post(page, {"words": "Her cough"})
    client.post(page, {"act": "first"})
    client.post(page, {"off": "no id"})
    assert AgendaItem.objects.get(pk=late.pk).state == "stands"
    assert AgendaItem.objects.filter(words="Her cough", side="family").exists()
    cast.jo.refresh_from_db()
    assert cast.jo.speaks_first == "first"
    mine = AgendaItem.objects.get(words="Friends")
    client.post(page, {"off": str(mine.pk)})
    client.post(page, {"off": str(late.pk)})  # the school's is not theirs to take off
    assert "Friends" not in client.get(page).content.decode()
    assert AgendaItem.objects.get(pk=late.pk).taken_off_at is None
    assert "Enter" not in client.post(page, {"words": " "}).content.decode() and AgendaItem.objects.count() == 3


def test_staff_write_answer_and_take_off_on_the_page_that_makes_ready(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo, "Friends")
    cast.sign_in(client, cast.ode)
    there, page = f"/meet/bookings/{booking.pk}/agenda/", f"/meet/bookings/{booking.pk}/prepare/"
    client.post(there, {"words": "How maths goes"})
    client.post(there, {"words": ""})
    mine, theirs = AgendaItem.objects.get(side="school"), AgendaItem.objects.get(side="family")
    client.post(there, {"item": str(theirs.pk), "words": "Yes, gladly."})
    client.post(there, {"item": str(theirs.pk), "off": "on"})
    shown = client.get(page).content.decode()
    assert "How maths goes" in shown and "Yes, gladly." in shown and "Friends" in shown
    client.post(there, {"item": str(mine.pk), "off": "on"})
    assert "How maths goes" not in client.get(page).content.decode()
    assert client.get(there).status_code == 405


def test_what_a_family_says_on_the_telephone_is_its_own(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo)
    cast.sign_in(client, cast.ode)
    client.post(f"/meet/bookings/{booking.pk}/agenda/", {"words": "Her friends", "theirs": "on"})
    item = AgendaItem.objects.get()
    assert (item.side, item.state, item.by) == ("family", "stands", cast.ode)
    with pytest.raises(Refused, match="stays"):
        agenda.take_off_for_school(booking, item.pk, by=cast.actor_of(cast.ode))
    phone = Client()
    assert "Her friends" in phone.get(open_talk(cast, phone, cast.jo)).content.decode()


def test_the_family_knows_who_is_there_and_is_told_when_that_changes(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo)
    by = cast.actor_of(cast.finch)
    seat = preparing.add_professional(booking, cast.kent, "He helps Ella in the mornings", by=by)
    told = cast.told(cast.jo)[-1]
    assert told.kind == "meet.who_comes" and told.params["names"] == f"{cast.ode.name} and {cast.kent.name}"
    cast.deliver()
    page = cast.link(cast.jo) + "?in=en"
    shown = client.get(page).content.decode()
    assert cast.kent.name in shown and "He helps Ella in the mornings" in shown
    preparing.remove_professional(booking, seat.pk, by=by)
    assert cast.told(cast.jo)[-1].params["names"] == cast.ode.name
    assert cast.kent.name not in client.get(page).content.decode()


def test_the_other_parent_reads_nothing_of_it(cast: Cast, client: Client) -> None:
    """Jo and Mark live apart and are both invited about Ella: each has an agenda of their own."""
    book(cast, cast.jo, "What I fear")
    mark = cast.invitation(cast.mark)
    services.book(
        mark, mark.event.slots.order_by("-starts_at")[0], wishes=services.Wishes(), by=cast.family_actor(mark)
    )
    page = open_talk(cast, client, cast.mark)
    shown = client.get(page).content.decode()
    assert "What I fear" not in shown and cast.jo.name not in shown
    client.post(page, {"off": str(AgendaItem.objects.get().pk)})
    assert AgendaItem.objects.get().taken_off_at is None


def test_who_may_not_hear_of_learning_is_told_the_names_only(cast: Cast, client: Client) -> None:
    booking = book(cast, cast.jo)
    record_order(
        cast.jo, child=cast.ella, bars=frozenset({Bar.EDUCATION}), seen_by=cast.bell, from_on=booking.booked_at.date(),
        by=None,
    )  # fmt: skip
    preparing.add_professional(booking, cast.kent, "He helps Ella to read", by=cast.actor_of(cast.finch))
    link = cast.link(cast.jo)
    shown = client.get(link + "?in=en").content.decode()
    assert cast.kent.name in shown and "helps Ella" not in shown and "/talk/" not in shown
    assert client.get(link + "talk/").status_code == 404
