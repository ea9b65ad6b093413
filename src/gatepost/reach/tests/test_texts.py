"""Text messages through a gateway and through GOV.UK Notify, and what comes back from them."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from unittest import mock
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.config.texts import gateway_url, texts_by
from gatepost.core import clock
from gatepost.reach import gatekeys
from gatepost.reach.channels import calling
from gatepost.reach.channels.notify import Notify
from gatepost.reach.delivery import circuit, receipts, sender
from gatepost.reach.delivery.parts import cost_of, parts_of
from gatepost.reach.models import Delivery, IncomingText, Notice
from gatepost.reach.tests.otherside import OtherSide, other_side, stranger
from gatepost.testing import Cast

State = Delivery.State
GATEWAY, NOTIFY = "gatepost.reach.channels.gateway.Gateway", "gatepost.reach.channels.notify.Notify"
KEY = "school-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"
SAMPLE = {"when_at": "2027-02-04T16:00:00+00:00", "host": "Ms Ode"}
PLACES = "/cgi-bin/sendsms?to={to}&text={text}&charset=UTF-8&coding={coding}&dlr-url={receipt}"


def text_to_jo(cast: Cast) -> Delivery:
    """Put one text, to Jo, into the ledger."""
    cast.invite_all()
    Delivery.objects.exclude(notice__adult=cast.jo).delete()
    delivery = Delivery.objects.get(notice__adult=cast.jo)
    point = cast.jo.contact_points.filter(channel="sms").first() or cast.jo.contact_points.create(
        organisation=cast.organisation, channel="sms", value="+447700900123", confirmed_at=clock.now()
    )
    Delivery.objects.filter(pk=delivery.pk).update(channel="sms", contact_point=point)
    return Delivery.objects.get(pk=delivery.pk)


@contextmanager
def through(server: OtherSide, path: str, **more: Any) -> Any:
    said = {"GATEPOST_GATEWAY_URL": server.url + PLACES, "GATEPOST_NOTIFY_URL": server.url}
    said |= {"GATEPOST_NOTIFY_KEY": KEY, "GATEPOST_NOTIFY_TEMPLATE": "t"}
    with override_settings(GATEPOST_CHANNELS={"sms": path}, **said | more):
        yield


def hand_over(cast: Cast, path: str, code: int, body: str = "", **more: Any) -> tuple[Delivery, OtherSide]:
    delivery = text_to_jo(cast)
    with other_side(code, body) as server, through(server, path, **more):
        sender.send_due(cast.school)
    delivery.refresh_from_db()
    return delivery, server


def test_a_gateway_gets_the_whole_text_and_where_to_report(cast: Cast) -> None:
    delivery, server = hand_over(cast, GATEWAY, 202)
    ((method, path, _body, _headers),) = server.asked
    said = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    assert (method, delivery.state, delivery.parts) == ("GET", State.ACCEPTED, parts_of(said["text"]))
    assert said["to"] == delivery.contact_point.value and said["coding"] == "0"
    assert said["dlr-url"].endswith(f"/receipt?id={delivery.pk.hex}&status=%d")


def test_a_gateway_that_wants_a_form_gets_one(cast: Cast) -> None:
    delivery, server = hand_over(cast, GATEWAY, 200, GATEPOST_GATEWAY_METHOD="POST")
    ((method, path, body, _headers),) = server.asked
    assert (method, path, delivery.state) == ("POST", "/cgi-bin/sendsms", State.ACCEPTED)
    assert parse_qs(body.decode())["to"] == [delivery.contact_point.value]


@pytest.mark.parametrize(
    ("code", "state"),
    [(202, "accepted"), (503, "queued"), (429, "queued"), (403, "failed"), (302, "failed"), (0, "uncertain")],
)
def test_what_the_gateway_answers_decides(cast: Cast, code: int, state: str) -> None:
    assert hand_over(cast, GATEWAY, code)[0].state == state


def test_the_settings_say_what_a_code_means(cast: Cast) -> None:
    assert hand_over(cast, GATEWAY, 403, GATEPOST_GATEWAY_ANSWERS={"403": "later"})[0].state == State.QUEUED


def test_a_gateway_that_is_away_is_asked_again(cast: Cast) -> None:
    delivery = text_to_jo(cast)
    with other_side() as server:
        pass
    with through(server, GATEWAY):
        sender.send_due(cast.school)
    delivery.refresh_from_db()
    assert delivery.state == State.QUEUED


@pytest.mark.parametrize(
    ("code", "error", "state"),
    [
        (201, "", "accepted"),
        (400, "ValidationError", "failed"),
        (403, "AuthError", "queued"),
        (429, "RateLimitError", "queued"),
        (429, "TooManyRequestsError", "queued"),
        (500, "Exception", "queued"),
        (0, "", "uncertain"),
    ],
)
def test_what_notify_answers_decides(cast: Cast, code: int, error: str, state: str) -> None:
    taken = {"id": "n1"} if code == 201 else {"errors": [{"error": error, "message": "…"}]}
    delivery, server = hand_over(cast, NOTIFY, code, json.dumps(taken))
    _method, path, body, headers = server.asked[0]  # where we are not sure, it is asked what became of it
    said = jwt.decode(headers["Authorization"].removeprefix("Bearer "), KEY[-36:], algorithms=["HS256"])
    assert (path, said["iss"], delivery.state) == ("/v2/notifications/sms", KEY[7:43], state)
    assert json.loads(body)["reference"] == delivery.pk.hex
    if error == "TooManyRequestsError":
        assert (delivery.not_before.hour, delivery.not_before.minute) == (0, 0)


def test_notify_is_asked_about_a_message_we_are_not_sure_of(cast: Cast) -> None:
    delivery = text_to_jo(cast)
    with other_side(200, '{"notifications": [{"id": "x"}]}') as server, through(server, NOTIFY):
        assert Notify().was_taken(delivery) is True
        server.body = '{"notifications": []}'
        assert Notify().was_taken(delivery) is False
        server.code = 500
        assert Notify().was_taken(delivery) is None


@pytest.mark.parametrize(
    ("code", "body", "state", "asked"),
    [
        (302, "", "queued", 1),  # nothing follows it: our key goes to nobody else
        (201, '{"id": "n1", "more": "' + "x" * 9_000_000 + '"}', "uncertain", 2),  # more than Notify ever says
        (201, "<html>", "uncertain", 2),  # somebody else answered, or half of an answer came: it may have been taken
        (201, "{}", "uncertain", 2),
    ],
)
def test_nobody_who_answers_otherwise_is_believed(
    cast: Cast, code: int, body: str, state: str, asked: int, caplog: Any
) -> None:
    delivery, server = hand_over(cast, NOTIFY, code, body)
    assert (delivery.state, len(server.asked)) == (state, asked)
    assert not [line for line in caplog.records if line.name.startswith("notifications")]


def test_notify_that_is_away_or_somebody_else_never_had_it(cast: Cast) -> None:
    delivery = text_to_jo(cast)
    with other_side() as server:
        pass
    with stranger() as url:
        for attempts, nobody in enumerate((server.url, url), 1):
            Delivery.objects.filter(pk=delivery.pk).update(not_before=clock.now())
            with through(server, NOTIFY, GATEPOST_NOTIFY_URL=nobody):
                sender.send_due(cast.school)
            delivery.refresh_from_db()
            assert (delivery.state, delivery.attempts) == (State.QUEUED, attempts)


@pytest.mark.once
def test_a_gateway_that_drips_holds_up_nobody() -> None:
    def drop(_most: int) -> bytes:
        time.sleep(0.01)
        return b"."

    with mock.patch.object(calling, "PATIENCE", 0.05):
        assert len(calling._read(mock.Mock(read1=drop))) < 10


def test_what_cannot_wait_leaves_when_the_texts_of_a_day_are_used_up(cast: Cast, client: Any) -> None:
    delivery = text_to_jo(cast)
    with other_side() as server, through(server, GATEWAY, GATEPOST_TEXTS_A_DAY=0):
        sender.send_due(cast.school)
        delivery.refresh_from_db()
        assert (delivery.state, circuit.over_the_day(), len(server.asked)) == (State.QUEUED, 1, 0)
        cast.sign_in(client, cast.finch)
        assert "One text waits until there are more" in client.get("/").content.decode()
        Notice.objects.filter(pk=delivery.notice_id).update(kind="meet.called_off", params=SAMPLE)
        Delivery.objects.filter(pk=delivery.pk).update(not_before=clock.now())
        sender.send_due(cast.school)
    delivery.refresh_from_db()
    assert delivery.state == State.ACCEPTED


# ── what comes back ──────────────────────────────────────────────────────────────────────────────


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.sampled_from(["1", "2", "4", "8", "16"]), max_size=6).flatmap(
    lambda told: st.tuples(st.just(told), st.permutations(told), st.permutations(told * 2))
))  # fmt: skip
def test_receipts_in_any_order_and_twice_leave_the_same(cast: Cast, said: tuple[list[str], ...]) -> None:
    table = {"1": "delivered", "2": "undelivered", "8": "taken", "16": "undelivered"}
    delivery = Delivery.objects.first() or text_to_jo(cast)
    ends = set()
    for order in said:
        first = {"state": State.ACCEPTED, "accepted_at": clock.now(), "attempts": 1}
        Delivery.objects.filter(pk=delivery.pk).update(**first)
        Notice.objects.filter(pk=delivery.notice_id).update(state=Notice.State.SENT)
        for status in order:
            if status in table:
                receipts.report(delivery.pk, receipts.WORDS[table[status]])
        delivery.refresh_from_db()
        ends.add((delivery.state, Notice.objects.get(pk=delivery.notice_id).state))
    assert len(ends) == 1
    wanted = "delivered" if "1" in said[0] else "undelivered" if {"2", "16"} & set(said[0]) else "accepted"
    assert ends.pop() == (wanted, "by_hand" if wanted == "undelivered" else "sent")


def test_a_receipt_settles_what_was_uncertain_and_a_lost_text_is_the_offices(cast: Cast, client: Any) -> None:
    delivery = text_to_jo(cast)
    point = delivery.contact_point
    Delivery.objects.filter(pk=delivery.pk).update(state=State.UNCERTAIN, attempts=1)
    key = gatekeys.key_of(cast.school.pk)
    for status, state in (("8", State.ACCEPTED), ("2", State.UNDELIVERED), ("8", State.UNDELIVERED)):
        path = reverse("gateway:receipt", args=[key])
        assert client.get(path, {"id": delivery.pk.hex, "status": status}).status_code == 200
        delivery.refresh_from_db()
        assert delivery.state == state
    point.refresh_from_db()
    assert point.bounced_at and Notice.objects.get(pk=delivery.notice_id).state == Notice.State.BY_HAND
    by_notify = {"reference": str(delivery.pk), "status": "delivered", "id": "n1"}
    client.post(reverse("gateway:notify", args=[key]), by_notify, content_type="application/json")
    delivery.refresh_from_db()
    point.refresh_from_db()
    assert (delivery.state, point.bounced_at) == (State.DELIVERED, None)


def test_a_text_comes_in_once_however_often_it_is_brought(cast: Cast, client: Any) -> None:
    point = text_to_jo(cast).contact_point
    key = gatekeys.key_of(cast.school.pk)
    words = {"from": point.value.removeprefix("+"), "text": "میں آؤں گی", "id": "k-1"}
    for _ in range(3):
        assert client.get(reverse("gateway:text", args=[key]), words).content == b""
    client.post(reverse("gateway:text", args=[key]), words | {"id": "k-2"})
    said = {"id": "n-1", "source_number": point.value, "message": "Yes"}
    client.post(reverse("gateway:notify", args=[key]), said, content_type="application/json")
    kept = IncomingText.objects.order_by("source_id")
    assert [(text.source_id, text.adult_id) for text in kept] == [(i, cast.jo.pk) for i in ("k-1", "k-2", "n-1")]
    assert kept[0].words == "میں آؤں گی"
    for _ in range(2):  # a gateway that counts from one again
        client.get(reverse("gateway:text", args=[key]), words | {"text": "Ella is ill"})
    assert [text.words for text in IncomingText.objects.order_by("at")][3:] == ["Ella is ill"]


def test_a_text_comes_in_whatever_was_cut_on_its_way_and_whole(cast: Cast, client: Any) -> None:
    """Half a picture, where a text was cut in two; a sign that stands for nothing; more than many parts hold."""
    address = reverse("gateway:notify", args=[gatekeys.key_of(cast.school.pk)])
    long = "We will all come, thank you. " * 100
    for name, words in (("one", "Thank you \ud83d"), ("two", "\0yes please"), ("three", long)):
        said = {"source_number": "+447700900101", "message": words, "id": name}
        assert client.post(address, json.dumps(said), content_type="application/json").status_code == 200
    kept = IncomingText.objects.order_by("at").values_list("words", flat=True)
    assert list(kept) == ["Thank you ?", "yes please", long.strip()]


def test_without_the_key_there_is_no_such_page_and_nonsense_changes_nothing(cast: Cast, client: Any) -> None:
    key, other = gatekeys.key_of(cast.school.pk), gatekeys.key_of(cast.other_school.pk)
    delivery = text_to_jo(cast)
    for name in ("text", "receipt", "notify"):
        assert client.get(reverse(f"gateway:{name}", args=[key[:-1] + "x"])).status_code == 404
        assert client.get(reverse(f"gateway:{name}", args=[key])).status_code == 200
        assert client.put(reverse(f"gateway:{name}", args=[key])).status_code == 405
    assert client.get(reverse("gateway:receipt", args=[other]), {"id": delivery.pk.hex, "status": "1"})
    assert client.get(reverse("gateway:receipt", args=[key]), {"id": "no", "status": "1"}).status_code == 200
    assert client.post(reverse("gateway:notify", args=[key]), "[", content_type="text/plain").status_code == 400
    assert client.post(reverse("gateway:notify", args=[key]), "[]", content_type="text/plain").status_code == 400
    delivery.refresh_from_db()
    assert delivery.state == State.QUEUED and not IncomingText.objects.exists()


def test_whoever_guesses_keys_waits(cast: Cast, client: Any) -> None:
    with override_settings(GATEPOST_PROXIES=0):
        codes = [client.get("/gateway/guess/text", REMOTE_ADDR="192.0.2.9").status_code for _ in range(31)]
    assert codes == [404] * 30 + [429]


# ── what it costs ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3), ("€" * 80, 1), ("€" * 81, 2),
        ("ا" * 70, 1), ("ا" * 71, 2), ("ا" * 125, 2), ("ا" * 134, 2), ("ا" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2),
        ("€" * 76 + "a" + "€", 1), ("a" * 152 + "€" * 5, 2), ("😀" * 33 + "a" + "😀" * 33, 2),
    ],
)  # fmt: skip
def test_how_many_parts_a_text_takes(text: str, parts: int) -> None:
    assert parts_of(text) == parts


@pytest.mark.once
def test_what_it_costs_stands_there_before_it_is_sent() -> None:
    with override_settings(GATEPOST_TEXT_PENCE=Decimal("2.4")):
        dear, cheap = cost_of({"en": "Come on Friday.", "ur": "جمعہ کو آئیں۔ " * 8})
    assert (dear.language, dear.wide, dear.parts, dear.pence) == ("ur", True, 2, Decimal("4.8"))
    assert (cheap.parts, cheap.pence) == (1, Decimal("2.4"))
    assert cost_of({"en": "Hi"})[0].pence is None


@pytest.mark.once
def test_what_cannot_be_meant_is_refused_in_plain_words() -> None:
    for wrong in ("ftp://x/{to}{text}", "http:///{to}{text}", "http://x/?{to}", "http://x/?{to}{text}{password}"):
        with pytest.raises(ImproperlyConfigured):
            gateway_url(wrong)
    for given_ in (("http://x", KEY, "t"), ("", "short", "t"), ("", KEY, "")):
        with pytest.raises(ImproperlyConfigured):
            texts_by(*given_)
    assert texts_by(gateway_url("https://x/?{to}&{text}"), "", "") == GATEWAY
    assert (texts_by("", KEY, "t"), texts_by("", "", "")) == (NOTIFY, "")
