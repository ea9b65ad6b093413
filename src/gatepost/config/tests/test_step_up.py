"""Before the gravest pages somebody shows once more that it is they, and comes back to what they were doing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.http import require_POST

from gatepost.config.tests.signing import number_of, with_app
from gatepost.config.tests.test_second_factor import staff_routes
from gatepost.core import clock
from gatepost.org.door import any_staff, page
from gatepost.org.models import Role, Staff
from gatepost.testing import Cast

FILE = "/measure/not-heard/counts.csv"
LATER, TEN_MINUTES = 31, 600


@page(any_staff, step_up=True)
@require_POST
def grave(request) -> HttpResponse:
    return HttpResponse(f"done: {request.POST['words']} by {request.actor.acting_role}")


urlpatterns = [path("grave/", grave), path("", include("gatepost.config.urls"))]


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now().replace(hour=8, minute=0), tick=False) as traveller:
        yield traveller


def work_on(client: Client, now: time_machine.Traveller, seconds: int) -> None:
    """Somebody stays at the desk for so long."""
    for _ in range(seconds // 300):
        now.shift(300)
        client.get("/meet/")
    now.shift(seconds % 300)


@pytest.mark.parametrize(("seconds", "status"), [(TEN_MINUTES - 1, 200), (TEN_MINUTES, 302)])
def test_a_file_leaves_only_within_ten_minutes_of_a_proof(cast: Cast, client: Client, now, seconds: int, status: int):
    cast.sign_in(client, cast.bell)
    work_on(client, now, seconds)
    assert client.get(FILE).status_code == status
    assert client.get("/measure/not-heard/").status_code == 200


def test_the_number_of_the_app_is_asked_for_and_the_file_comes(cast: Cast, client: Client, now):
    secret = with_app(client, cast.bell)
    work_on(client, now, TEN_MINUTES)
    asked = client.get(FILE)
    assert asked.url == f"/account/again/code/?next={FILE.replace('/', '%2F')}"
    assert client.post(asked.url, {"code": "000000"}).status_code == 200
    assert client.get(FILE).status_code == 302
    before = client.session.session_key
    back = client.post(asked.url, {"code": number_of(secret), "next": FILE})
    assert back.url == FILE
    assert client.get(FILE).status_code == 200
    assert client.session.session_key != before


def test_the_password_does_not_do_where_there_is_an_app(cast: Cast, client: Client, now):
    with_app(client, cast.bell)
    work_on(client, now, TEN_MINUTES)
    client.get(FILE)
    assert client.post("/account/again/password/", {"password": "gate and orchard and tea"}).status_code == 302
    assert client.get(FILE).status_code == 302


@override_settings(ROOT_URLCONF="gatepost.config.tests.test_step_up")
def test_what_was_typed_is_not_lost_on_the_way(cast: Cast, client: Client, now):
    secret = with_app(client, cast.bell)
    work_on(client, now, TEN_MINUTES)
    asked = client.post("/grave/", {"words": "forty-two"})
    done = client.post(asked.url, {"code": number_of(secret), "next": "/grave/"})
    assert done.content.decode() == "done: forty-two by head"


def test_the_rule_comes_before_the_question(cast: Cast, client: Client, now):
    cast.sign_in(client, cast.ode)
    work_on(client, now, TEN_MINUTES)
    assert client.get(FILE).status_code == 403


def test_a_way_back_never_leads_to_others(cast: Cast, client: Client, now):
    secret = with_app(client, cast.bell)
    work_on(client, now, LATER)
    done = client.post("/account/again/code/", {"code": number_of(secret), "next": "https://bad.example/"})
    assert done.url == "/"


def test_every_file_that_leaves_asks_first():
    files = [entry for url, entry in staff_routes() if url.endswith(".csv")]
    assert len(files) >= 2
    assert [entry.name for entry in files if not entry.callback.step_up] == []


GRAVE = {
    "order_words",
    "ask_to_lift",
    "agree_to_lift",
    "open_address",
    "left_out_csv",
    "not_heard_csv",
    "attendance_csv",
}


def test_what_could_endanger_somebody_asks_first():
    asking = {entry.name for _, entry in staff_routes() if entry.callback.step_up}
    assert asking >= GRAVE


def test_playing_two_jobs_does_not_forget_the_proof(cast: Cast, client: Client, now):
    job = Staff.objects.create(school=cast.school, person=cast.bell, role=Role.TEACHER, from_on=clock.today())
    cast.sign_in(client, cast.bell, Role.HEAD)
    before = client.session.session_key
    client.post("/acting-as/", {"job": str(job.pk)})
    assert client.session.session_key != before
    assert client.get("/meet/").status_code == 200
