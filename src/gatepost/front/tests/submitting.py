"""What a browser sends when somebody opens a page with a form and presses its button, without script."""

from __future__ import annotations

from typing import Any

import html5lib

H = "{http://www.w3.org/1999/xhtml}"


def fields_of(page: bytes) -> dict[str, list[str]]:
    """Name → values of the first form on the page that posts to the page itself."""
    tree = html5lib.parse(page.decode(), namespaceHTMLElements=True)
    forms = [form for form in tree.iter(f"{H}form") if form.get("method") == "post" and not form.get("action")]
    found: dict[str, list[str]] = {}
    for control in forms[0].iter():
        for value in _values(control):
            found.setdefault(control.get("name", ""), []).append(value)
    found.pop("", None)
    found.pop("csrfmiddlewaretoken", None)
    return found


def _values(control: Any) -> list[str]:
    if control.tag == f"{H}textarea":
        # A browser drops the first line end after the tag, which the parser has done, and sends line ends as CR LF.
        return ["".join(control.itertext()).replace("\n", "\r\n")]
    if control.tag == f"{H}select":
        options = list(control.iter(f"{H}option"))
        chosen = [each for each in options if each.get("selected") is not None] or options[:1]
        return [each.get("value", "") for each in chosen]
    if control.tag != f"{H}input":
        return []
    if control.get("type") in {"checkbox", "radio"} and control.get("checked") is None:
        return []
    return [control.get("value", "on" if control.get("type") == "checkbox" else "")]
