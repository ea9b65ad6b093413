"""The table of rights: one row at a time, nothing that is not in it, and a strand that ends at its edge."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.know.models import TeamMember
from gatepost.know.rules import children_open_to
from gatepost.meet.rules import invitations_open_to
from gatepost.org.actor import NOBODY, Tier
from gatepost.org.models import Role, Strand, StrandLead
from gatepost.org.permissions import ADVISER, MAY, Permission, by_strand, has, leading
from gatepost.org.services import give_strand, take_strand
from gatepost.testing import Cast

SOURCE = Path(__file__).resolve().parents[2]


def test_every_role_and_strand_has_its_row_and_nobody_else_has_one() -> None:
    assert set(MAY) == {*Role.values, ADVISER, *(leading(strand) for strand in Strand)}


def test_nobody_can_change_the_table() -> None:
    with pytest.raises(TypeError):
        MAY[Role.TEACHER] = frozenset(Permission)
    with pytest.raises(AttributeError):
        MAY[Role.TEACHER].add(Permission.STAFF)


def test_only_a_signed_in_member_of_staff_has_a_permission(cast: Cast) -> None:
    head = cast.actor_of(cast.bell)
    assert has(head, Permission.STAFF)
    assert not has(replace(head, tier=Tier.CODE), Permission.STAFF)
    assert not has(replace(head, acting_role="emperor"), Permission.STAFF)
    assert not has(NOBODY, Permission.STAFF)


@pytest.mark.parametrize("strand", [strand for strand in Strand if strand != Strand.REACH])
def test_whoever_leads_a_strand_has_nothing_outside_it(strand: Strand) -> None:
    assert {permission.strand for permission in MAY[leading(strand)]} == {strand}


@pytest.mark.parametrize("role", [Role.GOVERNOR, Role.LA_OFFICER])
def test_governors_and_the_authority_have_counts_and_nothing_else(role: str) -> None:
    assert MAY[role] == {Permission.COUNTS}


def test_an_adviser_and_a_school_share_no_right() -> None:
    assert all(not MAY[ADVISER] & MAY[role] for role in Role.values)


def test_two_roles_can_lift_an_order_and_look_at_an_emergency() -> None:
    for permission in (Permission.LIFT, Permission.ALERTS):
        assert len([role for role in Role.values if permission in MAY[role]]) >= 2


def test_the_page_shows_every_permission() -> None:
    shown = [line.words for lines in by_strand().values() for line in lines]
    assert sorted(map(str, shown)) == sorted(str(permission.label) for permission in Permission)


def test_no_rule_looks_at_a_role() -> None:
    for file in SOURCE.rglob("*.py"):
        if file.name != "permissions.py" and not {"tests", "testing"} & set(file.parts):
            text = file.read_text("utf-8")
            assert not re.search(r"acting_role\s*(==|in|!=|not in)\s", text), f"{file} looks at a role"


# ── a strand ─────────────────────────────────────────────────────────────────────────────────────

DOORS = ["/office/", "/agree/promises/", "/measure/not-heard/", "/measure/attendance/", "/staff/", "/meet/"]
LED = {
    Strand.KNOW: {"/office/"},
    Strand.REACH: {"/office/"},
    Strand.MEET: {"/meet/"},
    Strand.AGREE: {"/agree/promises/"},
    Strand.MEASURE: {"/measure/not-heard/", "/measure/attendance/"},
}


@pytest.mark.parametrize("strand", Strand)
def test_a_strand_opens_its_own_pages_and_no_other(cast: Cast, client: Client, strand: Strand) -> None:
    give_strand(cast.nye, strand, school=cast.school, by=cast.actor_of(cast.bell))
    cast.sign_in(client, cast.nye, leading(strand))
    assert client.get("/").status_code == 200
    assert {url for url in DOORS if client.get(url).status_code == 200} == LED[strand]


def test_a_strand_is_worn_instead_of_the_job_and_not_besides(cast: Cast, client: Client) -> None:
    give_strand(cast.ode, Strand.AGREE, school=cast.school, by=cast.actor_of(cast.bell))
    cast.sign_in(client, cast.ode)
    assert client.get("/meet/").status_code == 200
    assert "Leads: Promises" in client.get("/acting-as/").content.decode()
    held = StrandLead.objects.get(person=cast.ode)
    assert client.post("/acting-as/", {"job": str(held.pk)}).url == "/"
    assert client.get("/meet/").status_code == 403
    assert not children_open_to(cast.actor_of(cast.ode, leading(Strand.AGREE))).exists()


def test_whoever_leads_on_meetings_meets_all_and_knows_nobody(cast: Cast) -> None:
    event = cast.event()
    cast.invite_all(event)
    lead = cast.lead_of(cast.nye, Strand.MEET)
    assert invitations_open_to(lead, event).count() == event.invitations.count()
    assert not children_open_to(lead).exists()


def test_a_strand_ends_when_it_is_taken_back_and_after_its_last_day(cast: Cast) -> None:
    head, role = cast.actor_of(cast.bell), leading(Strand.MEET)
    cast.lead_of(cast.nye, Strand.MEET)
    take_strand(StrandLead.objects.get(person=cast.nye), by=head)
    assert not cast.actor_of(cast.nye, role).is_staff
    last = clock.today()
    give_strand(cast.nye, Strand.MEET, school=cast.school, until_on=last, by=head)
    assert cast.actor_of(cast.nye, role).is_staff
    StrandLead.objects.update(from_on=last - timedelta(days=9), until_on=last - timedelta(days=1))
    assert not cast.actor_of(cast.nye, role).is_staff


def test_a_strand_is_for_people_who_work_here_and_given_once(cast: Cast) -> None:
    head = cast.actor_of(cast.bell)
    with pytest.raises(Refused, match="works here"):
        give_strand(cast.rook, Strand.MEET, school=cast.school, by=head)
    give_strand(cast.nye, Strand.MEET, school=cast.school, by=head)
    with pytest.raises(Refused, match="already"):
        give_strand(cast.nye, Strand.MEET, school=cast.school, by=head)
    with pytest.raises(Refused, match="before the first"):
        give_strand(cast.nye, Strand.KNOW, school=cast.school, until_on=clock.today() - timedelta(days=1), by=head)


# ── who sees which child ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("who", "sees"), [("adeyemi", True), ("cole", True), ("kent", False), ("frost", False)])
def test_who_sees_every_child_and_who_those_of_their_teams(cast: Cast, who: str, sees: bool) -> None:
    actor = cast.actor_of(getattr(cast, who))
    assert children_open_to(actor).filter(pk=cast.ayan.pk).exists() is sees


def test_a_key_worker_sees_a_child_from_the_day_they_join_the_team_until_they_leave_it(cast: Cast) -> None:
    kent, today = cast.actor_of(cast.kent), clock.today()
    TeamMember.objects.create(
        school=cast.school, child=cast.ayan, person=cast.kent, role="key worker", from_on=today + timedelta(days=1)
    )
    assert not children_open_to(kent).exists()
    TeamMember.objects.update(from_on=today)
    assert list(children_open_to(kent)) == [cast.ayan]
    TeamMember.objects.update(from_on=today - timedelta(days=5), until_on=today)
    assert list(children_open_to(kent)) == [cast.ayan]
    TeamMember.objects.update(until_on=today - timedelta(days=1))
    assert not children_open_to(kent).exists()


@pytest.mark.parametrize("who", ["quill", "hale", "birch", "ferris"])
def test_some_see_no_family_at_all(cast: Cast, who: str) -> None:
    assert not children_open_to(cast.actor_of(getattr(cast, who))).exists()


def test_support_staff_note_a_talk_and_see_two_names(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.birch)
    assert "/reach/talks/" in client.get("/").content.decode()
    found = client.get("/reach/talks/?name=ayan").content.decode()
    assert cast.amina.name in found
    assert cast.ayan.name in found
    assert cast.amina.name not in client.get("/reach/talks/?name=ay").content.decode()
    url = f"/reach/adults/{cast.amina.pk}/talk/"
    page = client.get(url).content.decode()
    assert cast.amina.name in page
    assert "07700 9" not in page and "+44770" not in page
    assert client.post(url, {"way": "door", "child": str(cast.ayan.pk)}).status_code == 302
