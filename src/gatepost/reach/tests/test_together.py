"""What can wait comes in one message a day, or a week: nothing of it is lost, doubled, or told to anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.know.models import Adult, Channel
from gatepost.language.dates import LONDON
from gatepost.reach import notices, services
from gatepost.reach.audience import lines_for
from gatepost.reach.channels import NotNow, Refusal, Unsure
from gatepost.reach.delivery import receipts, sender
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Delivery, Notice, PostRoomCopy
from gatepost.reach.services import broadcasts, celebrating, threads
from gatepost.testing import Cast

State = Delivery.State
NOON = datetime(2027, 2, 1, 12, 0, tzinfo=LONDON)  # a Monday


@pytest.fixture(autouse=True)
def at() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as traveller, override_settings(GATEPOST_QUIET_HOURS=True):
        yield traveller


def chooses(cast: Cast, adult: Adult, how: str, **wishes: object) -> None:
    know.say_wishes(adult, {"together": how, **wishes}, by=cast.actor_of(cast.finch))


def praised(cast: Cast, *words: str) -> None:
    """Ms Ode writes Zara's family good news, so many times."""
    for minutes, each in enumerate(words):
        with time_machine.travel(clock.now() + timedelta(minutes=minutes), tick=False):
            celebrating.praise(cast.zara, each, by=cast.actor_of(cast.ode))


def waits(adult: Adult) -> set[datetime]:
    rows = Delivery.objects.filter(notice__adult=adult, state=State.QUEUED, together_at__isnull=False)
    return {row.not_before.astimezone(LONDON) for row in rows}


def of(adult: Adult) -> list[Delivery]:
    return list(Delivery.objects.filter(notice__adult=adult, together_at__isnull=False).order_by("notice__created_at"))


def by_mail(adult: Adult) -> Adult:
    adult.contact_points.update(channel=Channel.EMAIL, value=f"{adult.pk}@example.org")
    return adult


def test_two_things_that_can_wait_come_as_one_text_in_her_language(
    cast: Cast, client: Client, at: time_machine.Coordinates
) -> None:
    chooses(cast, cast.hina, "daily")
    (so,) = cast.letters(cast.hina)
    assert "/m/" in so
    praised(cast, "Zara helped Ella.", "Zara read to us.")
    assert waits(cast.hina) == {NOON.replace(hour=16)}
    assert len(cast.letters(cast.hina)) == 1

    page = client.get(cast.link(cast.hina) + "?in=en").content.decode()
    assert page.count("<button") >= 4 and page.count("Good news") == 4 and "Nothing waits" not in page

    at.move_to(NOON.replace(hour=16))
    (_so, one) = cast.letters(cast.hina)
    assert "2" in one and "/m/" in one and "/t/" not in one and re.search("[\u0600-\u06ff]", one)
    assert {row.state for row in of(cast.hina)} == {State.ACCEPTED}
    assert {told.state for told in cast.told(cast.hina)} == {Notice.State.SENT}


def test_by_mail_each_stands_in_full_and_what_is_urgent_never_waits(cast: Cast, at: time_machine.Coordinates) -> None:
    by_mail(cast.hina)
    chooses(cast, cast.hina, "weekly", language="en")
    threads.write(cast.hina, "Please ring me.", about=cast.zara, tone=Tone.CONCERN, by=cast.actor_of(cast.ode))
    praised(cast, "Zara helped Ella.", "Zara read to us.")
    assert len(cast.letters(cast.hina)) == 2  # that it is so, and what is for her alone
    assert waits(cast.hina) == {NOON.replace(day=5, hour=16)}

    at.move_to(NOON.replace(day=5, hour=16))
    one = cast.letters(cast.hina)[-1]
    assert one.index("Zara helped Ella.") < one.index("Zara read to us.") and one.startswith("2 messages")
    assert one.count("Dear ") == one.count("Questions?") == 1 and one.count("/t/") == 2 and one.count("/m/") == 1


def test_one_press_ends_it_and_what_waited_goes_at_once(cast: Cast, client: Client) -> None:
    chooses(cast, cast.hina, "weekly")
    praised(cast, "Zara helped Ella.", "Zara read to us.")
    link = cast.link(cast.hina)
    client.get(link)
    assert waits(cast.hina) == {NOON.replace(day=5, hour=16)}
    assert "How often?" in client.post(link + "?in=en", {"how": "each"}).content.decode()
    assert waits(cast.hina) == {NOON}
    praised(cast, "And one more.")
    assert waits(cast.hina) == {NOON} and len(cast.letters(cast.hina)) == 3  # the two that waited, and the new one


def test_each_opens_behind_its_own_proof_and_only_for_her(cast: Cast, client: Client) -> None:
    chooses(cast, cast.hina, "weekly")
    chooses(cast, cast.bilal, "weekly")
    praised(cast, "Zara helped Ella.")
    link, his = cast.link(cast.hina), Notice.objects.get(adult=cast.bilal, kind="reach.praise")
    (hers,) = Notice.objects.filter(adult=cast.hina, kind="reach.praise")
    opened = client.post(f"{link}{hers.pk}/")
    assert opened.status_code == 302 and opened.url.startswith("/t/")
    assert "Zara helped Ella." not in client.get(opened.url).content.decode()
    assert client.post(f"{link}{his.pk}/").status_code == 404


def test_what_an_order_forbids_is_neither_in_it_nor_on_its_page(
    cast: Cast, client: Client, at: time_machine.Coordinates
) -> None:
    by_mail(cast.hina)
    chooses(cast, cast.hina, "daily", language="en")
    praised(cast, "Zara helped Ella.", "Zara read to us.")
    celebrating.praise(cast.zara, "Zara ran.", by=cast.actor_of(cast.ode))
    link = cast.link(cast.hina)
    order = {"bars": frozenset({Bar.EDUCATION}), "seen_by": cast.bell, "from_on": clock.today(), "by": None}
    know.record_order(cast.hina, child=cast.zara, **order)
    assert "Good news" not in client.get(link).content.decode()
    at.move_to(NOON.replace(hour=16))
    assert len(cast.letters(cast.hina)) == 1
    assert {row.state for row in of(cast.hina)} == {State.STOPPED}


def test_where_others_read_along_it_says_only_that_there_is_something(
    cast: Cast, client: Client, at: time_machine.Coordinates
) -> None:
    chooses(cast, cast.noor, "daily", language="en")
    child = cast.noor.cares.get().child
    for words in ("One.", "Two."):
        celebrating.praise(child, words, by=cast.actor_of(cast.ode))
    at.move_to(NOON.replace(hour=16))
    one = cast.letters(cast.noor)[-1]
    assert "The school has a message for you." in one and "2 messages" not in one
    page = client.get(cast.link(cast.noor)).content.decode()
    assert child.called not in page and "The school has a message for you" in page


class Moody:
    """A transport whose mood the test sets."""

    mood: Exception | None = None
    sent: list[Delivery] = []

    def send(self, letter: object, delivery: Delivery) -> None:
        Moody.sent.append(delivery)
        if Moody.mood:
            raise Moody.mood


@pytest.fixture
def moody(cast: Cast, at: time_machine.Coordinates) -> Iterator[type[Moody]]:
    """Hina's round is due: three things."""
    chooses(cast, cast.hina, "daily")
    cast.letters(cast.hina)
    praised(cast, "One.", "Two.", "Three.")
    Notice.objects.exclude(adult=cast.hina).delete()
    at.move_to(NOON.replace(hour=16))
    Moody.mood, Moody.sent = None, []
    path = f"{__name__}.Moody"
    with override_settings(GATEPOST_CHANNELS={"email": path, "sms": path}):
        yield Moody


@pytest.mark.parametrize(
    ("mood", "state"),
    [
        (None, State.ACCEPTED),
        (NotNow("451"), State.QUEUED),
        (Refusal("550"), State.FAILED),
        (Unsure("gone"), State.UNCERTAIN),
    ],
)
def test_what_becomes_of_the_message_becomes_of_all_it_carries(
    cast: Cast, moody: type[Moody], mood: Exception | None, state: State
) -> None:
    moody.mood = mood
    sender.send_due(cast.school)
    assert len(moody.sent) == 1
    assert [row.state for row in of(cast.hina)] == [state] * 3


def test_a_death_on_the_wire_leaves_all_of_it_uncertain_and_one_answer_settles_it(
    cast: Cast, moody: type[Moody], at: time_machine.Coordinates
) -> None:
    moody.mood = KeyboardInterrupt()  # type: ignore[assignment]  # as if the machine were gone
    with pytest.raises(KeyboardInterrupt):
        sender.send_due(cast.school)
    Delivery.objects.filter(state=State.QUEUED).update(state=State.ON_WIRE, leased_until=clock.now())
    moody.mood = None
    at.shift(timedelta(minutes=6))
    assert sender.send_due(cast.school) == 0
    assert [row.state for row in of(cast.hina)] == [State.UNCERTAIN] * 3
    (lead,) = Delivery.objects.filter(state=State.UNCERTAIN, along=None)
    services.send_again(lead, by=cast.actor_of(cast.finch))
    assert sender.send_due(cast.school) == 3 and len(moody.sent) == 2


def test_a_receipt_is_one_for_all(cast: Cast, moody: type[Moody]) -> None:
    sender.send_due(cast.school)
    assert receipts.report(moody.sent[0].pk, State.DELIVERED) is True
    assert receipts.report(moody.sent[0].pk, State.DELIVERED) is False
    assert [row.state for row in of(cast.hina)] == [State.DELIVERED] * 3


def test_where_one_is_taken_back_the_others_still_come_as_one(cast: Cast, moody: type[Moody]) -> None:
    sender.together.gather()
    leads = Delivery.objects.filter(notice__adult=cast.hina, along=None, together_at__isnull=False)
    leads.update(state=State.STOPPED)
    sender.send_due(cast.school)
    assert len(moody.sent) == 1
    assert sorted(row.state for row in of(cast.hina)) == [State.ACCEPTED, State.ACCEPTED, State.STOPPED]


def test_what_the_cap_holds_back_comes_together_the_next_morning(cast: Cast, at: time_machine.Coordinates) -> None:
    by = cast.actor_of(cast.finch)
    for words in ("One.", "Two.", "Three.", "Four."):
        broadcasts.send(words, lines_for(notices.broadcast, [cast.ella]), urgent=False, school_id=by.school_id, by=by)
        at.shift(timedelta(minutes=2))
    assert len(cast.letters(cast.jo)) == 2
    at.move_to(NOON.replace(day=2, hour=7))
    *_, one = cast.letters(cast.jo)
    assert one.index("Three.") < one.index("Four.") and PostRoomCopy.objects.filter(recipient=cast.jo.name).count() == 3
