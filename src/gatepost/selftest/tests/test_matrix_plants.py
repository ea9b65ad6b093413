"""The matrix finds a door left open, a door that is shut, a name too many, a change too many, a word too many."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.models import QuerySet
from pytest_django.plugin import DjangoDbBlocker

from gatepost.agree.models import Record
from gatepost.know.models import Child
from gatepost.selftest import Wanted, matrix
from gatepost.selftest.matrix.cells import Player, every_cell
from gatepost.selftest.matrix.policy import read
from gatepost.selftest.matrix.school import build
from gatepost.testing import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.page]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """What is refused on purpose is not logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def player(cast_of_module: Cast, django_db_blocker: DjangoDbBlocker) -> Player:
    """Everybody who comes to a page, signed in once for all these stories."""
    with django_db_blocker.unblock():
        return Player(build(cast_of_module))


def wrong_at(player: Player, name: str, method: str = "GET") -> str:
    """What the self test says of this address and method, every cell of them."""
    policy = read()
    policy.routes = {name: policy.routes[name]}
    tried = [cell for cell in every_cell(policy) if cell.method == method]
    return "; ".join(matrix.wrong(policy, tried, player, Wanted(seed=1, count=1)))


def test_a_door_left_open_is_found(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.agree import rules

    def all_of_them(actor: object) -> QuerySet[Record]:
        return Record.objects.all()

    monkeypatch.setattr(rules, "records_open_to", all_of_them)
    assert "opens instead of no" in wrong_at(player, "agree:record")


def test_a_teacher_who_is_locked_out_is_found(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.agree import rules

    monkeypatch.setattr(rules, "records_open_to", lambda actor: Record.objects.none())
    assert "teacher: GET agree:record (own): no instead of opens" in wrong_at(player, "agree:record")


def test_a_list_that_names_another_teachers_children_is_found(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.meet import rules

    monkeypatch.setattr(rules, "children_open_to", lambda actor: Child.objects.all())
    assert "names " in wrong_at(player, "meet:event")


def test_a_refusal_that_changed_something_is_found(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.agree import rules

    monkeypatch.setattr(rules, "actions_settled_by", lambda actor: SimpleNamespace(filter=touching))
    found = wrong_at(player, "agree:kept", "POST")
    assert "changed agree_action" in found


@pytest.mark.parametrize("name", ["own:strength", "front:send_own_page"])
def test_an_adults_own_page_opens_to_that_adult_alone(player: Player, name: str) -> None:
    assert wrong_at(player, name, "POST") == ""


def touching(**which: Any) -> Any:
    from gatepost.agree.models import Action

    Action.objects.filter(**which).update(text="touched")
    return Action.objects.none()


def test_a_not_found_that_tells_more_is_found(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    from gatepost.org import door

    found_there = door.get_object_or_404

    def telling(rows: Any, **which: Any) -> Any:
        if not rows.filter(**which).exists() and rows.model._base_manager.filter(**which).exists():
            raise door.PermissionDenied
        return found_there(rows, **which)

    monkeypatch.setattr(door, "get_object_or_404", telling)
    assert "no instead of none" in wrong_at(player, "agree:record")
