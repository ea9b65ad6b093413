"""Interpreters: which are to be found, who interprets for the school, and one meeting's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.language.words import say_language
from gatepost.meet import rules, telling_others
from gatepost.meet.forms.interpreting import ArrangeForm, InterpreterForm
from gatepost.meet.models import SIGNED, Interpreter, InterpreterBooking, InterpreterMail
from gatepost.meet.queries import interpreting as queries
from gatepost.meet.services import interpreting as services
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on

LONGEST = 300  # signs of how it went without


@page(rules.may_plan)
@require_safe
def queue(request: Request) -> HttpResponse:
    """Which meetings still need an interpreter, longest overdue first; and who is booked for the others."""
    rows = rules.interpreting_open_to(request.actor)
    keeps = rules.may_keep_interpreters(request.actor)
    context = {
        "to_find": page_of(request, queries.to_find(rows)),
        "found": page_of(request, queries.found(rows), parameter="found"),
        "by_hand": queries.by_hand().filter(of__in=rows) if keeps else (),
        "today": clock.today(),
        "keeps": keeps,
    }
    return render(request, "meet/staff/interpreters.html", context)


@page(rules.may_keep_interpreters)
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: Request) -> HttpResponse:
    """Who outside the school interprets for it, and one more."""
    form = InterpreterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.add(form.cleaned_data, school_id=request.actor.school_id, by=request.actor)
        messages.success(request, _("They can be chosen now."))
        return redirect("meet:outside_interpreters")
    known = Interpreter.objects.filter(ended_at=None)
    rows = [(each, ", ".join(map(say_language, each.languages))) for each in known]
    return render(request, "meet/staff/outside_interpreters.html", {"form": form, "rows": rows})


@page_on(Interpreter, may=rules.may_end_interpreter)
@require_POST
def end(request: Request, outside: Interpreter) -> HttpResponse:
    """They interpret for the school no longer; what they are booked for stands until somebody changes it."""
    services.end(outside, by=request.actor)
    return redirect("meet:outside_interpreters")


@page_on(InterpreterMail, may=rules.may_say_to_interpreter)
@require_POST
def told(request: Request, mail: InterpreterMail) -> HttpResponse:
    """Somebody has rung the interpreter."""
    telling_others.said(mail, by=request.actor)
    return redirect("meet:interpreters")


@page_on(InterpreterBooking, may=rules.may_arrange)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, asked: InterpreterBooking) -> HttpResponse:
    """Find somebody for one meeting, confirm them, or say how it went without."""
    form = ArrangeForm(request.POST if request.POST.get("act") == "arrange" else None, asked=asked)
    if request.method == "POST":
        try:
            if _act(request, asked, form):
                return redirect("meet:interpreter", pk=asked.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
    context = {
        "asked": asked,
        "form": form,
        "slot": asked.booking.slot,
        "adult": asked.booking.invitation.adult,
        "by_whom": asked.by_whom,
        "signed": asked.language == SIGNED,
        "late": queries.is_late(asked),
        "can_confirm": asked.state == InterpreterBooking.State.BOOKED and services.may_be_confirmed(asked),
    }
    return render(request, "meet/staff/interpreter.html", context)


def _act(request: Request, asked: InterpreterBooking, form: ArrangeForm) -> bool:
    act = request.POST.get("act")
    if act == "confirm":
        services.confirm(asked, by=request.actor)
    elif act == "without":
        how = request.POST.get("how", "").replace("\0", "")[:LONGEST]
        services.go_without(asked, how, by=request.actor)
    elif act == "arrange" and form.is_valid():
        if language := form.cleaned_data.get("language"):
            services.say_language(asked, language, by=request.actor)
        else:
            services.arrange(asked, form.found(), by=request.actor)
    else:
        return False
    return True
