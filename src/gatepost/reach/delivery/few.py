"""Fewer messages for whoever has said that there is a lot on them: above so many in a week, what can wait is one.

Nobody decides this for a family: it hangs on what an adult has said stands in their way, which they see, change and
take back on their own page. What is urgent, written to them alone or about their own meeting is not held back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from gatepost.core import clock
from gatepost.core.readings import worded_once
from gatepost.know.models import Adult, Barrier, Together
from gatepost.reach.delivery import timing
from gatepost.reach.kinds import KINDS, NoticeKind
from gatepost.reach.models import Delivery, FewAWeek

FEW = 2
"""Where a school has set nothing else. The English trial in which texts to parents helped sent about thirty in a school
year, less than one a week; the second leaves room for good news."""
WEEK, SOON = timedelta(days=7), timedelta(days=1)
NOT_SENT = [Delivery.State.STOPPED, Delivery.State.SKIPPED, Delivery.State.FAILED]


def most_a_week(school_id: UUID) -> int:
    """How many messages that can wait such an adult gets in a week, each by itself."""
    held = FewAWeek.objects.filter(school=school_id).values_list("most", flat=True).first()
    return FEW if held is None else held


def left_this_week(kind: NoticeKind, adults: Iterable[UUID], *, school_id: UUID) -> dict[UUID, int]:
    """Of these adults, those who have said that there is a lot on them: how many more they get each by itself.

    Who gets all of it once a week anyway is not among them. One query where nobody has said so.
    """
    if not kind.can_wait:
        return {}
    pressed = {adult for (adult,) in _pressed(set(adults))}
    if not pressed:
        return {}
    most, now = most_a_week(school_id), clock.now()
    kinds = [each.name for each in KINDS.values() if each.can_wait]
    came = Delivery.objects.filter(
        school=school_id, notice__adult__in=pressed, notice__kind__in=kinds, along=None, not_before__gt=now - WEEK
    )
    lately = came.filter(not_before__lt=now + SOON).exclude(state__in=NOT_SENT).order_by()
    counts = dict(lately.values_list("notice__adult").annotate(number=Count("notice", distinct=True)))
    return {adult: max(0, most - counts.get(adult, 0)) for adult in pressed}


@worded_once
def _pressed(adults: set[UUID]) -> QuerySet[Barrier, Any]:
    said = Barrier.objects.filter(kind=Barrier.Kind.PRESSURE, adult__in=adults)
    return said.exclude(adult__together=Together.WEEKLY).values_list("adult")


def or_together(when: timing.When, adult: Adult, left: dict[UUID, int], *, not_before: datetime | None) -> timing.When:
    """The time of one more message; or, where none is left for this week, when it comes with the others."""
    if adult.pk not in left:
        return when
    left[adult.pk] -= 1
    return when if left[adult.pk] >= 0 else when_together(adult, not_before=not_before)


def when_together(adult: Adult, *, not_before: datetime | None = None) -> timing.When:
    """When what is above it comes, in one message with all that waits by then."""
    now = clock.now()
    return timing.round_after(adult, max(now, not_before or now), every=Together.WEEKLY)
