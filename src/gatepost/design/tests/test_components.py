"""Each component in English and in Urdu, and the promises that it makes to a reader."""

import re
from pathlib import Path

import html5lib
import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django.utils.module_loading import import_string

import gatepost.design
from gatepost.design.parts import Cell, Choice, Column, Day, Line, PageLanguage, Step, Time

HERE = Path(gatepost.design.__file__).parent
URDU = PageLanguage("ur", "rtl", "اردو")
HINA = "حنا بی بی چوہدری"


def render(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load design i18n %}" + source).render(context)


def strict(html: str, *, whole: bool = False) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(html if whole else f"<!doctype html><html lang=en><title>x</title><body>{html}")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), f"the same id twice: {sorted(each for each in ids if ids.count(each) > 1)}"
    for target in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html):
        assert set(target.split()) <= set(ids), f"described by something that is not there: {target}"
    for target in re.findall(r'\sfor="([^"]+)"', html):
        assert target in ids, f"a label for nothing: {target}"


def gallery(query: str) -> str:
    view = import_string("gatepost.design.views.gallery")
    return view(RequestFactory().get(f"/gallery?{query}")).content.decode()


@pytest.mark.parametrize("frame", ["page", "family", "bare"])
@pytest.mark.parametrize("tag", ["en", "ur", "so"])
@pytest.mark.django_db
def test_the_gallery_is_valid_in_every_frame_and_language(tag: str, frame: str):
    html = gallery(f"in={tag}&frame={frame}")
    strict(html, whole=True)
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ur" else "ltr"}">' in html


@pytest.mark.django_db
def test_the_gallery_shows_every_component():
    templates = "".join(path.read_text() for path in (HERE / "templates/design").rglob("*.html"))
    tags = (HERE / "templatetags/design.py").read_text()
    names = re.findall(r"@register\.(?:inclusion_tag|simple_block_tag)[^\n]*\ndef (\w+)\(", tags)
    names += [name for name in ("button", "choice_list", "promise_row") if name not in names]
    assert len(names) >= 20
    for name in names:
        assert re.search(rf"{{% {name}[ %]", templates), f"{name} is not on the gallery page or in a frame"


def test_every_component_has_its_example_in_the_docs():
    page = next(parent for parent in HERE.parents if (parent / "docs").is_dir()) / "docs/reference/components.md"
    tags = (HERE / "templatetags/design.py").read_text()
    inside = {
        "page_language",
        "gate_mark",
        "language_switch",
        "exit_page",
        "drafted_note",
        "message_tone",
    }
    names = set(re.findall(r"^def ([a-z]\w+)\(", tags, flags=re.MULTILINE)) - inside - {"digits"}
    for name in names:
        assert f"{{% {name}" in page.read_text(), f"{name} has no example"


@pytest.mark.parametrize("path", sorted((HERE / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_style_no_script_and_no_side(path: Path):
    source = path.read_text()
    assert len(source.splitlines()) <= 120
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"<[^>]*\b(?:left|right)\b[^>]*>", source)


def test_family_pages_load_no_script():
    assert "<script" not in render('{% include "design/family.html" %}')
    assert "<script" in render('{% include "design/page.html" %}')


def test_a_link_that_acts_is_a_link_and_a_deed_is_a_button():
    assert render('{% button "Go" href="/x" kind="quiet" %}').strip() == '<a class="button quiet" href="/x">Go</a>'
    assert '<button class="button" type="submit" name="answer" value="no">' in render(
        '{% button "No" name="answer" value="no" %}'
    )


def test_words_are_escaped_everywhere():
    evil = "<img src=x>"
    html = render(
        '{% button e %}{% tag e %}{% card title=e %}{{ e }}{% endcard %}'
        '{% banner title=e %}{{ e }}{% endbanner %}'
        '{% empty_state e e %}{% promise_row e e note=e %}{% stages s %}'
        '{% data_table e s r %}{% summary_list l %}'
        '{% beside e ur e %}{% time_choices "a" d %}{% choice_list "b" e c %}',
        e=evil, s=[evil], r=[[evil]], l=[(evil, evil)], ur=URDU,
        d=[Day(evil, [Time(evil, evil, note=evil)])], c=[Choice(evil, evil, hint=evil)],
    )  # fmt: skip
    assert evil not in html


def test_a_taken_time_says_so_in_a_word_and_cannot_be_picked():
    days = [Day("Thursday", [Time("1", "3.30pm", taken=True, checked=True), Time("2", "3.50pm", checked=True)])]
    html = render('{% time_choices "slot" days error="Please pick a time" hint="Any" %}', days=days)
    strict(html)
    assert html.count("taken") == 1
    assert re.search(r'value="1"[^>]* disabled>', html)
    assert re.search(r'value="2"[^>]* checked>', html)
    assert 'aria-describedby="id_slot_helptext id_slot_error"' in html


def test_stages_tell_where_we_are_without_colour():
    html = render("{% stages steps current=2 %}", steps=["Explore", Step("Focus", "/f"), Step("Plan", "/p")])
    assert html.count('aria-current="step"') == 1
    assert "Explore<span" in html and "(done)" in html
    assert 'href="/f"' not in html and 'href="/p"' in html


def test_a_table_is_a_table_and_each_cell_knows_its_heading():
    html = render("{% data_table 'Adults' columns rows %}", columns=["Adult", Column("Weeks", number=True)],
                  rows=[[Cell(HINA, "/a"), 12], ["Jo", Cell("never", tone="late")]])  # fmt: skip
    strict(html)
    assert html.count('<th scope="row">') == 2
    assert html.count('data-label="Weeks" class="number"') == 2
    assert HINA in html


def test_paging_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/?group=a%26b&page=2")
    html = render("{% pagination page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert "?group=a%26b&amp;page=3" in html and "?group=a%26b&amp;page=1" in html
    assert render("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_a_summary_line_names_what_its_link_changes():
    html = render("{% summary_list lines %}", lines=[Line("Time", "3.50pm", "Change", "/t"), ("Place", "Café")])
    assert 'Change<span class="hidden-text">: Time</span>' in html
    strict(html)


def test_a_translation_stands_beside_its_original_and_owns_up():
    html = render('{% beside "متن" ur "text" by="machine" %}', ur=URDU)
    assert 'lang="ur" dir="rtl">متن' in html and 'lang="en" dir="ltr">text' in html
    assert "not checked" in html


def test_the_frame_says_who_to_ask_and_how_to_leave():
    tongues = [("?l=en", "English", "en"), ("?l=ur", "اردو", "ur")]
    office = {"office_name": "Mrs Finch", "office_phone": "0113 496 0000"}
    html = render('{% include "design/family.html" %}', language=URDU, languages=tongues, drafted=True, **office)
    strict(html, whole=True)
    assert 'href="tel:01134960000"' in html and "Mrs Finch" in html
    assert 'class="exit"' in html and "bbc.co.uk/weather" in html
    assert 'hreflang="en"' in html and 'hreflang="ur"' not in html
    assert 'class="drafted"' in html and "اردو" in html


def test_without_any_context_the_frame_speaks_what_django_speaks():
    with translation.override("ur"):
        assert '<html lang="ur" dir="rtl">' in render('{% include "design/bare.html" %}')
    with translation.override("so"):
        assert '<html lang="so" dir="ltr">' in render('{% include "design/bare.html" %}')
    with translation.override("xx"):
        assert '<html lang="xx" dir="ltr">' in render('{% include "design/bare.html" %}')
