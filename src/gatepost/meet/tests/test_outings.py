"""Ms Ode goes in alone. When nobody hears from her in time an alarm stands, rings, and is ended by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone

from gatepost.core.errors import Refused
from gatepost.meet import ringing
from gatepost.meet.models import Outing, OutingCall
from gatepost.meet.services import outings
from gatepost.org import services as org
from gatepost.org.models import Person, Staff
from gatepost.reach.channels import gateway, postroom
from gatepost.reach.channels.calling import Answered
from gatepost.testing import Cast

TYPED = {"place": "12 Mill Lane", "minutes": "45", "number": "07700 900111"}


@pytest.fixture
def rung() -> Iterator[list[dict[str, str]]]:
    """The mails that leave."""
    left: list[dict[str, str]] = []
    with mock.patch("gatepost.meet.ringing.send_house_mail", lambda **mail: left.append(mail) or True):
        yield left


def gone(cast: Cast, minutes: int = 45) -> Outing:
    said = outings.GoingIn(cast.finch, "12 Mill Lane", minutes, "07700 900111")
    return outings.go_in(said, school_id=cast.school.pk, by=cast.actor_of(cast.ode))


def later(minutes: int) -> object:
    """The clock, so many minutes on."""
    then = timezone.now() + timedelta(minutes=minutes)
    return mock.patch("gatepost.core.clock.now", lambda: then)


def to_whom(rung: list[dict[str, str]]) -> set[str]:
    return {mail["address"] for mail in rung}


def test_she_goes_in_comes_out_and_nobody_is_rung(cast: Cast, client: Client, rung: list[dict[str, str]]) -> None:
    cast.sign_in(client, cast.ode)
    client.post("/meet/out/", TYPED | {"duty": cast.finch.pk})
    outing = Outing.objects.get()
    assert "12 Mill Lane" in client.get("/").content.decode()
    with later(44):
        cast.sign_in(client, cast.ode).post(f"/meet/out/{outing.pk}/", {"act": "longer"})
    with later(74):
        cast.sign_in(client, cast.ode).post(f"/meet/out/{outing.pk}/", {"act": "out"})
    with later(500):
        assert ringing.ring_all() == 0 and rung == []


def test_an_alarm_rings_escalates_and_ends_only_when_somebody_else_says_what_they_found(
    cast: Cast, client: Client, rung: list[dict[str, str]]
) -> None:
    outing, ode, finch = gone(cast), cast.actor_of(cast.ode), cast.actor_of(cast.finch)
    with later(49):
        assert ringing.ring_all() == 0
    with later(51):
        assert ringing.ring_all() == 1 and ringing.ring_all() == 0
        assert to_whom(rung) == {cast.finch.email}
        assert "07700 900111" in rung[0]["body"] and "Mill Lane" not in rung[0]["body"]  # it may be a home
    with later(61):
        ringing.ring_all()
        assert to_whom(rung) == {each.email for each in (cast.finch, cast.bell, cast.cole)}
        with pytest.raises(Refused, match="ring the school"):
            outings.stay_longer(outing, 30, by=ode)
        outings.come_out(outing, by=ode)  # somebody may have pressed it for her
        with pytest.raises(Refused, match="Somebody else"):
            outings.settle(Outing.objects.get(), "I am well", by=ode)
        page = cast.sign_in(client, cast.finch).get("/").content.decode()
        assert "has not come out" in page and "07700 900111" in page
        assert "What did you find" in client.get(f"/meet/out/{outing.pk}/").content.decode()
        client.post(f"/meet/out/{outing.pk}/", {"act": "settle", "words": "Spoke with her: her telephone was off."})
        assert "has not come out" not in client.get("/").content.decode()
    assert Outing.objects.get().settled_by == cast.finch
    with pytest.raises(Refused, match="no alarm"):
        outings.settle(Outing.objects.get(), "Again", by=finch)


def test_an_alarm_stands_without_a_worker_and_without_mail(cast: Cast, client: Client) -> None:
    gone(cast)
    with later(51):
        assert "has not come out" in cast.sign_in(client, cast.finch).get("/").content.decode()
        assert ringing.ring_all() == 0  # no mail server is set up
    with later(54), mock.patch("gatepost.meet.ringing.send_house_mail", lambda **mail: True):
        assert ringing.ring_all() == 1
    assert OutingCall.objects.exclude(sent_at=None).count() == 1
    with later(54):
        assert "has not come out" not in cast.sign_in(client, cast.nye).get("/").content.decode()  # not on duty


def test_the_database_refuses_what_would_hide_an_alarm(cast: Cast) -> None:
    outing = gone(cast)
    with pytest.raises(Refused, match="already"):
        gone(cast)
    for said in (
        {"duty": cast.ode},
        {"settled_at": timezone.now(), "settled_by": cast.ode, "settled_words": "Well"},
        {"settled_at": timezone.now(), "settled_by": cast.finch},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outing.objects.filter(pk=outing.pk).update(**said)


def test_a_text_rings_where_a_colleague_has_said_a_number(
    cast: Cast, client: Client, rung: list[dict[str, str]]
) -> None:
    cast.sign_in(client, cast.finch)
    assert "gets no text messages" in client.post("/meet/out/", {"mobile": "0113 496 0000"}).content.decode()
    client.post("/meet/out/", {"mobile": "07700 900222"})
    gone(cast)
    with later(51), mock.patch.object(postroom.PostRoom, "send") as carried:
        assert ringing.ring_all() == 1 and not carried.called  # the demonstration's own carrier lays nothing out
        texts = {"sms": "gatepost.reach.channels.gateway.Gateway"}
        there = "http://gateway.example/send?to={to}&text={text}"
        with (
            override_settings(GATEPOST_CHANNELS=texts, GATEPOST_GATEWAY_URL=there),
            mock.patch.object(gateway, "call") as call,
        ):
            call.return_value = Answered(202, "")
            assert ringing.ring_all() == 0  # tried a moment ago
            with later(54):
                assert ringing.ring_all() == 1 and ringing.ring_all() == 0
        (address,) = (sent.args[1] for sent in call.call_args_list)
        assert "%2B447700900222" in address and "07700%20900111" in address and "Mill" not in address
    org.end_job(Staff.objects.get(person=cast.finch), by=cast.actor_of(cast.bell))
    assert Person.objects.get(pk=cast.finch.pk).mobile == ""
