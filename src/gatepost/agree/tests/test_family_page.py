"""The family's page: opened by link and code, in their language, with nothing of any other adult."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from gatepost.agree import queries, services
from gatepost.agree.tests.saying import family, promised, shared, with_code, write
from gatepost.core import clock
from gatepost.disclosure import Bar, Disclosed
from gatepost.know.services import record_order
from gatepost.reach.models import FamilyLink
from gatepost.testing import Cast


def test_the_link_alone_shows_nothing_private(cast: Cast, client: Client) -> None:
    shared(cast, cast.jo)
    page = client.get(cast.link(cast.jo))
    assert page.status_code == 200
    for secret in ("Ella", "football", "sister", "Ms Ode"):
        assert secret not in page.text


def test_with_a_code_the_adult_reads_what_was_said_and_promised(cast: Cast, client: Client) -> None:
    record = shared(cast, cast.jo)
    services.not_kept(promised(cast, record, "A buddy at playtime"), because="Was away", by=cast.actor_of(cast.ode))
    text = client.get(with_code(cast, client, cast.jo)).text
    for words in ("Ella", "We will find books", "little sister", "Kind to small", "Reading for fun", "football books"):
        assert words in text
    for words in ("Was away", "Not kept", "timetable is not out", "Ms Ode", "Did this make sense?"):
        assert words in text
    assert "secret worry" not in text and "drawing most" not in text  # stay with the child's team
    assert "Mark" not in text and "<script" not in text


def test_staff_words_stay_english_and_ours_are_in_the_familys_language(cast: Cast, client: Client) -> None:
    shared(cast, cast.hina)
    page = client.get(with_code(cast, client, cast.hina))
    assert page["Content-Language"] == "ur" and 'dir="rtl"' in page.text
    assert re.search(r'<p class="message" lang="en" dir="ltr">Ayan reads at home', page.text)
    assert "in English, as it was written" in page.text or page.text.count('lang="en"') >= 4


def test_yes_is_thanked_and_kept_and_the_language_stays(cast: Cast, client: Client) -> None:
    record = shared(cast, cast.jo)
    link = with_code(cast, client, cast.jo)
    answer = client.post(f"{link}?in=so", {"say": "yes", "unclear": ""})
    assert answer.status_code == 302 and answer["Location"] == f"{link}?in=so"
    assert "Thank you" in client.get(f"{link}?in=en").text
    assert queries.shown(record).sense == "yes"


def test_not_quite_shows_who_will_ring_by_when(cast: Cast, client: Client) -> None:
    record = shared(cast, cast.jo)
    link = with_code(cast, client, cast.jo)
    client.post(link, {"say": "not_quite", "unclear": "Which books?"})
    text = client.get(link).text
    assert re.search(r"<bdi>Ms Ode</bdi> will ring you by", text)
    assert services.CALL_BACK not in text
    services.not_kept(record.actions.get(kind="call_back"), because="No answer", by=cast.actor_of(cast.ode))
    assert "could not ring you" in client.get(link).text


def test_a_correction_reaches_the_teacher(cast: Cast, client: Client) -> None:
    record = shared(cast, cast.jo)
    link = with_code(cast, client, cast.jo)
    assert "Please answer" in client.post(link, {"correct": "1", "correction": ""}).text
    client.post(link, {"correct": "1", "correction": "It is her brother"})
    assert "It is her brother" in client.get(link).text
    teacher = cast.sign_in(Client(), cast.ode)
    assert "It is her brother" in teacher.get(f"/agree/records/{record.pk}/").text
    assert "It is her brother" in teacher.get(f"/agree/talks/{record.booking_id}/").text


def test_the_family_sees_what_was_shared_until_it_is_shared_again(cast: Cast) -> None:
    record = shared(cast)
    services.say_sense(record, made_sense="yes", by=family(cast, record))
    changed = write(cast, record, {"summary_plain": "Other words"})
    assert queries.shown(changed).summary.startswith("Ayan reads")
    assert queries.preview(changed).summary == "Other words"
    again = services.share(changed, by=cast.actor_of(cast.ode))
    assert (queries.shown(again).summary, queries.shown(again).sense) == ("Other words", "")
    assert [each.kind for each in cast.told(cast.amina)].count("agree.summary") == 2


def test_a_late_promise_is_called_late(cast: Cast, client: Client) -> None:
    record = shared(cast, cast.jo)
    record.actions.update(due_on=clock.today() - timedelta(days=1))
    assert "Not done yet" in client.get(with_code(cast, client, cast.jo)).text


def test_templates_get_plain_values_only(cast: Cast) -> None:
    shown = queries.shown(shared(cast))
    assert isinstance(shown, Disclosed)
    assert all(isinstance(each, Disclosed) for each in (*shown.promises, *shown.targets, *shown.calls))


def test_one_adults_link_never_opens_anothers_record(cast: Cast, client: Client) -> None:
    shared(cast, cast.jo)
    link = with_code(cast, client, cast.jo)
    other = shared(cast, cast.mark)
    FamilyLink.objects.filter(adult=cast.jo, purpose="summary:open").update(subject=other.pk)
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("bar", [Bar.EDUCATION, Bar.EVERYTHING])
def test_an_order_closes_the_page_at_once(cast: Cast, client: Client, bar: Bar) -> None:
    record = shared(cast, cast.jo)
    link = with_code(cast, client, cast.jo)
    assert client.get(link).status_code == 200
    record_order(
        cast.jo, child=record.child, bars=frozenset({bar}), seen_by=cast.bell, from_on=record.created_at.date(), by=None
    )
    assert client.get(link).status_code == 404


def test_lee_reads_his_childs_summary(cast: Cast, client: Client) -> None:
    shared(cast, cast.lee)
    assert "Mia" in client.get(with_code(cast, client, cast.lee)).text
    assert cast.lees_ex.name.split()[0] not in client.get(cast.link(cast.lee)).text


def test_the_teacher_sees_beforehand_what_the_family_will_read(cast: Cast, client: Client) -> None:
    record = shared(cast, cast.hina)
    cast.sign_in(client, cast.ode)
    page = client.get(f"/agree/records/{record.pk}/share/").text
    assert "We will find books" in page and "Urdu" in page and "text message" in page
    assert "secret worry" not in page
