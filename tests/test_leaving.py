"""Twelve ways in, opened; then the job ends; then all twelve are tried again with everything still in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from gatepost.agree.models import Action, Record
from gatepost.core import clock
from gatepost.org.models import Adviser, BrokenGlass, Role, Staff, Strand, StrandLead
from gatepost.org.permissions import ADVISER, leading
from gatepost.org.services import appoint, break_glass, end_job, give_strand
from gatepost.support import agreeing
from gatepost.testing import Cast
from tests.pages import World, shared_summary, world


@dataclass(frozen=True)
class Way:
    """One way in: who opens it in which role, how, and what it looks like while they work here."""

    who: str
    open: Callable[[World, Client], HttpResponse]
    role: str = ""
    works: int = 200


def record_of(w: World) -> Record:
    return Record.objects.get(booking=w.booking)


def autosave(w: World, client: Client) -> HttpResponse:
    """What an open page sends by itself while somebody types."""
    record = record_of(w)
    typed = {"stage": "explore", "revision": record.version, "parent_says": "He sings."}
    return client.post(f"/agree/records/{record.pk}/save/", typed, headers={"X-Autosave": "1"})


def glass(w: World, client: Client) -> HttpResponse:
    if not BrokenGlass.objects.exists():
        child, by = w.booking.invitation.child, w.cast.actor_of(w.cast.nye)
        break_glass(child.pk, reason="Now.", school_id=child.school_id, by=by)
    return client.get(f"/agree/records/{record_of(w).pk}/")


def keep_a_promise(w: World, client: Client) -> HttpResponse:
    if not Action.objects.exists():
        shared_summary(w)
    action = Action.objects.get()
    page = client.get("/agree/promises/")
    return page if page.status_code != 200 else client.post(f"/agree/promises/{action.pk}/not-kept/")


def act_as(w: World, client: Client) -> HttpResponse:
    """Choose a job again that is not there any more; then look what one is."""
    job = Staff.objects.get(person=w.cast.bell, role=Role.HEAD)
    client.post("/acting-as/", {"job": str(job.pk)})
    return client.get("/staff/")


def lead(w: World, client: Client) -> HttpResponse:
    held = StrandLead.objects.filter(person=w.cast.nye).first()
    client.post("/acting-as/", {"job": str(held.pk if held else w.booking.pk)})
    return client.get("/agree/promises/")


WAYS: dict[str, Way] = {
    "the first page": Way("ode", lambda w, c: c.get("/meet/")),
    "a family by its link in a list": Way("ode", lambda w, c: c.get(f"/reach/adults/{w.cast.amina.pk}/talk/")),
    "a meeting": Way("ode", lambda w, c: c.get(f"/meet/events/{w.event}/")),
    "a record": Way("ode", lambda w, c: c.get(f"/agree/records/{w.record}/")),
    "a talk that saves itself": Way("ode", autosave),
    "a promise": Way("ode", keep_a_promise),
    "a file to take away": Way("bell", lambda w, c: c.get("/measure/attendance/counts.csv")),
    "the office's queue": Way("finch", lambda w, c: c.get("/office/")),
    "another job, chosen again": Way("bell", act_as),
    "an emergency": Way("nye", glass),
    "a strand": Way("nye", lead, role=leading(Strand.AGREE)),
    "a family by an adviser": Way("ferris", lambda w, c: c.get(f"/advice/families/{agreement(w)}/"), role=ADVISER),
}


def agreement(w: World) -> str:
    made = w.cast.amina.agreements.first()
    if made is None:
        adviser = Adviser.objects.get(person=w.cast.ferris)
        made = agreeing.agree(w.cast.amina, adviser, by=w.cast.actor_of(w.cast.finch))
    return str(made.pk)


@pytest.mark.parametrize("name", WAYS)
def test_with_the_job_goes_every_way_in(cast: Cast, client: Client, name: str) -> None:
    w, way = world(cast), WAYS[name]
    person = getattr(cast, way.who)
    by = cast.actor_of(cast.bell)
    appoint("deputy@elmpark.example.org", name="Mrs Wren", role=Role.HEAD, school=cast.school, by=by)
    give_strand(cast.nye, Strand.AGREE, school=cast.school, by=by)
    cast.sign_in(client, person, way.role or None)
    assert way.open(w, client).status_code == way.works
    Adviser.objects.filter(person=person).update(ended_at=clock.now())
    for job in Staff.objects.filter(person=person):
        end_job(job, by=by)
    answer = way.open(w, client)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"
    assert "no school has you on its list" in client.get("/").content.decode()


def test_there_are_twelve() -> None:
    assert len(WAYS) == 12


def test_one_of_two_jobs_ends_and_the_other_stays(cast: Cast, client: Client) -> None:
    appoint(cast.ode.email, name="x", role=Role.OFFICE, school=cast.school, by=None)
    cast.sign_in(client, cast.ode, Role.OFFICE)
    assert client.get("/office/").status_code == 200
    end_job(Staff.objects.get(person=cast.ode, role=Role.OFFICE), by=cast.actor_of(cast.bell))
    assert client.get("/office/").status_code == 403
    assert client.get("/meet/").status_code == 200


def test_the_links_of_a_leavers_own_family_stay(cast: Cast, client: Client) -> None:
    """Pat is a parent, too: leaving the staff takes nothing from the family."""
    cast.invite_all()
    link = cast.link(cast.pat)
    end_job(Staff.objects.get(person=cast.pat_person), by=cast.actor_of(cast.bell))
    assert client.get(link).status_code == 200


def test_the_post_room_is_shut_where_real_families_live(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    assert client.get("/post-room/").status_code == 404
