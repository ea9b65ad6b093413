"""Both ways through Kannel: an Urdu text in parts, receipts as they come, and texts that families send."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.reach import gatekeys
from gatepost.reach.delivery import sender
from gatepost.reach.delivery.parts import parts_of
from gatepost.reach.models import Delivery, IncomingText
from gatepost.reach.tests.otherside import OtherSide, other_side
from gatepost.testing import Cast
from tests.gateway.kannel import Kannel, kannel, wait_for

pytestmark = pytest.mark.gateway

GATEWAY = "gatepost.reach.channels.gateway.Gateway"
TELEPHONE, SCHOOL = "+447700900123", "447700900999"


def bring(server: OtherSide, client: Client) -> None:
    """What Kannel has called since last time, called at Gatepost itself: the same addresses, to the sign."""
    while server.asked:
        _method, path, _body, _headers = server.asked.pop(0)
        assert client.get(path).content == b""


def brought(server: OtherSide, kind: str) -> int:
    """How many calls of this kind Kannel has made."""
    return sum(kind in path for _method, path, _body, _headers in server.asked)


def text_in_urdu(cast: Cast) -> Delivery:
    """Jo's invitation, in Urdu, as a text to one telephone."""
    cast.jo.language = "ur"
    cast.jo.save()
    cast.jo.contact_points.all().delete()
    point = {"channel": "sms", "value": TELEPHONE, "confirmed_at": clock.now()}
    cast.jo.contact_points.create(organisation=cast.organisation, **point)
    cast.invite_all()
    Delivery.objects.exclude(notice__adult=cast.jo).delete()
    return Delivery.objects.get(notice__adult=cast.jo)


def words_of(seen: list[str]) -> tuple[str, list[int]]:
    """The words on the telephone, put together as it does: by the header of each part, from UCS-2."""
    parts: dict[int, bytes] = {}
    for line in seen:
        header, data = re.search(r"udh (\S+) data (.*)>$", line).groups()  # type: ignore[union-attr]
        told = unquote_to_bytes(header)
        assert told[:3] == b"\x05\x00\x03" and told[4] == len(seen)
        parts[told[5]] = unquote_to_bytes(data.replace("+", " "))
    return b"".join(parts[number] for number in sorted(parts)).decode("utf-16-be"), [
        len(p) // 2 for p in parts.values()
    ]


def test_texts_go_out_and_come_in_and_receipts_find_their_text(cast: Cast, client: Any, tmp_path: Path) -> None:
    with other_side(200, "") as server:
        come = f"{server.url}/gateway/{gatekeys.key_of(cast.school.pk)}/text"
        typed = f"{TELEPHONE} {SCHOOL} text Yes, I will be there"
        with kannel(tmp_path, come=come, text=typed) as gateway:
            delivery = it_goes_out(cast, client, server, gateway)
    assert delivery.state == Delivery.State.DELIVERED and delivery.reported_at
    came = IncomingText.objects.get()
    assert (came.words, came.adult, came.number) == ("Yes, I will be there", cast.jo, TELEPHONE) and came.source_id


def it_goes_out(cast: Cast, client: Any, server: OtherSide, gateway: Kannel) -> Delivery:
    delivery = text_in_urdu(cast)
    with override_settings(
        GATEPOST_CHANNELS={"sms": GATEWAY}, GATEPOST_GATEWAY_URL=gateway.url, GATEPOST_ORIGIN=server.url
    ):
        assert sender.send_due(cast.school) == 1
    delivery.refresh_from_db()
    wait_for(lambda: len(gateway.seen()) >= delivery.parts, "the text")
    words, lengths = words_of(gateway.seen())
    assert (len(lengths), max(lengths) <= 67) == (delivery.parts, True) and delivery.parts == parts_of(words) > 1
    assert f"{server.url}/i/" in words and any("\u0600" <= sign <= "\u06ff" for sign in words)
    wait_for(lambda: brought(server, "/text?") == 1 and brought(server, "status=1") == 1, "a text and a receipt")
    bring(server, client)
    delivery.refresh_from_db()
    return delivery
