"""The call list: whom to ring and what to say; nobody picks up, a wrong number, relay, and who is never rung."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gatepost.core import clock
from gatepost.know.models import Adult, ContactPoint
from gatepost.meet import notices
from gatepost.reach.models import Notice
from gatepost.reach.services import tell
from gatepost.reach.services.calls import dialled
from gatepost.testing import Cast


def to_say(adult: Adult) -> Notice:
    """Something that no wire could carry to this adult."""
    care = adult.cares.first()
    assert care
    notice = tell(adult, notices.given_back, about=care.child, by=None)
    notice.deliveries.update(state="failed", problem="The text gateway said 403.")
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.BY_HAND)
    return Notice.objects.get(pk=notice.pk)


def page(cast: Cast, client: Client, notice: Notice) -> str:
    return cast.sign_in(client, cast.finch).get(reverse("front:say", args=[notice.pk])).content.decode()


def test_the_office_presses_a_number_and_reads_what_to_say_and_what_was_tried(cast: Cast, client: Client) -> None:
    cast.hina.times = ["evening"]
    cast.hina.save()
    words = page(cast, client, to_say(cast.hina))
    assert 'href="tel:+447700900102"' in words and "In the evening" in words
    assert 'lang="ur" dir="rtl"' in words and 'lang="en"' in words
    assert "The text gateway said 403." in words and "Could not be handed over" in words


def test_whom_nobody_reached_stands_last_until_tomorrow_and_after_three_another_way_is_shown(
    cast: Cast, client: Client
) -> None:
    notice, other = to_say(cast.hina), to_say(cast.amina)
    address = reverse("front:say", args=[notice.pk])
    for _call in range(3):
        assert "Three calls in vain" not in page(cast, client, notice)
        assert client.post(address, {"came": "nobody"}).url == "/office/?show=by_hand"
    assert "Three calls in vain" in page(cast, client, notice) and "3 calls" in page(cast, client, notice)
    listed = client.get("/office/?show=by_hand")
    assert [each.pk for each in listed.context["page_obj"]] == [other.pk, notice.pk]
    assert "Again tomorrow" in listed.content.decode()
    client.post(address)
    assert Notice.objects.get(pk=notice.pk).state == Notice.State.SENT


def test_a_wrong_number_is_doubted_and_rung_no_more(cast: Cast, client: Client) -> None:
    notice, point = to_say(cast.hina), cast.hina.contact_points.get()
    address = reverse("front:say", args=[notice.pk])
    cast.sign_in(client, cast.finch).post(address, {"wrong": str(point.pk)})
    assert ContactPoint.objects.get(pk=point.pk).bounced_at
    assert "tel:" not in page(cast, client, notice)
    assert "At the door" in client.get("/office/?show=by_hand").content.decode()
    strangers = ContactPoint.objects.filter(adult=cast.amina).get()
    assert "not asked any more" in client.post(address, {"wrong": str(strangers.pk)}).content.decode()
    assert ContactPoint.objects.get(pk=strangers.pk).bounced_at is None


def test_who_is_never_rung_has_no_number_on_the_list(cast: Cast, client: Client) -> None:
    cast.ruth.no_voice_calls = True
    cast.ruth.save()
    notice = to_say(cast.ruth)
    words = page(cast, client, notice)
    assert "Never ring" in words and "tel:" not in words and "Nobody picked up" not in words
    listed = client.get("/office/?show=by_hand").content.decode()
    assert "At the door, by text or on paper" in listed and ">Ring<" not in listed
    client.post(reverse("front:say", args=[notice.pk]), {"came": "nobody"})
    assert Notice.objects.get(pk=notice.pk).calls == 0


def test_who_signs_is_rung_through_the_relay_service(cast: Cast, client: Client) -> None:
    words = page(cast, client, to_say(cast.ruth))
    assert 'href="tel:1800107700900110"' in words and "Relay UK" in words


@pytest.mark.once
@pytest.mark.parametrize(
    ("number", "relay", "dials"),
    [
        ("+447700900110", True, "1800107700900110"),
        ("+353861", True, "1800100353861"),
        ("+447700900110", False, "+447700900110"),
    ],
)
def test_what_a_telephone_dials(number: str, relay: bool, dials: str) -> None:
    assert dialled(number, relay=relay) == dials


def test_a_telephone_that_somebody_answers_who_must_not_know_is_not_rung(cast: Cast, client: Client) -> None:
    notice = to_say(cast.jo)
    for adult in (cast.jo, cast.mark):  # Mark lives elsewhere
        adult.contact_points.create(
            organisation=cast.organisation, channel="sms", value="+447700900155", shared=True, confirmed_at=clock.now()
        )
    assert "tel:" not in page(cast, client, notice)
