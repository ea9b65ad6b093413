"""`gatepost add_adviser`."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gatepost.org.models import Adviser
from gatepost.testing import Cast


def run(**options: object) -> str:
    out = io.StringIO()
    call_command("add_adviser", stdout=out, **options)
    return out.getvalue()


def test_a_service_and_its_adviser_are_made_once(db: None) -> None:
    asked = {"email": "lark@advice.example.org", "name": "Mr Lark", "service": "Advice"}
    with pytest.raises(CommandError, match="--create-service"):
        run(**asked)
    assert "now advises families for Advice" in run(**asked, create_service=True)
    assert "already advises" in run(**asked)
    assert Adviser.objects.get().organisation.kind == "adviser"


def test_somebody_of_a_school_cannot(cast: Cast) -> None:
    with pytest.raises(CommandError, match="works at a school"):
        run(email=cast.nye.email, name="x", service=cast.service.name)
    with pytest.raises(CommandError, match="not an e-mail"):
        run(email="x", name="x", service=cast.service.name)
