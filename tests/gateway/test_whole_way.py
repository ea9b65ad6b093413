"""A parent's whole way by text alone, through a real gateway: invited, booked, understood, a promise kept. No page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import unquote_plus

import pytest
from django.test import Client, override_settings

from gatepost.agree import services as agree
from gatepost.agree.tests.saying import ALL_OF_IT, promised
from gatepost.agree.tests.saying import write as write_down
from gatepost.core import audit, clock
from gatepost.language.dates import LONDON
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Slot
from gatepost.meet.reminding import remind_all
from gatepost.meet.tests.interpreted import with_interpreter
from gatepost.reach import gatekeys
from gatepost.reach.delivery import sender
from gatepost.reach.models import Delivery, IncomingText, Notice, Touch
from gatepost.reach.tests.otherside import OtherSide, other_side
from gatepost.testing import Cast
from tests.gateway.kannel import Kannel, kannel, wait_for
from tests.gateway.test_kannel import GATEWAY, SCHOOL, bring, brought

pytestmark = pytest.mark.gateway

AMINA = "+447700900101"


class Way:
    """Amina's old telephone, the gateway, and the school."""

    def __init__(self, cast: Cast, client: Client, server: OtherSide, gateway: Kannel) -> None:
        """Nothing has been said."""
        self.cast, self.client, self.server, self.gateway = cast, client, server, gateway

    def hears(self, *texts: str) -> None:
        """The school sends what is due, so many texts; the telephone gets them, and the receipts come."""
        Delivery.objects.filter(state="queued").exclude(notice__adult=self.cast.amina).delete()
        before = len(self.gateway.seen())
        assert sender.send_due(self.cast.school) == len(texts)
        sent = Delivery.objects.filter(notice__adult=self.cast.amina).order_by("-accepted_at")[: len(texts)]
        parts = sum(each.parts for each in sent)
        wait_for(lambda: len(self.gateway.seen()) >= before + parts, "the text")
        heard = " ".join(unquote_plus(line) for line in self.gateway.seen()[before:])
        assert all(words in heard for words in texts), heard
        wait_for(self._has_all, "the receipts")

    def _has_all(self) -> bool:
        if brought(self.server, "status=1"):
            bring(self.server, self.client)
        of_hers = Delivery.objects.filter(notice__adult=self.cast.amina)
        return not of_hers.exclude(state=Delivery.State.DELIVERED).exists()

    def says(self, words: str) -> None:
        """The telephone sends a text, and it is taken as the answer."""
        self.gateway.telephone_says(f"{AMINA} {SCHOOL} text {words}")
        self.came(words)

    def came(self, words: str) -> None:
        """It has come."""
        wait_for(lambda: brought(self.server, "/text?"), "a text from the telephone")
        bring(self.server, self.client)
        text = IncomingText.objects.latest("at")
        assert (text.words, text.adult, text.state) == (words, self.cast.amina, IncomingText.State.ANSWERED)


def way(cast: Cast, client: Client, folder: Path, walk: Callable[[Way], None]) -> None:
    with other_side(200, "") as server:
        come = f"{server.url}/gateway/{gatekeys.key_of(cast.school.pk)}/text"
        with kannel(folder, come=come, text=f"{SCHOOL} {SCHOOL} text nothing yet") as gateway:
            wait_for(lambda: brought(server, "/text?"), "the network")
            server.asked.clear()
            places = {"GATEPOST_GATEWAY_URL": gateway.url, "GATEPOST_ORIGIN": server.url}
            with override_settings(GATEPOST_CHANNELS={"sms": GATEWAY}, GATEPOST_QUIET_HOURS=False, **places):
                walk(Way(cast, client, server, gateway))


def test_from_the_invitation_to_the_kept_promise(cast: Cast, client: Client, tmp_path: Path) -> None:
    way(cast, client, tmp_path, lambda amina: _walk(cast, amina))
    ways = set(Touch.objects.filter(adult=cast.amina, two_way=True).values_list("way", flat=True))
    assert Touch.Way.WEB not in ways and Touch.Way.SMS in ways
    assert not Notice.objects.filter(adult=cast.amina).exclude(state=Notice.State.SENT).exists()
    assert audit.first_bad_line(cast.school.pk) is None


def _remind(booking: Booking, amina: Way) -> None:
    """On a morning that is over whenever this runs: nobody is reminded at night, nor after their meeting."""
    morning = datetime.combine(clock.today() - timedelta(days=1), time(10), LONDON)
    Booking.objects.filter(pk=booking.pk).update(booked_at=morning - timedelta(days=5))
    Slot.objects.filter(pk=booking.slot_id).update(starts_at=morning + timedelta(hours=6))
    with mock.patch("gatepost.core.clock.now", lambda: morning):
        assert remind_all() == 1 and remind_all() == 0
        amina.hears("Xusuusin:")


def _walk(cast: Cast, amina: Way) -> None:
    invitation = cast.invitation(cast.amina)
    amina.hears(cast.ayan.called)
    amina.says("Haa")
    amina.hears("1, 2 ama 3")
    amina.says("2")
    booking = Booking.objects.get(invitation=invitation)
    amina.hears(cast.ode.name, "2: Qof")
    amina.says("2")
    assert invitation.arrangements.count() == 1
    amina.hears("Elm Park: ")
    _remind(booking, amina)
    teacher = cast.actor_of(cast.ode)
    with_interpreter(cast, booking)
    meet.note_who_came(booking, came=True, by=teacher)
    record = write_down(cast, agree.open_record(booking, by=teacher), ALL_OF_IT)
    promised(cast, record)
    agree.share(record, by=teacher)
    amina.hears("3 iyo erayadaada")
    amina.says("1")
    record.refresh_from_db()
    assert record.understood and record.understood.answers.get().value == "yes"
    agree.keep(record.actions.get(), by=teacher)
    amina.hears(cast.ayan.called)
