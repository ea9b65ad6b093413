"""Letters become one PDF, in every language on one page each, with their fonts, and without asking anybody."""

from __future__ import annotations

import re
import socket
import zlib
from typing import NoReturn

import pytest
from django.utils.safestring import mark_safe

from gatepost.know import services as know
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.reach.delivery import press
from gatepost.reach.delivery.letters import to_print, worded
from gatepost.reach.models import Notice
from gatepost.reach.services import printing
from gatepost.reach.tests.paper import home_of, print_run
from gatepost.testing import Cast

pytestmark = pytest.mark.django_db


def opened(pdf: bytes) -> bytes:
    """A PDF with what it has packed."""
    assert pdf.startswith(b"%PDF")
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"\n".join([pdf, *(zlib.decompressobj().decompress(each) for each in packed if each[:1] == b"x")])


def invitation_in(cast: Cast, tag: str) -> Notice:
    """Nadia's invitation, as if this were her language."""
    notice = Notice.objects.get(adult=cast.nadia)
    notice.language = tag
    return notice


def test_an_invitation_is_one_page_in_every_language_with_its_fonts(cast: Cast) -> None:
    cast.invite_all()
    address, number = "12 Mill Lane\nElm Park", "CDF347"
    letters = [
        to_print(invitation_in(cast, tag), address=address, reference=number, made=[], last_day=None)
        for tag in FAMILY_LANGUAGES
    ]
    pages = [letter.html for letter in letters]
    made = opened(press.pdf_of(pages))
    assert len(re.findall(rb"/Type /Page\b", made)) == len(FAMILY_LANGUAGES)
    fonts = {name.decode() for name in re.findall(rb"/BaseFont /[A-Z]{6}\+([\w-]+)", made)}
    assert {"Noto-Sans", "Noto-Naskh-Arabic", "Noto-Sans-Bengali"} <= fonts
    assert b"/FontFile" in made


def test_every_letter_has_a_twin_that_runs_the_right_way(cast: Cast) -> None:
    cast.invite_all()
    for tag in FAMILY_LANGUAGES:
        letter = worded(invitation_in(cast, tag))
        direction = "rtl" if tag in ("ar", "ur") else "ltr"
        assert f'lang="{tag}" dir="{direction}"' in letter.html
        assert "Ines" in letter.text
        assert "http" not in letter.html  # nothing in it opens anything


def test_who_asked_for_large_print_gets_it(cast: Cast) -> None:
    home_of(cast, cast.nadia, cast.ines)
    know.say_needs(cast.nadia, {"large_print": ""}, by=cast.actor_of(cast.finch))
    cast.invite_all()
    assert 'class="sheet large"' in str(printing.pages_of(print_run(cast))[0])


@pytest.mark.once
def test_a_sheet_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the press asked somebody")

    monkeypatch.setattr(socket, "create_connection", refuse)
    sheet = '<p>x<img src="http://example.org/x.png"><img src="file:///etc/hostname"></p>'
    assert press.pdf_of([mark_safe(sheet)]).startswith(b"%PDF")


@pytest.mark.once
def test_without_the_press_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "problem", lambda: "Install Pango")
    with pytest.raises(press.NoPress, match="Pango"):
        press.pdf_of([])
