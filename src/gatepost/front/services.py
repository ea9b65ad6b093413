"""What whoever looks after an installation does by command: give somebody a job, give them a password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused, words_of
from gatepost.org.models import Organisation, Person, Role, School, Staff


@transaction.atomic
def found_school(name: str) -> School:
    """A school of its own, for the first person who works there."""
    organisation = Organisation.objects.create(name=name)
    school = School.objects.create(organisation=organisation, name=name)
    audit.record("org.school_founded", school, by=None)
    return school


@transaction.atomic
def appoint(email: str, *, name: str, role: Role, school: School) -> tuple[Staff, bool]:
    """Give somebody a job at a school; says whether that is new. Done twice, it is done once.

    Holds afterwards: exactly one person signs in with this address; they have this job today. An existing person
    keeps their name and their password.
    """
    address = Person.objects.normalize_email(email).lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person.objects.create_user(address, name=name)
    job, fresh = Staff.objects.get_or_create(
        school=school, person=person, role=role, defaults={"from_on": clock.today()}
    )
    ended = job.until_on is not None and job.until_on < clock.today()
    if ended:
        job.until_on = None
        job.save()
    if fresh or ended:
        audit.record("org.appointed", job, by=None, role=role.value)
    return job, fresh or ended


@transaction.atomic
def give_password(person: Person, password: str) -> None:
    """Set somebody's password, if it is a good one. Whoever was signed in with the old one is signed out."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refused(words_of(weak)) from None
    person.set_password(password)
    person.save()
    for job in Staff.objects.filter(person=person).order_by("pk")[:1]:
        audit.record("org.password_set", job, by=None)


def person_of(email: str) -> Person:
    """Who signs in with this address."""
    person = Person.objects.filter(email=Person.objects.normalize_email(email).lower()).first()
    if person is None:
        raise Refused(_("Nobody signs in with %(email)s.") % {"email": email})
    return person
