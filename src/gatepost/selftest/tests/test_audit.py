"""A sample of the tampering; the whole of it is `gatepost selftest audit`."""

from __future__ import annotations

from gatepost import selftest


def test_whatever_is_done_to_the_trail_is_found(db: None) -> None:
    line = selftest.run("audit", seed=7, count=120)
    assert (line["failures"], line["example"]) == (0, "")
    assert all(line["tamperings"].values())


def test_a_check_that_finds_nothing_is_noticed(db: None) -> None:
    line = selftest.run("audit", seed=7, count=3, plant="blind")
    assert line["failures"] == 3
    assert "number 0" in line["example"]
