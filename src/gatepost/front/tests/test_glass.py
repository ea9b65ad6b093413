"""A child's records in an emergency: for a reason, for an hour, for that child, and before the eyes of others."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from gatepost.agree import services as agree
from gatepost.agree.models import Record
from gatepost.agree.rules import may_read, may_write
from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.models import AuditEvent
from gatepost.know.models import TeamMember
from gatepost.meet import services as meet
from gatepost.org.models import BrokenGlass
from gatepost.org.services import break_glass, look_at
from gatepost.testing import Cast

WHY = "He is at the gate alone and says he cannot go home."


def recorded(cast: Cast) -> Record:
    """Ms Ode has begun Amina's conversation about Ayan."""
    invitation = cast.invitation(cast.amina)
    slot = cast.slot(event=invitation.event)
    booking = meet.book(invitation, slot, wishes=meet.Wishes(), by=cast.family_actor(invitation))
    return agree.open_record(booking, by=cast.actor_of(cast.ode))


def broken(cast: Cast, person=None) -> BrokenGlass:
    by = cast.actor_of(person or cast.nye)
    return break_glass(cast.ayan.pk, reason=WHY, school_id=cast.school.pk, by=by)


def test_a_colleague_finds_the_child_says_why_and_reads(cast: Cast, client: Client) -> None:
    record = recorded(cast)
    cast.sign_in(client, cast.nye)
    assert client.get(f"/agree/records/{record.pk}/").status_code == 403
    assert cast.ayan.name in client.get("/emergency/?name=ayan").content.decode()
    answer = client.post("/emergency/?name=ayan", {"child": str(cast.ayan.pk), "reason": WHY})
    assert f"/agree/records/{record.pk}/" in client.get(answer.url).content.decode()
    assert client.get(f"/agree/records/{record.pk}/").status_code == 200


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_it_stays_shut(cast: Cast, client: Client, reason: str) -> None:
    cast.sign_in(client, cast.nye)
    assert client.post("/emergency/?name=ayan", {"child": str(cast.ayan.pk), "reason": reason}).status_code == 200
    assert not BrokenGlass.objects.exists()
    with pytest.raises(Refused):
        break_glass(cast.ayan.pk, reason=reason, school_id=cast.school.pk, by=cast.actor_of(cast.nye))


def test_it_opens_one_child_to_one_person_for_reading_only(cast: Cast) -> None:
    record = recorded(cast)
    broken(cast)
    nye = cast.actor_of(cast.nye)
    assert may_read(nye, record)
    assert not may_write(nye, record)
    assert not may_read(cast.actor_of(cast.adeyemi), record)
    Record.objects.filter(pk=record.pk).update(child=cast.tyler)
    assert not may_read(nye, Record.objects.get())


def test_the_hour_ends_by_itself(cast: Cast, client: Client) -> None:
    record = recorded(cast)
    glass = broken(cast)
    nye = cast.actor_of(cast.nye)
    with time_machine.travel(glass.opened_at + timedelta(minutes=59, seconds=59), tick=False):
        assert may_read(nye, record)
    with time_machine.travel(glass.opened_at + timedelta(minutes=60), tick=False):
        assert not may_read(nye, record)
        cast.sign_in(client, cast.nye)
        assert client.get(f"/emergency/{glass.pk}/").status_code == 403


def test_the_head_and_the_safeguarding_lead_are_told_until_one_of_them_has_looked(cast: Cast, client: Client) -> None:
    glass = broken(cast)
    for person in (cast.bell, cast.cole):
        assert "opened record to look at" in cast.sign_in(client, person).get("/").content.decode()
    report = client.get("/emergency/report/").content.decode()
    assert all(words in report for words in (WHY, cast.nye.name, cast.ayan.name))
    assert client.post(f"/emergency/{glass.pk}/looked-at/").status_code == 302
    glass.refresh_from_db()
    assert glass.looked_at_by == cast.cole
    lines = AuditEvent.objects.filter(thing="org.BrokenGlass").order_by("number")
    assert [line.verb for line in lines] == ["org.glass_broken", "org.glass_looked_at"]
    assert "opened record to look at" not in cast.sign_in(client, cast.nye).get("/").content.decode()


def test_nobody_ticks_off_their_own(cast: Cast, client: Client) -> None:
    glass = broken(cast, cast.cole)
    cast.sign_in(client, cast.cole)
    assert client.post(f"/emergency/{glass.pk}/looked-at/").status_code == 403
    with pytest.raises(Refused):
        look_at(glass, by=cast.actor_of(cast.cole))


def test_nobody_breaks_the_glass_of_their_own_child(cast: Cast, client: Client) -> None:
    own = cast.pat.cares.get().child
    cast.sign_in(client, cast.pat_person)
    assert own.name not in client.get(f"/emergency/?name={own.called}").content.decode()
    client.post(f"/emergency/?name={own.called}", {"child": str(own.pk), "reason": WHY})
    assert not BrokenGlass.objects.exists()
    record = recorded(cast)
    Record.objects.filter(pk=record.pk).update(child=own)
    break_glass(own.pk, reason=WHY, school_id=cast.school.pk, by=cast.actor_of(cast.pat_person))
    assert not may_read(cast.actor_of(cast.pat_person), Record.objects.get())


@pytest.mark.parametrize("who", ["finch", "quill", "hale", "birch", "ferris"])
def test_whoever_does_not_work_with_families_has_no_hammer(cast: Cast, client: Client, who: str) -> None:
    assert cast.sign_in(client, getattr(cast, who)).get("/emergency/?name=ayan").status_code == 403


def test_the_team_needs_no_glass(cast: Cast) -> None:
    record = recorded(cast)
    kent = cast.actor_of(cast.kent)
    assert not may_read(kent, record)
    TeamMember.objects.create(
        school=cast.school, child=cast.ayan, person=cast.kent, role="key worker", from_on=clock.today()
    )
    assert may_read(kent, record)
    assert may_write(kent, record)
