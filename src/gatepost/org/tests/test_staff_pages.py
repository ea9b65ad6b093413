"""Who works here: the head gives jobs and strands, ends them, and finds nobody of another school."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.org.models import Person, Role, Staff, StrandLead
from gatepost.org.services import appoint, appoint_adviser, end_job
from gatepost.testing import Cast


@pytest.fixture
def head(cast: Cast, client: Client) -> Client:
    return cast.sign_in(client, cast.bell)


def new(**more: str) -> dict[str, str]:
    typed = {"name": "Mr Swift", "email": "swift@elmpark.example.org", "role": "senco", "from_on": str(clock.today())}
    return typed | more


def test_the_head_gives_a_job_and_it_counts_at_once(cast: Cast, head: Client) -> None:
    assert head.post("/staff/add/", new()).url == "/staff/"
    assert cast.actor_of(Person.objects.get(name="Mr Swift")).acting_role == Role.SENCO
    assert "Mr Swift" in head.get("/staff/").content.decode()


def test_a_job_of_next_week_counts_next_week(cast: Cast, head: Client) -> None:
    head.post("/staff/add/", new(from_on=str(clock.today() + timedelta(days=7))))
    assert cast.actor_of(Person.objects.get(name="Mr Swift")).acting_role == ""
    assert "to come" in head.get("/staff/").content.decode()


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"role": "emperor"}, {"name": ""}, {"from_on": "soon"}])
def test_what_is_missing_is_said(head: Client, cast: Cast, wrong: dict[str, str]) -> None:
    before = Staff.objects.count()
    assert "Please look at this again" in head.post("/staff/add/", new(**wrong)).content.decode()
    assert Staff.objects.count() == before


def test_the_same_job_is_given_once_and_again_after_it_ended(cast: Cast) -> None:
    by = cast.actor_of(cast.bell)
    assert not appoint(cast.nye.email, name="x", role=Role.TEACHER, school=cast.school, by=by)[1]
    end_job(Staff.objects.get(person=cast.nye), by=by)
    job, fresh = appoint(cast.nye.email, name="x", role=Role.TEACHER, school=cast.school, by=by)
    assert fresh
    assert (job.ended_at, job.until_on) == (None, None)


def test_a_strand_is_handed_over_and_taken_back(cast: Cast, head: Client) -> None:
    job = Staff.objects.get(person=cast.nye)
    assert head.post(f"/staff/jobs/{job.pk}/strand/", {"strand": "meet"}).url == "/staff/"
    held = StrandLead.objects.get()
    assert f"/staff/strands/{held.pk}/take/" in head.get("/staff/").content.decode()
    assert head.post(f"/staff/strands/{held.pk}/take/").url == "/staff/"
    held.refresh_from_db()
    assert held.ended_at
    assert "already" in head.post(f"/staff/strands/{held.pk}/take/", follow=True).content.decode()


def test_a_job_ends_on_its_last_day_or_now(cast: Cast, head: Client) -> None:
    job = Staff.objects.get(person=cast.nye)
    past = str(clock.today() - timedelta(days=1))
    assert "from today on" in head.post(f"/staff/jobs/{job.pk}/end/", {"last_day": past}).content.decode()
    head.post(f"/staff/jobs/{job.pk}/end/", {"last_day": str(clock.today())})
    assert cast.actor_of(cast.nye).acting_role == Role.TEACHER
    head.post(f"/staff/jobs/{job.pk}/end/", {"last_day": ""})
    assert cast.actor_of(cast.nye).acting_role == ""
    assert "over" in head.get("/staff/").content.decode()


def test_a_school_is_never_without_a_head(cast: Cast, head: Client) -> None:
    job = Staff.objects.get(person=cast.bell)
    assert "Nobody else is head" in head.post(f"/staff/jobs/{job.pk}/end/", {"last_day": ""}).content.decode()
    appoint(cast.nye.email, name="x", role=Role.HEAD, school=cast.school, by=None)
    assert head.post(f"/staff/jobs/{job.pk}/end/", {"last_day": ""}).status_code == 302
    assert head.get("/staff/").status_code == 302


def test_jobs_of_another_school_do_not_exist(cast: Cast, head: Client) -> None:
    elsewhere = Staff.objects.get(person=cast.rook)
    assert head.get(f"/staff/jobs/{elsewhere.pk}/").status_code == 404
    assert head.post(f"/staff/jobs/{elsewhere.pk}/end/").status_code == 404
    assert "Mr Rook" not in head.get("/staff/").content.decode()


def test_nobody_works_at_a_school_and_advises_independently(cast: Cast) -> None:
    with pytest.raises(Refused, match="independently"):
        appoint(cast.ferris.email, name="x", role=Role.TEACHER, school=cast.school, by=None)
    with pytest.raises(Refused, match="works at a school"):
        appoint_adviser(cast.nye.email, name="x", service=cast.service)
    with pytest.raises(Refused, match="not an independent"):
        appoint_adviser("new@example.org", name="x", service=cast.organisation)


def test_everybody_may_read_what_each_role_may(cast: Cast, client: Client) -> None:
    page = cast.sign_in(client, cast.quill).get("/staff/roles/").content.decode()
    assert "See counts without names" in page
    assert "Governor" in page
