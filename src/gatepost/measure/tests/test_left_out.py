"""Whoever was told nothing stands on a list, with the rule or with one press to tell them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gatepost.core import clock
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.know import services as know
from gatepost.know.models import Adult, Care
from gatepost.measure.left_out import LeftOut, left_out
from gatepost.meet.models import Event, Invitation, Slot
from gatepost.testing import Cast


def rows(cast: Cast, adult: Adult, days: int = 30) -> list[LeftOut]:
    return [row for row in left_out(cast.actor_of(cast.finch), days) if row.adult_id == adult.pk]


def joins_later(cast: Cast) -> Adult:
    """A father of Ella's whom somebody wrote down after the invitations had left."""
    father = Adult.objects.create(organisation=cast.organisation, name="Ned Lake", language="en")
    Care.objects.create(
        school=cast.school, adult=father, child=cast.ella, standing=Standing.PARENT, responsibility=Tri.YES
    )
    return father


def bar(cast: Cast, adult: Adult, *bars: Bar) -> None:
    said = {"seen_by": cast.bell, "from_on": clock.today(), "by": cast.actor_of(cast.bell)}
    know.record_order(adult, child=cast.ella, bars=frozenset(bars), **said)


def test_one_who_was_never_written_to_is_told_with_one_press(cast: Cast, client: Client):
    cast.invite_all()
    ned = joins_later(cast)
    (row,) = rows(cast, ned)
    assert (row.rule, row.why, row.step) == ("", "No rule: tell them", "Invite them now")
    cast.sign_in(client, cast.finch)
    page = client.get("/measure/left-out/").content.decode()
    assert "Ned Lake" in page
    assert "without a rule" in page
    action = re.findall(r'action="(/measure/left-out/tell/[^"]+)"', page)[0]
    before = Invitation.objects.count()
    client.post(action, {"adult": str(ned.pk), "child": str(cast.ella.pk)})
    assert Invitation.objects.count() == before + 1
    assert [notice.state for notice in cast.told(ned)] == ["by_hand"]  # no telephone, no mailbox
    (row,) = rows(cast, ned)
    assert row.step == "Say it in person"
    assert (
        "Nothing was sent"
        in client.post(action, {"adult": str(ned.pk), "child": str(cast.ella.pk)}, follow=True).content.decode()
    )
    assert client.post(action, {"adult": "nobody"}).status_code == 302


def test_a_barred_adult_stands_there_with_the_rule(cast: Cast, client: Client):
    cast.invite_all()
    (row,) = rows(cast, cast.kev)
    assert row.rule == "order-bars-everything"
    assert row.tell is None
    bar(cast, cast.mark, Bar.LOGISTICS)  # his invitation waits to be sent
    (row,) = rows(cast, cast.mark)
    assert row.rule == "order-bars-this"
    page = cast.sign_in(client, cast.bell).get("/measure/left-out/").content.decode()
    assert "bars this adult from everything" in page


def test_one_whom_the_office_holds_is_settled(cast: Cast):
    cast.invite_all()
    care = Care.objects.get(adult=cast.jo)
    know.hold(care, by=cast.actor_of(cast.ode))
    (row,) = rows(cast, cast.jo)
    assert (row.rule, row.url) == ("held-by-office", f"/office/settle/{care.pk}/")


def test_those_who_were_told_and_those_whom_nobody_has_to_tell_do_not_stand_there(cast: Cast):
    cast.invite_all()
    cast.deliver()
    found = {row.adult_id for row in left_out(cast.actor_of(cast.finch), 30)}
    assert found == {cast.kev.pk, cast.nadia.pk}
    assert not {cast.em.pk, cast.rel.pk} & found  # the office's queue has them


def test_when_it_is_over_somebody_rings(cast: Cast):
    cast.invite_all()
    ned = joins_later(cast)
    Slot.objects.update(starts_at=F("starts_at") - timedelta(days=60))
    (row,) = rows(cast, ned)
    assert row.step.startswith("It is over")
    assert row.url == f"/reach/adults/{ned.pk}/talk/"


def test_what_lies_longer_back_is_looked_up_on_its_own(cast: Cast):
    cast.invite_all()
    ned = joins_later(cast)
    Event.objects.update(sent_at=clock.now() - timedelta(days=20))
    assert rows(cast, ned, days=7) == []
    assert len(rows(cast, ned, days=30)) == 1


def test_nobody_looks_at_their_own_family(cast: Cast):
    cast.jo.person = cast.finch
    cast.jo.save()
    cast.invite_all()
    ned = joins_later(cast)
    assert rows(cast, ned) == []


def test_the_file_has_no_names_and_no_small_numbers(cast: Cast, client: Client):
    cast.invite_all()
    joins_later(cast)
    words = cast.sign_in(client, cast.bell).get("/measure/left-out/counts.csv?days=7").content.decode()
    assert "No rule: tell them,hidden" in words
    assert "Lake" not in words


@pytest.mark.parametrize(("who", "status"), [("finch", 200), ("bell", 200), ("ode", 403), ("nye", 403), ("rook", 200)])
def test_who_may_look(cast: Cast, client: Client, who: str, status: int):
    cast.invite_all()
    answer = cast.sign_in(client, getattr(cast, who)).get("/measure/left-out/")
    assert answer.status_code == status
    assert ("Kev" in answer.content.decode()) is (who in ("finch", "bell"))


def test_more_rows_cost_no_more_queries(cast: Cast, client: Client):
    cast.sign_in(client, cast.finch)
    counts = []
    for more in (1, 9, 40):
        children = cast.families(more)
        cast.invite_all()
        for child in children:
            late = Adult.objects.create(organisation=cast.organisation, name="Late")
            Care.objects.create(school=cast.school, adult=late, child=child, standing=Standing.PARENT)
        client.get("/measure/left-out/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/measure/left-out/").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
