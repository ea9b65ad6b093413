"""One evening at school, lived twice: what one barred adult may not know happens in one of the two worlds only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from gatepost.agree.models import Record
from gatepost.core import scope
from gatepost.disclosure import Standing, Tri
from gatepost.front.notices import OPENS as OWN_PAGE
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, Group, TimeOfDay
from gatepost.meet import queries as meet_queries
from gatepost.meet.models import Booking, Event, Invitation, Slot
from gatepost.org.actor import Actor, Tier
from gatepost.org.services import ask_to_read
from gatepost.reach.models import PostRoomCopy
from gatepost.selftest.barrier.door import open_the_door
from gatepost.selftest.matrix.cells import plain
from gatepost.selftest.matrix.people import Browser
from gatepost.selftest.matrix.school import Family, invitation_for, link_for
from gatepost.testing import Cast

LINK = re.compile(re.escape(settings.GATEPOST_ORIGIN) + r"(/\S+)")


@dataclass(frozen=True)
class Story:
    """Who must not know, of whom, about which child; and the child that is theirs without any bar."""

    me: str
    other: str
    child: str
    nothing_of_child: bool = False  # an order bars them from everything about the child


STORIES = (
    Story("kev", "dawn", "tyler", nothing_of_child=True),
    Story("mark", "jo", "ella"),
    Story("lee", "lees_ex", "mia"),
)


@dataclass(frozen=True)
class Drawn:
    """What the dice said of a world: both twins are built from it, so they are alike."""

    number: int
    story: Story
    way: str  # how the barred adult is reached: by mail, by text, or not at all
    apart: int  # minutes that staff keep between adults who live apart
    one_mailbox: bool  # both adults still read the family's old mailbox
    conversation: bool
    steps: tuple[tuple[str, int], ...]  # the name of a step and a number for it to draw from


@dataclass
class Ground:
    """What all worlds share."""

    cast: Cast
    kim: Child  # Kev's other child, about whom nothing is kept from him
    classes: dict[str, Group] = field(default_factory=dict)  # by the barred adult
    door: str = ""  # the page at the door of a breakfast
    old_links: dict[str, list[str]] = field(default_factory=dict)  # from before an order; to their own page, too
    nine: datetime = field(default_factory=lambda: timezone.now().replace(hour=9, minute=0, second=0, microsecond=0))


@dataclass
class World:
    """One twin while it is lived."""

    ground: Ground
    cast: Cast
    drawn: Drawn
    me: Adult
    other: Adult
    child: Child
    own_child: Child | None
    group: Group
    started: datetime
    events: list[Event] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)  # channel, what came over it
    browser: Browser = field(default_factory=Browser)
    ticks: int = 0
    planted: str = ""

    # Who is there

    def as_family(self, invitation: Invitation) -> Actor:
        """The adult of an invitation, holding the link to it."""
        return self.cast.family_actor(invitation)

    def reader(self, record: Record) -> Actor:
        """The adult of a record, having proved that it is them."""
        return Actor(
            adult_id=record.adult_id,
            schools=frozenset([self.cast.school.pk]),
            organisation=self.cast.organisation.pk,
            tier=Tier.RECORD,
            purpose="summary:open",
            subject=record.pk,
        )

    def invitations(self, adult: Adult) -> list[Invitation]:
        """All of this adult's, in the order of their events and children."""
        found = Invitation.objects.filter(adult=adult, event__in=self.events).select_related("child", "event")
        order = {event.pk: number for number, event in enumerate(self.events)}
        return sorted(found, key=lambda one: (order[one.event_id], one.child.name))

    def record_of(self, adult: Adult) -> Record | None:
        """What was last written down of a talk with this adult."""
        return Record.objects.filter(adult=adult).order_by("-created_at").first()

    # What comes to me

    def my_letters(self) -> list[PostRoomCopy]:
        """Everything that arrived where I read, whoever it was for."""
        mine = ContactPoint.objects.filter(adult=self.me).values_list("value", flat=True)
        copies = PostRoomCopy.objects.filter(address__in=list(mine)).select_related("delivery__notice")
        return sorted(copies, key=self._when_sent)

    def _when_sent(self, copy: PostRoomCopy) -> tuple[datetime, int, str]:
        """Two letters of one moment go out in no particular order: here it is that of their events."""
        subject = copy.delivery.notice.subject
        invited = Invitation.objects.filter(pk=subject).first() if subject else None
        number = next((at for at, event in enumerate(self.events) if invited and event.pk == invited.event_id), 99)
        return copy.at, number, plain(f"{copy.title} {copy.body}".encode()).decode()

    def my_links(self) -> list[str]:
        """The links that arrived, newest first, each once; and one from before the order."""
        found = [link for copy in self.my_letters() for link in LINK.findall(f"{copy.title}\n{copy.body}")]
        return list(dict.fromkeys(reversed(found))) + self.ground.old_links.get(self.drawn.story.me, [])

    # Time

    @contextmanager
    def at_a_fixed_time(self) -> Iterator[None]:
        """The clock of both twins says the same, and goes on by a minute at each step."""
        cache.clear()
        with (
            mock.patch("gatepost.core.clock.now", lambda: self.started + timedelta(minutes=self.ticks)),
            scope.only([self.cast.school.pk], organisation=self.cast.organisation.pk),
        ):
            yield


def slots_closed_to_me(world: World) -> dict[str, bool]:
    """For every time I am offered, whether it looks taken to me; my own looks free."""
    closed: dict[str, bool] = {}
    for invitation in world.invitations(world.me):
        held = meet_queries.booking_of(invitation)
        for time in meet_queries.times_for(invitation, held):
            key = _name_of(world, invitation.event_id, time.starts_at, time.host)
            closed[key] = closed.get(key, False) or time.taken
    return closed


def take_as_if_by_strangers(world: World, closed: dict[str, bool]) -> None:
    """In the world without the other adult's bookings, other families hold those times."""
    mine = set(
        Booking.objects.filter(invitation__adult=world.me, status="booked").values_list("slot_id", flat=True),
    )
    for slot in Slot.objects.filter(event__in=world.events).select_related("host"):
        name = _name_of(world, slot.event_id, slot.starts_at, slot.host.name)
        taken = int(slot.pk in mine or closed.get(name, slot.taken > 0))
        if slot.taken != taken:
            Slot.objects.filter(pk=slot.pk).update(taken=taken)


def _name_of(world: World, event_id: Any, starts_at: datetime, host: str) -> str:
    number = next(at for at, event in enumerate(world.events) if event.pk == event_id)
    return f"{number} {starts_at.isoformat()} {host}"


def prepare(cast: Cast) -> Ground:
    """A class for each story, Kev's other child, and links from before the order."""
    ground = Ground(cast, Child.objects.create(school=cast.school, name="Kim Marsh", called="Kim", year="4"))
    nia = Adult.objects.create(organisation=cast.organisation, name="Nia Cole", language="en")
    ContactPoint.objects.create(organisation=cast.organisation, adult=nia, channel="email", value="nia@example.org")
    for adult in (cast.kev, nia):
        Care.objects.create(
            school=cast.school, adult=adult, child=ground.kim, standing=Standing.PARENT, responsibility=Tri.YES
        )
    ask_to_read(cast.birch, "ur", school=cast.school, by=cast.actor_of(cast.bell))
    ground.door = open_the_door(cast, ground.nine)
    for story in STORIES:
        cast.has_pin(getattr(cast, story.me))
        cast.has_pin(getattr(cast, story.other))
        group = Group.objects.create(school=cast.school, name=f"Class of {story.child}", year="4")
        group.teachers.add(cast.ode)
        group.children.add(getattr(cast, story.child), cast.zara, *([ground.kim] if story.nothing_of_child else []))
        ground.classes[story.me] = group
        before = Family(story.me, getattr(cast, story.me), getattr(cast, story.child), group, cast.ode)
        ground.old_links[story.me] = [f"/h/{link_for(before, OWN_PAGE, before.adult)}/"]
        if story.nothing_of_child:
            invited = invitation_for(cast, before)
            ground.old_links[story.me].append(f"/i/{link_for(before, 'invite:open', invited)}/")
    cast.deliver()
    PostRoomCopy.objects.all().delete()  # what came before is the same in every world
    return ground


def open_world(ground: Ground, drawn: Drawn) -> World:
    """A twin at its beginning, as the dice said."""
    story, cast = drawn.story, ground.cast
    world = World(
        ground=ground,
        cast=cast,
        drawn=drawn,
        me=getattr(cast, story.me),
        other=getattr(cast, story.other),
        child=getattr(cast, story.child),
        own_child=ground.kim if story.nothing_of_child else None,
        group=ground.classes[story.me],
        started=ground.nine,  # of one day for both, also where the run goes past midnight
    )
    with scope.only([cast.school.pk], organisation=cast.organisation.pk):
        _reads(world, drawn)
    _reach(world, drawn)
    return world


def _reads(world: World, drawn: Drawn) -> None:
    """In some worlds the barred adult reads Urdu, into which somebody puts everything; or times that fit come first."""
    if drawn.number // len(STORIES) % len(STORIES) == 0:
        Adult.objects.filter(pk=world.me.pk).update(language="ur")
        world.me.language = "ur"
    if drawn.number % 2 == 0:
        Adult.objects.filter(pk=world.me.pk).update(times=[TimeOfDay.EVENING, TimeOfDay.MORNING])


def _reach(world: World, drawn: Drawn) -> None:
    """How the barred adult is reached, and whether the two still share a mailbox."""
    owner = world.cast.organisation
    with scope.only([world.cast.school.pk], organisation=owner.pk):
        points = ContactPoint.objects.filter(adult=world.me)
        if drawn.way == "none":
            points.delete()
        elif drawn.way == "text":
            points.update(channel=Channel.SMS, value="+447700900199")
        if drawn.one_mailbox:
            ContactPoint.objects.filter(adult=world.other).delete()
            for adult, rank in ((world.me, 5), (world.other, 1)):
                ContactPoint.objects.create(
                    organisation=owner, adult=adult, channel="email", value="us@example.org", shared=True, rank=rank
                )
