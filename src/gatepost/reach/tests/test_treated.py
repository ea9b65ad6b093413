"""Jo talked with Ms Ode. She is asked how it was; where it was bad, somebody else rings."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult, ContactPoint
from gatepost.org import services as org
from gatepost.org.calendar import school_days_after
from gatepost.reach import services as reach
from gatepost.reach.models import Touch, Translation, Treated
from gatepost.reach.rules.translations import words_to_read
from gatepost.reach.services import reviewing, treated
from gatepost.testing import Cast

ALL = mock.patch.object(treated, "ONE_IN", 1)


def talked(cast: Cast, adult: Adult, *, days: int = 2) -> None:
    child, school, by = adult.cares.get().child, cast.school.pk, cast.actor_of(cast.ode)
    talk = reach.touch(adult, child=child, way=Touch.Way.DOOR, two_way=True, school_id=school, by=by)
    Touch.objects.filter(pk=talk.pk).update(at=clock.now() - timedelta(days=days))


@ALL
def test_somebody_is_asked_after_a_talk_and_then_left_in_peace(cast: Cast) -> None:
    talked(cast, cast.jo)
    talked(cast, cast.mark, days=0)
    talked(cast, cast.kev)
    assert (treated.ask_some(), treated.ask_some()) == (1, 0)
    (letter,) = cast.letters(cast.jo)
    assert "respect" in letter and "Ella" not in letter and cast.ode.name not in letter
    assert cast.told(cast.kev) == cast.told(cast.mark) == []
    talked(cast, cast.jo)
    assert treated.ask_some() == 0


def test_one_in_five_is_asked(cast: Cast) -> None:
    for child in cast.families(60):
        talked(cast, child.cares.get().adult)
    assert 2 <= treated.ask_some() <= 30


@ALL
def test_where_it_was_bad_somebody_else_rings(cast: Cast, client: Client) -> None:
    talked(cast, cast.jo)
    treated.ask_some()
    answer = client.post(cast.link(cast.jo), {"say": "badly"}).content.decode()
    assert "ring you" not in answer  # nobody knows a telephone of hers
    number = {"channel": "sms", "value": "+447700900777", "organisation": cast.organisation}
    ContactPoint.objects.create(adult=cast.jo, confirmed_at=clock.now(), **number)
    assert "ring you" in client.post(cast.link(cast.jo), {"say": "badly"}).content.decode()
    Adult.objects.filter(pk=cast.jo.pk).update(no_voice_calls=True)
    answer = client.post(cast.link(cast.jo), {"say": "badly", "words": "Nobody listened."}).content.decode()
    assert "ring you" not in answer and "will speak with you" in answer  # who does not hear is not told of a call
    asked = Treated.objects.get()
    assert asked.well is False and asked.due_on == school_days_after(cast.school.pk, clock.today(), 2)
    Treated.objects.update(due_on=clock.today())  # said two days ago
    for said in ("well", "badly"):
        client.post(cast.link(cast.jo), {"say": said, "words": "Nobody listened."})
    assert Treated.objects.get().due_on == clock.today()
    page = "/reach/to-put-right/"
    assert cast.sign_in(Client(), cast.ode).get(page).status_code == 403
    head = cast.sign_in(Client(), cast.bell)
    shown = head.get(page).content.decode()
    assert "Nobody listened." in shown and "Speak with them by" in shown and "Late" not in shown
    head.post(f"{page}{asked.pk}/")
    assert "Nobody listened." not in head.get(page).content.decode()
    with pytest.raises(Refused):
        treated.say(asked, well=True, by=cast.actor_of(cast.bell))


@ALL
def test_what_they_say_in_their_language_is_read_by_anybody_but_who_spoke_with_them(cast: Cast, client: Client) -> None:
    for reader in (cast.ode, cast.birch):
        org.ask_to_read(reader, "so", school=cast.school, by=cast.actor_of(cast.bell))
    talked(cast, cast.amina)
    treated.ask_some()
    link, words = cast.link(cast.amina), "Waan u sheegay laakiin cidna ima dhegaysan maalintaas"
    client.post(link, {"say": "badly", "words": words})
    client.post(link, {"say": "badly", "words": f"{words} iyo berri"})
    (row,) = Translation.objects.filter(part="treated")
    assert row.original.endswith("berri")
    assert list(words_to_read(cast.actor_of(cast.ode))) == [] and list(words_to_read(cast.actor_of(cast.birch))) == [
        row
    ]
    reviewing.review(row, "I said so, and nobody listened.", by=cast.actor_of(cast.birch))
    page = cast.sign_in(Client(), cast.bell).get("/reach/to-put-right/").content.decode()
    assert words in page and "nobody listened" in page and cast.birch.name in page


@ALL
def test_whoever_they_spoke_with_does_not_put_it_right(cast: Cast, client: Client) -> None:
    talked(cast, cast.jo)
    treated.ask_some()
    asked = Treated.objects.get()
    Treated.objects.update(spoke_with=cast.bell, well=False, due_on=clock.today())
    assert cast.sign_in(client, cast.bell).post(f"/reach/to-put-right/{asked.pk}/").status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        Treated.objects.update(repaired_at=clock.now(), repaired_by=cast.bell)
