"""Nadia has no telephone, no mailbox and no wish for them: her whole way with the school, on paper alone."""

from __future__ import annotations

import pytest

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Record
from gatepost.agree.tests.writing import write_and_share
from gatepost.know import services as know
from gatepost.know.models import Channel
from gatepost.meet.models import Booking
from gatepost.reach.models import Answer, Delivery, FamilyLink, Notice, Sheet, Touch
from gatepost.reach.services import printing, slips
from gatepost.reach.tests.paper import home_of, print_run, wants_paper
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def posted(cast: Cast) -> tuple[Sheet, str]:
    """What waits for Nadia is printed and posted. The newest sheet, and what stands on it."""
    run = print_run(cast)
    pages = [str(page) for page in printing.pages_of(run)]
    printing.settle_run(run, by=cast.actor_of(cast.finch))
    return Sheet.objects.filter(run=run, delivery__notice__adult=cast.nadia).latest("delivery__not_before"), pages[-1]


def test_from_the_invitation_to_the_kept_promise_on_paper(cast: Cast) -> None:
    finch, ode = cast.actor_of(cast.finch), cast.actor_of(cast.ode)
    home_of(cast, cast.nadia, cast.ines)
    wants_paper(cast, cast.nadia)
    know.say_wishes(cast.nadia, {"language": "pl"}, by=finch)
    cast.invite_all()

    sheet, letter = posted(cast)
    assert "Ines" in letter
    times = [box["value"] for box in sheet.boxes if box["value"].startswith("slot:")]
    slips.key_in(sheet, [times[2]], "Czytanie", by=finch)
    booking = Booking.objects.get(invitation__adult=cast.nadia)
    assert booking.invitation.agenda.get().words == "Czytanie"
    assert Answer.objects.get(ask=booking.invitation.ask).way == Touch.Way.PAPER

    sheet, letter = posted(cast)
    assert sheet.delivery.notice.kind == "meet.booked"

    record = agree.open_record(booking, by=ode)
    write_and_share(cast, record)
    sheet, letter = posted(cast)
    assert "We will find books." in letter
    assert "SENCO</bdi> – Nauczyciel, który dba" in letter, "a school word, explained in Polish"
    assert "Reading cards" in letter
    assert [box["value"] for box in sheet.boxes] == ["yes", "not_quite", "call"]
    slips.key_in(sheet, ["yes"], "", by=finch)
    record = Record.objects.get(pk=record.pk)
    assert record.understood
    assert [(said.value, said.way) for said in record.understood.answers.all()] == [("yes", Touch.Way.PAPER)]

    agree.keep(Action.objects.get(record=record), by=ode)
    sheet, letter = posted(cast)
    assert sheet.delivery.notice.kind == "agree.promise_kept"
    assert "Dotrzymane" in letter  # kept, in Polish

    assert {each.channel for each in Delivery.objects.filter(notice__adult=cast.nadia)} == {Channel.LETTER}
    assert {each.state for each in Notice.objects.filter(adult=cast.nadia)} == {Notice.State.SENT}
    heard = Touch.objects.filter(adult=cast.nadia, two_way=True)
    assert {touch.way for touch in heard} == {Touch.Way.PAPER}
    assert FamilyLink.objects.filter(adult=cast.nadia).count() == 4  # one on each letter, though she opens none


def test_not_quite_on_a_slip_is_a_promise_to_get_in_touch(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    wants_paper(cast, cast.nadia)
    cast.invite_all()
    sheet, _ = posted(cast)
    slips.key_in(sheet, [sheet.boxes[0]["value"]], "", by=cast.actor_of(cast.finch))
    posted(cast)
    record = agree.open_record(Booking.objects.get(invitation__adult=cast.nadia), by=cast.actor_of(cast.ode))
    write_and_share(cast, record)
    sheet, _ = posted(cast)
    slips.key_in(sheet, ["not_quite"], "Que livros?", by=cast.actor_of(cast.finch))
    assert Action.objects.filter(record=record, kind=Action.Kind.CALL_BACK).exists()


def test_who_did_not_ask_for_paper_gets_no_record_in_the_post(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)  # nothing else reaches her, and she has never asked for letters
    cast.invite_all()
    sheet, _ = posted(cast)
    slips.key_in(sheet, [sheet.boxes[0]["value"]], "", by=cast.actor_of(cast.finch))
    posted(cast)
    record = agree.open_record(Booking.objects.get(invitation__adult=cast.nadia), by=cast.actor_of(cast.ode))
    write_and_share(cast, record)
    sheet, letter = posted(cast)
    assert "We will find books." not in letter
    assert [box["value"] for box in sheet.boxes] == ["call"]
