"""A parent can see who at school has opened what they said, and nobody who looked for a child's safety."""

from __future__ import annotations

from dataclasses import replace

from django.test import Client

from gatepost.agree import queries
from gatepost.agree.models import Record
from gatepost.core import audit, clock
from gatepost.testing import Cast
from tests.pages import opened_summary, world


def test_amina_reads_who_has_opened_it_each_once_a_day(cast: Cast, client: Client) -> None:
    made = world(cast)
    url = opened_summary(made, client)
    staff = Client()
    for who in (cast.ode, cast.ode, cast.bell):
        cast.sign_in(staff, who).get(f"/agree/records/{made.record}/")
    record = Record.objects.get(pk=made.record)
    opened = queries.opened_by(record)
    assert [(each.who, each.role) for each in opened] == [("Mrs Bell", "Head"), ("Ms Ode", "Teacher")]
    assert {each.on for each in opened} == {clock.today()}
    page = client.get(url + "?in=en").content.decode()
    assert "Who at school has opened this" in page
    assert "Mrs Bell" in page
    assert len(queries.opened_by(record)) == 2  # that she looks herself is written down, and not told to her


def test_who_looks_after_a_childs_safety_is_not_seen_looking(cast: Cast) -> None:
    record = Record.objects.get(pk=world(cast).record)
    audit.read(record, by=replace(cast.actor_of(cast.bell), acting_role="safeguarding"))
    assert queries.opened_by(record) == ()


def test_nothing_is_told_of_another_adults_record(cast: Cast) -> None:
    record = Record.objects.get(pk=world(cast).record)
    audit.read(cast.ayan, by=cast.actor_of(cast.bell))
    assert queries.opened_by(record) == ()
    audit.read(record, by=cast.actor_of(cast.ode))
    opened = [line.by_person for line in audit.reads_about(record.child_id)]
    assert opened == [cast.ode.pk, cast.bell.pk]


def test_a_reading_of_what_belongs_to_no_school_stands_in_the_readers(cast: Cast) -> None:
    audit.read(cast.amina, by=cast.actor_of(cast.bell))
    assert audit.reads_of(cast.amina).get().school_id == cast.school.pk
