"""What went well is told to every adult once, with words for home; and a parent gets a letter about themselves."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gatepost.know.models import Channel
from gatepost.language.phrasebook import PHRASES, say
from gatepost.reach.kinds import Tone
from gatepost.reach.models import Celebrated, Delivery, Message, Notice, PostRoomCopy, Success, Touch
from gatepost.reach.queries.threads import balance_of
from gatepost.reach.services import celebrating, printing, threads
from gatepost.reach.tests.paper import home_of, print_run
from gatepost.reach.unpraised import praise_of_parents
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db
KIND = [{"say": "praise_kind"}]


def test_both_parents_hear_it_once_whoever_saw_it(cast: Cast) -> None:
    assert celebrating.praise(cast.ella, said=KIND, by=cast.actor_of(cast.ode)) == 2
    assert celebrating.praise(cast.ella, said=KIND, by=cast.actor_of(cast.finch)) == 0
    assert celebrating.praise(cast.ella, said=[*KIND, {"say": "praise_reading"}], by=cast.actor_of(cast.ode)) == 2
    assert Success.objects.count() == 2 and Celebrated.objects.count() == 4
    first = Message.objects.filter(thread__adult=cast.jo).earliest("at")
    assert first.words.endswith("At home you can say: “I heard that you were kind. I am proud of you.”")
    with pytest.raises(IntegrityError), transaction.atomic():
        Celebrated.objects.create(school=cast.school, success=Success.objects.earliest("at"), adult=cast.jo)


def test_words_for_home_come_in_the_language_of_each_and_after_own_words_too(cast: Cast) -> None:
    celebrating.praise(cast.zara, said=KIND, by=cast.actor_of(cast.ode))
    celebrating.praise(cast.zara, "She built a bridge.", by=cast.actor_of(cast.ode))
    assert celebrating.praise(cast.zara, "She built  a bridge.", by=cast.actor_of(cast.finch)) == 0
    cast.deliver()
    bodies = [copy.body for copy in PostRoomCopy.objects.filter(delivery__notice__adult=cast.hina)]
    assert any(say(PHRASES["tell_kind"], "ur") in body for body in bodies)
    assert any(say(PHRASES["tell_well"], "ur") in body for body in bodies)


def test_a_good_news_call_reaches_the_other_parent_too_and_the_barred_one_never(cast: Cast, client: Client) -> None:
    page = f"/reach/adults/{cast.jo.pk}/talk/"
    cast.sign_in(client, cast.ode)
    typed = {"way": "phone", "child": str(cast.ella.pk), "about": ["good"]}
    there = client.post(page, typed)
    assert there.headers["Location"] == f"/reach/children/{cast.ella.pk}/praise/"  # what went well is one press away
    client.post(there.headers["Location"], {"say": "praise_helped", "send": "1"})
    assert Touch.objects.get().tone == Tone.GOOD
    assert set(Message.objects.values_list("thread__adult__name", flat=True)) == {cast.jo.name, cast.mark.name}
    celebrating.praise(cast.tyler, said=KIND, by=cast.actor_of(cast.bell))
    assert not Notice.objects.filter(adult=cast.kev).exclude(state=Notice.State.BARRED).exists()


def test_a_letter_to_a_mother_about_herself_is_printed_signed_and_counted(cast: Cast, client: Client) -> None:
    home_of(cast, cast.hina, cast.zara)
    by = cast.actor_of(cast.ode)
    assert cast.hina in [line.adult for line in praise_of_parents(by).without]
    cast.sign_in(client, cast.ode)
    page = f"/reach/adults/{cast.hina.pk}/letter/"
    assert (
        "parent_reading" in client.get(page).content.decode() and "praise_kind" not in client.get(page).content.decode()
    )
    typed = {"say": "parent_reading", "child": str(cast.zara.pk), "name": "Ms Ode", "role": "Class teacher"}
    before = client.post(page, typed).content.decode()
    assert say(PHRASES["parent_reading"], "ur", child="Zara") in before and "Ms Ode, Class teacher" in before
    client.post(page, typed | {"send": "1"})
    letter = Notice.objects.get(kind="reach.praise_letter")
    assert letter.deliveries.get().channel == Channel.LETTER  # though she reads texts
    run = print_run(cast)
    (sheet,) = [str(each) for each in printing.pages_of(run)]
    assert "Ms Ode, Class teacher" in sheet and 'class="ink"' in sheet and "tear-off" not in sheet
    printing.settle_run(run, by=cast.actor_of(cast.finch))
    assert Delivery.objects.get(notice=letter).state == Delivery.State.ACCEPTED
    assert balance_of(cast.hina).good == 1
    found = praise_of_parents(by)
    assert cast.hina not in [line.adult for line in found.without] and found.praised == 1
    assert cast.bilal in [line.adult for line in found.without]  # a letter to her is none to him
    listed = client.get("/reach/parents-to-praise/").content.decode()
    assert cast.bilal.name in listed and cast.hina.name not in listed


def test_last_terms_letter_is_not_this_terms(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    by = cast.actor_of(cast.ode)
    threads.write_letter(cast.jo, [{"say": "parent_idea"}], about=cast.ella, signed="Ms Ode, Teacher", by=by)
    assert praise_of_parents(by).praised == 1
    monkeypatch.setattr("gatepost.reach.unpraised.term_began", lambda: date(2999, 1, 1))
    assert praise_of_parents(by).praised == 0
