"""Who works at the school of the cast, one for each role, and the adviser who works at none."""

from __future__ import annotations

from datetime import date
from typing import Any

from gatepost.org.models import Adviser, Organisation, Person, Role, School, Staff

LONG_AGO = date(2020, 9, 1)

STAFF = {
    "ode": ("Ms Ode", Role.TEACHER),
    "finch": ("Mrs Finch", Role.OFFICE),
    "nye": ("Mr Nye", Role.TEACHER),
    "bell": ("Mrs Bell", Role.HEAD),
    "pat_person": ("Pat Rowe", Role.TEACHER),
    "adeyemi": ("Ms Adeyemi", Role.SENCO),
    "cole": ("Mr Cole", Role.SAFEGUARDING),
    "kent": ("Mr Kent", Role.KEY_WORKER),
    "frost": ("Miss Frost", Role.SUPPORT_WORKER),
    "birch": ("Mrs Birch", Role.SUPPORT_STAFF),
    "quill": ("Mr Quill", Role.GOVERNOR),
    "hale": ("Mrs Hale", Role.LA_OFFICER),
}


def staff_of(school: School) -> dict[str, Person]:
    """Everybody who works at the school, by key."""
    people = {
        key: Person(name=name, email=f"{name.split()[-1].lower()}@elmpark.example.org", password="!")
        for key, (name, _) in STAFF.items()
    }
    Person.objects.bulk_create(people.values())
    Staff.objects.bulk_create(
        [Staff(school=school, person=people[k], role=role, from_on=LONG_AGO) for k, (_, role) in STAFF.items()]
    )
    return people


def advice() -> dict[str, Any]:
    """An independent advice service, and Ms Ferris, who advises there."""
    service = Organisation.objects.create(name="Elmshire SENDIASS", kind=Organisation.Kind.ADVISER)
    ferris = Person.objects.create_user("ferris@advice.example.org", name="Ms Ferris")
    Adviser.objects.create(organisation=service, person=ferris, from_on=LONG_AGO)
    return {"service": service, "ferris": ferris}
