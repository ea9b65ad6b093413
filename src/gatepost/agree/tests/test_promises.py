"""Promises: each has an owner and a day, is kept or not kept because, and the family is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.agree import queries, services
from gatepost.agree.models import Action, Record
from gatepost.agree.tests.saying import ALL_OF_IT, family, opened, promised, shared, write
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.reach.models import Notice, Touch
from gatepost.testing import Cast


def kinds(cast: Cast, who: str = "amina") -> list[str]:
    return [notice.kind for notice in cast.told(getattr(cast, who)) if notice.kind.startswith("agree.")]


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        ({"parent_says": ""}, "asked and there is nothing to add"),
        ({"summary_plain": " "}, "Write the summary"),
        ({"no_next_because": ""}, "next date"),
    ],
)
def test_a_record_with_a_gap_is_not_shared(cast: Cast, gap: dict[str, str], words: str) -> None:
    record = write(cast, opened(cast), ALL_OF_IT | gap)
    promised(cast, record)
    with pytest.raises(Refused, match=words):
        services.share(record, by=cast.actor_of(cast.ode))


def test_the_school_promises_first(cast: Cast) -> None:
    record = write(cast, opened(cast), ALL_OF_IT)
    promised(cast, record, "Read together", side=Action.Side.FAMILY, owner=None)
    with pytest.raises(Refused, match="school will do"):
        services.share(record, by=cast.actor_of(cast.ode))
    assert queries.asks_more_of_the_family(record)
    assert kinds(cast) == []


def test_asked_and_nothing_to_add_is_an_answer(cast: Cast) -> None:
    record = write(cast, opened(cast), ALL_OF_IT | {"parent_says": "", "nothing_to_add": True})
    promised(cast, record)
    services.share(record, by=cast.actor_of(cast.ode))
    assert kinds(cast) == ["agree.summary"]


def test_sharing_tells_once_and_asks(cast: Cast) -> None:
    record = shared(cast)
    services.share(record, by=cast.actor_of(cast.ode))
    assert kinds(cast) == ["agree.summary"]
    assert record.understood and record.understood.question == "agree.sense"
    assert audit.first_bad_line(cast.school.pk) is None


def test_the_message_says_why_first_and_carries_nothing_of_the_record(cast: Cast) -> None:
    record = shared(cast, cast.jo)
    action = record.actions.get()
    services.not_kept(action, because="The books did not come", by=cast.actor_of(cast.ode))
    for letter in cast.letters(cast.jo)[-2:]:
        assert "Ella" in letter and cast.ella.name not in letter
        assert "Mrs Finch" in letter and "0113 496 0000" in letter and "/s/" in letter
        for secret in ("football", "books", "sister", "worry", "Mark"):
            assert secret not in letter


def test_a_kept_promise_is_news_once(cast: Cast) -> None:
    action = shared(cast).actions.get()
    services.keep(action, by=cast.actor_of(cast.ode))
    with pytest.raises(Refused, match="already"):
        services.not_kept(action, because="late", by=cast.actor_of(cast.ode))
    assert kinds(cast) == ["agree.summary", "agree.promise_kept"]


def test_not_kept_needs_a_reason(cast: Cast) -> None:
    action = shared(cast).actions.get()
    with pytest.raises(Refused, match="why"):
        services.not_kept(action, because="  ", by=cast.actor_of(cast.ode))
    services.not_kept(action, because="Mr Nye was away", by=cast.actor_of(cast.ode))
    assert kinds(cast)[-1] == "agree.promise_not_kept"


def test_what_the_family_does_not_know_of_yet_is_no_news(cast: Cast) -> None:
    services.keep(promised(cast, opened(cast)), by=cast.actor_of(cast.ode))
    assert kinds(cast) == []


def test_a_promise_is_taken_back_only_before_it_is_shared(cast: Cast) -> None:
    record = opened(cast)
    services.drop(promised(cast, record), by=cast.actor_of(cast.ode))
    assert not record.actions.exists()
    with pytest.raises(Refused, match="family has seen"):
        services.drop(shared(cast, cast.jo).actions.get(), by=cast.actor_of(cast.ode))


def test_a_promise_has_an_owner_a_day_to_come_and_no_parent_as_owner(cast: Cast) -> None:
    record = opened(cast, cast.pat)
    with pytest.raises(Refused, match="who at the school"):
        promised(cast, record, owner=None)
    with pytest.raises(Refused, match="has passed"):
        promised(cast, record, due_on=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="somebody else"):
        promised(cast, record, owner=cast.pat_person)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"owner": None}, "action_of_the_school_has_an_owner"),
        ({"state": "not_kept", "closed_at": clock.now()}, "action_not_kept_says_why"),
        ({"state": "kept"}, "action_closed_has_a_time"),
        ({"kind": "call_back", "side": "family"}, "action_to_ring_back_is_the_schools"),
    ],
)
def test_the_database_keeps_it_true(cast: Cast, change: dict[str, object], name: str) -> None:
    action = promised(cast, opened(cast))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**change)


def test_a_shared_record_always_asks(cast: Cast) -> None:
    record = opened(cast)
    with pytest.raises(IntegrityError, match="record_shared_asks"), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(shared_at=clock.now())


def test_not_quite_promises_a_call_once_and_calling_is_a_talk(cast: Cast) -> None:
    record = shared(cast)
    for _ in range(2):
        services.say_sense(record, made_sense="not_quite", words="Buugaagta?", by=family(cast, record))
    call = record.actions.get(kind="call_back")
    assert (call.owner, call.due_on) == (cast.ode, clock.school_days_after(clock.today(), 2))
    assert call in queries.promises_of(cast.ode.pk)
    before = Touch.objects.filter(adult=cast.amina, way="phone").count()
    services.keep(call, by=cast.actor_of(cast.ode))
    assert Touch.objects.filter(adult=cast.amina, way="phone", two_way=True).count() == before + 1
    assert kinds(cast) == ["agree.summary"]


def test_the_list_begins_with_the_longest_overdue(cast: Cast, client: Client) -> None:
    record = shared(cast)
    soon = promised(cast, record, "Soon", due_on=clock.today())
    late = promised(cast, record, "Late")
    Action.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=3))
    services.keep(soon, by=cast.actor_of(cast.ode))
    cast.sign_in(client, cast.ode)
    page = client.get("/agree/promises/").text
    assert "Overdue" in page
    assert page.index(">Late<") < page.index("Find three football books") < page.index(">Soon<")


@pytest.mark.parametrize(("who", "seen"), [("ode", True), ("bell", True), ("finch", True), ("nye", False)])
def test_whose_promises_are_listed(cast: Cast, client: Client, who: str, seen: bool) -> None:
    shared(cast)
    cast.sign_in(client, getattr(cast, who))
    page = client.get("/agree/promises/")
    assert page.status_code == 200
    assert ("football" in page.text) is seen
    assert ("/kept/" in page.text) is (who in {"ode", "bell"})
    assert "little sister" not in page.text


@pytest.mark.parametrize(("who", "status"), [("ode", 302), ("bell", 302), ("finch", 403), ("nye", 403), ("rook", 404)])
def test_who_may_say_how_a_promise_went(cast: Cast, client: Client, who: str, status: int) -> None:
    action = shared(cast).actions.get()
    cast.sign_in(client, getattr(cast, who))
    answer = client.post(f"/agree/promises/{action.pk}/not-kept/", {"because": "The books did not come"})
    assert answer.status_code == status
    assert Action.objects.get(pk=action.pk).is_open is (status != 302)


def test_an_empty_reason_is_asked_for_again(cast: Cast, client: Client) -> None:
    action = shared(cast).actions.get()
    cast.sign_in(client, cast.ode)
    page = client.post(f"/agree/promises/{action.pk}/not-kept/", {"because": ""})
    assert page.status_code == 200 and "Please answer" in page.text
    back = {"because": "Ill", "back": "//evil.example"}
    assert client.post(f"/agree/promises/{action.pk}/not-kept/", back)["Location"] == "/agree/promises/"


def test_a_colleague_who_promised_sees_the_promise_and_not_the_talk(cast: Cast, client: Client) -> None:
    record = shared(cast)
    theirs = promised(cast, record, "Save a place in chess club", owner=cast.nye)
    cast.sign_in(client, cast.nye)
    assert "chess club" in client.get("/agree/promises/").text
    assert client.get(f"/agree/records/{record.pk}/").status_code == 403
    assert client.post(f"/agree/promises/{theirs.pk}/kept/").status_code == 302


def test_the_list_costs_the_same_with_many_rows(cast: Cast, client: Client) -> None:
    record = shared(cast)
    cast.sign_in(client, cast.bell)
    counts = []
    for more in (0, 20):
        for number in range(more):
            promised(cast, record, f"Thing {number}", owner=[cast.ode, cast.nye][number % 2])
        with CaptureQueriesContext(connection) as spent:
            assert client.get("/agree/promises/").status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1]


def test_a_barred_or_held_family_is_never_told(cast: Cast) -> None:
    record = shared(cast)
    cares = cast.ayan.cares.filter(adult=cast.amina)
    cares.update(held=True)
    services.keep(record.actions.get(), by=cast.actor_of(cast.ode))
    assert Notice.objects.get(kind="agree.promise_kept").state == Notice.State.HELD
