"""Ruth is deaf and signs: her whole way, from the invitation to the kept promise, without one voice call."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from gatepost.agree import services as agree
from gatepost.agree.models import Action
from gatepost.agree.tests.saying import ALL_OF_IT, promised
from gatepost.agree.tests.saying import write as write_down
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.meet.tests.interpreted import with_interpreter
from gatepost.reach.models import Notice, Touch
from gatepost.testing import Cast
from gatepost.testing.texting import text_from

RUTH = "+447700900110"


@pytest.fixture
def deaf(cast: Cast) -> Cast:
    """She has said: never ring me; text me first."""
    cast.ruth.no_voice_calls, cast.ruth.channel_order = True, ["sms", "email"]
    cast.ruth.save()
    return cast


def says(cast: Cast, words: str) -> str:
    return text_from(cast, cast.ruth, words).state


def office(cast: Cast, client: Client) -> str:
    """The call list, as Mrs Finch reads it."""
    return cast.sign_in(client, cast.finch).get("/office/?show=by_hand").content.decode()


def test_by_text_from_the_invitation_to_the_kept_promise(deaf: Cast, client: Client) -> None:
    cast, teacher = deaf, deaf.actor_of(deaf.ode)
    invitation = cast.invitation(cast.ruth)
    assert "Owen" in cast.letters(cast.ruth)[0]
    assert [says(cast, "Yes"), says(cast, "1")] == ["answered", "answered"]
    booking = Booking.objects.get(invitation=invitation)
    with_interpreter(cast, booking)
    assert "interpreter" in cast.letters(cast.ruth)[-1]
    meet.note_who_came(booking, came=True, by=teacher)
    record = write_down(cast, agree.open_record(booking, by=teacher), ALL_OF_IT)
    promised(cast, record)
    agree.share(record, by=teacher)
    assert says(cast, "2") == "answered"
    back = Action.objects.get(kind=Action.Kind.CALL_BACK)
    assert back.text.startswith("Write to the family or meet them")
    agree.keep(record.actions.exclude(pk=back.pk).get(), by=teacher)
    agree.keep(back, by=teacher)
    assert len(cast.letters(cast.ruth)) == 7 and cast.ruth.name not in office(cast, client)
    assert Touch.Way.PHONE not in set(Touch.objects.filter(adult=cast.ruth).values_list("way", flat=True))


def test_what_no_message_carries_is_said_at_the_door(deaf: Cast, client: Client) -> None:
    cast = deaf
    cast.ruth.contact_points.all().delete()
    cast.ruth.contact_points.create(organisation=cast.organisation, channel="sms", value=RUTH)
    invitation = cast.invitation(cast.ruth)
    notice = cast.told(cast.ruth)[0]
    notice.deliveries.update(state="failed")
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.BY_HAND)
    listed, page = office(cast, client), reverse("front:say", args=[notice.pk])
    assert "At the door, by text or on paper" in listed and "tel:" not in client.get(page).content.decode()
    client.post(reverse("meet:answer_for", args=[invitation.pk]), {"declined": "1"})
    client.post(page)
    ways = set(Touch.objects.filter(adult=cast.ruth).values_list("way", flat=True))
    assert ways == {Touch.Way.DOOR} and invitation.ask.answers.get().way == Touch.Way.DOOR
