"""The office puts up a text; families say what they did not follow; it is written again, and only they are asked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult
from gatepost.org import services as org
from gatepost.reach.models import (
    Delivery,
    Document,
    Explain,
    IncomingText,
    Message,
    Paragraph,
    Sense,
    Sheet,
    Translation,
)
from gatepost.reach.models.explain import How
from gatepost.reach.queries import documents as document_queries
from gatepost.reach.rules import threads as thread_rules
from gatepost.reach.services import documents, explaining, printing, reviewing, slips, threads
from gatepost.reach.tests.paper import home_of, print_run, sheet_of, wants_paper
from gatepost.testing import Cast

TEXT = "We get money for some children.\r\n\r\nWe leverage it holistically to drive outcomes.\n \nAsk us."


def put_up(cast: Cast) -> Document:
    by = cast.actor_of(cast.finch)
    made = documents.put_up("What we spend", TEXT, group=cast.kingfishers, school_id=cast.school.pk, by=by)
    Delivery.objects.update(not_before=clock.now())
    return made


def says(client: Client, link: str, part: Paragraph, say: str) -> str:
    return client.post(link, {"part": str(part.pk), "say": say}, follow=True).content.decode()


def test_whoever_gets_letters_has_all_of_it_in_the_letter(cast: Cast) -> None:
    """Maureen opens no page: a letter with no more than its address told her nothing."""
    home_of(cast, cast.gran, cast.kai)
    wants_paper(cast, cast.gran)
    document = put_up(cast)
    run = print_run(cast)
    letter = str(printing.pages_of(run)[-1])
    assert "We get money" in letter and "3. <" in letter and "Did this make sense?" in letter
    printing.settle_run(run, by=cast.actor_of(cast.finch))
    sheet = Sheet.objects.get(run=run)
    assert [box["value"] for box in sheet.boxes] == ["clear", "call"]
    slips.key_in(sheet, ["clear"], "", by=cast.actor_of(cast.finch))
    assert set(Sense.objects.filter(adult=cast.gran, clear=True).values_list("of", flat=True)) == {
        part.pk for part in document.paragraphs.all()
    }


def test_what_is_not_clear_on_a_slip_is_read_by_the_office(cast: Cast) -> None:
    home_of(cast, cast.gran, cast.kai)
    wants_paper(cast, cast.gran)
    put_up(cast)
    slips.key_in(sheet_of(cast, cast.gran), ["clear"], "All but number 2.", by=cast.actor_of(cast.finch))
    assert IncomingText.objects.get().words == "All but number 2." and not Sense.objects.exists()


def test_a_part_that_was_not_clear_is_written_again_for_those_who_said_so(cast: Cast, client: Client) -> None:
    document = put_up(cast)
    first, weak, _last = document.paragraphs.all()
    mine, theirs = cast.link(cast.jo), cast.link(cast.dawn)
    assert "leverage" in client.get(mine).content.decode()
    says(client, mine, weak, "not_quite")
    says(client, theirs, first, "yes")
    finch = cast.sign_in(Client(), cast.finch)
    page = finch.get(f"/reach/documents/{document.pk}/").content.decode()
    assert "Not clear" in page and "a few answers" in page
    finch.post(f"/reach/paragraphs/{weak.pk}/", {"words": "We use it so that every child learns more."})
    assert [each.kind for each in cast.told(cast.jo)] == ["reach.document", "reach.document_again"]
    assert [each.kind for each in cast.told(cast.dawn)] == ["reach.document"]
    page = client.get(mine).content.decode()
    assert "every child learns more" in page and "leverage" not in page and "We have written this part again" in page
    assert "leverage" in finch.get(f"/reach/documents/{document.pk}/").content.decode()  # kept
    assert client.post(mine, {"part": str(weak.pk), "say": "yes"}).status_code == 404  # it stands no more
    with pytest.raises(Refused):
        documents.write_again(weak, "Once more.", by=cast.actor_of(cast.finch))


def test_many_answers_are_a_share_and_queries_do_not_grow(cast: Cast) -> None:
    document = put_up(cast)
    part = document.paragraphs.get(place=2)
    by = cast.actor_of(cast.finch)
    for place, adult in enumerate(Adult.objects.all()[:8]):
        documents.say_whether_clear(adult, part.pk, clear=place > 1, school_id=cast.school.pk, by=by)
        documents.say_whether_clear(adult, part.pk, clear=place > 1, school_id=cast.school.pk, by=by)  # counts once
    with CaptureQueriesContext(connection) as asked:
        (_one, weak, _last) = document_queries.parts_of(document)
    assert (weak.answers, weak.unclear, weak.share, weak.weak, weak.few) == (8, 2, 25, True, False)
    assert len(asked) == 2


def test_it_stands_in_their_language_once_a_person_has_written_it(cast: Cast, client: Client) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    put_up(cast)
    link = cast.link(cast.hina)
    assert "معذرت" in client.get(link).content.decode()
    reviewing.review(Translation.objects.get(original="Ask us."), "ہم سے پوچھیں۔", by=cast.actor_of(cast.birch))
    page = client.get(link).content.decode()
    assert "ہم سے پوچھیں۔" in page and 'lang="en" dir="ltr">Ask us.' in page
    assert not Translation.objects.filter(target="so").exists()  # nobody here could write it


def test_a_message_that_was_not_clear_waits_for_plainer_words(cast: Cast, client: Client) -> None:
    message = threads.write(cast.jo, "He met his targets.", about=cast.ella, by=cast.actor_of(cast.ode))
    link = cast.link(cast.jo)
    client.post(link, {"send": "1"})
    client.post(link, {"code": cast.code(cast.jo)})
    assert "Did this make sense?" in client.get(link).content.decode()
    client.post(link, {"say": "not_quite"})
    assert not Sense.objects.get(of=message.pk).clear
    assert list(thread_rules.waiting_for(cast.actor_of(cast.ode))) == [message.thread]
    page = cast.sign_in(Client(), cast.ode).get(f"/reach/threads/{message.thread_id}/").content.decode()
    assert "Not clear to them" in page
    assert Message.objects.count() == 1


def test_a_text_has_a_title_and_is_not_endless(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    for title, text in (("", "x"), ("x", " \n\n "), ("x", "a\n\n" * 61), ("x", "a" * 1501)):
        with pytest.raises(Refused):
            documents.put_up(title, text, group=None, school_id=cast.school.pk, by=by)


def test_who_reads_urdu_is_asked_again_once_the_new_words_are_there_in_it(cast: Cast) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    document = put_up(cast)
    part = document.paragraphs.get(place=2)
    finch, birch = cast.actor_of(cast.finch), cast.actor_of(cast.birch)
    for adult in (cast.hina, cast.jo):
        documents.say_whether_clear(adult, part.pk, clear=False, school_id=cast.school.pk, by=finch)
    newer = documents.write_again(part, "We use it well.", by=finch)
    assert not Translation.objects.filter(of=part.pk).exists()  # the old wording is nobody's work any more
    assert again(cast, cast.jo) == 1 and again(cast, cast.hina) == 0
    newest = documents.write_again(newer, "It pays for books.", by=finch)
    assert again(cast, cast.jo) == 1  # asked, and has not answered: not twice for the same
    reviewing.review(Translation.objects.get(of=newest.pk, target="ur"), "اس سے کتابیں آتی ہیں۔", by=birch)
    documents.ask_again(newest, by=finch)
    assert again(cast, cast.hina) == 1
    documents.say_whether_clear(cast.hina, newest.pk, clear=False, school_id=cast.school.pk, by=finch)
    last = documents.write_again(newest, "Books.", by=finch)
    reviewing.refuse(Translation.objects.get(of=last.pk, target="ur"), "I am ill.", by=birch)
    assert again(cast, cast.hina) == 2  # in English, with our apology


def test_who_had_it_in_english_only_is_told_once_all_of_it_is_there(cast: Cast) -> None:
    org.ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    document, birch = put_up(cast), cast.actor_of(cast.birch)
    cast.deliver()

    def put(*rows: Translation) -> int:
        for row in rows:
            reviewing.review(row, "یہ اردو میں ہے۔", by=birch)
        return [each.kind for each in cast.told(cast.hina)].count("reach.document_theirs")

    first, *others = Translation.objects.filter(target="ur", part="paragraph")
    assert put(first) == 0 and put(*others) == 1
    weak = document.paragraphs.get(place=2)
    newer = documents.write_again(weak, "We use it well.", by=cast.actor_of(cast.finch))
    assert put(Translation.objects.get(of=newer.pk)) == 1  # she has not waited for it
    last = documents.write_again(newer, "It pays for books.", by=cast.actor_of(cast.finch))
    wanted = explaining.Wanted(document.pk, Explain.Where.TEXT, cast.hina, cast.zara, cast.finch.pk)
    explaining.ask(wanted, How.RECORDING, by=cast.actor_of(cast.finch))
    assert put(Translation.objects.get(of=last.pk)) == 2  # now she has


def again(cast: Cast, adult: Adult) -> int:
    return [each.kind for each in cast.told(adult)].count("reach.document_again")
