"""Ms Ode writes with Amina about Ayan, and sends good news. Nobody else of a family is ever in a thread."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know.models import Adult, Care, Child, ContactPoint
from gatepost.know.services import record_order
from gatepost.reach import services as reach
from gatepost.reach.kinds import Tone
from gatepost.reach.models import IncomingText, Message, Notice, Thread, Touch, Treated
from gatepost.reach.queries import threads as thread_queries
from gatepost.reach.rules import threads as thread_rules
from gatepost.reach.services import celebrating, incoming, threads
from gatepost.reach.services.treated import to_repair
from gatepost.testing import Cast


def wrote(cast: Cast, adult: Adult | None = None, child: Child | None = None, words: str = "He read aloud.") -> Thread:
    by = cast.actor_of(cast.ode)
    return threads.write(adult or cast.amina, words, about=child or cast.ayan, by=by).thread


def text(cast: Cast, adult: Adult, words: str) -> IncomingText:
    number = ContactPoint.objects.get(adult=adult, channel="sms").value
    return incoming.take_text(number, words, school=cast.school)


def test_a_message_reaches_them_with_a_name_and_no_number(cast: Cast, client: Client) -> None:
    thread = wrote(cast)
    (letter,) = cast.letters(cast.amina)
    assert "He read aloud." in letter and cast.ode.name in letter and "@" not in letter
    link = cast.link(cast.amina)
    assert "He read aloud." not in client.get(link).content.decode()  # a code first
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.amina)})
    assert "He read aloud." in client.get(link).content.decode()
    client.post(link, {"words": "Aad baad u mahadsan tahay"})
    assert "Somebody from the school will read it by" in client.post(f"{link}?in=en", {"words": "OK"}).content.decode()
    assert Message.objects.filter(thread=thread, by=None, way=Touch.Way.WEB).count() == 2
    today = cast.sign_in(Client(), cast.ode).get("/").content.decode()
    assert "Families have written" in today


def test_a_text_falls_into_the_thread_and_is_answered(cast: Cast) -> None:
    thread = wrote(cast)
    kept = text(cast, cast.amina, "Mahadsanid")
    assert kept.state == IncomingText.State.THREADED
    assert [each.words for each in thread_queries.messages_of(thread)] == ["He read aloud.", "Mahadsanid"]
    assert Touch.objects.get(adult=cast.amina).two_way
    assert list(thread_rules.waiting_for(cast.actor_of(cast.ode))) == [thread]
    by = cast.actor_of(cast.ode)
    threads.write(cast.amina, "See you on Friday.", about=cast.ayan, page=threads.Page(clock.now()), by=by)
    assert not thread_rules.waiting_for(cast.actor_of(cast.ode)).exists()


def test_a_text_never_guesses(cast: Cast) -> None:
    wrote(cast, cast.hina, cast.zara)
    Thread.objects.update(told_at=clock.now() - timedelta(days=31))
    assert text(cast, cast.hina, "Hello").state == IncomingText.State.WAITING  # too long ago
    Thread.objects.update(told_at=clock.now() - timedelta(days=1))
    cast.invitation(cast.hina)
    cast.letters(cast.hina)
    assert text(cast, cast.hina, "Hello").state == IncomingText.State.WAITING  # something was asked since
    assert text(cast, cast.noor, "Hello").adult is None  # one telephone for two


def test_two_threads_open_wait_for_the_office(cast: Cast) -> None:
    wrote(cast)
    other = cast.families(1)[0]
    other.cares.update(adult=cast.amina)
    wrote(cast, child=other)
    assert text(cast, cast.amina, "Yes please").state == IncomingText.State.WAITING


def test_separated_parents_have_threads_of_their_own(cast: Cast, client: Client) -> None:
    wrote(cast, cast.jo, cast.ella, "To Jo.")
    wrote(cast, cast.mark, cast.ella, "To Mark.")
    assert Thread.objects.count() == 2
    link = cast.link(cast.mark)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.mark)})
    page = client.get(link).content.decode()
    assert "To Mark." in page and "To Jo." not in page and cast.jo.name not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Thread.objects.create(school=cast.school, adult=cast.jo, child=cast.ella, begun_at=clock.now())


@pytest.mark.parametrize("who", ["kev", "em", "rel"])
def test_whom_the_gate_keeps_out_is_not_written_to(cast: Cast, who: str) -> None:
    adult = getattr(cast, who)
    child = adult.cares.get().child
    with pytest.raises(Refused):
        threads.write(adult, "Hello", about=child, by=cast.actor_of(cast.finch))
    assert not Thread.objects.exists() and cast.told(adult) == []


def test_an_order_shuts_a_thread_at_once(cast: Cast, client: Client) -> None:
    thread = wrote(cast, cast.mark, cast.ella)
    link = cast.link(cast.mark)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.mark)})
    assert client.get(link).status_code == 200
    seen = {"seen_by": cast.bell, "from_on": clock.today(), "by": cast.actor_of(cast.bell)}
    record_order(cast.mark, child=cast.ella, bars=frozenset({Bar.EDUCATION}), **seen)
    assert client.get(link).status_code == 404
    with pytest.raises(Refused):
        threads.write(cast.mark, "More", about=cast.ella, by=cast.actor_of(cast.finch))
    assert Message.objects.filter(thread=thread).count() == 1


def test_where_an_order_stands_somebody_reads_it_first(cast: Cast, client: Client) -> None:
    wrote(cast, cast.dawn, cast.tyler, "He was picked up at 5 New Street.")
    assert cast.told(cast.dawn) == []
    message = Message.objects.get()
    assert message.state == Message.State.TO_PASS
    cast.sign_in(client, cast.cole)
    assert "5 New Street" in client.get("/reach/messages/").content.decode()
    client.post(f"/reach/messages/{message.pk}/", {"say": "back"})
    assert cast.told(cast.dawn) == []
    wrote(cast, cast.dawn, cast.tyler, "He did well.")
    client.post(f"/reach/messages/{Message.objects.get(state='to_pass').pk}/", {"say": "send"})
    assert len(cast.told(cast.dawn)) == 1
    assert cast.sign_in(Client(), cast.ode).get("/reach/messages/").status_code == 403


def test_praise_goes_to_each_parent_alone_and_to_nobody_barred(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode).post(f"/reach/children/{cast.ella.pk}/praise/", {"words": "She helped Zara."})
    for adult in (cast.jo, cast.mark):
        (letter,) = cast.letters(adult)
        assert "Good news about" in letter and "She helped Zara." in letter
    client.post(f"/reach/children/{cast.tyler.pk}/praise/", {"words": "He sang."})
    assert cast.told(cast.kev) == []


def test_the_balance_counts_what_was_heard(cast: Cast) -> None:
    by = cast.actor_of(cast.ode)
    celebrating.praise(cast.ayan, "He sang.", by=by)
    for _ in range(2):
        threads.write(cast.amina, "He was late.", about=cast.ayan, tone=Tone.CONCERN, by=by)
    way, school = Touch.Way.DOOR, cast.school.pk
    reach.touch(cast.amina, child=cast.ayan, way=way, two_way=True, tone=Tone.CONCERN, school_id=school, by=by)
    balance = thread_queries.balance_of(cast.amina)
    assert (balance.good, balance.concern, balance.leans) == (1, 3, True)


def test_the_first_page_reminds_of_who_heard_nothing_good(cast: Cast) -> None:
    by = cast.actor_of(cast.ode)
    threads.write(cast.hina, "She was late.", about=cast.zara, tone=Tone.CONCERN, by=by)
    first, *others = thread_queries.to_praise(by)
    assert first == cast.zara and len(others) == thread_queries.PROMPTS - 1
    celebrating.praise(cast.zara, "She helped.", by=by)
    assert cast.zara not in thread_queries.to_praise(by)
    Notice.objects.update(created_at=clock.now() - timedelta(weeks=7))
    assert cast.zara in thread_queries.to_praise(by) or len(others) == 2


def test_after_a_day_a_colleague_stands_in(cast: Cast) -> None:
    thread = wrote(cast)
    text(cast, cast.amina, "Please ring me")
    for colleague in (cast.finch, cast.adeyemi):
        assert not thread_rules.waiting_for(cast.actor_of(colleague)).exists()
    Thread.objects.update(waits_since=clock.now() - timedelta(days=2))
    for colleague in (cast.finch, cast.adeyemi):
        assert list(thread_rules.waiting_for(cast.actor_of(colleague))) == [thread]
    assert not thread_rules.waiting_for(cast.actor_of(cast.nye)).exists()
    threads.no_answer_needed(thread, by=cast.actor_of(cast.finch))
    with pytest.raises(Refused):
        threads.no_answer_needed(thread, by=cast.actor_of(cast.finch))


def test_no_words_of_a_family_are_answered_by_what_was_written_without_having_seen_them(
    cast: Cast, client: Client
) -> None:
    thread = wrote(cast)
    page = f"/reach/threads/{thread.pk}/"
    seen = re.search(r'name="seen" value="([^"]+)"', cast.sign_in(client, cast.ode).get(page).content.decode())
    text(cast, cast.amina, "Who fetches Ayan on Friday?")
    celebrating.praise(cast.ayan, "He sang.", by=cast.actor_of(cast.nye))
    threads.write(cast.amina, "Please bring the form.", about=cast.ayan, by=cast.actor_of(cast.finch))
    assert seen
    for typed in ({"act": "settle"}, {"words": "Thank you for the form.", "tone": "neutral"}):
        client.post(page, typed | {"seen": seen[1]})
        assert thread_rules.waiting_for(cast.actor_of(cast.ode)).exists()
    client.post(page, {"words": "His aunt does.", "tone": "neutral", "seen": clock.now().isoformat()})
    assert not thread_rules.waiting_for(cast.actor_of(cast.ode)).exists()
    assert client.post(page, {"act": "settle", "seen": "\0"}).status_code == 200


def test_what_a_second_reader_sends_back_waits_for_whoever_wrote_it(cast: Cast) -> None:
    thread, ode = wrote(cast, cast.dawn, cast.tyler, "He lives at 5 New Street."), cast.actor_of(cast.ode)
    assert not thread_rules.waiting_for(ode).exists()
    threads.pass_on(Message.objects.get(), send=False, by=cast.actor_of(cast.bell))
    assert list(thread_rules.waiting_for(ode)) == [thread]


def test_who_looks_after_the_child_no_longer_is_still_answered_or_settled(cast: Cast, client: Client) -> None:
    """The next roster leaves Jo out: what she has written waits for whoever sees every child, and for nobody else."""
    thread = wrote(cast, cast.jo, cast.ella)
    threads.receive(thread, "Please ring me about Friday.", by=cast.family_actor(cast.invitation(cast.jo)))
    treated = Treated.objects.create(
        school=cast.school, adult=cast.jo, child=cast.ella, spoke_with=cast.ode, spoke_at=clock.now(),
        asked_at=clock.now(), well=False, due_on=clock.today(),
    )  # fmt: skip
    Care.objects.filter(adult=cast.jo).update(ended_on=clock.today())
    finch, ode, pat = (cast.actor_of(each) for each in (cast.finch, cast.ode, cast.pat_person))
    Thread.objects.update(waits_since=clock.now() - timedelta(days=2))
    assert list(thread_rules.waiting_for(finch)) == [thread] and to_repair(finch).get() == treated
    assert not thread_rules.waiting_for(ode).exists() and not thread_rules.waiting_for(pat).exists()
    cast.sign_in(client, cast.finch)
    assert "Please ring me about Friday." in client.get(f"/reach/threads/{thread.pk}/").text
    with pytest.raises(Refused):
        threads.write(cast.jo, "We will.", about=cast.ella, by=finch)
    threads.no_answer_needed(thread, by=finch)
    assert not thread_rules.waiting_for(finch).exists()


def test_pat_does_not_read_what_is_written_about_her_own_child(cast: Cast, client: Client) -> None:
    thread = wrote(cast, cast.pat, cast.rory)
    assert cast.sign_in(client, cast.pat_person).get(f"/reach/threads/{thread.pk}/").status_code == 403


def test_more_messages_cost_no_more_queries(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    counts = []
    for more in (1, 5, 20):
        thread = wrote(cast)
        for _ in range(more):
            threads.receive(thread, "Hello", by=cast.actor_of(cast.ode))
        for child in cast.families(more):
            threads.receive(wrote(cast, child.cares.get().adult, child), "Hi", by=cast.actor_of(cast.ode))
        asked = []
        for path in ("/", f"/reach/threads/{thread.pk}/", f"/reach/adults/{cast.amina.pk}/write/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            asked.append(len(queries))
        counts.append(tuple(asked))
    assert len(set(counts)) == 1, counts


def test_words_of_ones_own_are_looked_over_before_they_leave(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    typed = {"child": str(cast.ella.pk), "words": "You failed to sign the SEND form.", "tone": "neutral"}
    page = client.post(f"/reach/adults/{cast.jo.pk}/write/", typed).content.decode()
    assert "Send it as it is" in page and not Message.objects.exists()
    client.post(f"/reach/adults/{cast.jo.pk}/write/", {**typed, "as_it_is": "1"})
    assert Message.objects.get().words == typed["words"]


def test_larger_letters_stay_for_the_visit(cast: Cast, client: Client) -> None:
    threads.write(cast.jo, "She read aloud.", about=cast.ella, by=cast.actor_of(cast.ode))
    link = cast.link(cast.jo)
    assert 'class="large"' not in client.get(link).content.decode()
    assert 'class="large"' in client.get(f"{link}?letters=large").content.decode()
    page = client.get(link).content.decode()
    assert 'class="large"' in page and "letters=usual" in page
    assert 'class="large"' not in client.get(f"{link}?letters=usual").content.decode()


def test_a_school_word_is_explained_below_the_words_it_stands_in(cast: Cast, client: Client) -> None:
    threads.write(cast.jo, "Our SENCO rings you tomorrow.", about=cast.ella, by=cast.actor_of(cast.ode))
    link = cast.link(cast.jo)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.jo)})
    page = client.get(link).content.decode()
    assert '<bdi lang="en">SENCO</bdi></dt><dd>The teacher who looks after extra help' in page
