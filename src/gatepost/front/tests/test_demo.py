"""Playing a part: one tap in the demonstration, nothing at all anywhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from django.urls import NoReverseMatch, resolve, reverse

from gatepost.org.actor import NOBODY
from gatepost.org.models import Staff
from gatepost.testing import Cast

STAGE = override_settings(GATEPOST_DEMO=True, ROOT_URLCONF="gatepost.reach.tests.stage")
ASKS = """
import django
django.setup()
from django.urls import NoReverseMatch, reverse
try:
    print(reverse("demo:people"))
except NoReverseMatch:
    print("nowhere")
"""


@pytest.mark.parametrize(("demonstration", "address"), [("0", "nowhere"), ("1", "/demo/people/")])
def test_the_page_has_an_address_in_the_demonstration_only(tmp_path, demonstration: str, address: str):
    mine = {"GATEPOST_DATA": str(tmp_path), "GATEPOST_DEMO": demonstration}
    more = {"DJANGO_SETTINGS_MODULE": "gatepost.config.settings"}
    said = subprocess.run(
        [sys.executable, "-c", ASKS], env={**os.environ, **mine, **more}, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == address


def test_outside_the_demonstration_the_views_themselves_refuse(cast: Cast, client: Client):
    with pytest.raises(NoReverseMatch):
        reverse("demo:people")
    for method, path in (("GET", "/people/"), ("POST", f"/people/{cast.bell.pk}/")):
        view, args, kwargs = resolve(path, urlconf="gatepost.front.demo_urls")
        request = RequestFactory().generic(method, path)
        request.actor = NOBODY
        with pytest.raises(Http404):
            view(request, *args, **kwargs)


@override_settings(ROOT_URLCONF="gatepost.reach.tests.stage")
def test_even_a_wrong_route_signs_nobody_in(cast: Cast, client: Client):
    assert client.post(f"/demo/people/{cast.bell.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


@STAGE
def test_the_four_parts_stand_on_the_page(cast: Cast, client: Client):
    page = client.get("/demo/people/").content.decode()
    for name in ("Ms Ode", "Mrs Finch", "Mrs Bell", "Mr Nye"):
        assert name in page
    assert "Pat Rowe" not in page
    assert "post room" in page


@STAGE
@pytest.mark.parametrize(("who", "path", "status"), [("bell", "/measure/attendance/", 200), ("ode", "/office/", 403)])
def test_one_tap_is_to_be_somebody(cast: Cast, client: Client, who: str, path: str, status: int):
    assert client.post(f"/demo/people/{getattr(cast, who).pk}/").url == "/"
    assert client.get(path).status_code == status


@STAGE
def test_another_part_can_be_played_at_any_time(cast: Cast, client: Client):
    client.post(f"/demo/people/{cast.bell.pk}/")
    client.post(f"/demo/people/{cast.nye.pk}/")
    assert client.get("/measure/attendance/").status_code == 403


@STAGE
def test_only_who_stands_on_the_page_can_be_played(cast: Cast, client: Client):
    assert client.post(f"/demo/people/{cast.pat_person.pk}/").status_code == 404
    assert client.post(f"/demo/people/{uuid4()}/").status_code == 404
    assert client.get(f"/demo/people/{cast.bell.pk}/").status_code == 405


@STAGE
def test_where_the_story_is_not_loaded_whoever_works_there_can_be_played(cast: Cast, client: Client):
    Staff.objects.exclude(person=cast.pat_person).delete()
    assert "Pat Rowe" in client.get("/demo/people/").content.decode()
