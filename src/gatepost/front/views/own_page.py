"""An adult's own page, behind a link and a second proof: what the school holds about them, to see and to put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.front import own
from gatepost.front.editing import EDIT, saved, typed
from gatepost.front.notices import OPENS
from gatepost.front.own_forms import (
    BY_ITS_NAME,
    AskForm,
    OwnBarriersForm,
    OwnFacetsForm,
    OwnLanguagesForm,
    OwnNeedsForm,
    OwnStrengthForm,
    OwnWishesForm,
    as_typed,
    names_of_languages,
)
from gatepost.front.rules import may_open_own_page
from gatepost.know import services as know
from gatepost.know.models import Adult
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.org.actor import Request
from gatepost.reach.door import draft_of, forget_draft, record_page, token_of

PAGES = ("wishes", "languages", "needs", "barriers", "add_strength", "facets", "ask")
DONE = {"asked", "saved", "gone"}

alone = record_page(OPENS, Adult, may=may_open_own_page, facts=set())
"""Tier C (`trust.md` D4): facts about one adult, for that adult. It hangs on no child, so no order shuts it."""


@alone
@require_safe
def own_page(request: Request, adult: Adult) -> HttpResponse:
    """What the school holds about this adult, and a way to change each thing."""
    done = request.GET.get("done", "")
    page = own.shown(adult)
    context = {
        "page": page,
        "skills": [(each, _address(request, "strength", each.pk)) for each in page.skills],
        "done": done if done in DONE else "",
    }
    urls = {f"{name}_url": _address(request, name) for name in PAGES}
    return render(request, "front/family/own.html", context | urls)


@alone
@require_http_methods(EDIT)
def wishes(request: Request, adult: Adult) -> HttpResponse:
    """How I wish to be written to and spoken with."""
    form = OwnWishesForm(typed(request), adult=adult)
    return _change(
        request,
        form,
        lambda: know.say_wishes(adult, form.facts(), by=request.actor),
        title=_("How we reach you and speak with you"),
        tongues=names_of_languages(),
    )


@alone
@require_http_methods(EDIT)
def languages(request: Request, adult: Adult) -> HttpResponse:
    """What I speak, read and sign."""
    form = OwnLanguagesForm(typed(request), adult=adult)
    return _change(
        request,
        form,
        lambda: know.say_languages(adult, form.facts(), by=request.actor),
        title=_("Your languages"),
        intro=BY_ITS_NAME,
        tongues=names_of_languages(),
    )


@alone
@require_http_methods(EDIT)
def needs(request: Request, adult: Adult) -> HttpResponse:
    """What I need to take part."""
    form = OwnNeedsForm(typed(request), said=adult.needs.all())
    return _change(
        request,
        form,
        lambda: know.say_needs(adult, form.facts(), by=request.actor),
        title=_("What you need to take part"),
        rows=list(form.rows()),
    )


@alone
@require_http_methods(EDIT)
def barriers(request: Request, adult: Adult) -> HttpResponse:
    """What makes it hard for me. Taken back, it is gone."""
    form = OwnBarriersForm(typed(request), said=adult.barriers.all())
    return _change(
        request,
        form,
        lambda: know.say_barriers(adult, form.facts(), by=request.actor),
        title=_("What makes it hard for you"),
        intro=_("This is yours. Take it away whenever you like, and it is gone. We keep no copy."),
        rows=list(form.rows()),
    )


@alone
@require_http_methods(EDIT)
def facets(request: Request, adult: Adult) -> HttpResponse:
    """What I say of myself, for counting only."""
    form = OwnFacetsForm(typed(request), adult=adult)
    return _change(
        request,
        form,
        lambda: know.say_facets(adult, form.facts(), by=request.actor),
        title=_("What you tell us about yourself"),
        intro=_("We only count it, to see which families we do not reach. You need not say anything."),
    )


@alone
@require_http_methods(EDIT)
def add_strength(request: Request, adult: Adult) -> HttpResponse:
    """What I am good at and would enjoy doing with the school."""
    form = OwnStrengthForm(typed(request), language=adult.language or get_language() or "en")
    return _change(
        request,
        form,
        lambda: know.add_strength(adult, **form.facts(), by=request.actor),
        title=_("What you are good at"),
        tongues=names_of_languages(),
    )


@alone
@require_http_methods(EDIT)
def strength(request: Request, adult: Adult, pk: UUID) -> HttpResponse:
    """The same in other words, or at other times; or not any more."""
    held = adult.strengths.filter(pk=pk).first()
    if held is None:
        raise Http404
    if request.method == "POST" and "remove" in request.POST:
        know.remove_strength(held, by=request.actor)
        return redirect(_address(request, "open", done="gone"))
    form = OwnStrengthForm(typed(request), strength=held)
    return _change(
        request,
        form,
        lambda: know.change_strength(held, form.facts(), by=request.actor),
        title=_("What you are good at"),
        tongues=names_of_languages(),
        remove=True,
    )


@alone
@require_http_methods(EDIT)
def ask(request: Request, adult: Adult) -> HttpResponse:
    """A name, a telephone or a mailbox: a person at the school puts it right."""
    form = AskForm(typed(request))
    return _change(
        request,
        form,
        lambda: own.ask_the_office(adult, **form.cleaned_data, by=request.actor),
        title=_("Ask us to put something right"),
        intro=_("Somebody at the school changes it for you, and asks you first if they are not sure."),
        button=_("Send"),
        done="asked",
    )


def _change(
    request: Request,
    form: forms.Form,
    save: Callable[[], object],
    *,
    title: str,
    done: str = "saved",
    **more: Any,
) -> HttpResponse:
    """Show a form; where what was typed is good, save it and go back. Words from before the page closed come back."""
    if saved(form, save):
        forget_draft(request)
        return redirect(_address(request, "open", done=done))
    draft = draft_of(request)
    kept = not form.is_bound and draft.get("typed_on") == request.path
    if kept:
        as_typed(form, draft)
    context = {
        "form": form,
        "title": title,
        "back": _address(request, "open"),
        "typed_on": request.path,
        "kept": kept,
        "button": _("Save"),
    }
    return render(request, "front/family/change.html", context | more)


def _address(request: Request, name: str, *parts: UUID, done: str = "") -> str:
    """One of these pages, in the language that somebody chose."""
    asked = request.GET.get("in", "")
    query = {"in": asked} if asked in FAMILY_LANGUAGES else {}
    query |= {"done": done} if done else {}
    path = reverse(f"own:{name}", args=[token_of(request), *parts])
    return f"{path}?{urlencode(query)}" if query else path
