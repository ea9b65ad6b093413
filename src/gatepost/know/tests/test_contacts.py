"""How adults are reached: shared or not, what came back, what they wish, and what a given-up number hears."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.know import services as know
from gatepost.know.models import AdultChange, ContactPoint
from gatepost.know.queries import best_contact, contact_for, may_tell_old_contact
from gatepost.reach.models import Delivery, Notice
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def the_point(cast: Cast, who: str = "amina") -> ContactPoint:
    return getattr(cast, who).contact_points.get()


def heard(cast: Cast, who: str = "amina") -> list[str]:
    """The texts about a changed contact that reached an adult's old number or mailbox."""
    cast.deliver()
    sent = Delivery.objects.filter(notice__kind="reach.contact_changed", notice__adult=getattr(cast, who))
    return [delivery.copy.body for delivery in sent.filter(state=Delivery.State.ACCEPTED)]


def test_the_old_number_hears_once_and_never_the_new_one(cast: Cast) -> None:
    old = the_point(cast)
    know.change_contact(old, "07700 900888", by=cast.actor_of(cast.finch))
    (text,) = heard(cast)
    assert "lambarkan" in text  # this number, in Somali
    assert "900888" not in text
    assert "Ayan" not in text
    assert best_contact(cast.amina).value == "+447700900888"  # type: ignore[union-attr]
    old.refresh_from_db()
    assert old.ended_on == clock.today()


@pytest.mark.parametrize("who", ["dawn", "kev", "lees_ex", "lee"])
def test_where_an_order_stands_the_old_mailbox_hears_nothing(cast: Cast, who: str) -> None:
    know.change_contact(the_point(cast, who), "new@example.org", by=cast.actor_of(cast.finch))
    assert heard(cast, who) == []
    assert not Notice.objects.filter(kind="reach.contact_changed").exists()


@pytest.mark.parametrize("member", ["amina", "ayan"])
def test_where_a_home_is_secret_the_old_number_hears_nothing(cast: Cast, member: str) -> None:
    by = cast.actor_of(cast.finch)
    home = know.found_household([getattr(cast, member)], organisation=cast.organisation.pk, by=by)
    know.hide_address(home, address="1 Far Lane", by=by)
    know.change_contact(the_point(cast), "07700 900888", by=by)
    assert heard(cast) == []


def test_an_order_that_comes_before_the_sender_stops_the_notice(cast: Cast) -> None:
    know.change_contact(the_point(cast), "07700 900888", by=cast.actor_of(cast.finch))
    know.record_order(
        cast.hina,
        child=cast.ayan,
        bars=frozenset({Bar.EVERYTHING}),
        seen_by=cast.bell,
        from_on=clock.today(),
        by=None,
    )
    assert heard(cast) == []


def test_a_shared_number_goes_on_and_hears_nothing(cast: Cast) -> None:
    know.change_contact(the_point(cast, "noor"), "07700 900888", by=cast.actor_of(cast.finch))
    assert heard(cast, "noor") == []
    assert not the_point(cast, "sami").shared, "only Sami reads it now"


def test_two_adults_with_one_number_share_it_and_stay_two(cast: Cast) -> None:
    value = the_point(cast, "hina").value
    know.add_contact(cast.amina, "sms", value, by=cast.actor_of(cast.finch))
    assert the_point(cast, "hina").shared
    assert cast.amina.contact_points.get(value=value).shared
    assert best_contact(cast.amina) == cast.amina.contact_points.exclude(value=value).get()


def test_somebody_who_reads_it_too_is_believed(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    point = the_point(cast)
    know.change_contact(point, point.value, shared=True, by=by)
    know.add_contact(cast.amina, "email", "amina@example.org", by=by)
    assert the_point_of(cast, "sms").shared


def the_point_of(cast: Cast, channel: str) -> ContactPoint:
    return cast.amina.contact_points.get(channel=channel, ended_on=None)


def test_what_they_wish_comes_first_and_what_came_back_comes_last(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    mail = know.add_contact(cast.amina, "email", "amina@example.org", by=by)
    assert best_contact(cast.amina).channel == "sms"  # type: ignore[union-attr]
    know.say_wishes(cast.amina, {"channel_order": ["email"]}, by=by)
    assert contact_for(cast.amina, about=cast.ayan) == mail
    know.contact_returned(mail, by=None)
    assert contact_for(cast.amina, about=cast.ayan).channel == "sms"  # type: ignore[union-attr]
    know.contact_confirmed(mail, by=by)
    assert contact_for(cast.amina, about=cast.ayan) == mail
    mail.refresh_from_db()
    assert mail.confirm_again_on == clock.today() + timedelta(days=365)


def test_a_number_that_was_given_up_can_come_back(cast: Cast) -> None:
    by = cast.actor_of(cast.finch)
    old = the_point(cast)
    know.end_contact(old, by=by)
    assert best_contact(cast.amina) is None
    with pytest.raises(Refused):
        know.end_contact(old, by=by)
    know.add_contact(cast.amina, "sms", old.value, by=by)
    assert best_contact(cast.amina) == old
    with pytest.raises(Refused):
        know.add_contact(cast.amina, "sms", old.value, by=by)


@pytest.mark.parametrize(
    ("channel", "value"), [("email", "amina"), ("sms", "12"), ("sms", "0113 496 0000"), ("sms", "x")]
)
def test_what_is_no_address_is_refused(cast: Cast, channel: str, value: str) -> None:
    with pytest.raises(Refused):
        know.add_contact(cast.amina, channel, value, by=cast.actor_of(cast.finch))


def test_the_history_says_who_changed_which_number(cast: Cast) -> None:
    know.change_contact(the_point(cast), "07700 900888", by=cast.actor_of(cast.finch))
    lines = AdultChange.objects.filter(adult=cast.amina).values_list("field", "old", "new", "by_person")
    assert set(lines) == {
        ("sms", "", "+447700900888", cast.finch.pk),
        ("sms", "+447700900101", "", cast.finch.pk),
    }
    assert may_tell_old_contact(the_point(cast, "hina"))
