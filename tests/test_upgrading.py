"""A school that was set up with version 0.2 keeps everything when it is brought to this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.journeys.served import database_of_its_own
from tests.upgrading import WORDS


@pytest.mark.skipif(connection.vendor != "postgresql", reason="its rows are guarded most on PostgreSQL: once, there")
def test_what_was_booked_and_said_is_there_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMPTY_DATABASE", raising=False)  # its tables are those of this version
    with database_of_its_own() as database:
        told = {"GATEPOST_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "gatepost.config.settings"} | database
        command = [sys.executable, "-m", "tests.upgrading"]
        done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "bookings": ["booked", "cancelled"],
        "sessions": [True, True],
        "holds": ["adult", "host"],
        "words": [["family", WORDS]],
        "messages": 2,
    }
