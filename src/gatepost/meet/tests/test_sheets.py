"""An adult gets ready for a talk on a page of their own; the school reads it when they share it, and not before."""

from __future__ import annotations

from django.db import connection
from django.test import Client

from gatepost.core.models import AuditEvent
from gatepost.meet import services
from gatepost.meet.models import Booking, Sheet
from gatepost.meet.services import sheets
from gatepost.testing import Cast

WORDS = {"know": "We moved", "worry": "Her friends", "change": ""}


def booked(cast: Cast) -> Booking:
    jo = cast.invitation(cast.jo)
    return services.book(jo, cast.slot(event=jo.event), wishes=services.Wishes(), by=cast.family_actor(jo))


def test_the_school_reads_what_is_shared_as_it_was_shared_and_nothing_else(cast: Cast, client: Client) -> None:
    booking = booked(cast)
    by, page = cast.family_actor(booking.invitation), f"/meet/bookings/{booking.pk}/"
    sheets.keep(booking.invitation, WORDS, by=by)
    cast.sign_in(client, cast.ode)
    assert "sheet/" not in client.get(f"{page}prepare/").content.decode()
    assert client.get(f"{page}sheet/").status_code == 404
    sheets.share(booking.invitation, WORDS, by=by)
    sheets.keep(booking.invitation, WORDS | {"worry": "For me alone"}, by=by)
    assert "sheet/" in client.get(f"{page}prepare/").content.decode()
    shown = client.get(f"{page}sheet/").content.decode()
    assert "Her friends" in shown and "For me alone" not in shown
    read = AuditEvent.objects.filter(verb="core.read", by_person=cast.ode.pk).latest("number")
    assert read.thing_id == booking.pk


def test_nothing_of_it_can_be_read_in_the_database(cast: Cast) -> None:
    sheets.share(booked(cast).invitation, WORDS, by=cast.actor_of(cast.finch))
    with connection.cursor() as cursor:
        cursor.execute("SELECT know, worry, shared FROM meet_sheet")
        assert "friends" not in str(cursor.fetchall()) and Sheet.objects.get().worry == "Her friends"


def test_it_opens_with_a_code_and_is_shared_by_a_button_of_its_own(cast: Cast, client: Client) -> None:
    booked(cast)
    cast.deliver()
    page = cast.link(cast.jo) + "mine/"
    assert "textarea" not in client.get(page).content.decode()  # the link alone does not open it
    client.post(page, {"send": "1"})
    client.post(page, {"code": cast.code(cast.jo)})
    kept = client.post(page + "?in=en", WORDS | {"act": "keep"}).content.decode()
    assert "only you can read it" in kept and Sheet.objects.get().shared_at is None
    assert "Her friends" in client.get(page).content.decode()
    client.post(page, WORDS | {"act": "share"})
    assert Sheet.objects.get().shared == WORDS
    services.give_back(booked_invitation := cast.invitation(cast.jo), by=cast.family_actor(booked_invitation))
    assert client.get(page).status_code == 302
