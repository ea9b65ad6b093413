"""The components as template tags, so that a page says what it shows and never how it looks.

Every tag is listed with an example in docs/reference/components.md and shown on the gallery page.
Tags that wrap words of the page are blocks (`{% card %} … {% endcard %}`); the others stand alone.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gatepost.design.forms import problems_of, question
from gatepost.design.languages import MADE_BY, active_language
from gatepost.design.parts import Cell, Choice, Column, Day, Line, PageLanguage, Step, Words

register = template.Library()
HERE = "design/components/"
NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"
TONES = {"success": "good", "warning": "warning", "error": "warning", "info": "info", "debug": "info"}


# ── the frame ────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag(takes_context=True)
def page_language(context: Context) -> Any:
    """The page's language: what the context says, else what Django speaks now."""
    return context.get("language") or active_language()


@register.inclusion_tag(HERE + "gate_mark.html")
def gate_mark() -> dict[str, Any]:
    """The gate, as a drawing."""
    return {}


@register.inclusion_tag(HERE + "language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Links to the same page in the other languages; `languages` holds (href, own name, tag)."""
    here = page_language(context).tag
    offered = context.get("languages") or ()
    others = [{"href": href, "own_name": own_name, "tag": tag} for href, own_name, tag in offered if tag != here]
    return {"others": others}


@register.inclusion_tag(HERE + "exit_page.html", takes_context=True)
def exit_page(context: Context) -> dict[str, Any]:
    """A way out to a page about nothing, for somebody who must not be seen reading this."""
    return {"href": context.get("exit_url") or NEUTRAL_PAGE}


@register.inclusion_tag(HERE + "drafted_note.html", takes_context=True)
def drafted_note(context: Context) -> dict[str, Any]:
    """Says that a page's words are our draft and that no speaker has read them."""
    return {"own_name": page_language(context).own_name}


@register.filter
def digits(number: object) -> str:
    """A phone number as a telephone link wants it: no spaces."""
    return re.sub(r"[^\d+]", "", str(number))


@register.simple_tag
def message_tone(message: Message) -> str:
    """The tone of one of Django's messages."""
    return TONES.get(message.level_tag, "info")


# ── doing ────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def button(
    text: Words,
    *,
    href: str = "",
    kind: str = "primary",
    name: str = "",
    value: object = "",
    type: str = "submit",
    form: str = "",
) -> SafeString:
    """A button, or a link that looks like one. Kinds: primary, quiet, danger, plain, small quiet."""
    look = "button" if kind == "primary" else f"button {kind}"
    if href:
        return format_html('<a class="{}" href="{}">{}</a>\n', look, href, text)
    said = format_html(' name="{}" value="{}"', name, value) if name else ""
    of = format_html(' form="{}"', form) if form else ""
    return format_html('<button class="{}" type="{}"{}{}>{}</button>\n', look, type, said, of, text)


@register.simple_block_tag
def button_row(content: str) -> SafeString:
    """Buttons beside each other; under each other on a narrow phone."""
    return format_html('<div class="button-row">{}</div>', content)


@register.inclusion_tag(HERE + "back_link.html")
def back_link(href: str, text: Words = "") -> dict[str, Any]:
    """The way back, above the heading."""
    return {"href": href, "text": text or _("Back")}


# ── saying ───────────────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag(HERE + "tag.html")
def tag(text: Words, tone: str = "") -> dict[str, Any]:
    """A status in a word. Tones: good, late, info, waiting, or none."""
    return {"text": text, "tone": tone}


@register.inclusion_tag(HERE + "calm.html")
def calm(text: Words = "") -> dict[str, Any]:
    """The small first line: nothing is wrong."""
    return {"text": text or _("Nothing is wrong")}


@register.simple_block_tag
def banner(content: str, tone: str = "info", title: Words = "", live: bool = False) -> SafeString:
    """Something to know now. Tones: good, info, warning, waiting; the words carry it, not the colour."""
    return _wrapped("banner.html", {"content": content, "tone": tone, "title": title, "live": live})


@register.simple_block_tag
def lede(content: str) -> SafeString:
    """Why this page is here, in a sentence or two."""
    return format_html('<div class="lede">{}</div>', content)


@register.simple_block_tag
def card(content: str, title: Words = "", level: int = 2, id: str = "") -> SafeString:
    """A thing of its own, on a card."""
    return _wrapped("card.html", {"content": content, "title": title, "level": level, "id": id})


@register.simple_block_tag
def details(content: str, title: Words, open: bool = False) -> SafeString:
    """Help that waits until somebody asks for it."""
    state = mark_safe(" open") if open else ""
    inner = '<details{}><summary>{}</summary><div class="inner">\n{}\n</div></details>\n'
    return format_html(inner, state, title, content)


@register.inclusion_tag(HERE + "empty_state.html")
def empty_state(title: Words, text: Words, action: Words = "", action_url: str = "") -> dict[str, Any]:
    """What will be here, and the first step towards it."""
    return {"title": title, "text": text, "action": action, "action_url": action_url}


@register.inclusion_tag(HERE + "beside.html")
def beside(text: Words, language: Any, original: Words, source: Any = None, by: str = "machine") -> dict[str, Any]:
    """A translation with its original beside it, and who translated: person, reviewed, machine, drafted."""
    source = source or PageLanguage("en", "ltr", "English")
    return {
        "text": text,
        "language": language,
        "original": original,
        "source": source,
        "made_by": MADE_BY[by],
    }


# ── asking ───────────────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag(HERE + "error_summary.html")
def error_summary(form: BaseForm, title: Words = "") -> dict[str, Any]:
    """What is missing in a form, first thing on the page, each line a link to its place."""
    return {"problems": problems_of(form), "title": title or _("Please look at this again")}


@register.simple_tag
def field(field: BoundField, hint: Words = "", label: Words = "") -> SafeString:
    """One question of a form with its hint and what is wrong with the answer."""
    return question(field, hint=hint, label=label)


@register.inclusion_tag(HERE + "choice_list.html")
def choice_list(
    name: str,
    legend: Words,
    items: Iterable[Choice],
    *,
    kind: str = "radio",
    hint: Words = "",
    error: Words = "",
) -> dict[str, Any]:
    """Things to pick (radio) or to tick (checkbox), outside a Django form."""
    shared = _question(name, legend, hint, error)
    return {**shared, "items": items, "kind": kind}


@register.inclusion_tag(HERE + "time_choices.html")
def time_choices(
    name: str, days: Iterable[Day], legend: Words = "", hint: Words = "", error: Words = ""
) -> dict[str, Any]:
    """Times as tiles, day by day; taken ones stay readable and say so in a word."""
    return {**_question(name, legend or _("Choose a time"), hint, error), "days": days}


# ── showing ──────────────────────────────────────────────────────────────────────────────────────


@register.inclusion_tag(HERE + "promise_row.html")
def promise_row(  # noqa: PLR0913  a row is one thing with many honest options
    text: Words,
    status: Words,
    *,
    tone: str = "",
    when: Words = "",
    note: Words = "",
    url: str = "",
    action: Words = "",
    action_url: str = "",
    language: Any = None,
) -> dict[str, Any]:
    """One row of `<ul class="rows">`: how it stands, what it is, when, and one tap to the next step.

    `language` says what `text` is written in, where that is not the page's own language.
    """
    return {
        "text": text, "status": status, "tone": tone, "when": when,
        "note": note, "url": url, "action": action, "action_url": action_url, "language": language,
    }  # fmt: skip


@register.inclusion_tag(HERE + "stages.html")
def stages(steps: Sequence[Step | Words], current: int = 1, label: Words = "") -> dict[str, Any]:
    """Where we are on the way; `current` counts from 1."""
    shown = []
    for number, step in enumerate(steps, start=1):
        plain = step if isinstance(step, Step) else Step(step)
        state = "done" if number < current else "now" if number == current else "to come"
        shown.append({"label": plain.label, "url": plain.url, "state": state})
    return {"steps": shown, "label": label or _("Stages")}


@register.inclusion_tag(HERE + "data_table.html")
def data_table(
    caption: Words,
    columns: Sequence[Column | Words],
    rows: Iterable[Sequence[Cell | object]],
    hide_caption: bool = False,
) -> dict[str, Any]:
    """A real table; on a phone each row becomes a card with its labels. The first cell names the row."""
    heads = [column if isinstance(column, Column) else Column(column) for column in columns]
    shown = [[_cell(cell, head) for cell, head in zip(row, heads, strict=True)] for row in rows]
    return {"caption": caption, "columns": heads, "rows": shown, "hide_caption": hide_caption}


@register.inclusion_tag(HERE + "pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page", label: Words = "") -> dict[str, Any]:
    """The way to the next and the previous page of a long list; other parts of the address stay."""
    shown: dict[str, Any] = {"page": page, "label": label or _("Pages")}
    if page.has_previous():
        shown["previous"] = _page_address(context, parameter, page.previous_page_number())
    if page.has_next():
        shown["next"] = _page_address(context, parameter, page.next_page_number())
    return shown


@register.inclusion_tag(HERE + "summary_list.html")
def summary_list(lines: Iterable[Line | tuple[Words, Words]]) -> dict[str, Any]:
    """Labels with their values, and perhaps a way to change each."""
    return {"lines": [line if isinstance(line, Line) else Line(*line) for line in lines]}


@register.inclusion_tag(HERE + "count.html")
def count(number: object, label: Words, url: str) -> dict[str, Any]:
    """A number that opens to the rows behind it."""
    return {"number": number, "label": label, "url": url}


@register.inclusion_tag(HERE + "progress.html")
def progress(id: str, label: Words, done: int, total: int, note: Words = "") -> dict[str, Any]:
    """How far something long has come."""
    return {"id": id, "label": label, "done": done, "total": total, "note": note}


@register.inclusion_tag(HERE + "save_status.html")
def save_status(form_id: str, text: Words = "") -> dict[str, Any]:
    """The line that says whether a form with `data-autosave` is saved."""
    return {"form_id": form_id, "text": text}


# ── inside ───────────────────────────────────────────────────────────────────────────────────────


def _wrapped(name: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(HERE + name, context)


def _question(name: str, legend: Words, hint: Words, error: Words) -> dict[str, Any]:
    id = f"id_{name}"
    described = " ".join(f"{id}_{part}" for part, words in (("helptext", hint), ("error", error)) if words)
    return {"name": name, "id": id, "legend": legend, "hint": hint, "error": error, "described": described}


def _cell(cell: Cell | object, column: Column) -> dict[str, Any]:
    if not isinstance(cell, Cell):
        cell = Cell(cell if isinstance(cell, str | Promise) else str(cell))
    return {"text": cell.text, "url": cell.url, "tone": cell.tone, "column": column}


def _page_address(context: Context, parameter: str, number: int) -> str:
    request = context.get("request")
    query = QueryDict(mutable=True) if request is None else request.GET.copy()
    query[parameter] = str(number)
    return f"?{query.urlencode()}"
