"""`gatepost rotate_keys` makes a key, seals with it, and keeps the old one."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

from gatepost.core import keys, scope
from gatepost.testing import Cast


def test_each_rotation_is_one_key_more_and_going_on_makes_none(cast: Cast, tmp_path: Path) -> None:
    with override_settings(GATEPOST_KEYS=tmp_path), scope.nobody():
        for words, there in (([], [1]), ([], [1, 2]), (["--go-on"], [1, 2])):
            said = StringIO()
            call_command("rotate_keys", *words, stdout=said)
            assert keys.versions("fields") == there
            assert keys.versions("audit") == there
            assert "Sealed anew" in said.getvalue()
