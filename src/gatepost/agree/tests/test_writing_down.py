"""Writing down: nothing that anybody wrote is lost, and the pages open for the child's team only."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.agree import services
from gatepost.agree.models import Record, Revision
from gatepost.agree.tests.saying import booked, family, opened, promised, shared, write
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.meet import services as meet
from gatepost.meet.models import Event
from gatepost.testing import Cast


def test_beginning_twice_begins_once(cast: Cast) -> None:
    booking = booked(cast)
    first = services.open_record(booking, by=cast.actor_of(cast.ode))
    assert services.open_record(booking, by=cast.actor_of(cast.ode)) == first
    assert (first.adult, first.child, first.teacher) == (cast.amina, cast.ayan, cast.ode)


def test_a_time_that_was_given_back_has_no_talk(cast: Cast) -> None:
    booking = booked(cast)
    meet.give_back(booking.invitation, by=cast.family_actor(booking.invitation))
    booking.refresh_from_db()
    with pytest.raises(Refused, match="given back"):
        services.open_record(booking, by=cast.actor_of(cast.ode))


def test_the_second_writer_is_told_and_overwrites_nothing(cast: Cast) -> None:
    record = opened(cast)
    cast.kingfishers.teachers.add(cast.nye)
    write(cast, record, {"strengths": "Draws horses"}, by=cast.actor_of(cast.nye))
    with pytest.raises(services.SavedMeanwhile):
        services.write_down(record, {"strengths": "Sings"}, seen_version=0, by=cast.actor_of(cast.ode))
    assert Record.objects.get().strengths == "Draws horses"


def test_saves_of_one_sitting_are_one_revision_and_anothers_never_is(cast: Cast) -> None:
    record = opened(cast)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for words in ("A", "Ay", "Ayan"):
            write(cast, record, {"strengths": words})
            traveller.shift(timedelta(seconds=5))
        write(cast, record, {"strengths": "Somebody else"}, by=cast.actor_of(cast.nye))
        write(cast, record, {"strengths": "Ode again"})
        traveller.shift(timedelta(seconds=61))
        write(cast, record, {"strengths": "Later"})
    kept = [(each.number, each.content["strengths"]) for each in Revision.objects.order_by("number")]
    assert kept == [(3, "Ayan"), (4, "Somebody else"), (5, "Ode again"), (6, "Later")]
    assert audit.first_bad_line(cast.school.pk) is None


def test_a_button_that_overtakes_its_own_autosave_is_no_conflict(cast: Cast) -> None:
    record, ode = opened(cast), cast.actor_of(cast.ode)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        services.write_down(record, {"strengths": "Kin"}, seen_version=0, by=ode)
        saved = services.write_down(record, {"strengths": "Kind"}, seen_version=0, by=ode)
        assert (saved.version, saved.strengths) == (2, "Kind")
        traveller.shift(timedelta(seconds=11))
        with pytest.raises(services.SavedMeanwhile):  # another device that lay open
            services.write_down(record, {"strengths": "Old"}, seen_version=1, by=ode)


def test_saving_the_same_words_changes_nothing(cast: Cast) -> None:
    record = write(cast, opened(cast), {"strengths": "Kind"})
    again = services.write_down(record, {"strengths": "Kind"}, seen_version=0, by=cast.actor_of(cast.ode))
    assert (again.version, Revision.objects.count()) == (1, 1)


PEOPLE = [("ode", 200), ("bell", 200), ("finch", 403), ("nye", 403), ("rook", 404)]


@pytest.mark.parametrize(("who", "status"), PEOPLE)
def test_who_may_open_the_conversation_page(cast: Cast, client: Client, who: str, status: int) -> None:
    booking = booked(cast)
    cast.sign_in(client, getattr(cast, who))
    assert client.get(f"/agree/talks/{booking.pk}/").status_code == status


@pytest.mark.parametrize(("who", "status"), PEOPLE)
def test_who_may_read_a_record(cast: Cast, client: Client, who: str, status: int) -> None:
    record = shared(cast)
    cast.sign_in(client, getattr(cast, who))
    assert client.get(f"/agree/records/{record.pk}/").status_code == status


WRITERS = [("ode", 302), ("bell", 403), ("finch", 403), ("nye", 403), ("rook", 404)]


@pytest.mark.parametrize(("who", "status"), WRITERS)
def test_who_may_write_a_record(cast: Cast, client: Client, who: str, status: int) -> None:
    record = opened(cast)
    cast.sign_in(client, getattr(cast, who))
    typed = {"stage": "focus", "revision": 0, "priorities": "Reading"}
    assert client.post(f"/agree/records/{record.pk}/save/", typed).status_code == status


def test_nobody_opens_a_talk_about_their_own_child(cast: Cast, client: Client) -> None:
    cast.kingfishers.teachers.add(cast.pat_person)
    booking = booked(cast, cast.pat)
    cast.sign_in(client, cast.pat_person)
    assert client.get(f"/agree/talks/{booking.pk}/").status_code == 403
    record = services.open_record(booking, by=cast.actor_of(cast.ode))
    assert client.get(f"/agree/records/{record.pk}/").status_code == 403


@pytest.mark.parametrize("kind", [Event.Kind.EVENING, Event.Kind.CONVERSATION])
def test_the_page_leads_through_the_four_stages(cast: Cast, client: Client, kind: Event.Kind) -> None:
    event = cast.event(kind=kind, minutes=30)
    invitation = cast.invitation(cast.amina, event=event)
    slot = cast.slot(event=event)
    booking = meet.book(
        invitation, slot, wishes=meet.Wishes(talk_about="the playground"), by=cast.family_actor(invitation)
    )
    cast.sign_in(client, cast.ode)
    page = f"/agree/talks/{booking.pk}/"
    assert "the playground" in client.get(page).text
    assert not Record.objects.exists()
    client.post(page)
    record = Record.objects.get()
    text = client.get(page).text
    assert text.index("What Amina") < text.index("Strengths, talents") and "Asked; nothing to add" in text
    save = f"/agree/records/{record.pk}/save/"
    client.post(save, {"stage": "explore", "revision": 0, "strengths": "Kind", "go": "next"})
    client.post(save, {"stage": "focus", "revision": 1, "priorities": "Reading", "go": "next"})
    assert "Add a promise" in client.get(page).text
    due = (clock.today() + timedelta(days=9)).isoformat()
    own = {"promise-text": "Find books", "promise-side": "school", "promise-owner": cast.ode.pk, "promise-due_on": due}
    assert client.post(f"/agree/records/{record.pk}/promises/", own).status_code == 302
    goal = {"target-text": "Reads for fun", "target-kind": "wider", "target-review_on": due}
    assert client.post(f"/agree/records/{record.pk}/targets/", goal).status_code == 302
    assert "Find books" in client.get(page).text and "Reads for fun" in client.get(page).text
    assert "The summary" in client.get(f"{page}?stage=review").text
    assert client.get(f"/agree/records/{record.pk}/share/").text.count("<li>") >= 3


def test_typing_saves_by_itself_and_goes_on_on_another_device(cast: Cast, client: Client) -> None:
    record = opened(cast)
    cast.sign_in(client, cast.ode)
    save, typed = f"/agree/records/{record.pk}/save/", {"stage": "explore", "strengths": "Kind"}
    answer = client.post(save, typed | {"revision": 0}, headers={"X-Autosave": "1"})
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    other = Client()
    cast.sign_in(other, cast.ode)
    page = other.get(f"/agree/talks/{record.booking_id}/").text
    assert ">\nKind</textarea>" in page and f'data-saved-at="{answer.json()["saved_at"]}"' in page


def test_a_half_typed_date_waits_and_the_rest_is_saved(cast: Cast, client: Client) -> None:
    record = opened(cast)
    cast.sign_in(client, cast.ode)
    typed = {"stage": "review", "revision": 0, "summary_plain": "All well", "next_on": "2027-0"}
    answer = client.post(f"/agree/records/{record.pk}/save/", typed, headers={"X-Autosave": "1"})
    assert "not complete" in answer.json()["message"]
    assert Record.objects.get().summary_plain == "All well"
    assert client.post(f"/agree/records/{record.pk}/save/", typed).status_code == 200


def test_both_versions_are_shown_and_saving_again_means_it(cast: Cast, client: Client) -> None:
    record = opened(cast)
    cast.kingfishers.teachers.add(cast.nye)
    write(cast, record, {"strengths": "Draws horses"}, by=cast.actor_of(cast.nye))
    cast.sign_in(client, cast.ode)
    save, mine = f"/agree/records/{record.pk}/save/", {"stage": "explore", "revision": 0, "strengths": "Sings"}
    by_itself = client.post(save, mine, headers={"X-Autosave": "1"})
    assert by_itself.status_code == 409 and "still here" in by_itself.json()["message"]
    page = client.post(save, mine)
    assert page.status_code == 409
    assert "Mr Nye" in page.text and "Draws horses" in page.text and ">\nSings</textarea>" in page.text
    assert client.post(save, mine | {"revision": 1}).status_code == 302
    assert Record.objects.get().strengths == "Sings"
    assert Revision.objects.get(number=1).content["strengths"] == "Draws horses"


def test_last_time_shows_this_adults_promises_only(cast: Cast, client: Client) -> None:
    jo = shared(cast, cast.jo)
    promised(cast, shared(cast, cast.mark), "A thing for Mark")
    booking = booked(cast, cast.jo)
    services.open_record(booking, by=cast.actor_of(cast.ode))
    promised(cast, jo, "A thing for Jo")
    cast.sign_in(client, cast.ode)
    page = client.get(f"/agree/talks/{booking.pk}/").text
    assert "A thing for Jo" in page and "A thing for Mark" not in page


def test_the_family_hand_cannot_write_a_record(cast: Cast) -> None:
    record = opened(cast)
    with pytest.raises(Refused):
        services.write_down(record, {"strengths": "x"}, seen_version=0, by=family(cast, record))


def test_the_history_costs_the_same_with_many_versions(cast: Cast, client: Client) -> None:
    record = opened(cast)
    cast.sign_in(client, cast.ode)
    counts = []
    for many in (1, 9):
        for number in range(many):
            write(cast, record, {"strengths": f"{many} {number}"}, by=cast.actor_of([cast.ode, cast.nye][number % 2]))
        with CaptureQueriesContext(connection) as spent:
            assert client.get(f"/agree/records/{record.pk}/").status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]
