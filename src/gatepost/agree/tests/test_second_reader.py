"""Where an order stands about a child, somebody else reads what a colleague wrote before the family does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gatepost.agree import queries, rules, services
from gatepost.agree.models import Action, Reading, Record, Target
from gatepost.agree.tests.saying import ALL_OF_IT, let_go, opened, promised, with_code, write
from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Order
from gatepost.org.actor import Actor
from gatepost.org.models import Person
from gatepost.reach.models import Notice
from gatepost.testing import Cast

SUMMARY = "Tyler reads well. Kev should ring 07700 900123, they live at LS14 3AB now."


def waiting(cast: Cast, summary: str = SUMMARY) -> Reading:
    """What Ms Ode has written for Dawn about Tyler, whose father an order restrains."""
    record = write(cast, opened(cast, cast.dawn, cast.tyler), ALL_OF_IT | {"summary_plain": summary})
    promised(cast, record)
    services.share(record, by=cast.actor_of(cast.ode))
    return Reading.objects.get(record=record)


def told(cast: Cast) -> list[str]:
    return [notice.kind for notice in cast.told(cast.dawn) if notice.kind.startswith("agree.")]


def lifted(order: Order, first: Person, second: Person) -> None:
    Order.objects.filter(pk=order.pk).update(
        lifted_by=first,
        lifting_paper="ended",
        lifting_seen_on=clock.today(),
        lifting_asked_at=clock.now(),
        lifting_agreed_by=second,
        lifting_agreed_at=clock.now(),
    )


def test_nothing_goes_out_before_somebody_else_has_read_it(cast: Cast) -> None:
    reading = waiting(cast)
    assert (reading.state, reading.asked_by, reading.number) == ("waiting", cast.ode, reading.record.version)
    assert not reading.record.is_shared and told(cast) == []
    record = let_go(cast, reading)
    assert record.is_shared and record.shared_number == reading.number
    assert told(cast) == ["agree.summary"]
    assert (Reading.objects.get().read_by, Reading.objects.get().state) == (cast.finch, "released")
    assert audit.first_bad_line(cast.school.pk) is None


def test_a_child_about_whom_no_order_stands_needs_no_second_reader(cast: Cast) -> None:
    lifted(Order.objects.get(child=cast.tyler), cast.bell, cast.finch)
    record = write(cast, opened(cast, cast.dawn, cast.tyler), ALL_OF_IT)
    promised(cast, record)
    services.share(record, by=cast.actor_of(cast.ode))
    assert told(cast) == ["agree.summary"] and not Reading.objects.exists()


def test_an_order_that_only_keeps_two_adults_apart_is_reason_enough(cast: Cast) -> None:
    record = write(cast, opened(cast, cast.lee, cast.mia), ALL_OF_IT)
    promised(cast, record)
    services.share(record, by=cast.actor_of(cast.ode))
    assert Reading.objects.get().record == record


def test_pressing_share_twice_asks_once_and_newer_words_take_the_place_of_older(cast: Cast) -> None:
    reading = waiting(cast)
    services.share(reading.record, by=cast.actor_of(cast.ode))
    newer = write(cast, reading.record, {"summary_plain": "Tyler reads well."})
    assert "Kev" in queries.passages(Reading.objects.get())[0].text
    services.share(newer, by=cast.actor_of(cast.ode))
    assert Reading.objects.get().number == newer.version
    assert queries.passages(Reading.objects.get())[0].text == "Tyler reads well."


def test_words_typed_while_it_waits_do_not_slip_out(cast: Cast, client: Client) -> None:
    reading = waiting(cast, "Tyler reads well.")
    write(cast, reading.record, {"summary_plain": "Kev must not know."})
    assert let_go(cast, reading).is_newer_than_shared
    page = client.get(with_code(cast, client, cast.dawn)).text
    assert "Tyler reads well." in page and "Kev" not in page


def test_what_was_changed_after_the_page_was_opened_is_read_again(cast: Cast) -> None:
    reading = waiting(cast)
    seen = queries.fingerprint(queries.passages(reading))
    promised(cast, reading.record, "Ring Kev")
    with pytest.raises(Refused, match="read it again"):
        services.release(reading, seen=seen, by=cast.actor_of(cast.finch))
    assert let_go(cast, reading).is_shared


def test_without_a_promise_of_the_school_it_is_not_let_go(cast: Cast) -> None:
    reading = waiting(cast)
    services.drop(reading.record.actions.get(), by=cast.actor_of(cast.ode))
    with pytest.raises(Refused, match="taken back"):
        let_go(cast, reading)


def test_sent_back_with_words_nothing_is_lost_and_it_can_be_asked_again(cast: Cast) -> None:
    reading = waiting(cast)
    with pytest.raises(Refused, match="what should be different"):
        services.send_back(reading, words=" ", by=cast.actor_of(cast.bell))
    services.send_back(reading, words="Please leave out the address.", by=cast.actor_of(cast.bell))
    record = Record.objects.get(pk=reading.record_id)
    assert (record.summary_plain, record.is_shared, told(cast)) == (SUMMARY, False, [])
    sent_back = queries.sent_back(record)
    assert sent_back and sent_back.words == "Please leave out the address."
    services.share(write(cast, record, {"summary_plain": "He reads."}), by=cast.actor_of(cast.ode))
    assert queries.sent_back(record) is None
    assert let_go(cast, Reading.objects.get(state="waiting")).is_shared


def test_it_is_settled_once(cast: Cast) -> None:
    reading = waiting(cast)
    let_go(cast, reading)
    with pytest.raises(Refused, match="already"):
        services.send_back(reading, words="Too late", by=cast.actor_of(cast.bell))
    assert told(cast) == ["agree.summary"]


@pytest.mark.parametrize(
    ("who", "may"), [("finch", True), ("bell", True), ("ode", False), ("nye", False), ("pat_person", False)]
)
def test_who_reads_first(cast: Cast, who: str, may: bool) -> None:
    reading, actor = waiting(cast), cast.actor_of(getattr(cast, who))
    assert rules.may_read_first(actor, reading) is may
    assert (reading in rules.readings_waiting_for(actor)) is may


def test_whoever_wrote_some_of_it_does_not_read_it_first(cast: Cast) -> None:
    reading = waiting(cast)
    bell = cast.actor_of(cast.bell)
    write(cast, reading.record, {"strengths": "Draws."}, by=bell)
    assert not rules.may_read_first(bell, reading)
    finch = cast.actor_of(cast.finch)
    let_go(cast, reading)
    again = Reading.objects.filter(state="waiting")
    services.not_kept(reading.record.actions.get(), because="Kev took it", by=finch)
    assert not rules.may_read_first(finch, again.get())
    with pytest.raises(Refused, match="Somebody else"):
        services.release(again.get(), seen="", by=finch)


def test_nobody_reads_first_about_their_own_child(cast: Cast) -> None:
    reading = waiting(cast)
    cast.dawn.person = cast.finch
    cast.dawn.save()
    assert not rules.may_read_first(cast.actor_of(cast.finch), reading)


def shared(cast: Cast) -> Record:
    return let_go(cast, waiting(cast, "Tyler reads well."))


def page_of_dawn(cast: Cast, client: Client) -> str:
    return client.get(with_code(cast, client, cast.dawn)).text


def test_what_is_added_after_sharing_waits_too(cast: Cast, client: Client) -> None:
    record, by = shared(cast), cast.actor_of(cast.ode)
    promised(cast, record, "Walk him to Kev’s car")
    soon = clock.today() + timedelta(days=30)
    services.add_target(record, text="Waits at gate B", kind=Target.Kind.WIDER, measure="", review_on=soon, by=by)
    assert Reading.objects.filter(state="waiting").count() == 1
    page = page_of_dawn(cast, client)
    assert "football" in page and "Kev" not in page and "gate B" not in page
    let_go(cast, Reading.objects.get(state="waiting"))
    page = page_of_dawn(cast, client)
    assert "Kev’s car" in page and "gate B" in page
    assert told(cast) == ["agree.summary"]


def test_what_waits_can_be_taken_back(cast: Cast) -> None:
    record, by = shared(cast), cast.actor_of(cast.ode)
    services.drop(promised(cast, record, "Walk him to Kev’s car"), by=by)
    assert not queries.has_unread(record)
    with pytest.raises(Refused, match="has seen"):
        services.drop(record.actions.get(), by=by)


def test_a_promise_that_waits_is_no_news_when_it_is_kept(cast: Cast) -> None:
    action = promised(cast, shared(cast), "Walk him to Kev’s car")
    services.keep(action, by=cast.actor_of(cast.ode))
    assert told(cast) == ["agree.summary"]


def test_a_reason_waits_can_be_put_otherwise_and_is_told_once_it_was_read(cast: Cast, client: Client) -> None:
    record, by = shared(cast), cast.actor_of(cast.ode)
    action = record.actions.get()
    services.not_kept(action, because="Kev took the books", by=by)
    assert told(cast) == ["agree.summary"]
    assert "Kev" not in page_of_dawn(cast, client)
    services.send_back(Reading.objects.get(state="waiting"), words="No names", by=cast.actor_of(cast.bell))
    action.refresh_from_db()
    services.not_kept(action, because="The books are lost", by=by)
    let_go(cast, Reading.objects.get(state="waiting"))
    assert told(cast) == ["agree.summary", "agree.promise_not_kept"]
    assert "The books are lost" in page_of_dawn(cast, client)
    with pytest.raises(Refused, match="already"):
        services.not_kept(Action.objects.get(), because="Again", by=by)


def test_once_the_order_is_lifted_what_was_sent_back_needs_no_reader(cast: Cast) -> None:
    record, by = shared(cast), cast.actor_of(cast.ode)
    services.not_kept(record.actions.get(), because="Kev took the books", by=by)
    services.send_back(Reading.objects.get(state="waiting"), words="No names", by=cast.actor_of(cast.bell))
    lifted(Order.objects.get(child=cast.tyler), cast.bell, cast.finch)
    services.share(record, by=by)
    assert told(cast) == ["agree.summary", "agree.promise_not_kept"]
    assert not queries.has_unread(record)


def test_the_gate_is_asked_all_the_same(cast: Cast) -> None:
    reading = waiting(cast)
    cast.tyler.cares.filter(adult=cast.dawn).update(held=True)
    let_go(cast, reading)
    assert Notice.objects.get(kind="agree.summary").state == Notice.State.HELD


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": "released"}, "reading_is_done_by_somebody"),
        ({"state": "sent_back", "read_at": clock.now(), "who": "finch"}, "reading_sent_back_says_why"),
        ({"state": "released", "read_at": clock.now(), "who": "ode"}, "reading_is_done_by_somebody_else"),
    ],
)
def test_the_database_keeps_it_true(cast: Cast, change: dict[str, object], name: str) -> None:
    reading, who = waiting(cast), change.pop("who", None)
    by = {"read_by": getattr(cast, str(who))} if who else {}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(**change, **by)


def test_one_reading_of_a_record_waits(cast: Cast) -> None:
    reading = waiting(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(
            school=cast.school, record=reading.record, number=1, asked_by=cast.ode, asked_at=clock.now()
        )


# ── the pages ────────────────────────────────────────────────────────────────────────────────────


def test_the_reader_sees_the_text_with_its_marks_and_lets_it_go(cast: Cast, client: Client) -> None:
    reading = waiting(cast)
    cast.sign_in(client, cast.finch)
    assert f"/agree/readings/{reading.pk}/" in client.get("/office/?show=to_read").text
    page = client.get(f"/agree/readings/{reading.pk}/").text
    for marked in ("Kev", "07700 900123", "LS14 3AB"):
        assert f"<mark>{marked}<" in page
    assert "<mark>Tyler" not in page and "An order stands" in page and "Find three football books" in page
    assert "A secret worry" not in page  # the family never reads it, so nobody else does
    seen = queries.fingerprint(queries.passages(reading))
    assert client.post(f"/agree/readings/{reading.pk}/", {"act": "release", "seen": "old"}).status_code == 302
    assert Reading.objects.get().state == "waiting"
    assert client.post(f"/agree/readings/{reading.pk}/", {"act": "release", "seen": seen}).status_code == 302
    assert Reading.objects.get().state == "released"
    assert client.get(f"/agree/readings/{reading.pk}/").status_code == 302


def test_the_reader_sends_it_back_with_words(cast: Cast, client: Client) -> None:
    reading = waiting(cast)
    cast.sign_in(client, cast.bell)
    address = f"/agree/readings/{reading.pk}/"
    assert "Please answer" in client.post(address, {"act": "send_back", "words": ""}).text
    assert client.post(address, {}).status_code == 200
    assert client.post(address, {"act": "send_back", "words": "No address, please."}).status_code == 302
    cast.sign_in(client, cast.ode)
    assert "No address, please." in client.get("/").text
    assert "No address, please." in client.get(f"/agree/records/{reading.record_id}/").text
    assert "No address, please." in client.get(f"/agree/records/{reading.record_id}/share/").text


def test_whoever_wrote_it_is_not_told_why(cast: Cast, client: Client) -> None:
    record = opened(cast, cast.dawn, cast.tyler)
    write(cast, record, ALL_OF_IT)
    promised(cast, record)
    cast.sign_in(client, cast.ode)
    pages = [client.post(f"/agree/records/{record.pk}/share/", follow=True).text]
    pages += [
        client.get(f"/agree/{where}/").text for where in (f"records/{record.pk}/share", f"talks/{record.booking_id}")
    ]
    for page in pages:
        assert "Somebody else" in page and "reads this first" in page
        assert "order" not in page.lower().replace("reorder", "") and "Kev" not in page
    assert "The family is being told." not in pages[0]


def test_on_the_talk_page_what_waits_can_be_changed(cast: Cast, client: Client) -> None:
    record = shared(cast)
    promised(cast, record, "Walk him to Kev’s car")
    services.not_kept(
        record.actions.exclude(waits=True).get(), because="Kev took the books", by=cast.actor_of(cast.ode)
    )
    cast.sign_in(client, cast.ode)
    page = client.get(f"/agree/talks/{record.booking_id}/?stage=plan").text
    assert "Take back" in page and "Change the reason" in page


def test_a_reader_needs_a_person(cast: Cast) -> None:
    with pytest.raises(Refused, match="member of staff"):
        services.release(reading := waiting(cast), seen=queries.fingerprint(queries.passages(reading)), by=Actor())
