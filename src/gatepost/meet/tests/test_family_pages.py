"""What a family meets behind its link: no account, no script, nothing of anybody else."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know.services import record_order
from gatepost.meet import queries
from gatepost.reach.models import FamilyLink
from gatepost.testing import Cast


def test_a_parent_books_moves_and_gives_back_without_an_account(cast: Cast, client: Client) -> None:
    amina = cast.invitation(cast.amina)
    url = cast.link(cast.amina)
    assert client.get(url).status_code == 200
    first, second = amina.event.slots.all()[:2]
    client.post(url, {"slot": first.pk, "interpreter": "on", "supporter": "Hodan"})
    held = queries.booking_of(amina)
    assert held and held.slot == first
    assert dict(held.seats.values_list("kind", "detail")) == {"interpreter": "so", "supporter": "Hodan"}
    client.post(url + "?change=1", {"slot": second.pk})
    moved = queries.booking_of(amina)
    assert moved and moved.slot == second
    client.post(url, {"act": "give_back"})
    assert queries.booking_of(amina) is None


def test_opening_the_link_again_shows_the_time_and_nothing_that_was_written(cast: Cast, client: Client) -> None:
    amina = cast.invitation(cast.amina)
    url = cast.link(cast.amina)
    slot = amina.event.slots.first()
    client.post(url, {"slot": slot.pk, "talk_about": "the move", "supporter": "Hodan", "interpreter": "on"})
    page = client.get(url).content.decode()
    assert "the move" not in page
    assert "Hodan" not in page
    assert " checked>" not in page and "checked=" not in page


def test_choosing_a_time_takes_few_queries(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:
    """Eight for the page, however many times there are and whoever is kept apart (`bench/booking` counts on it)."""
    cast.invitation(cast.jo)
    url = cast.link(cast.jo)
    client.get(url)
    with django_assert_max_num_queries(8):
        assert client.get(url).status_code == 200


def test_a_time_somebody_else_took_a_moment_ago_is_said_kindly(cast: Cast, client: Client) -> None:
    amina, dawn = cast.invitation(cast.amina), cast.invitation(cast.dawn)
    slot = amina.event.slots.first()
    client.post(cast.link(cast.dawn), {"slot": slot.pk})
    answer = client.post(cast.link(cast.amina) + "?in=en", {"slot": slot.pk, "talk_about": "football"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "just been taken" in page
    assert "football" in page  # nothing typed is lost
    assert dawn.adult.name not in page


def test_a_time_forgotten_does_not_unfold_all_that_could_help(cast: Cast, client: Client) -> None:
    """On a small telephone that was four screens between the times and the button; what was ticked stays in sight."""
    cast.invitation(cast.amina)
    url = cast.link(cast.amina) + "?in=en"
    folded = client.post(url, {"slot": ""}).content.decode()
    assert "Please answer" in folded
    assert "<details open" not in folded
    typed = client.post(url, {"slot": "", "help": "food"}).content.decode()
    assert "<details open" in typed


def test_declining_and_none_of_these_are_pages_of_their_own(cast: Cast, client: Client) -> None:
    amina = cast.invitation(cast.amina)
    url = cast.link(cast.amina)
    for step, value in (("none/", "none_of_these"), ("no/", "declined")):
        assert client.get(url + step).status_code == 200
        assert client.post(url + step, {"words": "Jimcaha"}).status_code == 200
        latest = amina.ask.answers.first()
        assert latest and latest.value == value


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_spends_nothing(cast: Cast, client: Client, method: str) -> None:
    cast.invitation(cast.amina)
    url = cast.link(cast.amina)
    for _ in range(3):
        assert getattr(client, method)(url).status_code == 200


def test_a_link_that_is_old_wrong_or_barred_says_the_same(cast: Cast, client: Client) -> None:
    cast.invitation(cast.mark)
    url, old = cast.link(cast.mark), cast.link(cast.jo)
    wrong = client.get("/i/AAAAAAAAAAAAAAAAAAAAAA/")
    FamilyLink.objects.filter(adult=cast.jo).update(expires_at=clock.now())
    seen = {"seen_by": cast.bell, "from_on": clock.today(), "by": None}
    record_order(cast.mark, child=cast.ella, bars=frozenset({Bar.EVERYTHING}), **seen)
    for answer in (client.get(url), client.get(old)):
        assert (answer.status_code, answer.content) == (wrong.status_code, wrong.content)
    assert wrong.status_code == 404


def test_a_shared_telephones_page_names_no_child(cast: Cast, client: Client) -> None:
    cast.invitation(cast.noor)
    assert cast.yusuf.called not in client.get(cast.link(cast.noor)).content.decode()


def test_the_calendar_file_names_nobody(cast: Cast, client: Client) -> None:
    jo = cast.invitation(cast.jo)
    url = cast.link(cast.jo)
    client.post(url, {"slot": jo.event.slots.first().pk})
    entry = client.get(url + "meeting.ics").content.decode()
    assert "BEGIN:VEVENT" in entry
    for name in ("Ella", "Pell", "Jo", "Mark", "Ms Ode", "ATTENDEE"):
        assert name not in entry


def test_family_pages_are_not_kept_and_tell_no_other_site_where_one_was(cast: Cast, client: Client) -> None:
    cast.invitation(cast.amina)
    headers = client.get(cast.link(cast.amina)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_of_many_times_a_family_begins_with_when_it_can_come(cast: Cast, client: Client) -> None:
    monday = clock.today() + timedelta(days=14 - clock.today().weekday())
    invitation = cast.invitation(cast.amina, event=cast.event(days=[monday], begins=time(9), ends=time(19)))
    link = cast.link(cast.amina)
    first, *_between, last = invitation.event.slots.order_by("starts_at")
    whole = client.get(link + "?in=en").content.decode()
    assert "When could you come?" in whole and str(first.pk) in whole and "In the afternoon" in whole
    evening = client.get(link + "?in=en&when=evening").content.decode()
    assert str(last.pk) in evening and str(first.pk) not in evening and len(evening) < len(whole)
    client.post(link + "?in=en", {"slot": last.pk})
    assert queries.booking_of(invitation) is not None
    short = cast.invitation(cast.dawn, event=cast.event())
    assert short and "When could you come?" not in client.get(cast.link(cast.dawn) + "?in=en").content.decode()
