"""The first page: what a member of staff has before them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gatepost.agree.models import Action, Record
from gatepost.core import clock
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Slot
from gatepost.org.models import Person, Role, Staff
from gatepost.testing import Cast


def booked(cast: Cast, adult, **wishes) -> Booking:
    invitation = cast.invitation(adult)
    slot = cast.slot(event=invitation.event)
    return meet.book(invitation, slot, wishes=meet.Wishes(**wishes), by=cast.family_actor(invitation))


def promise(cast: Cast, booking: Booking, text: str, *, days: int) -> Action:
    invitation = booking.invitation
    record, _ = Record.objects.get_or_create(
        booking=booking,
        defaults={
            "school": cast.school,
            "adult": invitation.adult,
            "child": invitation.child,
            "teacher": cast.ode,
            "created_at": clock.now(),
        },
    )
    due = clock.today() + timedelta(days=days)
    return Action.objects.create(
        school=cast.school, record=record, text=text, side="school", owner=cast.ode, due_on=due
    )


def today(cast: Cast, client: Client, person: Person) -> str:
    answer = cast.sign_in(client, person).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_nobody_sees_anything_without_signing_in(client: Client, db: None):
    assert client.get("/").url == "/sign-in/"


@override_settings(GATEPOST_DEMO=True, ROOT_URLCONF="gatepost.reach.tests.stage")
def test_in_the_demonstration_a_stranger_may_choose_a_part(client: Client, db: None):
    assert client.get("/").url == "/demo/people/"


def test_somebody_without_a_job_is_told_so_and_can_sign_out(cast: Cast, client: Client):
    Staff.objects.filter(person=cast.nye).delete()
    page = today(cast, client, cast.nye)
    assert "no school has you on its list" in page
    assert reverse("account_logout") in page


def test_an_empty_day_teaches(cast: Cast, client: Client):
    page = today(cast, client, cast.ode)
    assert "Nobody has booked with you yet" in page
    assert "Nothing promised" in page


def test_who_comes_to_me_is_one_tap_from_the_conversation(cast: Cast, client: Client):
    booking = booked(cast, cast.amina, interpreter="so")
    page = today(cast, client, cast.ode)
    assert reverse("agree:talk", args=[booking.pk]) in page
    assert cast.amina.name in page
    assert "Somali" in page
    assert cast.amina.name not in today(cast, client, cast.nye)


def test_a_talk_that_nobody_wrote_down_is_remembered(cast: Cast, client: Client):
    booking = booked(cast, cast.amina)
    Slot.objects.filter(pk=booking.slot_id).update(starts_at=clock.now() - timedelta(days=2))
    assert "Not written down yet" in today(cast, client, cast.ode)
    meet.note_who_came(booking, came=False, by=cast.actor_of(cast.ode))
    assert "Not written down yet" not in today(cast, client, cast.ode)


def test_overdue_promises_stand_first(cast: Cast, client: Client):
    booking = booked(cast, cast.amina)
    promise(cast, booking, "Next week’s thing", days=7)
    promise(cast, booking, "Yesterday’s thing", days=-1)
    page = today(cast, client, cast.ode)
    assert page.index("Overdue") < page.index("Yesterday’s thing") < page.index("Next week’s thing")
    assert "Yesterday’s thing" not in today(cast, client, cast.nye)


@pytest.mark.parametrize(("who", "sees"), [("finch", True), ("bell", True), ("ode", False), ("nye", False)])
def test_the_office_and_the_head_see_who_waits(cast: Cast, client: Client, who: str, sees: bool):
    page = today(cast, client, getattr(cast, who))
    assert ("Who waits for us" in page) is sees
    assert ("/measure/not-heard/" in page) is sees


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(cast: Cast, client: Client):
    children = cast.families(10)
    event = cast.event()
    cast.invite_all(event)
    cast.sign_in(client, cast.ode)
    found = set()
    for child in children:
        invitation = event.invitations.get(child=child)
        slot = cast.slot(event=event)
        booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
        promise(cast, booking, "Look after it", days=3)
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        found.add(len(asked))
    assert len(found) == 1, found


def test_somebody_with_two_jobs_acts_in_one_at_a_time(cast: Cast, client: Client):
    Staff.objects.create(school=cast.school, person=cast.ode, role=Role.OFFICE, from_on=clock.today())
    cast.sign_in(client, cast.ode, Role.TEACHER)
    assert client.get("/office/").status_code == 403
    office = Staff.objects.get(person=cast.ode, role=Role.OFFICE)
    assert client.post("/acting-as/", {"job": str(office.pk)}).url == "/"
    assert client.get("/office/").status_code == 200


def test_nobody_can_take_somebody_elses_job(cast: Cast, client: Client):
    head = Staff.objects.get(person=cast.bell)
    cast.sign_in(client, cast.nye)
    assert client.post("/acting-as/", {"job": str(head.pk)}).status_code == 200
    assert client.get("/measure/attendance/").status_code == 403
