"""Turns sheets of HTML into one PDF. Nothing is fetched from anywhere; what is missing on the machine is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gatepost.core.errors import Refused

STYLE = "design/letter.css"


class NoPress(Refused):
    """This machine cannot make a PDF; the same sheets can be printed from the browser."""


def problem() -> str:
    """Why this machine cannot make a PDF, in words for whoever runs it; blank where it can."""
    try:
        import weasyprint  # noqa: F401  heavy, and needs a library of the system
    except ImportError:
        return "Install the extra “pdf” (WeasyPrint)."
    except OSError:
        return "Install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    return ""


def document(sheets: Sequence[SafeString]) -> SafeString:
    """All the sheets as one page of HTML, each on paper of its own."""
    return render_to_string("reach/paper/letters.html", {"sheets": sheets})


def pdf_of(sheets: Sequence[SafeString]) -> bytes:
    """One PDF of all the sheets, with the fonts in it.

    It says nothing of whom it is for in its title: that would show in a window's bar and in a list of files.
    """
    if why := problem():
        raise NoPress(why)
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    style = Path(str(finders.find(STYLE))).read_text(encoding="utf-8")
    fetcher = URLFetcher(allowed_protocols=(), allow_redirects=False)  # whatever a sheet names, nothing is fetched
    made: bytes = HTML(string=document(sheets), url_fetcher=fetcher).write_pdf(
        stylesheets=[CSS(string=style, url_fetcher=fetcher)]
    )
    return made
