"""Our own words in the languages of families: whoever knows one reads, corrects and takes them out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.language.catalogue import Entry, as_file, entries
from gatepost.language.table import FAMILY_LANGUAGES, get
from gatepost.org import queries, rules, services
from gatepost.org.actor import Request
from gatepost.org.door import page

SIZE = 15


@page(rules.may_read_words)
@require_safe
def languages(request: Request) -> HttpResponse:
    """Every family language, and how much of it somebody has read."""
    read = queries.how_much_is_read()
    rows = [
        {"language": get(tag), "all": len(entries(tag)), "read": read.get(tag, 0)}
        for tag in FAMILY_LANGUAGES
        if tag != "en"
    ]
    return render(request, "org/languages.html", {"rows": rows})


@page(rules.may_read_words)
@require_http_methods(["GET", "HEAD", "POST"])
def language(request: Request, tag: str) -> HttpResponse:
    """Read the words of one language, a few at a time; say that they are right, or how they should be."""
    if tag not in FAMILY_LANGUAGES or tag == "en":
        raise Http404
    if request.method == "POST":
        return _say(request, tag)
    read = queries.words_read(tag)
    unread = "all" not in request.GET
    part = page_of(request, [each for each in entries(tag) if not (unread and each.key in read)], size=SIZE)
    rows = [(each, read[each.key].words if each.key in read else each.words, read.get(each.key)) for each in part]
    context = {"language_read": get(tag), "page_obj": part, "rows": rows, "unread": unread, "read": len(read)}
    return render(request, "org/language.html", context | {"all": len(entries(tag))})


def _say(request: Request, tag: str) -> HttpResponse:
    """One string was read."""
    entry: Entry | None = next((each for each in entries(tag) if each.key == request.POST.get("string")), None)
    if entry is None:
        raise Http404
    try:
        services.say_words(tag, entry, request.POST.getlist("words"), by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. It is kept with your name."))
    here = {name: request.POST[name] for name in ("page", "all") if request.POST.get(name)}
    return redirect(f"{reverse('staff:language', args=[tag])}?{urlencode(here)}")


@page(rules.may_read_words)
@require_safe
def catalogue(request: Request, tag: str) -> HttpResponse:
    """The catalogue with what was read here, as a file for the makers of Gatepost or for your own copy."""
    if tag not in FAMILY_LANGUAGES or tag == "en":
        raise Http404
    answer = HttpResponse(
        as_file(tag, queries.words_read(tag)), content_type="text/x-gettext-translation; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="gatepost-{tag}.po"'
    return answer
