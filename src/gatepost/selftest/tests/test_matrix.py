"""The matrix finds a door left open, a page that nobody wrote down, and a role of which nobody thought."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import QuerySet

from gatepost import selftest
from gatepost.agree.models import Record
from gatepost.know.models import Child
from gatepost.org.models import Role
from gatepost.selftest import matrix
from gatepost.selftest.matrix import cells
from gatepost.selftest.matrix.people import WHO
from gatepost.selftest.matrix.policy import CLASSES, EVERYBODY, PolicyError, read
from gatepost.testing.staff import STAFF

SEED = 20261122


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is refused on purpose, a thousand times, is not logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def tried(monkeypatch: pytest.MonkeyPatch, name: str, method: str = "GET") -> dict[str, Any]:
    """The self test over this address and method alone, every cell of them."""
    policy = read()
    policy.routes = {name: policy.routes[name]}
    monkeypatch.setattr(cells, "METHODS", (method,))
    monkeypatch.setattr(matrix, "read", lambda: policy)
    monkeypatch.setattr(matrix, "forgotten", lambda policy: [])
    return selftest.run("matrix", seed=SEED)


@pytest.mark.django_db
def test_a_drawn_part_of_the_matrix_is_as_the_page_says() -> None:
    found = selftest.run("matrix", seed=SEED, count=700)
    assert found["failures"] == 0, found["example"]
    assert found["cells"] == 700 < found["of"]


def test_every_address_stands_on_the_page_and_every_cell_says_something() -> None:
    policy = read()
    assert matrix.forgotten(policy) == []
    assert len(cells.every_cell(policy)) > 10_000


def test_every_role_of_the_school_has_its_part() -> None:
    played = {STAFF[who.staff][1] for who in WHO if who.staff in STAFF}
    assert set(Role.values) <= played, "add a line to selftest/matrix/people.py"


def test_no_line_of_the_page_is_for_somebody_who_has_no_part() -> None:
    policy = read()
    known = {who.role for who in WHO} | {EVERYBODY, ""}
    lines = [*policy.frames.values(), *(route.lines for route in policy.routes.values())]
    assert not {role for each in lines for role in each} - known


def test_an_address_that_is_not_on_the_page_is_a_failure() -> None:
    policy = read()
    del policy.routes["agree:record"]
    assert matrix.forgotten(policy) == ["agree:record"]


def test_a_line_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(PolicyError, match="count"):
        read("\n== names of children\n  head    yes yes no\n")


@pytest.mark.django_db
def test_a_door_left_open_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.agree import rules

    def all_of_them(actor: object) -> QuerySet[Record]:
        return Record.objects.all()

    monkeypatch.setattr(rules, "records_open_to", all_of_them)
    found = tried(monkeypatch, "agree:record")
    assert found["failures"] and "opens instead of no" in found["example"]


@pytest.mark.django_db
def test_a_teacher_who_is_locked_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.agree import rules

    monkeypatch.setattr(rules, "records_open_to", lambda actor: Record.objects.none())
    assert "teacher: GET agree:record (own): no instead of opens" in tried(monkeypatch, "agree:record")["example"]


@pytest.mark.django_db
def test_a_list_that_names_another_teachers_children_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.meet import rules

    monkeypatch.setattr(rules, "children_open_to", lambda actor: Child.objects.all())
    assert "names " in tried(monkeypatch, "meet:event")["example"]


@pytest.mark.django_db
def test_a_refusal_that_changed_something_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.agree import rules

    monkeypatch.setattr(rules, "actions_settled_by", lambda actor: SimpleNamespace(filter=touching))
    found = tried(monkeypatch, "agree:kept", "POST")
    assert "changed agree_action" in found["example"]


def touching(**which: Any) -> Any:
    from gatepost.agree.models import Action

    Action.objects.filter(**which).update(text="touched")
    return Action.objects.none()


@pytest.mark.django_db
def test_a_not_found_that_tells_more_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.org import door

    found_there = door.get_object_or_404

    def telling(rows: Any, **which: Any) -> Any:
        if not rows.filter(**which).exists() and rows.model._base_manager.filter(**which).exists():
            raise door.PermissionDenied
        return found_there(rows, **which)

    monkeypatch.setattr(door, "get_object_or_404", telling)
    assert "no instead of none" in tried(monkeypatch, "agree:record")["example"]


def test_the_columns_are_those_of_the_promise() -> None:
    assert set(CLASSES) == {"own", "sibling", "same class", "other class", "elsewhere", "deleted", "restricted"}
