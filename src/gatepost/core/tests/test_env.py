"""A setting is what was written, or Gatepost stops and says why."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from gatepost.core import env


def test_words_are_read_and_a_default_is_used_where_none_are_set(monkeypatch):
    monkeypatch.setenv("GATEPOST_X", "  Elm Park ")
    assert env.text("GATEPOST_X") == "Elm Park"
    assert env.text("GATEPOST_Y", "Ash") == "Ash"
    monkeypatch.setenv("GATEPOST_Y", "")
    assert env.text("GATEPOST_Y", "Ash") == "Ash"


def test_words_that_must_be_set_or_must_be_one_of_some(monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="GATEPOST_X is not set"):
        env.text("GATEPOST_X")
    monkeypatch.setenv("GATEPOST_X", "purple")
    with pytest.raises(ImproperlyConfigured, match="It can be: blue, green"):
        env.text("GATEPOST_X", choices=["green", "blue"])


@pytest.mark.parametrize(
    ("value", "means"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("No", False), ("", True)]
)
def test_a_flag_is_on_or_off(monkeypatch, value, means):
    monkeypatch.setenv("GATEPOST_X", value)
    assert env.flag("GATEPOST_X", True) is means


def test_a_flag_that_is_neither_stops(monkeypatch):
    monkeypatch.setenv("GATEPOST_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="'maybe'. Write 1 or yes"):
        env.flag("GATEPOST_X")


@pytest.mark.parametrize(("value", "words"), [("ten", "whole number"), ("0", "1 or more"), ("11", "10 or less")])
def test_a_number_keeps_its_limits(monkeypatch, value, words):
    monkeypatch.setenv("GATEPOST_X", value)
    with pytest.raises(ImproperlyConfigured, match=words):
        env.number("GATEPOST_X", low=1, high=10)
    monkeypatch.setenv("GATEPOST_X", "10")
    assert env.number("GATEPOST_X", low=1, high=10) == 10


def test_a_number_that_must_be_set():
    with pytest.raises(ImproperlyConfigured, match="not set"):
        env.number("GATEPOST_X")
    assert env.number("GATEPOST_X", 3) == 3


def test_a_secret_comes_from_the_environment_or_from_a_file(monkeypatch, tmp_path):
    path = tmp_path / "key"
    path.write_text("hush\n")
    monkeypatch.setenv("GATEPOST_X_FILE", str(path))
    assert env.secret("GATEPOST_X") == "hush"
    monkeypatch.setenv("GATEPOST_X", "other")
    with pytest.raises(ImproperlyConfigured, match="both set"):
        env.secret("GATEPOST_X")
    monkeypatch.delenv("GATEPOST_X_FILE")
    assert env.secret("GATEPOST_X") == "other"


def test_a_secret_that_cannot_be_had_stops_without_saying_it(monkeypatch, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="Neither GATEPOST_X nor GATEPOST_X_FILE"):
        env.secret("GATEPOST_X")
    monkeypatch.setenv("GATEPOST_X_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read: No such file"):
        env.secret("GATEPOST_X")
    (tmp_path / "gone").write_bytes(b"\xff\xfe")
    with pytest.raises(ImproperlyConfigured, match="it is not text"):
        env.secret("GATEPOST_X")
    (tmp_path / "gone").write_text(" \n")
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        env.secret("GATEPOST_X")


def test_a_slip_of_the_pen_is_named(monkeypatch):
    env.text("GATEQ_HOSTS", "")
    monkeypatch.setenv("GATEQ_HOSTS", "example.org")
    env.refuse_unknown("GATEQ_")
    monkeypatch.setenv("GATEQ_HOST", "example.org")
    env.refuse_unknown("GATEQ_", besides=["GATEQ_HOST"])
    with pytest.raises(ImproperlyConfigured, match="no such setting. Did you mean GATEQ_HOSTS?"):
        env.refuse_unknown("GATEQ_")
