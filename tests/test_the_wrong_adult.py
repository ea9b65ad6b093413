"""What a sceptic tried to reach the wrong adult, or to make two meet who are kept apart."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Standing, Tri
from gatepost.know import services as know
from gatepost.know.models import Adult, Care
from gatepost.know.services import settle
from gatepost.meet import notices
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.org.models import Role, Staff
from gatepost.reach.models import Notice, PostRoomCopy
from gatepost.reach.services import tell
from gatepost.reach.services.mailroom import take_reply
from gatepost.testing import Cast
from tests.reviewing import at, bar_everything, book, same_mailbox


def test_the_mailbox_that_kev_still_reads_gets_nothing_of_dawns(cast: Cast) -> None:
    same_mailbox(cast.dawn, cast.kev)
    cast.invite_all()
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert {notice.state for notice in cast.told(cast.dawn)} == {Notice.State.BY_HAND}


def test_a_mailbox_shared_with_an_adult_who_lives_apart_gets_no_link_of_either(cast: Cast) -> None:
    same_mailbox(cast.jo, cast.mark)
    cast.invite_all()
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert cast.told(cast.jo)[0].state == cast.told(cast.mark)[0].state == Notice.State.BY_HAND


def test_an_order_that_comes_after_the_queue_stops_what_goes_to_their_common_mailbox(cast: Cast) -> None:
    same_mailbox(cast.hina, cast.bilal)
    cast.invite_all()
    bar_everything(cast, cast.bilal, cast.zara)
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert cast.told(cast.hina)[0].state == Notice.State.BY_HAND


def test_giving_up_a_common_mailbox_does_not_show_to_whoever_lives_apart(cast: Cast) -> None:
    """Found by `gatepost selftest barrier`: from then on, Mark's news went to the mailbox that had been common."""
    same_mailbox(cast.jo, cast.mark)
    know.change_contact(cast.jo.contact_points.get(), "jo.new@example.org", by=cast.actor_of(cast.finch))
    assert cast.mark.contact_points.get().shared
    cast.invite_all()
    cast.deliver()
    assert not PostRoomCopy.objects.filter(address="us@example.org").exists()
    assert cast.told(cast.mark)[0].state == Notice.State.BY_HAND


def test_adults_apart_do_not_meet_at_two_events_of_one_evening(cast: Cast) -> None:
    first = cast.event()
    day = clock.timezone.localdate(first.slots.all()[0].starts_at)
    other = cast.event(days=[day], hosts=[cast.nye])
    book(cast, cast.jo, at(first, 16))
    with pytest.raises(Refused, match="taken"):
        book(cast, cast.mark, at(other, 16, 10))


def test_adults_apart_do_not_meet_when_one_comes_for_another_child(cast: Cast) -> None:
    event = cast.event()
    Care.objects.create(
        school=cast.school, adult=cast.lee, child=cast.finn, standing=Standing.PARENT, responsibility=Tri.YES
    )
    book(cast, cast.lees_ex, at(event, 16), cast.mia)
    with pytest.raises(Refused, match="taken"):
        book(cast, cast.lee, at(event, 16, 10), cast.finn)


def test_a_colleague_reads_no_answers_of_children_they_do_not_teach(cast: Cast, client: Client) -> None:
    event = cast.event(hosts=[cast.ode, cast.nye], by=cast.actor_of(cast.finch))
    invitation = cast.invitation(cast.jo, event=event)
    meet.say_no(invitation, value="declined", words="Mark might come", by=cast.family_actor(invitation))
    page = cast.sign_in(client, cast.nye).get(f"/meet/events/{event.pk}/").content.decode()
    assert "Mark might come" not in page and "Jo Pell" not in page


def rorys_father(cast: Cast) -> Adult:
    """Pat works at the school and lives apart from Rory's father."""
    father = Adult.objects.create(organisation=cast.organisation, name="Tom Vane", language="en")
    Care.objects.create(
        school=cast.school,
        adult=father,
        child=cast.rory,
        standing=Standing.PARENT,
        responsibility=Tri.YES,
        lives_with=Tri.NO,
    )
    return father


def test_nobody_sees_at_work_how_the_other_parent_of_their_own_child_is_told(cast: Cast, client: Client) -> None:
    Staff.objects.filter(person=cast.pat_person).update(role=Role.OFFICE)
    father = rorys_father(cast)
    event = cast.event()
    cast.sign_in(client, cast.pat_person)
    assert "Tom Vane" not in client.get(f"/meet/events/{event.pk}/preview/").content.decode()
    invitation = cast.invitation(father, event=event)
    meet.say_no(invitation, value="declined", words="not with Pat", by=cast.family_actor(invitation))
    for path in (f"/meet/events/{event.pk}/", "/office/?show=by_hand", "/office/?show=to_settle"):
        assert "Tom Vane" not in client.get(path).content.decode()
    notice = Notice.objects.filter(adult=father).latest("created_at")
    assert client.get(f"/office/say/{notice.pk}/").status_code == 403


def test_nobody_reads_at_work_what_the_other_parent_of_their_own_child_mails(cast: Cast, client: Client) -> None:
    Staff.objects.filter(person=cast.pat_person).update(role=Role.OFFICE)
    notice = tell(rorys_father(cast), notices.invitation, about=cast.rory, by=None)
    letter = EmailMessage()
    letter["From"], letter["Message-ID"] = "tom@elsewhere.example", "<1@elsewhere.example>"  # not a mailbox of his
    letter.set_content("Please not with Pat.")
    came = take_reply(letter, notice)
    cast.sign_in(client, cast.pat_person)
    assert "not with Pat" not in client.get("/office/?show=texts").content.decode()
    assert client.post(f"/office/texts/{came.pk}/").status_code == 403
    assert "not with Pat" in cast.sign_in(client, cast.finch).get("/office/?show=texts").content.decode()


def test_nobody_settles_at_work_what_they_are_to_their_own_child(cast: Cast, client: Client) -> None:
    Staff.objects.filter(person=cast.pat_person).update(role=Role.OFFICE)
    care = Care.objects.get(adult=cast.pat)
    Care.objects.filter(pk=care.pk).update(held=True)
    answers = {"standing": "parent", "responsibility": "yes", "lives_with": "yes"}
    cast.sign_in(client, cast.pat_person).post(f"/office/settle/{care.pk}/", answers)
    assert Care.objects.get(pk=care.pk).held


def test_after_an_order_nobody_books_for_the_adult_by_telephone(cast: Cast, client: Client) -> None:
    invitation = cast.invitation(cast.mark)
    slot = cast.slot(event=invitation.event)
    bar_everything(cast, cast.mark, cast.ella)
    page = cast.sign_in(client, cast.ode).post(f"/meet/invitations/{invitation.pk}/answer/", {"slot": str(slot.pk)})
    assert not Booking.objects.filter(invitation=invitation).exists()
    assert "order" not in page.content.decode().lower().replace("border", "")


def test_a_contact_id_that_goes_to_another_person_takes_no_settled_bond_with_it(cast: Cast, tmp_path: Any) -> None:
    from gatepost.exchange.roster.services import take_over

    def roster(name: str, mail: str) -> Any:
        path = tmp_path / f"{name}.csv"
        head = "pupil_id,name,class,contact1_id,contact1_name,contact1_relationship,contact1_email"
        path.write_text(f"{head}\nP9,Ivy Lane,Wrens,C12,{name},friend,{mail}\n")
        return path

    first = take_over(roster("Mary Smith", "mary@example.org"), school="Elm Park", allow_many=True, by=None)
    assert first.ok
    care = Care.objects.get(child__name="Ivy Lane")
    settle(care, standing=Standing.CARER, responsibility=Tri.YES, lives_with=Tri.YES, by=cast.actor_of(cast.finch))
    take_over(roster("Bob Jones", "bob@example.org"), school="Elm Park", allow_many=True, by=None)
    care = Care.objects.select_related("adult").get(pk=care.pk)
    assert care.held or care.adult.name == "Mary Smith"
