"""What is put together from its shape is to the sign what the templates say to one adult."""

from __future__ import annotations

from typing import Any

import pytest

from gatepost.language.names import FSI, PDI
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.reach.delivery.render import _rendered
from gatepost.reach.delivery.shapes import Form, say
from gatepost.reach.kinds import KINDS
from tests.notice_samples import SAMPLES

pytestmark = pytest.mark.once

STOP, LINK = "https://school.example/u/abc/", "https://school.example/i/abc-DEF_1/"
NAMES = [
    ("Jo Smith", "Ella"),
    ("آمنہ بیگم", "Ella"),
    ("Amina O'Hara & <Sons>", "ریان"),
    ("100% Żółć {x} %(y)s", ""),
    (f"{FSI}Amina{PDI}", "Ella"),
    ("Amina\u200f", "http://evil.example/x/"),
    ("\ue000child\ue001", " Ella\nBcc"),
]
FORMS = [(by_text, with_stop) for by_text in (False, True) for with_stop in (False, True)]


def values_of(name: str, adult: str, child: str) -> dict[str, Any]:
    sample = dict(SAMPLES[name].values) | {"school": "Elm", "office_name": "Ms Hill", "office_phone": "0113 496"}
    return sample | {"adult": adult, "child": child, "link": LINK, "stop": STOP}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_notice_says_to_each_what_its_templates_say(name: str) -> None:
    for tag in FAMILY_LANGUAGES:
        for stem in {KINDS[name].template, "reach/notices/shared"}:
            for by_text, with_stop in FORMS:
                form = Form(stem, tag, by_text, not by_text, with_stop)
                for adult, child in NAMES:
                    values = values_of(name, adult, child)
                    whole, put = _rendered(form, values), say(form, dict(values), _rendered)
                    assert (put.title, put.body) == (whole.title, whole.body), (name, tag, adult)


def test_a_name_is_a_name_in_a_page_too() -> None:
    form = Form("reach/notices/broadcast", "ur", by_text=False, with_title=True, with_stop=True)
    words = {"words": "See https://school.example/ now <b>", "who": "Ms Hill", "spoken": ""}
    values = words | {"adult": "Amina <b>& Sons", "child": "Ella", "link": LINK, "stop": STOP, "school": "Elm"}
    page = say(form, values, _rendered).html
    assert f"{FSI}Amina &lt;b&gt;&amp; Sons{PDI}" in page and 'dir="rtl"' in page
    assert [f'<a href="{each}">{each}</a>' in page for each in (LINK, STOP)] == [True, True]
    assert '<a href="https://school.example/">' in page and "now &lt;b&gt;" in page


def test_no_name_and_no_secret_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []

    def render(form: Form, values: dict[str, Any]) -> Any:
        seen.append(values)
        return _rendered(form, values)

    form = Form("reach/notices/shared", "en", by_text=True, with_title=False, with_stop=False)
    kept = {"adult": "Jo Smith", "child": "Ella", "link": LINK, "stop": STOP, "code": "123 456", "school": "Elm"}
    for _ in range(3):
        say(form, kept, render)
    assert len(seen) == 1 and not {"Jo Smith", "Ella", LINK, STOP, "123 456"} & set(seen[0].values())
