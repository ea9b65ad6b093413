"""Writing with families: a message to one adult, good news to every adult of a child, and what they write back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.know.models import Adult, Child
from gatepost.language.plain import Findings, look_over
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.pressing import press_of
from gatepost.org.reading import opens
from gatepost.org.rules import may_know_of_orders
from gatepost.reach import notices
from gatepost.reach.audience import lines_for, preview
from gatepost.reach.forms.saying import SayForm, offered, picked_in
from gatepost.reach.forms.threads import PraiseForm, ReplyForm, WriteForm
from gatepost.reach.models import Message, Thread
from gatepost.reach.queries import threads as thread_queries
from gatepost.reach.queries import translations as translation_queries
from gatepost.reach.rules import threads as rules
from gatepost.reach.rules.recordings import recordings_to_pass
from gatepost.reach.saying_preview import CHECK_PAGE, before_it_leaves
from gatepost.reach.services import celebrating, language_for, threads
from gatepost.reach.views.saying import say_to_one

PRAISE = ("praise",)
"""The groups of phrases that suit a letter of praise."""


@page_on(Adult, may=rules.may_write_to)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, adult: Adult) -> HttpResponse:
    """Write to one adult about one child."""
    children = list(rules.children_written_about(request.actor, adult))
    if picked := picked_in(request):
        return say_to_one(request, adult, children, picked)
    form = WriteForm(request.POST or None, children=children)
    findings = _to_look_at(request, form)
    if request.method == "POST" and form.is_valid() and not findings:
        try:
            pressed = threads.Page(key=press_of(request))
            said = threads.write(adult, **form.said(), about=form.child(), page=pressed, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reach:thread", said.thread_id)
    known = Thread.objects.filter(adult=adult, child__in=children).select_related("child")
    context = {
        "adult": adult,
        "tongue": translation_queries.tongue_of(adult),
        "form": form,
        "findings": findings,
        "phrasebook": offered(),
        "threads": known,
        "balance": thread_queries.balance_of(adult),
    }
    return render(request, "reach/staff/write.html", context)


@page_on(Thread, may=rules.may_open_thread)
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: Request, thread: Thread) -> HttpResponse:
    """What was written to and fro, and an answer; or that none is needed."""
    seen = _seen(request)
    if picked := picked_in(request):
        return say_to_one(request, thread.adult, [thread.child], picked, answers=seen)
    form = ReplyForm(request.POST if "words" in request.POST else None)
    findings = _to_look_at(request, form)
    try:
        if request.POST.get("act") == "settle":
            threads.no_answer_needed(thread, seen=seen, by=request.actor)
            return redirect("/")
        if form.is_bound and form.is_valid() and not findings:
            pressed = threads.Page(seen, press_of(request))
            threads.write(thread.adult, **form.said(), about=thread.child, page=pressed, by=request.actor)
            messages.success(request, _("It is on its way, unless it says below that it waits."))
            return redirect(request.path)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    context = {
        "thread": thread,
        "seen": seen.isoformat(),
        "said": translation_queries.spoken_in(thread_queries.messages_of(thread), thread.adult),
        "tongue": translation_queries.tongue_of(thread.adult),
        "reads": language_for(thread.adult),
        "form": form,
        "findings": findings,
        "phrasebook": offered(),
        "balance": thread_queries.balance_of(thread.adult),
    }
    return render(request, "reach/staff/thread.html", context)


def _seen(request: Request) -> datetime:
    """When the thread was shown that somebody answers: now, where it is shown now."""
    try:
        told = datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError:
        return clock.now()
    return min(told, clock.now()) if told.tzinfo else clock.now()


def _to_look_at(request: Request, form: ReplyForm | PraiseForm) -> Findings | None:
    """What a plain friend would point at, before it leaves. Pressed once more, it leaves as it is."""
    if not form.is_bound or not form.is_valid() or "as_it_is" in request.POST:
        return None
    return look_over(form.cleaned_data["words"]) or None


@page_on(Child, may=rules.may_praise)
@require_http_methods(["GET", "HEAD", "POST"])
def praise(request: Request, child: Child) -> HttpResponse:
    """A letter of praise to every adult of a child, each on their own; with what to say if one rings instead."""
    picked = picked_in(request, PRAISE)
    form: PraiseForm | SayForm = PraiseForm(request.POST or None)
    if picked:
        form = SayForm(request.POST or None, picked=picked, by=request.actor)
    lines = lines_for(notices.praise, [child])
    findings = _to_look_at(request, form) if isinstance(form, PraiseForm) else None
    if request.method == "POST" and form.is_valid() and not findings and "change" not in request.POST:
        if isinstance(form, SayForm) and "send" not in request.POST:
            return render(request, CHECK_PAGE, before_it_leaves(form, lines, notices.praise, by=request.actor))
        return _praised(request, child, form)
    context = {
        "child": child,
        "form": form,
        "findings": findings,
        "says": bool(picked),
        "phrasebook": offered(picked, PRAISE),
        "preview": preview(lines, seen_by=request.actor, kind=notices.praise),
        "told": [line.adult for line in lines if line.decision.allowed],
    }
    return render(request, "reach/staff/praise.html", context)


def _praised(request: Request, child: Child, form: PraiseForm | SayForm) -> HttpResponse:
    if isinstance(form, SayForm):
        told = celebrating.praise(child, said=form.saying(), by=request.actor)
    else:
        told = celebrating.praise(child, form.cleaned_data["words"], by=request.actor)
    words = ngettext("%(number)s adult hears it.", "%(number)s adults hear it.", told)
    messages.success(request, words % {"number": told})
    return redirect("/")


@page(may_know_of_orders)
@require_safe
def to_pass(request: Request) -> HttpResponse:
    """What colleagues have written where an order stands about the child: read it before the family does."""
    waits = page_of(request, rules.messages_to_pass(request.actor))
    heard = recordings_to_pass(request.actor)
    return render(request, "reach/staff/to_pass.html", {"page_obj": waits, "to_hear": heard})


@page_on(Message, may=rules.may_pass)
@opens(Level.P3)
@require_POST
def pass_on(request: Request, message: Message) -> HttpResponse:
    """Let it go, or send it back to whoever wrote it."""
    try:
        threads.pass_on(message, send=request.POST.get("say") == "send", by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("reach:to_pass")
