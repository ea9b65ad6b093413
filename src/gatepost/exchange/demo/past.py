"""Gives the demonstration school a term behind it: many families have been heard from, and the cast has not yet."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from gatepost.core import clock
from gatepost.disclosure import Standing
from gatepost.exchange.demo.roster import SEED
from gatepost.know.models import Care
from gatepost.org.models import School
from gatepost.reach.models import Touch

WAYS = (Touch.Way.DOOR, Touch.Way.DOOR, Touch.Way.PHONE, Touch.Way.EMAIL, Touch.Way.MEETING)


def fill_past(school: School) -> None:
    """Write down contacts of the past weeks. They lie in the past, so no service can make them."""
    random = Random(SEED)  # noqa: S311  the same past every time, not a secret
    now = clock.now()
    cares = Care.objects.filter(standing__in=[Standing.PARENT, Standing.CARER]).select_related("adult", "child")
    made = []
    for care in sorted(cares, key=lambda care: (str(care.adult.source_key), care.child.name)):
        if ":C-" in str(care.adult.source_key) or random.random() > (0.62 if care.lives_with == "yes" else 0.25):
            continue
        made.append(
            Touch(
                school=school,
                adult_id=care.adult_id,
                child_id=care.child_id,
                at=now - timedelta(days=random.randrange(3, 150), minutes=random.randrange(600)),
                way=random.choice(WAYS),
                two_way=True,
                family_began=random.random() < 0.3,
            )
        )
    Touch.objects.bulk_create(made)
