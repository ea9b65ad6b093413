"""Before invitations leave, the page says what their texts will cost, language by language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.test import override_settings

from gatepost.core import clock
from gatepost.testing import Cast


def test_what_the_texts_cost_stands_there_before_they_leave(cast: Cast, client: Any) -> None:
    for adult, language, number in ((cast.jo, "ur", "+447700900123"), (cast.dawn, "en", "+447700900124")):
        adult.contact_points.all().delete()
        adult.contact_points.create(
            organisation=cast.organisation, channel="sms", value=number, confirmed_at=clock.now()
        )
        adult.language = language
        adult.save()
    event = cast.event()
    cast.sign_in(client, cast.finch)
    with override_settings(GATEPOST_TEXT_PENCE=Decimal("2.4")):
        page = client.get(f"/meet/events/{event.pk}/preview/")
        bill = page.context["bill"]
        parts = {cost.language: (cost.parts, cost.wide) for cost, _adults in bill.lines}
        assert parts["ur"][1] and not parts["en"][1] and parts["ur"][0] > parts["en"][0] >= 1
        assert bill.pounds == (Decimal("2.4") * bill.parts / 100).quantize(Decimal("0.01"))
        words = page.content.decode()
        assert "What the text messages will cost, at most" in words and f"£{bill.pounds}" in words
    assert "£" not in client.get(f"/meet/events/{event.pk}/preview/").content.decode()
