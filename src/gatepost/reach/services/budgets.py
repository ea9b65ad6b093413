"""What texts to many may cost: spent, about to be spent, and what one more would take. Nothing urgent is stopped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Channel
from gatepost.language.dates import LONDON, london_day
from gatepost.org.actor import Actor
from gatepost.org.models import School
from gatepost.reach import notices, sayings
from gatepost.reach.audience import Line
from gatepost.reach.delivery.parts import Bill, bill_of
from gatepost.reach.delivery.render import text_like
from gatepost.reach.models import Broadcast, Delivery, FewAWeek, TextBudget
from gatepost.reach.queries.tongues import read_by
from gatepost.reach.sayings import Saying

WARN_AT = 80  # of 100 parts
TERMS = (1, 5, 9)  # the months in which one begins
State = Delivery.State
LEFT = [State.ON_WIRE, State.ACCEPTED, State.UNCERTAIN, State.DELIVERED, State.UNDELIVERED]
TO_LEAVE = [State.QUEUED, State.CLAIMED]


@dataclass(frozen=True)
class Standing:
    """How much of a budget is used, and how much of it this would take."""

    parts: int
    each: str  # in words
    since: date
    spent: int  # what has left
    waiting: int  # what was pressed and has not left yet, at most
    this: int = 0  # what is looked at now, at most

    @property
    def used(self) -> int:
        """All of it together."""
        return self.spent + self.waiting + self.this

    @property
    def stops(self) -> bool:
        """Whether it is more than there is."""
        return self.this > 0 and self.used > self.parts

    @property
    def warns(self) -> bool:
        """Whether it comes near to the end."""
        return self.used * 100 >= self.parts * WARN_AT

    @property
    def left(self) -> int:
        """What there would be afterwards."""
        return max(0, self.parts - self.used)

    @property
    def pounds(self) -> Decimal | None:
        """What has left has cost; None where nobody has said what a part costs."""
        price = settings.GATEPOST_TEXT_PENCE
        return (price * self.spent / 100).quantize(Decimal("0.01")) if price else None


def standing(school_id: UUID, *, this: int = 0) -> Standing | None:
    """Where the school stands; None where it has set no budget."""
    budget = TextBudget.objects.filter(school=school_id).first()
    if budget is None:
        return None
    since = _began(budget)
    midnight = datetime.combine(since, time.min, LONDON)
    texts = Delivery.objects.filter(school=school_id, channel=Channel.SMS, not_before__gte=midnight).order_by()
    spent = texts.filter(state__in=LEFT).aggregate(all=Sum("parts"))["all"] or 0
    each = _("this month") if budget.each == TextBudget.Each.MONTH else _("this term")
    return Standing(budget.parts, each, since, spent, _waiting(school_id), this)


def _began(budget: TextBudget) -> date:
    """The first day of this month or term, in London."""
    today = london_day(clock.now())
    return today.replace(day=1) if budget.each == TextBudget.Each.MONTH else term_began()


def term_began() -> date:
    """The first day of the month in which this term began, in London."""
    today = london_day(clock.now())
    return date(today.year, max(month for month in TERMS if month <= today.month), 1)


def _waiting(school_id: UUID) -> int:
    """What was sent to many and has not left: its texts, each as long as the mean of its broadcast."""
    queued = Delivery.objects.filter(
        school=school_id, channel=Channel.SMS, state__in=TO_LEAVE, notice__batch__isnull=False
    )
    counts = dict(queued.order_by().values_list("notice__batch").annotate(number=Count("pk")))
    sent = Broadcast.objects.filter(pk__in=counts, texts__gt=0).values_list("pk", "text_parts", "texts")
    return sum(-(-counts[key] * parts // texts) for key, parts, texts in sent)


def bill(
    words: str,
    said: Saying,
    lines: Sequence[Line],
    *,
    school: School,
    who: str,
    theirs: Mapping[str, Mapping[str, Any]],
) -> Bill:
    """What the texts of a broadcast take at most; `theirs`: what else it says to those who read a language."""
    readers: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.decision.allowed and line.channel == Channel.SMS:
            readers[line.language, read_by(line.adult)].append(line)
    texts: dict[str, str] = {}
    counts: dict[str, int] = {}
    for (tag, reads), group in readers.items():
        spoken = [sayings.words(said, tag, adult=each.adult.name, child=each.child.called) for each in group if said]
        values = (
            {"words": words, "who": who} | dict(theirs.get(reads, {})) | {"spoken": max(spoken, key=len, default="")}
        )
        values.pop("said", None)
        key = f"{tag} {reads}"
        texts[key] = text_like(notices.broadcast, school=school, language=tag, child="", **values)
        counts[key] = len(group)
    return bill_of(texts, counts)


def refuse_too_much(school_id: UUID, parts: int) -> None:
    """What is not urgent does not leave where it would take more than there is."""
    found = standing(school_id, this=parts)
    if found and found.stops:
        raise Refused(
            _("It would take %(parts)s parts of texts, and %(left)s are left. Write to fewer, or ask the office.")
            % {"parts": parts, "left": max(0, found.parts - found.spent - found.waiting)}
        )


@transaction.atomic
def set_budget(parts: int | None, each: str, *, school_id: UUID, by: Actor) -> None:
    """So many parts in each month or term from now on; None: as many as there are."""
    if parts is None:
        TextBudget.objects.filter(school=school_id).delete()
    else:
        TextBudget.objects.update_or_create(school_id=school_id, defaults={"parts": parts, "each": each})
    audit.record("reach.text_budget_set", School(pk=school_id), by=by, parts=parts, each=each)


@transaction.atomic
def set_few(most: int, *, school_id: UUID, by: Actor) -> None:
    """So many messages in a week for families with a lot on them, from now on."""
    FewAWeek.objects.update_or_create(school_id=school_id, defaults={"most": most})
    audit.record("reach.few_a_week_set", School(pk=school_id), by=by, most=most)
