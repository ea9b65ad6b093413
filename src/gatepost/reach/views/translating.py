"""Words that wait for somebody who reads two languages: the original, and a box beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.language.words import say_language
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.permissions import Permission, has
from gatepost.org.queries import bilingual_now
from gatepost.org.reading import opens
from gatepost.reach import aloud
from gatepost.reach.forms.translations import RefuseForm, ReviewForm
from gatepost.reach.models import Message, Translation
from gatepost.reach.queries.translations import task_of
from gatepost.reach.rules import translations as rules
from gatepost.reach.rules.threads import may_hurry
from gatepost.reach.services import reviewing
from gatepost.reach.services.drafting import marks


@page(rules.may_open_queue)
@require_safe
def queue(request: Request) -> HttpResponse:
    """All that waits for me, what is due first on top; for the office, how much waits in which language.

    The words themselves stand one page further, where each that is read leaves its line.
    """
    part = page_of(request, rules.words_to_read(request.actor))
    context = {"page_obj": part, "tasks": [task_of(row) for row in part], "languages": []}
    if has(request.actor, Permission.CLEAR):
        readers: dict[str, list[str]] = {}
        for each in bilingual_now():
            readers.setdefault(each.language, []).append(each.person.name)
        counts = rules.waiting_by_language()
        context["languages"] = [
            (say_language(tag) if tag != "und" else _("Not known"), *counts.get(tag, (0, 0)), readers.get(tag, []))
            for tag in sorted(counts.keys() | readers.keys())
        ]
        context["marks"] = [each | {"target": say_language(str(each["target"]))} for each in marks()]
    return render(request, "reach/staff/words.html", context)


@page_on(Translation, may=rules.may_read_and_write)
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, row: Translation) -> HttpResponse:
    """Write or check the words, or say that it cannot be done."""
    refusing = request.POST.get("act") == "refuse"
    form = ReviewForm(None if refusing else request.POST or None, initial={"words": row.words})
    cannot = RefuseForm(request.POST if refusing else None)
    asked = cannot if refusing else form
    doubt = "" if refusing else _doubt(request, row, form)
    if request.method == "POST" and asked.is_valid() and not doubt:
        try:
            if refusing:
                reviewing.refuse(row, cannot.cleaned_data["because"], by=request.actor)
            else:
                reviewing.review(row, form.cleaned_data["words"], by=request.actor)
        except Refused as refusal:
            asked.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. It stands there with your name."))
            return redirect("reach:words")
    context = {"task": task_of(row), "form": form, "cannot": cannot, "aloud": aloud.place_of(row), "doubt": doubt}
    return render(request, "reach/staff/word.html", context)


def _doubt(request: Request, row: Translation, form: ReviewForm) -> str:
    """What speaks against these words before a family reads them. Pressed once more, they stand as they are."""
    if not form.is_bound or not form.is_valid() or "as_it_is" in request.POST:
        return ""
    return reviewing.doubt(row, form.cleaned_data["words"])


@page_on(Message, may=may_hurry)
@opens(Level.P3)
@require_POST
def hurry(request: Request, message: Message) -> HttpResponse:
    """Send it in English now."""
    try:
        reviewing.send_in_english(message, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("reach:thread", message.thread_id)
