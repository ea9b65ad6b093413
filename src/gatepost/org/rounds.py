"""Work in the background, school by school."""

from __future__ import annotations

from collections.abc import Callable

from gatepost.core import scope
from gatepost.core.each import do_each
from gatepost.org.models import School


def at_every_school(work: Callable[[School], object]) -> None:
    """Do it at each school, with nothing but that school in scope. A mistake at one is raised after all the others."""

    def there(school: School) -> None:
        with scope.only([school.pk], organisation=school.organisation_id):
            work(school)

    do_each(School.objects.all(), there)
