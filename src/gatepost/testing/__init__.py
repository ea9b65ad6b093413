"""The cast of the tests: one small school, its staff and its families, the same in every test.

`build_cast()` makes them; the methods of `Cast` are what tests say most often. The demo school has the same
people among 420 children; here there are only they.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.test import Client, override_settings

from gatepost.core import clock, scope
from gatepost.disclosure import Bar, Standing, Tri
from gatepost.exchange.demo.cast import ADULTS, CARES, CHILDREN, ONE_PHONE, PIN
from gatepost.exchange.roster.relationships import standing_of
from gatepost.know.models import Adult, Care, Channel, Child, ContactPoint, Group
from gatepost.know.services import record_order
from gatepost.meet import services as meet
from gatepost.meet.models import Event, Invitation, Slot
from gatepost.org.actor import Actor, Tier
from gatepost.org.door import ACTING_AS, acting
from gatepost.org.models import Organisation, Person, Role, School, Staff, Strand
from gatepost.org.permissions import leading
from gatepost.org.queries import hats_of
from gatepost.org.services import give_strand
from gatepost.org.session import Proof, prove
from gatepost.reach.delivery.sender import send_due
from gatepost.reach.models import Delivery, Notice, Pin, PostRoomCopy
from gatepost.reach.services import proofs
from gatepost.testing.looking import as_written
from gatepost.testing.staff import LONG_AGO, advice, staff_of

POST_ROOM = "gatepost.reach.channels.postroom.PostRoom"


@dataclass(kw_only=True)
class Cast:
    """Everybody in the tests by first name, and what tests ask of them. Use it inside `cast_scope`."""

    organisation: Organisation
    school: School
    other_organisation: Organisation
    other_school: School
    kingfishers: Group  # Ms Ode's class: all children of the cast
    robins: Group  # Mr Nye's class: nobody of the cast
    owls: Group  # Pat's class: nobody of the cast

    ode: Person  # teaches Kingfishers
    finch: Person  # runs the office
    nye: Person  # a colleague without the right
    bell: Person  # the head
    rook: Person  # the head of another school
    pat_person: Person  # Pat as a member of staff
    adeyemi: Person  # the SENCO
    cole: Person  # leads on safeguarding
    kent: Person  # a key worker, on nobody's team yet
    frost: Person  # a parent support worker, on nobody's team yet
    birch: Person  # watches over lunch
    quill: Person  # a governor
    hale: Person  # of the local authority

    service: Organisation  # an independent advice service
    ferris: Person  # advises families there; no family has agreed yet

    ayan: Child
    zara: Child
    ella: Child
    tyler: Child
    mia: Child
    owen: Child
    lily: Child
    kai: Child
    yusuf: Child
    ines: Child
    rory: Child
    finn: Child
    stranger_child: Child  # at the other school

    amina: Adult  # Somali, an old phone
    hina: Adult  # Urdu, a phone
    bilal: Adult  # Urdu, lives with Hina
    jo: Adult  # separated; Ella lives with her
    mark: Adult  # separated; lives elsewhere
    kev: Adult  # barred from everything
    dawn: Adult  # Tyler's mother
    lee: Adult  # barred from contact with Mia's mother only
    lees_ex: Adult  # Mia's mother
    ruth: Adult  # deaf, signs
    foster: Adult  # foster carer
    gran: Adult  # a grandmother who cares
    noor: Adult  # one phone …
    sami: Adult  # … for two adults
    nadia: Adult  # no phone, no mailbox
    pat: Adult  # parent and teacher
    una: Adult  # responsibility unknown
    em: Adult  # emergency contact only
    rel: Adult  # relationship unknown
    stranger: Adult  # of the other organisation

    _days: int = field(default=6)

    # Who acts

    def actor_of(self, person: Person, role: str | None = None) -> Actor:
        """Somebody of staff, in their first role (or the one named)."""
        hat = next((hat for hat in hats_of(person) if role in (None, hat.role)), None)
        return acting(person, hat) if hat else Actor(person_id=person.pk)

    def lead_of(self, person: Person, strand: Strand) -> Actor:
        """Somebody of staff to whom the head hands a strand, acting as its lead."""
        give_strand(person, strand, school=self.school, by=self.actor_of(self.bell))
        return acting(person, next(hat for hat in hats_of(person) if hat.role == leading(strand)))

    def family_actor(self, invitation: Invitation) -> Actor:
        """The adult of an invitation, holding the link to it."""
        return Actor(
            adult_id=invitation.adult_id,
            schools=frozenset([self.school.pk]),
            organisation=self.organisation.pk,
            tier=Tier.LINK,
            purpose="invite:open",
            subject=invitation.pk,
        )

    def sign_in(self, client: Client, person: Person, role: str | None = None) -> Client:
        """Sign somebody of staff in, as if with a second factor, in their first role (or the one named)."""
        return sign_in(client, person, role)

    # What they do

    def event(self, **kw: Any) -> Event:
        """A parents' evening of Ms Ode for Kingfishers, on a day of its own. `kw`: fields of `meet.services.Plan`."""
        by: Actor = kw.pop("by", None) or self.actor_of(self.ode)
        self._days += 1
        plan: dict[str, Any] = {
            "kind": Event.Kind.EVENING,
            "title": "Parents’ evening",
            "place": "School hall",
            "days": [clock.today() + timedelta(days=self._days)],
            "begins": time(16, 0),
            "ends": time(18, 0),
            "minutes": 10,
            "groups": [self.kingfishers],
            "hosts": [self.ode],
        } | kw
        return meet.plan_event(meet.Plan(**plan), school_id=self.school.pk, by=by)

    def slot(self, **kw: Any) -> Slot:
        """The first free time of an event (`event=`, else a new one); any column of `Slot` may be named."""
        event: Event = kw.pop("event", None) or self.event()
        slot = event.slots.filter(taken=0).order_by("starts_at").first()
        assert slot, "no free time is left"
        for name, value in kw.items():
            setattr(slot, name, value)
        slot.save()
        return slot

    def invite_all(self, event: Event | None = None) -> list[Invitation]:
        """Mrs Finch sends the invitations of an event (else of a new one)."""
        return meet.invite(event or self.event(), by=self.actor_of(self.finch))

    def invitation(self, adult: Adult, child: Child | None = None, event: Event | None = None) -> Invitation:
        """This adult's newest invitation; everybody is invited first where they have none."""
        found = self._invitations(adult, child, event).first()
        if found is None:
            self.invite_all(event)
            found = self._invitations(adult, child, event).first()
        assert found, f"{adult} is not invited"
        return found

    def _invitations(self, adult: Adult, child: Child | None, event: Event | None) -> QuerySet[Invitation]:
        found = Invitation.objects.filter(adult=adult)
        found = found.filter(child=child) if child else found
        return (found.filter(event=event) if event else found).order_by("-made_at")

    def families(self, count: int, group: Group | None = None) -> list[Child]:
        """So many more children with one parent each, for counting queries. Adults have a mailbox each."""
        school, organisation, group = self.school, self.organisation, group or self.kingfishers
        start = Child.objects.count()
        numbers = range(start, start + count)
        children = [Child(school=school, name=f"Child {n}", called=f"Child {n}", year="4") for n in numbers]
        adults = [Adult(organisation=organisation, name=f"Adult {n}", language="en") for n in numbers]
        Child.objects.bulk_create(children)
        Adult.objects.bulk_create(adults)
        group.children.add(*children)
        pairs = zip(adults, children, strict=True)
        Care.objects.bulk_create([_parent(adult, child) for adult, child in pairs])
        addressed = zip(adults, numbers, strict=True)
        ContactPoint.objects.bulk_create([_mailbox(adult, f"a{n}@example.org") for adult, n in addressed])
        return children

    # What reached them

    def told(self, adult: Adult) -> list[Notice]:
        """All that was promised to be told to this adult, oldest first."""
        return list(Notice.objects.filter(adult=adult).order_by("created_at", as_written("pk"), "id"))

    def deliver(self) -> int:
        """Hand everything that is due to the post room."""
        with override_settings(GATEPOST_DEMO=True, GATEPOST_CHANNELS={"email": POST_ROOM, "sms": POST_ROOM}):
            return send_due(self.school)

    def letters(self, adult: Adult) -> list[str]:
        """The texts that reach this adult, oldest first; a mail's title is its first line. Others wait meanwhile."""
        others = Delivery.objects.filter(state=Delivery.State.QUEUED).exclude(notice__adult=adult)
        waiting = list(others.values_list("pk", flat=True))
        others.update(not_before=F("not_before") + timedelta(days=1000))
        self.deliver()
        Delivery.objects.filter(pk__in=waiting).update(not_before=F("not_before") - timedelta(days=1000))
        copies = PostRoomCopy.objects.filter(delivery__notice__adult=adult).order_by(
            "at", as_written("delivery__notice"), "id"
        )
        return ["\n".join(filter(None, [copy.title, copy.body])) for copy in copies]

    def link(self, adult: Adult) -> str:
        """The path of the newest link that has reached this adult, and is not there to end something."""
        found = re.findall(re.escape(settings.GATEPOST_ORIGIN) + r"(/(?!u/)\S+)", "\n".join(self.letters(adult)))
        assert found, f"no link has reached {adult}"
        return str(found[-1])

    def code(self, adult: Adult) -> str:
        """The newest six-digit code that has reached this adult."""
        found = re.findall(r"(?<![\w/-])(\d{6}|\d{3} \d{3})(?![\w-])", "\n".join(self.letters(adult)))
        assert found, f"no code has reached {adult}"
        return str(found[-1]).replace(" ", "")

    def has_pin(self, adult: Adult, digits: str = PIN) -> None:
        """This adult has chosen a PIN, sitting with Mrs Finch."""
        care = Care.objects.filter(adult=adult, ended_on=None).first()
        assert care, f"{adult} cares for nobody"
        proofs.choose_pin(adult, digits, about=care.child, by=self.actor_of(self.finch))

    def open_record(self, client: Client, adult: Adult, link: str = "") -> str:
        """Open a link of this adult (else their newest) with a code and their PIN, and return its address."""
        link = link or self.link(adult)
        if not Pin.objects.filter(adult=adult).exists():
            self.has_pin(adult)
        client.post(link, {"send": "1"})
        client.post(link, {"code": self.code(adult), "pin": PIN})
        return link


def sign_in(client: Client, person: Person, role: str | None = None) -> Client:
    """Sign somebody in, as if with a second factor, in their first role (or the one named)."""
    client.force_login(person)
    session = client.session
    prove(session, Proof.SECOND_FACTOR)
    if role:
        session[ACTING_AS] = next(hat.key for hat in hats_of(person) if hat.role == role)
    session.save()
    return client


@contextmanager
def cast_scope(cast: Cast) -> Iterator[Cast]:
    """Work with the rows of the cast's school."""
    with scope.only([cast.school.pk], organisation=cast.organisation.pk):
        yield cast


def build_cast() -> Cast:
    """Make everybody, in the test's own transaction."""
    organisation = Organisation.objects.create(name="Elm Park")
    school = School.objects.create(
        organisation=organisation, name="Elm Park", office_name="Mrs Finch", office_phone="0113 496 0000"
    )
    with scope.only([school.pk], organisation=organisation.pk):
        staff = staff_of(school)
        groups = _groups(school, staff)
        families = _families(school, staff, groups["kingfishers"])
        _orders(families, staff["bell"])
    everybody: dict[str, Any] = {**_elsewhere(), **advice(), **staff, **groups, **families}
    return Cast(organisation=organisation, school=school, **everybody)


def _groups(school: School, staff: dict[str, Person]) -> dict[str, Group]:
    taught = {"kingfishers": "ode", "robins": "nye", "owls": "pat_person"}
    groups = {name: Group(school=school, name=name.title(), year="4") for name in taught}
    Group.objects.bulk_create(groups.values())
    for name, teacher in taught.items():
        groups[name].teachers.add(staff[teacher])
    return groups


def _families(school: School, staff: dict[str, Person], group: Group) -> dict[str, Any]:
    organisation = school.organisation
    children = {
        key: Child(school=school, name=name, called=name.split()[0], year="4", source_key=f"P-{key}")
        for key, name in CHILDREN.items()
    }
    adults = {
        row.key: Adult(organisation=organisation, name=row.name, language=row.language, interpreter=row.interpreter)
        for row in ADULTS
    }
    adults["pat"].person = staff["pat_person"]
    Child.objects.bulk_create(children.values())
    Adult.objects.bulk_create(adults.values())
    group.children.set(children.values())
    ContactPoint.objects.bulk_create(
        [_phone(adults[row.key], row.mobile) for row in ADULTS if row.mobile]
        + [_mailbox(adults[row.key], row.email) for row in ADULTS if row.email]
    )
    Care.objects.bulk_create(_cares(school, children, adults))
    return {**children, **adults}


def _cares(school: School, children: dict[str, Child], adults: dict[str, Adult]) -> list[Care]:
    ranks: Counter[str] = Counter()
    made = []
    for row in CARES:
        ranks[row.child] += 1
        made.append(
            Care(
                school=school,
                adult=adults[row.adult],
                child=children[row.child],
                relationship=row.relationship,
                standing=standing_of(row.relationship, responsibility=row.responsibility, lives_with=row.lives_with),
                responsibility=row.responsibility,
                lives_with=row.lives_with,
                rank=ranks[row.child],
                from_source=True,
            )
        )
    return made


def _parent(adult: Adult, child: Child) -> Care:
    return Care(
        school_id=child.school_id,
        adult=adult,
        child=child,
        relationship="mother",
        standing=Standing.PARENT,
        responsibility=Tri.YES,
        lives_with=Tri.YES,
        rank=1,
        from_source=True,
    )


def _phone(adult: Adult, value: str) -> ContactPoint:
    owner, shared = adult.organisation, value == ONE_PHONE
    return ContactPoint(
        organisation=owner, adult=adult, channel=Channel.SMS, value=value, shared=shared, confirmed_at=clock.now()
    )


def _mailbox(adult: Adult, value: str) -> ContactPoint:
    owner = adult.organisation
    return ContactPoint(
        organisation=owner, adult=adult, channel=Channel.EMAIL, value=value, rank=2, confirmed_at=clock.now()
    )


def _orders(families: dict[str, Any], head: Person) -> None:
    seen: dict[str, Any] = {"seen_by": head, "from_on": LONG_AGO, "by": None}
    record_order(families["kev"], child=families["tyler"], bars=frozenset({Bar.EVERYTHING}), **seen)
    record_order(
        families["lee"],
        child=families["mia"],
        bars=frozenset({Bar.CONTACT_WITH_ADULT}),
        keeps_apart_from=families["lees_ex"],
        **seen,
    )


def _elsewhere() -> dict[str, Any]:
    """Another school of another organisation, whose head is Mr Rook."""
    organisation = Organisation.objects.create(name="Ash Grove")
    school = School.objects.create(organisation=organisation, name="Ash Grove")
    rook = Person.objects.create_user("rook@ashgrove.example.org", name="Mr Rook")
    Staff.objects.create(school=school, person=rook, role=Role.HEAD, from_on=LONG_AGO)
    with scope.only([school.pk], organisation=organisation.pk):
        child = Child.objects.create(school=school, name="Max Stone", called="Max", year="4")
        adult = Adult.objects.create(organisation=organisation, name="Vera Stone", language="en")
        _mailbox(adult, "vera.stone@example.org").save()
        _parent(adult, child).save()
    return {
        "other_organisation": organisation,
        "other_school": school,
        "rook": rook,
        "stranger_child": child,
        "stranger": adult,
    }


__all__ = ["LONG_AGO", "PIN", "Cast", "build_cast", "cast_scope"]
