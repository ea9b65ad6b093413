"""The school of the matrix: eight families, each with one of everything that has an address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db import models

from gatepost.agree import services as agree
from gatepost.agree.models import Action, Record, Target
from gatepost.core import clock, scope
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.front.notices import OPENS as OWN_PAGE
from gatepost.know import services as know
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, Group, Order, Paper
from gatepost.meet import services as meet
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.meet.notices import given_back
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import Person, School
from gatepost.reach import links
from gatepost.reach import services as reach
from gatepost.reach.models import Delivery, IncomingText, Notice
from gatepost.reach.notices import DOCUMENT_OPENS, TOGETHER_OPENS
from gatepost.selftest.matrix.around import ABOUT_NOBODYS_KEY, agreement_of, around, somebody_to_choose
from gatepost.selftest.matrix.at_home import AT_HOME, at_home, from_before, written
from gatepost.selftest.matrix.kept import kept, merged
from gatepost.selftest.matrix.meetings import another_for, meetings
from gatepost.selftest.matrix.prepared import prepared
from gatepost.support import services as support
from gatepost.support.models import Help
from gatepost.support.notices import home_note
from gatepost.support.queries import HELP, STRENGTHS
from gatepost.testing import Cast

EVERYTHING_SAID: dict[str, str] = {
    "strengths": "Kind to small children.",
    "child_view": "I like drawing most.",
    "priorities": "Reading for fun.",
    "no_next_because": "The new timetable is not out yet.",
}


@dataclass
class Family:
    """One adult and one child, and everything that happened with them, by kind."""

    key: str
    adult: Adult
    child: Child
    group: Group
    host: Person
    things: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """The words that stand in this family's records and in no other's."""
        return f"canary{self.key}"


@dataclass
class World:
    """The school, and the families by name."""

    cast: Cast
    families: dict[str, Family] = field(default_factory=dict)

    @contextmanager
    def at_school_of(self, family: Family) -> Iterator[School]:
        """Work with the rows of this family's school."""
        school = family.child.school
        with scope.only([school.pk], organisation=school.organisation_id):
            yield school


COLUMNS = {
    "same class": "hussain",
    "other class": "frost",
    "elsewhere": "stone",
    "deleted": "gone",
    "restricted": "marsh",
}
"""Which family stands behind a column of the page, where that is the same for every role."""


def build(cast: Cast) -> World:
    """Everything that has an address, once for each family; then what was deleted goes."""
    world = World(cast)
    with scope.only([cast.school.pk], organisation=cast.organisation.pk):
        somebody_to_choose(cast)
        for family in _families(cast):
            world.families[family.key] = _lived(cast, family)
        for family in world.families.values():
            family.things["merge"] = merged(family, cast)
        _restrict(world)
        _delete(world.families["gone"])
    elsewhere = Family("stone", cast.stranger, cast.stranger_child, _their_class(cast), cast.rook)
    with world.at_school_of(elsewhere):
        world.families["stone"] = _lived(cast, elsewhere)
        elsewhere.things["merge"] = merged(elsewhere, cast)
    return world


def _families(cast: Cast) -> list[Family]:
    robins, kingfishers = (cast.robins, cast.nye), (cast.kingfishers, cast.ode)
    nell = Adult.objects.create(organisation=cast.organisation, name="Nell Frost", language="en")
    lost = Adult.objects.create(organisation=cast.organisation, name="Lou Vanish", language="en")
    return [
        Family("warsame", cast.amina, cast.ayan, *kingfishers),
        Family("warsame2", cast.amina, _child(cast, "Asha Warsame", cast.amina, robins[0]), *robins),
        Family("rowe", cast.pat, cast.rory, *kingfishers),
        Family("rowe2", cast.pat, _child(cast, "Robyn Rowe", cast.pat, cast.owls), cast.owls, cast.ode),
        Family("hussain", cast.hina, cast.zara, *kingfishers),
        Family("frost", nell, _child(cast, "Ivy Frost", nell, robins[0]), *robins),
        Family("gone", lost, _child(cast, "Odo Vanish", lost, kingfishers[0]), *kingfishers),
        Family("marsh", cast.dawn, cast.tyler, *kingfishers),
    ]


def _child(cast: Cast, name: str, parent: Adult, group: Group) -> Child:
    child = Child.objects.create(school=cast.school, name=name, called=name.split(maxsplit=1)[0], year="4")
    group.children.add(child)
    _bond(parent, child)
    return child


def _bond(adult: Adult, child: Child) -> Care:
    return Care.objects.create(
        school_id=child.school_id, adult=adult, child=child, standing=Standing.PARENT, responsibility=Tri.YES
    )


def _their_class(cast: Cast) -> Group:
    with scope.only([cast.other_school.pk], organisation=cast.other_organisation.pk):
        group = Group.objects.create(school=cast.other_school, name="Wrens", year="4")
        group.teachers.add(cast.rook)
        group.children.add(cast.stranger_child)
    return group


def _lived(cast: Cast, family: Family) -> Family:
    """One of everything, through the services that make it in a real school."""
    host = cast.actor_of(family.host)
    invited = [invitation_for(cast, family) for _ in range(4)]
    draft, shared, untold = (_booked(cast, invitation) for invitation in invited[:3])
    record = _record(family, draft, by=host)
    told = agree.share(_record(family, shared, by=host), by=host)
    asked = reach.ask(family.adult, STRENGTHS, about=family.child)
    strength = know.add_strength(family.adult, "Baking", language="en", by=host)
    wanted = support.ask_for_help(strength, what="Bake", when_words="", place="", by=host)
    support.answer_help(wanted, yes=True, by=host)
    family.things |= _alone(family, by=host) | {
        "strength": strength,
        "help": wanted,
        "booking": draft,
        "untold": untold,
        "record": record,
        "target": Target.objects.get(record=record),
        "action": Action.objects.get(record=record),
        "summary": told,
    }
    family.things |= around(cast, family.adult, family.child, by=host) | at_home(family, by=host)
    family.things |= meetings(family, invited[3], by=host) | prepared(draft, by=host)
    family.things |= written(family, by=host) | kept(family, cast, told)
    opened = {
        "invitation": ("invite:open", invited[3]),
        "another": ("another:open", family.things["another"]),
        "summary": ("summary:open", told),
        "strengths": ("strengths:tell", asked),
        "help": ("strengths:help", wanted),
        "agreement": ("adviser:open", family.things["agreement"]),
        "own": (OWN_PAGE, family.adult),
        "together": (TOGETHER_OPENS, family.adult),
        "document": (DOCUMENT_OPENS, family.things["document"]),
    }
    opened |= {name: (purpose, family.things[kept]) for name, (purpose, kept) in AT_HOME.items()}
    family.tokens = {name: link_for(family, purpose, subject) for name, (purpose, subject) in opened.items()}
    return family


def _alone(family: Family, *, by: Actor) -> dict[str, Any]:
    """What stands alone: the people and their bond, what waits for the office, and two orders."""
    return {
        "adult": family.adult,
        "child": family.child,
        "group": family.group,
        "care": Care.objects.get(adult=family.adult, child=family.child),
        "text": _came(family),
        "notice": _to_say(family, by=by),
        "delivery": _uncertain(family, by=by),
        "order": _order(family, date.max - timedelta(days=2), by=by),
        "asked": _asked(_order(family, date.max - timedelta(days=1), by=by), family),
    }


def invitation_for(cast: Cast, family: Family) -> Invitation:
    """An event of this family's class, planned by its teacher, to which only they were invited."""
    by = cast.actor_of(family.host)
    cast._days += 1
    plan = meet.Plan(
        kind=Event.Kind.EVENING,
        title="Evening",
        place="Hall",
        days=[clock.today() + timedelta(days=cast._days)],
        begins=time(16),
        ends=time(17),
        minutes=20,
        groups=[family.group],
        hosts=[family.host],
    )
    event = meet.plan_event(plan, school_id=family.child.school_id, by=by)
    return Invitation.objects.create(
        school_id=event.school_id,
        event=event,
        adult=family.adult,
        child=family.child,
        ask=reach.ask(family.adult, "meet.come", about=family.child),
        made_at=clock.now(),
    )


def _booked(cast: Cast, invitation: Invitation) -> Booking:
    slot = Slot.objects.filter(event=invitation.event).earliest("starts_at")
    return meet.book(invitation, slot, wishes=meet.Wishes(), by=_holder(invitation))


def _holder(invitation: Invitation) -> Actor:
    return Actor(
        adult_id=invitation.adult_id,
        schools=frozenset([invitation.school_id]),
        organisation=invitation.school.organisation_id,
        tier=Tier.LINK,
        purpose="invite:open",
        subject=invitation.pk,
    )


def _record(family: Family, booking: Booking, *, by: Actor) -> Record:
    record = agree.open_record(booking, by=by)
    words = EVERYTHING_SAID | {"parent_says": f"{family.said} at home.", "summary_plain": f"{family.said} and more."}
    record = agree.write_down(record, words, seen_version=record.version, by=by)
    soon = clock.today() + timedelta(days=7)
    agree.promise(record, agree.Promise("Find three books", Action.Side.SCHOOL, family.host, soon), by=by)
    agree.add_target(record, text="Read", kind=Target.Kind.ACADEMIC, measure="", review_on=soon, by=by)
    return record


def _to_say(family: Family, *, by: Actor) -> Notice:
    notice = reach.tell(family.adult, given_back, about=family.child, by=by)
    notice.deliveries.all().delete()
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.BY_HAND)
    return notice


def _uncertain(family: Family, *, by: Actor) -> Delivery:
    notice = reach.tell(family.adult, given_back, about=family.child, by=by)
    notice.deliveries.all().delete()
    unsure = {"channel": "email", "state": Delivery.State.UNCERTAIN, "not_before": clock.now()}
    return Delivery.objects.create(school_id=notice.school_id, notice=notice, **unsure)


def _came(family: Family) -> IncomingText:
    return IncomingText.objects.create(
        school_id=family.child.school_id, number="07700 900111", words="Hello", at=clock.now(), adult=family.adult
    )


def _order(family: Family, from_on: date, *, by: Actor) -> Order:
    """An order of a day that nobody lives to see: it has an address, and changes nothing else in this school."""
    return know.record_order(
        family.adult,
        child=family.child,
        bars=frozenset({Bar.WHEREABOUTS}),
        seen_by=family.host,
        from_on=from_on,
        until_on=date.max - timedelta(days=1),
        by=by,
    )


def _asked(order: Order, family: Family) -> Order:
    """The same, where somebody who works here no more has asked to lift it."""
    seen = {"lifting_paper": Paper.ENDED, "lifting_seen_on": clock.today(), "lifting_asked_at": clock.now()}
    Order.objects.filter(pk=order.pk).update(
        lifted_by=Person.objects.create(name=f"Former colleague of {family.key}"), **seen
    )
    return Order.objects.get(pk=order.pk)


def _mailbox_of(adult: Adult) -> ContactPoint:
    """Where a link to them would go; whoever has nothing gets a mailbox."""
    return adult.contact_points.first() or ContactPoint.objects.create(
        organisation_id=adult.organisation_id, adult=adult, channel=Channel.EMAIL, value=f"{adult.pk}@example.org"
    )


def link_for(family: Family, purpose: str, subject: models.Model) -> str:
    """The token of a new link of this family's."""
    token, link = links.new_link(
        family.adult.pk,
        child=None if purpose in (OWN_PAGE, TOGETHER_OPENS) else family.child.pk,
        school_id=family.child.school_id,
        purpose=purpose,
        subject=subject.pk,
        expires_at=clock.now() + timedelta(days=30),
        point=_mailbox_of(family.adult),
    )
    links.keep([link])
    return token


def _restrict(world: World) -> None:
    """Where a thing of Tyler's is an adult, a bond or a link, it is Kev's, from before the order."""
    marsh, kev = world.families["marsh"], world.cast.kev
    his = Family("kev", kev, marsh.child, marsh.group, marsh.host)
    invitation = invitation_for(world.cast, his)
    record = _record_of(his, invitation)
    asked = reach.ask(kev, STRENGTHS, about=marsh.child)
    wanted = Help.objects.create(
        school=world.cast.school,
        adult=kev,
        child=marsh.child,
        ask=reach.ask(kev, HELP, about=marsh.child),
        what="Bake",
        asked_by=marsh.host,
        asked_at=clock.now(),
    )
    strength = know.add_strength(kev, "Football", language="en", by=world.cast.actor_of(marsh.host))
    marsh.things |= {"adult": kev, "care": Care.objects.get(adult=kev)}
    marsh.things |= {"strength": strength, "contact": kev.contact_points.get()}
    marsh.things["told"] = Notice.objects.filter(adult=kev, kind=home_note.name)[0]
    marsh.tokens = {
        "invitation": link_for(his, "invite:open", invitation),
        "another": link_for(his, "another:open", another_for(invitation)),
        "summary": link_for(his, "summary:open", record),
        "strengths": link_for(his, "strengths:tell", asked),
        "help": link_for(his, "strengths:help", wanted),
        "own": link_for(his, OWN_PAGE, kev),
        "together": link_for(his, TOGETHER_OPENS, kev),
        "document": link_for(his, DOCUMENT_OPENS, marsh.things["document"]),
        "agreement": link_for(his, "adviser:open", agreement_of(world.cast, kev, by=world.cast.actor_of(marsh.host))),
    }
    marsh.tokens |= {name: link_for(his, *opens) for name, opens in from_before(his, marsh).items()}


def _record_of(his: Family, invitation: Invitation) -> Record:
    """A record as it was shared before there was an order: no service makes one now."""
    school, booked = invitation.school, clock.now()
    slot = invitation.event.slots.all()[0]
    booking = Booking.objects.create(school=school, slot=slot, invitation=invitation, booked_at=booked)
    return Record.objects.create(
        school=school,
        booking=booking,
        adult=his.adult,
        child=his.child,
        teacher=his.host,
        created_at=booked,
        shared_at=booked,
        shared_number=0,
        understood=reach.ask(his.adult, "agree.sense", about=his.child),
    )


def _delete(gone: Family) -> None:
    """Take every row about this family away, as if none had been."""
    gone.group.children.remove(gone.child)
    for thing in (
        gone.things["event"],
        gone.things["household"],
        gone.adult,
        gone.things["merge"].kept,
        gone.child,
        *(gone.things[kind] for kind in ABOUT_NOBODYS_KEY),
    ):
        _uproot(type(thing), [thing.pk])


def _uproot(model: type[models.Model], ids: list[Any]) -> None:
    """Delete rows with everything that points at them, past all protection."""
    if not ids:
        return
    for pointing in model._meta.related_objects:
        if not pointing.many_to_many:
            other = pointing.related_model
            rows = other._base_manager.filter(**{f"{pointing.field.name}__in": ids})
            _uproot(other, list(rows.values_list("pk", flat=True)))
    for many in model._meta.local_many_to_many:
        if through := many.remote_field.through:
            joins = through._base_manager.filter(**{f"{many.m2m_field_name()}__in": ids})
            joins._raw_delete(joins.db)
    rows = model._base_manager.filter(pk__in=ids)
    rows._raw_delete(rows.db)
