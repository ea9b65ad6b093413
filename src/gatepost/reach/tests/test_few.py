"""Whoever has said that there is a lot on them gets few messages in a week; the rest comes together."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from gatepost.core import clock
from gatepost.know import services as know
from gatepost.know.models import Adult
from gatepost.reach import notices
from gatepost.reach.audience import lines_for, preview
from gatepost.reach.delivery.few import FEW, left_this_week
from gatepost.reach.models import Delivery
from gatepost.reach.services import broadcasts, celebrating
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def pressed(cast: Cast, adult: Adult) -> None:
    """They say so, in their own words."""
    know.say_barriers(adult, {"pressure": "My mother is ill."}, by=cast.actor_of(cast.finch))


def of(adult: Adult) -> list[Delivery]:
    """What is on its way to an adult, the oldest first."""
    return list(Delivery.objects.filter(notice__adult=adult).order_by("notice__created_at"))


@override_settings(GATEPOST_QUIET_HOURS=True)
def test_above_so_many_it_waits_for_the_end_of_the_week_and_the_preview_says_who(cast: Cast) -> None:
    by, lines = cast.actor_of(cast.ode), lines_for(notices.praise, [cast.zara])
    pressed(cast, cast.hina)
    for number in range(FEW):
        assert not preview(lines, seen_by=by, kind=notices.praise).later
        celebrating.praise(cast.zara, f"She ran {number} times.", by=by)
    (later,) = preview(lines, seen_by=by, kind=notices.praise).later
    assert later.adult == cast.hina.name
    celebrating.praise(cast.zara, "She sang.", by=by)
    *soon, last = of(cast.hina)
    assert [each.together_at for each in soon] == [None] * FEW
    assert last.together_at == later.at and later.at > clock.now()
    assert [each.together_at for each in of(cast.bilal)] == [None] * (FEW + 1)  # he has said nothing of the sort

    known = lines_for(notices.urgent, [cast.zara])
    broadcasts.send("The school is closed.", known, urgent=True, school_id=cast.school.pk, by=by)
    assert of(cast.hina)[-1].together_at is None  # what is urgent is never held back

    know.say_barriers(cast.hina, {}, by=by)  # she takes it back
    celebrating.praise(cast.zara, "She drew.", by=by)
    assert of(cast.hina)[-1].together_at is None


def test_who_gets_it_once_a_week_anyway_is_not_counted(cast: Cast) -> None:
    pressed(cast, cast.jo)
    assert left_this_week(notices.praise, [cast.jo.pk], school_id=cast.school.pk) == {cast.jo.pk: FEW}
    assert left_this_week(notices.message, [cast.jo.pk], school_id=cast.school.pk) == {}
    know.say_wishes(cast.jo, {"together": "weekly"}, by=cast.actor_of(cast.finch))
    assert left_this_week(notices.praise, [cast.jo.pk], school_id=cast.school.pk) == {}


def test_the_office_says_how_many_and_reads_what_they_said(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.finch)
    client.post("/reach/budget/", {"most": "0"})
    pressed(cast, cast.jo)
    assert left_this_week(notices.praise, [cast.jo.pk], school_id=cast.school.pk) == {cast.jo.pk: 0}
