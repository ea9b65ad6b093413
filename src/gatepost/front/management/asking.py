"""Asks for a password without showing it; takes it from a pipe where nobody sits at the keyboard."""

from __future__ import annotations

import sys
from getpass import getpass

from django.core.management.base import CommandError


def somebody_is_there() -> bool:
    """Whether a person can type."""
    return sys.stdin.isatty()


def password() -> str:
    """A password, typed twice or read from one line of the pipe."""
    if not somebody_is_there():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass("New password: ")
    if getpass("Once more: ") != typed:
        raise CommandError("The two are not the same. Nothing was changed.")
    return typed
