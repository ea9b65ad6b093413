"""Who would be invited, how and at what price; who is left out, and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from gatepost.core import clock
from gatepost.disclosure import RULES, Decision, Verdict, decide_all
from gatepost.know.models import Adult, Care, Channel, Child
from gatepost.know.queries import Pair, care_facts_of, contacts_for
from gatepost.know.rules import children_of
from gatepost.meet import notices
from gatepost.meet.models import Eligible, Event, Invitation
from gatepost.org.actor import Actor
from gatepost.org.models import School
from gatepost.org.rules import reader_of
from gatepost.reach.delivery.parts import Bill, bill_of
from gatepost.reach.delivery.render import text_like
from gatepost.reach.onpaper import channel_shown, on_paper
from gatepost.reach.services import language_for


@dataclass(frozen=True)
class Recipient:
    """One line of the preview: who would be told, how, in which language; or who is left out, and by which rule."""

    adult: Adult
    child: Child
    channel: str
    language: str
    verdict: Verdict
    rule: str
    invited: bool

    @property
    def why(self) -> str:
        """The rule in words."""
        return RULES[self.rule]


def left_out(lines: list[Recipient], *, seen_by: Actor) -> list[Recipient]:
    """Who would not be told. Only who may know learns that an order exists; others see whom to ask."""
    reader = reader_of(seen_by)
    out = [line for line in lines if line.verdict is not Verdict.ALLOW]
    shown = [(line, Decision(line.verdict, line.rule).as_seen_by(reader)) for line in out]
    return [replace(line, verdict=decision.verdict, rule=decision.rule) for line, decision in shown]


def not_own(lines: list[Recipient], *, seen_by: Actor) -> list[Recipient]:
    """A preview without the adults of one's own child: they are invited like all others, and not looked at."""
    own = set(children_of(seen_by).values_list("pk", flat=True))
    return [line for line in lines if line.child.pk not in own]


def recipients(event: Event, among: Collection[Pair] | None = None) -> list[Recipient]:
    """Every adult in the lives of the children of this event, and what the gate says of inviting them.

    `among`: these adults instead, each for one child. Whom the event is not for is on no list.
    """
    bonds = Care.objects.filter(ended_on=None)
    if event.for_some:
        bonds = bonds.filter(adult__in=Eligible.objects.filter(event=event).values("adult"))
    if among is None:
        bonds = bonds.filter(child__in=Child.objects.filter(groups__in=event.groups.all()))
    else:
        bonds = bonds.filter(adult__in={adult for adult, _child in among}, child__in={child for _adult, child in among})
    cares = [
        care
        for care in bonds.select_related("adult", "child").order_by("child__name", "adult__name")
        if among is None or (care.adult_id, care.child_id) in among
    ]
    pairs = {(care.adult_id, care.child_id) for care in cares}
    facts, contacts = care_facts_of(pairs), contacts_for(pairs)
    letters = on_paper(notices.invitation, ((care.adult, care.child) for care in cares), contacts)
    done = set(Invitation.objects.filter(event=event).values_list("adult", "child"))
    found = []
    for care in cares:
        pair = care.adult_id, care.child_id
        decision, point = decide_all(facts[pair], notices.invitation.facts, on=clock.today()), contacts[pair]
        found.append(
            Recipient(
                adult=care.adult,
                child=care.child,
                channel=channel_shown(pair, letters, point),
                language=language_for(care.adult),
                verdict=decision.verdict,
                rule=decision.rule,
                invited=pair in done,
            )
        )
    return found


def bill(told: list[Recipient], school: School) -> Bill:
    """What the texts among these invitations will cost at most: in each language, the longest name counts."""
    by_text = [line for line in told if line.channel == Channel.SMS]
    adults = Counter(line.language for line in by_text)
    names = {tag: max((line.child.called for line in by_text if line.language == tag), key=len) for tag in adults}
    like = {tag: text_like(notices.invitation, school=school, language=tag, child=name) for tag, name in names.items()}
    return bill_of(like, adults)
