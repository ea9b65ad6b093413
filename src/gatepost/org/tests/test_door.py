"""The page door: no rule, no page; a stranger gets 404; one acting role at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from gatepost.core import clock
from gatepost.know.models import Child
from gatepost.org.actor import Actor
from gatepost.org.door import ActorMiddleware, RuleMissing, actor_of
from gatepost.org.models import Role, Staff
from gatepost.testing import Cast

PEOPLE = [("finch", 200), ("bell", 200), ("ode", 200), ("nye", 403), ("rook", 404)]


@pytest.mark.parametrize(("who", "status"), PEOPLE)
def test_an_event_opens_for_those_it_concerns(cast: Cast, client: Client, who: str, status: int) -> None:
    event = cast.event()
    cast.sign_in(client, getattr(cast, who))
    assert client.get(f"/meet/events/{event.pk}/").status_code == status


def test_somebody_who_is_not_signed_in_is_asked_to_sign_in(cast: Cast, client: Client) -> None:
    event = cast.event()
    answer = client.get(f"/meet/events/{event.pk}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def test_a_view_without_a_rule_is_not_served() -> None:
    def bare(request: object) -> HttpResponse:
        return HttpResponse()

    middleware = ActorMiddleware(lambda request: HttpResponse())
    with pytest.raises(RuleMissing):
        middleware.process_view(RequestFactory().get("/"), bare, (), {})


def test_somebody_with_two_jobs_acts_in_one_of_them(cast: Cast, client: Client) -> None:
    Staff.objects.create(school=cast.school, person=cast.ode, role=Role.HEAD, from_on=clock.today())
    cast.sign_in(client, cast.ode, Role.TEACHER)
    assert client.get("/measure/attendance/").status_code == 403
    cast.sign_in(client, cast.ode, Role.HEAD)
    assert client.get("/measure/attendance/").status_code == 200


def test_who_has_left_is_nobody(cast: Cast, client: Client) -> None:
    cast.sign_in(client, cast.ode)
    Staff.objects.filter(person=cast.ode).update(until_on=clock.today() - timedelta(days=1))
    assert client.get("/meet/").status_code == 302


def test_a_teacher_who_is_a_parent_never_opens_their_own_child_as_staff(cast: Cast) -> None:
    from gatepost.know.rules import children_open_to

    assert cast.owls.teachers.filter(pk=cast.pat_person.pk).exists()
    own = Child.objects.filter(cares__adult=cast.pat).get()
    own.groups.add(cast.owls)
    assert own not in children_open_to(cast.actor_of(cast.pat_person))
    assert own in children_open_to(cast.actor_of(cast.ode))


def test_nobody_is_an_actor_without_schools() -> None:
    request = RequestFactory().get("/")
    request.user = object()  # type: ignore[assignment]
    assert actor_of(request) == Actor()
