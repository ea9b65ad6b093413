"""An adviser reads what a family that agreed could read, keeps notes that nobody else opens, and loses both at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Record
from gatepost.agree.queries import opened_by
from gatepost.core import clock, scope
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know.services import record_order
from gatepost.meet import services as meet
from gatepost.org.models import Adviser, Person
from gatepost.org.services import appoint_adviser
from gatepost.support import agreeing
from gatepost.support.models import AdvisedFamily, AdviserNote, FamilyAgreed
from gatepost.testing import Cast

NOTE = "She is afraid of the meeting on Thursday."
SAID = "He reads to his sister."


def agreed(cast: Cast, adult=None, **more) -> FamilyAgreed:
    adviser = Adviser.objects.get(person=cast.ferris)
    return agreeing.agree(adult or cast.amina, adviser, by=cast.actor_of(cast.finch), **more)


def shared(cast: Cast, *, share: bool = True) -> Record:
    """Amina's talk, shared with her or not yet."""
    invitation = cast.invitation(cast.amina)
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    by = cast.actor_of(cast.ode)
    record = agree.open_record(booking, by=by)
    typed = {
        "parent_says": SAID,
        "summary_plain": "We talked.",
        "no_next_because": "Soon.",
        "concerns": "Teacher only.",
    }
    agree.write_down(record, typed, seen_version=record.version, by=by)
    agree.promise(record, agree.Promise("Reading cards", Action.Side.SCHOOL, cast.ode, clock.today()), by=by)
    if share:
        agree.share(record, by=by)
    return record


@pytest.fixture
def ferris(cast: Cast, client: Client) -> Client:
    return cast.sign_in(client, cast.ferris)


def test_an_adviser_sees_the_families_who_said_yes_and_what_they_could_read(cast: Cast, ferris: Client) -> None:
    shared(cast)
    agreement = agreed(cast)
    page = ferris.get("/advice/families/").content.decode()
    assert cast.amina.name in page
    assert cast.ayan.called in page
    assert cast.hina.name not in page
    page = ferris.get(f"/advice/families/{agreement.pk}/").content.decode()
    assert SAID in page
    assert "Reading cards" in page
    assert "Teacher only." not in page
    assert cast.ayan.name not in page  # the first name is enough


def test_the_family_sees_that_the_adviser_has_opened_it(cast: Cast, ferris: Client) -> None:
    record, agreement = shared(cast), agreed(cast)
    ferris.get(f"/advice/families/{agreement.pk}/")
    (opened,) = opened_by(record)
    assert (opened.who, opened.role) == (cast.ferris.name, "Independent adviser")


def test_what_is_not_shared_yet_is_not_there(cast: Cast, ferris: Client) -> None:
    shared(cast, share=False)
    assert SAID not in ferris.get(f"/advice/families/{agreed(cast).pk}/").content.decode()


def test_the_gate_stands_between_an_adviser_and_a_child_too(cast: Cast, ferris: Client) -> None:
    shared(cast)
    agreement = agreed(cast)
    seen = {"seen_by": cast.bell, "from_on": clock.today(), "by": None}
    record_order(cast.amina, child=cast.ayan, bars=frozenset({Bar.EVERYTHING}), **seen)
    page = ferris.get(f"/advice/families/{agreement.pk}/").content.decode()
    assert SAID not in page
    assert cast.ayan.called not in page


@pytest.mark.parametrize("who", ["bell", "finch", "hale", "cole", "ode", "rook"])
def test_no_school_and_no_authority_has_a_page_that_opens_an_advisers_notes(
    cast: Cast, client: Client, who: str
) -> None:
    agreement = agreed(cast)
    cast.sign_in(client, cast.ferris)
    client.post(f"/advice/families/{agreement.pk}/", {"words": NOTE})
    assert NOTE in client.get(f"/advice/families/{agreement.pk}/").content.decode()
    cast.sign_in(client, getattr(cast, who))
    assert client.get(f"/advice/families/{agreement.pk}/").status_code == 404
    assert client.post(f"/advice/families/{agreement.pk}/", {"words": "x"}).status_code == 404
    for url in ("/", "/advice/agreements/", f"/advice/adults/{cast.amina.pk}/"):
        assert NOTE not in client.get(url).content.decode()
    assert not AdviserNote.objects.exists()  # the school's own scope, here in the test
    assert not AdvisedFamily.objects.exists()
    with scope.only([], organisation=cast.service.pk):
        assert AdviserNote.objects.get().words == NOTE


def test_a_colleague_of_the_same_service_sees_nothing(cast: Cast, client: Client) -> None:
    agreement = agreed(cast)
    colleague, _ = appoint_adviser("colleague@advice.example.org", name="Mr Lark", service=cast.service)
    cast.sign_in(client, colleague.person)
    assert cast.amina.name not in client.get("/advice/families/").content.decode()
    assert client.get(f"/advice/families/{agreement.pk}/").status_code == 403


def test_ending_it_ends_it_at_once(cast: Cast, ferris: Client) -> None:
    agreement = agreed(cast)
    assert ferris.get(f"/advice/families/{agreement.pk}/").status_code == 200
    agreeing.end(agreement, by=cast.actor_of(cast.finch))
    assert ferris.get(f"/advice/families/{agreement.pk}/").status_code == 403
    assert cast.amina.name not in ferris.get("/advice/families/").content.decode()


def test_it_ends_after_its_last_day_and_when_the_adviser_stops(cast: Cast, ferris: Client) -> None:
    agreement = agreed(cast, until_on=clock.today())
    assert ferris.get(f"/advice/families/{agreement.pk}/").status_code == 200
    past = clock.today() - timedelta(days=1)
    FamilyAgreed.objects.update(from_on=past, until_on=past)
    assert ferris.get(f"/advice/families/{agreement.pk}/").status_code == 403
    FamilyAgreed.objects.update(until_on=None)
    assert ferris.get(f"/advice/families/{agreement.pk}/").status_code == 200
    Adviser.objects.update(ended_at=clock.now())
    assert ferris.get(f"/advice/families/{agreement.pk}/").status_code == 302


def test_saying_yes_again_brings_the_advisers_own_notes_back(cast: Cast, ferris: Client) -> None:
    first = agreed(cast)
    ferris.post(f"/advice/families/{first.pk}/", {"words": NOTE})
    agreeing.end(first, by=cast.actor_of(cast.finch))
    second = agreed(cast)
    assert NOTE in ferris.get(f"/advice/families/{second.pk}/").content.decode()


def test_the_adult_is_told_and_ends_it_with_one_button(cast: Cast, client: Client) -> None:
    agreement = agreed(cast)
    letter = cast.letters(cast.amina)[-1]
    assert "SENDIASS" not in letter
    link = cast.link(cast.amina)
    assert "Ms Ferris" in client.get(link + "?in=en").content.decode()
    assert client.post(link + "?in=en").status_code == 302
    assert "It is over" in client.get(link + "?in=en").content.decode()
    agreement.refresh_from_db()
    assert agreement.ended_at
    assert agreement.ended_by_adult
    when = agreement.ended_at
    client.post(link)
    agreement.refresh_from_db()
    assert agreement.ended_at == when


def test_a_shared_telephone_names_no_adviser(cast: Cast, client: Client) -> None:
    agreed(cast, cast.noor)
    page = client.get(cast.link(cast.noor) + "?in=en").content.decode()
    assert "Ms Ferris" not in page
    assert "SENDIASS" not in page


def test_the_office_writes_it_down_and_ends_it(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    assert cast.amina.name in client.get("/advice/agreements/?name=amina").content.decode()
    adviser = Adviser.objects.get(person=cast.ferris)
    url = f"/advice/adults/{cast.amina.pk}/"
    assert client.post(url, {"adviser": str(adviser.pk)}).status_code == 200  # nobody said that the adult said so
    assert not FamilyAgreed.objects.exists()
    assert client.post(url, {"adviser": str(adviser.pk), "said_so": "on"}).status_code == 302
    assert "already" in client.post(url, {"adviser": str(adviser.pk), "said_so": "on"}).content.decode()
    agreement = FamilyAgreed.objects.get()
    assert "Ms Ferris" in client.get("/advice/agreements/").content.decode()
    client.post(f"/advice/agreements/{agreement.pk}/end/")
    agreement.refresh_from_db()
    assert agreement.ended_at
    assert not agreement.ended_by_adult


def test_nobody_agrees_for_the_other_parent_of_their_own_child(cast: Cast, client: Client) -> None:
    from gatepost.org.models import Role
    from gatepost.org.services import appoint

    appoint(cast.pat_person.email, name="x", role=Role.OFFICE, school=cast.school, by=None)
    cast.sign_in(client, cast.pat_person, Role.OFFICE)
    assert client.get(f"/advice/adults/{cast.pat.pk}/").status_code == 403


def test_an_adviser_stands_outside(cast: Cast) -> None:
    adviser = Adviser.objects.get(person=cast.ferris)
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyAgreed.objects.create(
            organisation=cast.organisation,
            adult=cast.amina,
            adviser=adviser,
            shared_with=cast.organisation,
            recorded_by=cast.finch,
            from_on=clock.today(),
        )
    Adviser.objects.update(ended_at=clock.now())
    with pytest.raises(Refused, match="any more"):
        agreed(cast)


def test_more_families_cost_no_more_queries(cast: Cast, ferris: Client, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for adults in ([cast.amina], [cast.hina, cast.jo, cast.mark]):
        for adult in adults:
            agreed(cast, adult)
        ferris.get("/advice/families/")
        with CaptureQueriesContext(connection) as asked:
            ferris.get("/advice/families/")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_nobody_is_an_adviser_of_two_minds(cast: Cast) -> None:
    assert Person.objects.get(pk=cast.ferris.pk).jobs.count() == 0
    with pytest.raises(Refused, match="Write something"), scope.only([], organisation=cast.service.pk):
        agreeing.write_note(AdvisedFamily(), " ", by=cast.actor_of(cast.ferris))
