"""Builds the demonstration school: its roster comes in by the same road as any other, and the rest by services."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from gatepost.core import clock, scope
from gatepost.core.errors import Refused
from gatepost.disclosure import Bar
from gatepost.exchange.demo import cast
from gatepost.exchange.demo.past import fill_past
from gatepost.exchange.demo.roster import STAFF_MAIL, write_roster
from gatepost.exchange.demo.said import fill_said
from gatepost.exchange.roster.services import take_over
from gatepost.know.models import Adult, Child, ContactPoint, TeamMember
from gatepost.know.services import record_order
from gatepost.know.services.contacts import CONFIRM_AGAIN_AFTER
from gatepost.org.actor import Actor, Tier
from gatepost.org.models import Adviser, Organisation, Person, Role, School, Staff
from gatepost.reach.services import proofs

NAME = "Elm Park Primary"
KEY = "demo:elm-park"
ROSTER = "elm-park-roster.csv"
OFFICE = {
    "Mrs Finch": Role.OFFICE,
    "Mrs Bell": Role.HEAD,
    "Ms Adeyemi": Role.SENCO,
    "Mr Cole": Role.SAFEGUARDING,
    "Mr Kent": Role.KEY_WORKER,
    "Miss Frost": Role.SUPPORT_WORKER,
    "Mrs Birch": Role.SUPPORT_STAFF,
    "Mr Quill": Role.GOVERNOR,
    "Mrs Hale": Role.LA_OFFICER,
}
ADVICE = "Elmshire SENDIASS"


def demo_school() -> School | None:
    """The demonstration school, where it has been built."""
    return School.objects.filter(source_key=KEY).first()


def refuse_beside_real_schools() -> None:
    """The demonstration hands out every role, so it never shares a data folder with a school that is not made up."""
    real = School.objects.exclude(source_key=KEY).first()
    if real:
        raise Refused(
            f"This data folder holds {real.name}, which is not the demonstration school. Nothing was changed. "
            "Give the demonstration a folder of its own: set GATEPOST_DATA."
        )


def build_demo(data_folder: Path) -> School:
    """Build the demonstration school, unless it is there.

    Holds afterwards: the roster lies in the data folder as any school could send it; everybody in it is known through
    the import; orders, office and head are added; nobody has a password.
    """
    refuse_beside_real_schools()
    built = demo_school()
    if built:
        return built
    data_folder.mkdir(parents=True, exist_ok=True)
    path = data_folder / ROSTER
    write_roster(path)
    with transaction.atomic():
        school = _school()
        report = take_over(path, school=NAME, by=None)
        if not report.ok:
            raise Refused(" ".join(report.as_text()))
        with scope.only([school.pk], organisation=school.organisation_id):
            people = _office(school)
            _orders(people["Mrs Bell"])
            _team(people["Mr Kent"])
            _proofs(school, people["Mrs Finch"])
            fill_past(school)
            fill_said(school)
        _advice()
    return school


def _school() -> School:
    organisation = Organisation.objects.create(name=NAME, source_key=KEY)
    return School.objects.create(
        organisation=organisation, name=NAME, office_name="Mrs Finch", office_phone="0113 496 0000", source_key=KEY
    )


def _office(school: School) -> dict[str, Person]:
    people = {}
    for name, role in OFFICE.items():
        email = STAFF_MAIL.format(name.split()[-1].lower())
        people[name] = Person.objects.create_user(email, name=name)
        Staff.objects.create(school=school, person=people[name], role=role, from_on=date(2020, 9, 1))
    return people


def _team(key_worker: Person) -> None:
    """Mr Kent is Ayan's key worker."""
    child = Child.objects.get(name=cast.CHILDREN["ayan"])
    TeamMember.objects.create(
        school_id=child.school_id, child=child, person=key_worker, role="key worker", from_on=date(2020, 9, 1)
    )


def _advice() -> None:
    """An advice service outside the school, and Ms Ferris, who advises there."""
    service = Organisation.objects.create(name=ADVICE, kind=Organisation.Kind.ADVISER)
    ferris = Person.objects.create_user(STAFF_MAIL.format("ferris"), name="Ms Ferris")
    Adviser.objects.create(organisation=service, person=ferris, from_on=date(2020, 9, 1))


def _orders(head: Person) -> None:
    """What a court has ordered, and somebody at the school has seen: a roster cannot carry it."""
    names = {row.key: row.name for row in cast.ADULTS}
    adults = {
        key: Adult.objects.get(source_key__endswith=f":C-{key}", name=names[key]) for key in ("kev", "lee", "lees_ex")
    }
    children = {key: Child.objects.get(name=cast.CHILDREN[key]) for key in ("tyler", "mia")}
    begun = clock.today() - timedelta(days=100)
    record_order(
        adults["kev"],
        child=children["tyler"],
        bars=frozenset({Bar.EVERYTHING}),
        seen_by=head,
        from_on=begun,
        by=None,
    )
    record_order(
        adults["lee"],
        child=children["mia"],
        bars=frozenset({Bar.CONTACT_WITH_ADULT}),
        keeps_apart_from=adults["lees_ex"],
        seen_by=head,
        from_on=begun,
        by=None,
    )


def _proofs(school: School, finch: Person) -> None:
    """Families have shown which telephones and mailboxes reach them; Amina chose a PIN with Mrs Finch."""
    ContactPoint.objects.update(confirmed_at=clock.now(), confirm_again_on=clock.today() + CONFIRM_AGAIN_AFTER)
    (job,) = finch.jobs.filter(school=school)
    by = Actor(
        person_id=finch.pk,
        schools=frozenset([school.pk]),
        organisation=school.organisation_id,
        acting_role=job.role,
        tier=Tier.STAFF,
    )
    for key in ("amina", "hina", "jo", "lee", "dawn"):
        adult = Adult.objects.get(source_key__endswith=f":C-{key}")
        care = adult.cares.filter(ended_on=None).select_related("child").get()
        proofs.keep_pin(adult, cast.PIN, where=care.child, by=by)
