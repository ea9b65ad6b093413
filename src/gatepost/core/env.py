"""Reads the environment into typed settings, and stops in plain words when a value cannot be meant."""

import difflib
import os
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"0", "no", "false", "off"})

_asked: set[str] = set()


def text(name: str, default: str | None = None, *, choices: Collection[str] = ()) -> str:
    """The words set for `name`; without a default it must be set, with choices it must be one of them."""
    value = _read(name)
    if value is None:
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set, and Gatepost cannot start without it.")
        return default
    if choices and value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. It can be: {', '.join(sorted(choices))}.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """Whether `name` is switched on: 1/0, yes/no, true/false or on/off."""
    value = _read(name)
    if value is None:
        return default
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Write 1 or yes to switch it on, 0 or no to switch it off.")


def number(name: str, default: int | None = None, *, low: int | None = None, high: int | None = None) -> int:
    """The whole number set for `name`, within its limits."""
    value = _read(name)
    if value is None:
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set, and Gatepost cannot start without it.")
        return default
    try:
        found = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. It must be a whole number.") from None
    if low is not None and found < low:
        raise ImproperlyConfigured(f"{name} is {found}. It must be {low} or more.")
    if high is not None and found > high:
        raise ImproperlyConfigured(f"{name} is {found}. It must be {high} or less.")
    return found


def amount(name: str) -> Decimal | None:
    """The amount set for `name`, as in 2.4; None where nothing is set."""
    value = _read(name)
    try:
        found = Decimal(value) if value is not None else None
    except InvalidOperation:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write an amount such as 2.4.") from None
    if found is not None and not (found.is_finite() and found >= 0):
        raise ImproperlyConfigured(f"{name} is {value!r}. It must be 0 or more.")
    return found


def table(name: str, default: str, *, choices: Collection[str]) -> dict[str, str]:
    """The pairs set for `name`, as in `202=taken 503=later`; what stands on the right is one of the choices."""
    found: dict[str, str] = {}
    for pair in text(name, default).split():
        left, _, right = pair.partition("=")
        if not left or right not in choices:
            can = ", ".join(sorted(choices))
            raise ImproperlyConfigured(f"{name} holds {pair!r}. Write pairs as in 1={min(choices)}; it can be: {can}.")
        found[left] = right
    return found


def secret(name: str, default: str | None = None) -> str:
    """A value that must not be seen: from `name`, or from the file that `name`_FILE points to.

    Its value never stands in a message.
    """
    value, path = _read(name), _read(f"{name}_FILE")
    if value is not None and path is not None:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Set one of them.")
    if path is not None:
        value = _read_file(f"{name}_FILE", path)
    if value is not None:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Neither {name} nor {name}_FILE is set, and Gatepost cannot start without it.")
    return default


def refuse_unknown(prefix: str = "GATEPOST_", *, besides: Collection[str] = ()) -> None:
    """Stop when a variable with our prefix is set that nothing asked for: most likely a slip of the pen."""
    known = _asked | set(besides)
    for name in sorted(os.environ):
        if not name.startswith(prefix) or name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise ImproperlyConfigured(f"{name} is set, but Gatepost has no such setting.{hint}")


def _read(name: str) -> str | None:
    """The value as it stands, without space around it; an empty one counts as not set."""
    _asked.add(name)
    return os.environ.get(name, "").strip() or None


def _read_file(name: str, path: str) -> str:
    """The words in the file that `name` points to."""
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or "it is not text"
        raise ImproperlyConfigured(f"{name} points to {path}, which cannot be read: {reason}.") from None
    if not value:
        raise ImproperlyConfigured(f"{name} points to {path}, which is empty.")
    return value
