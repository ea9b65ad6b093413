"""Ms Ode writes in English, Hina reads Urdu, and Mrs Birch, who watches over lunch, reads and writes both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know.models import Adult, ContactPoint
from gatepost.know.services import record_order
from gatepost.org import services as org
from gatepost.reach import notices
from gatepost.reach.audience import lines_for
from gatepost.reach.models import Message, Notice, Translation
from gatepost.reach.queries import threads as thread_queries
from gatepost.reach.rules import translations as rules
from gatepost.reach.services import broadcasts, incoming, reviewing, threads
from gatepost.testing import Cast

PRAISE, URDU = "Zara read 12 pages.", "زارا نے 12 صفحے پڑھے۔"
FEES = "The trip costs £4. You can pay until 3 May."
URDU_FEES = "سیر کے 4 پاؤنڈ ہیں۔ 3 مئی تک دے سکتے ہیں۔"


def reads(cast: Cast, tag: str = "ur") -> None:
    org.ask_to_read(cast.birch, tag, school=cast.school, by=cast.actor_of(cast.bell))


def wrote(cast: Cast, words: str = PRAISE, adult: Adult | None = None, *, high: bool = False) -> Message:
    by = cast.actor_of(cast.ode)
    return threads.write(adult or cast.hina, words, about=cast.zara, high=high, by=by)


def page_of(cast: Cast, client: Client, adult: Adult | None = None) -> str:
    adult = adult or cast.hina
    link = cast.link(adult)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(adult)})
    return client.get(link).content.decode()


def test_where_nobody_can_say_it_they_get_the_original_and_an_apology(cast: Cast, client: Client) -> None:
    assert wrote(cast).state == Message.State.SENT
    (letter,) = cast.letters(cast.hina)
    assert PRAISE in letter and "معذرت" in letter
    page = page_of(cast, client)
    assert PRAISE in page and 'lang="en"' in page and "معذرت" in page


def test_everyday_words_leave_at_once_and_come_again_in_their_language(cast: Cast, client: Client) -> None:
    reads(cast)
    assert wrote(cast).state == Message.State.SENT
    cast.deliver()
    birch = cast.sign_in(Client(), cast.birch)
    row = Translation.objects.get()
    queue = birch.get("/reach/words/").content.decode()
    assert f"/reach/words/{row.pk}/" in queue and PRAISE not in queue  # reading them leaves a line, one by one
    page = birch.get(f"/reach/words/{row.pk}/").content.decode()
    assert 'lang="ur" dir="rtl"' in page and 'lang="en"' in page and PRAISE in page
    assert "12" in birch.post(f"/reach/words/{row.pk}/", {"words": "زارا نے صفحے پڑھے۔"}).content.decode()
    for slip in (PRAISE, "zara ne 12 safhe parhe"):  # in the wrong box: nothing leaves before she has looked again
        assert (
            "Is this in the right language?" in birch.post(f"/reach/words/{row.pk}/", {"words": slip}).content.decode()
        )
    row.refresh_from_db()
    assert row.state == Translation.State.ASKED
    birch.post(f"/reach/words/{row.pk}/", {"words": URDU})
    row.refresh_from_db()
    assert (row.state, row.reviewed_by, bool(row.shown_at)) == (Translation.State.REVIEWED, cast.birch, True)
    assert [each.kind for each in cast.told(cast.hina)] == ["reach.message", "reach.in_your_language"]
    page = page_of(cast, client)
    assert URDU in page and PRAISE in page and "<details" in page


def test_words_that_look_wrong_pass_when_a_reader_says_so(cast: Cast, client: Client) -> None:
    reads(cast)
    wrote(cast, "Zara read with Zain and Amina today.")
    row, birch = Translation.objects.get(), cast.sign_in(client, cast.birch)
    slip = {"words": "Zara ne aaj Zain aur Amina ke saath parha."}
    birch.post(f"/reach/words/{row.pk}/", slip | {"as_it_is": "1"})
    row.refresh_from_db()
    assert (row.state, row.words) == (Translation.State.REVIEWED, slip["words"])
    polish = Translation(target="pl", original="Zara read.", incoming=False)
    assert reviewing.doubt(polish, "ZARA  read.") and not reviewing.doubt(polish, "Zara przeczytała.")
    assert not reviewing.doubt(Translation(target="ur", original="Call 020 7946 0018"), "020 7946 0018")


def test_the_same_words_need_nobody_twice(cast: Cast) -> None:
    reads(cast)
    wrote(cast)
    reviewing.review(Translation.objects.get(), URDU, by=cast.actor_of(cast.birch))
    again = wrote(cast, "Zara  read 12 pages. ", cast.bilal)
    assert again.state == Message.State.SENT
    assert Translation.objects.get(of=again.pk).reviewed_by == cast.birch
    assert cast.told(cast.bilal)[-1].params["theirs"] == URDU
    assert not rules.words_to_read(cast.actor_of(cast.birch)).exists()


def test_what_much_hangs_on_waits_for_a_person_and_is_only_offered_from_memory(cast: Cast) -> None:
    reads(cast)
    first = wrote(cast, FEES)
    assert first.state == Message.State.TO_SAY and not cast.told(cast.hina)
    reviewing.review(Translation.objects.get(), URDU_FEES, by=cast.actor_of(cast.birch))
    first.refresh_from_db()
    assert first.state == Message.State.SENT and cast.told(cast.hina)[-1].params["theirs"] == URDU_FEES
    second = wrote(cast, FEES, cast.bilal)
    offered = Translation.objects.get(of=second.pk)
    assert (second.state, offered.state, offered.words) == (Message.State.TO_SAY, Translation.State.PROPOSED, URDU_FEES)
    with pytest.raises(IntegrityError), transaction.atomic():
        Translation.objects.filter(pk=offered.pk).update(shown_at=clock.now())
    said = wrote(cast, "He is a joy.", cast.bilal, high=True)  # somebody says that much hangs on it
    assert said.state == Message.State.TO_SAY


def test_it_can_leave_in_english_and_it_can_be_said_that_it_cannot_be_done(cast: Cast) -> None:
    reads(cast)
    waits = wrote(cast, FEES)
    ode = cast.sign_in(Client(), cast.ode)
    assert "It has not left yet" in ode.get(f"/reach/threads/{waits.thread_id}/").content.decode()
    ode.post(f"/reach/messages/{waits.pk}/in-english/")
    assert cast.told(cast.hina)[-1].params["sorry"]
    other = wrote(cast, FEES, cast.bilal)
    row = Translation.objects.get(of=other.pk)
    cast.sign_in(Client(), cast.birch).post(f"/reach/words/{row.pk}/", {"act": "refuse", "because": "Too legal."})
    other.refresh_from_db()
    assert other.state == Message.State.SENT and cast.told(cast.bilal)[-1].params["sorry"]


def test_an_order_that_comes_meanwhile_is_asked_for_again(cast: Cast) -> None:
    reads(cast)
    waits = wrote(cast, FEES)
    bars = frozenset({Bar.WHEREABOUTS})
    by, day = cast.actor_of(cast.finch), clock.today()
    record_order(cast.bilal, child=cast.zara, bars=bars, seen_by=cast.finch, from_on=day, by=by)
    reviewing.review(Translation.objects.get(), URDU_FEES, by=cast.actor_of(cast.birch))
    waits.refresh_from_db()
    assert waits.state == Message.State.TO_PASS and not cast.told(cast.hina)


def test_many_get_it_in_english_and_later_in_their_language(cast: Cast) -> None:
    reads(cast)
    by = cast.actor_of(cast.finch)
    lines = lines_for(notices.broadcast, [cast.zara, cast.ayan])
    sent = broadcasts.send("The hall is open today.", lines, urgent=False, school_id=cast.school.pk, by=by)
    assert Translation.objects.filter(of=sent.pk).count() == 2  # Urdu, Somali: once each
    urdu = Translation.objects.get(target="ur")
    reviewing.review(urdu, "ہال آج کھلا ہے۔", by=cast.actor_of(cast.birch))
    first = Notice.objects.filter(batch=sent.pk, adult=cast.hina).get()
    assert first.params["theirs"] == "ہال آج کھلا ہے۔"  # it had not left
    thread = Message.objects.get(broadcast=sent, thread__adult=cast.hina).thread
    assert thread_queries.said_in(thread)[0].theirs == "ہال آج کھلا ہے۔"
    broadcasts.undo(sent, by=by)
    assert not Translation.objects.exists()


def test_a_familys_words_are_read_within_two_school_days_and_they_know(cast: Cast, client: Client) -> None:
    reads(cast)
    thread = wrote(cast, "Thank you for the books.").thread
    number = ContactPoint.objects.get(adult=cast.hina, channel="sms").value
    incoming.take_text(number, "کل زارا بیمار ہے", school=cast.school)
    row = Translation.objects.get(incoming=True)
    assert (row.source, row.due_on) == ("ur", clock.school_days_after(clock.today(), 2))
    assert thread_queries.said_in(thread)[-1].by_day == row.due_on
    assert thread_queries.said_in(thread)[-1].reader == "ur"
    staff = cast.sign_in(Client(), cast.ode).get(f"/reach/threads/{thread.pk}/").content.decode()
    assert 'lang="ur" dir="rtl"' in staff and "کل زارا بیمار ہے" in staff
    reviewing.review(row, "Zara is ill tomorrow.", by=cast.actor_of(cast.birch))
    assert thread_queries.said_in(thread)[-1].read_by == cast.birch.name
    assert (
        "Zara is ill tomorrow." in cast.sign_in(Client(), cast.ode).get(f"/reach/threads/{thread.pk}/").content.decode()
    )


def test_what_nobody_reads_goes_to_the_office_and_late_is_red(cast: Cast) -> None:
    thread = wrote(cast).thread
    threads.receive(thread, "কাল আসব", by=cast.actor_of(cast.ode))
    row = Translation.objects.get(incoming=True)
    assert row.source == "und"
    assert list(rules.words_to_read(cast.actor_of(cast.finch))) == [row]
    assert not rules.words_to_read(cast.actor_of(cast.birch)).exists()
    Translation.objects.filter(pk=row.pk).update(due_on=clock.today() - timedelta(days=1))
    assert "Late" in cast.sign_in(Client(), cast.finch).get("/reach/words/").content.decode()


def test_nobody_reads_for_their_own_family_and_nobody_after_it_has_ended(cast: Cast) -> None:
    org.ask_to_read(cast.pat_person, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    cast.pat.language = "ur"
    cast.pat.save()
    threads.write(cast.pat, PRAISE, about=cast.rory, by=cast.actor_of(cast.ode))
    row = Translation.objects.get()
    assert not rules.may_read_and_write(cast.actor_of(cast.pat_person), row)
    reads(cast)
    assert rules.may_read_and_write(cast.actor_of(cast.birch), row)
    for asked in cast.birch.bilingual.all():
        org.end_reading(asked, by=cast.actor_of(cast.bell))
    assert not rules.may_read_and_write(cast.actor_of(cast.birch), row)


def test_only_a_language_that_is_written_and_a_person_who_works_here(cast: Cast) -> None:
    by = cast.actor_of(cast.bell)
    for person, tag in ((cast.birch, "bfi"), (cast.birch, "en"), (cast.birch, "xx"), (cast.rook, "ur")):
        with pytest.raises(Refused):
            org.ask_to_read(person, tag, school=cast.school, by=by)


def test_queries_of_the_queue_do_not_depend_on_its_length(cast: Cast) -> None:
    reads(cast)
    counted = []
    for number in (1, 4):
        for each in range(number):
            wrote(cast, f"{PRAISE} {number} {each}")
        birch = cast.sign_in(Client(), cast.birch)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert birch.get("/reach/words/").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
