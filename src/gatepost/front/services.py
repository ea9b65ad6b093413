"""What whoever looks after an installation does by command: give somebody a job, give them a password."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit
from gatepost.core.errors import Refused, words_of
from gatepost.front import sessions
from gatepost.org.models import Organisation, Person, School, Staff


@transaction.atomic
def found_school(name: str) -> School:
    """A school of its own, for the first person who works there."""
    organisation = Organisation.objects.create(name=name)
    school = School.objects.create(organisation=organisation, name=name)
    audit.record("org.school_founded", school, by=None)
    return school


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


@transaction.atomic
def reset_second_factor(person: Person) -> int:
    """Take away every second factor of somebody who has lost them; says how many rows that were.

    Holds afterwards: they are signed in nowhere, and a password alone opens only the pages that set up a new one.
    """
    taken: int
    taken, _kinds = Authenticator.objects.filter(user=person).delete()
    sessions.end(person, by=None)
    audit.record("org.second_factor_reset", person, by=None, count=taken)
    return taken
