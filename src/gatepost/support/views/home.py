"""Sending home something to try, and reading what families say."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.know.models import Group
from gatepost.language.plain import look_over
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.pressing import press_of
from gatepost.org.reading import opens
from gatepost.reach.audience import lines_for, preview
from gatepost.reach.forms.saying import offered, picked_in
from gatepost.reach.queries.heard import english_of
from gatepost.reach.saying_preview import CHECK_PAGE, before_it_leaves
from gatepost.reach.services.taking_back import may_be_taken_back
from gatepost.support import home, home_queries, notices
from gatepost.support import home_rules as rules
from gatepost.support.home_forms import HomeForm, SayHomeForm
from gatepost.support.home_ideas import IDEAS
from gatepost.support.models import HomeIdea, HomeNote, HomeTry

PHRASES = ("home",)
"""The group of phrases that suits a note for home."""


@page(rules.may_send_home)
@require_safe
def home_page(request: Request) -> HttpResponse:
    """My classes, who would like help, and what families told us that nobody has read yet."""
    context = {
        "classes": home_queries.classrooms(request.actor),
        "wants_help": page_of(request, home_queries.wants_help(request.actor), parameter="help"),
        "ideas": _in_english(page_of(request, home_queries.ideas_waiting_for(request.actor), parameter="ideas")),
        "sent": [
            (note, may_be_taken_back(note.sent_at))
            for note in HomeNote.objects.filter(sent_by=request.actor.person_id).select_related("group")[:5]
        ],
    }
    return render(request, "support/staff/home.html", context)


def _in_english(ideas: Page[HomeIdea]) -> Page[HomeIdea]:
    """With what somebody who reads the family's language says that it is."""
    found = english_of(ideas)
    for each in ideas:
        each.english = found.get(each.pk)  # type: ignore[attr-defined]  # for its row
    return ideas


@page(rules.may_send_home)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request) -> HttpResponse:
    """Three short fields, a look at who gets it, and it goes. `?class=` names the class, `?idea=` one that is ready."""
    group = _class(request)
    children = home_queries.children_to_choose(request.actor, group)
    picked = picked_in(request, PHRASES)
    whom: dict[str, Any] = {"children": children, "of_class": group is not None}
    form: HomeForm | SayHomeForm = HomeForm(request.POST or None, initial=_ready(request), **whom)
    if picked:
        form = SayHomeForm(request.POST or None, picked=picked, by=request.actor, **whom)
    context: dict[str, Any] = {"form": form, "group": group, "ideas": IDEAS, "children": children}
    context |= {"says": bool(picked), "phrasebook": offered(picked, PHRASES), "own_open": form.is_bound or form.initial}
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        if "send" in request.POST:
            return _send(request, form, group)
        lines = lines_for(notices.home_note, form.chosen())
        shown = preview(lines, seen_by=request.actor, kind=notices.home_note)
        if isinstance(form, SayHomeForm):
            more = {"preview": shown, "send_words": _("Send it in a minute")}
            return render(
                request, CHECK_PAGE, before_it_leaves(form, lines, notices.home_note, by=request.actor, **more)
            )
        words = form.words()
        context |= {"words": words, "preview": shown, "findings": look_over(f"{words.try_this} {words.say_this}")}
        return render(request, "support/staff/home_check.html", context)
    return render(request, "support/staff/home_write.html", context)


def _class(request: Request) -> Group | None:
    """The class that the address names; 404 for one that is not theirs."""
    asked = request.GET.get("class", "")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        key = UUID(int=0)
    return get_object_or_404(rules.classes_open_to(request.actor), pk=key)


def _ready(request: Request) -> dict[str, str]:
    idea = IDEAS.get(request.GET.get("idea", ""))
    if idea is None:
        return {}
    return {"learning": str(idea.learning), "try_this": str(idea.try_this), "say_this": str(idea.say_this)}


def _send(request: Request, form: HomeForm | SayHomeForm, group: Group | None) -> HttpResponse:
    by = request.actor
    try:
        home.send_note(form.words(), form.chosen(), group=group, school_id=by.school_id, key=press_of(request), by=by)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It leaves in a minute. Until then you can take it back."))
    return redirect("home:page")


@page_on(Group, may=rules.may_open_class)
@opens(Level.P3)
@require_safe
def classroom(request: Request, group: Group) -> HttpResponse:
    """What families do at home: the page of a class, with the notes it had and what came back."""
    ideas = home_queries.ideas_of(group, request.actor)
    context = {
        "group": group,
        "ideas": _in_english(page_of(request, ideas.filter(state=HomeIdea.State.SHOWN), parameter="ideas")),
        "kept": _in_english(page_of(request, ideas.exclude(state=HomeIdea.State.SHOWN), parameter="kept")),
        "notes": page_of(request, home_queries.notes_of(group), parameter="notes"),
        "write": f"{reverse('home:write')}?class={group.pk}",
    }
    return render(request, "support/staff/home_class.html", context)


@page_on(HomeNote, may=rules.may_take_back)
@require_POST
def undo(request: Request, note: HomeNote) -> HttpResponse:
    """Take a note back while its minute runs."""
    try:
        home.undo_note(note, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back: nobody gets it."))
    return redirect("home:page")


@page_on(HomeTry, may=rules.may_help)
@require_POST
def helped(request: Request, tried: HomeTry) -> HttpResponse:
    """Somebody has helped."""
    try:
        home.helped(tried, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: %(name)s has been helped.") % {"name": tried.adult.name})
    return redirect("home:page")


@page_on(HomeIdea, may=rules.may_read_idea)
@require_POST
def idea(request: Request, idea: HomeIdea) -> HttpResponse:
    """Put a family's idea on the page of its class, or keep it between them and the school."""
    try:
        home.read_idea(idea, show=request.POST.get("say") == "show", by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("home:page")
