"""Extra help for a child: what it gets, what it is for, and which adult has understood that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.know.models import Child
from gatepost.language.plain import look_over
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.org.models import Person, School
from gatepost.org.reading import opens
from gatepost.reach.audience import lines_for, preview
from gatepost.reach.models import Touch
from gatepost.reach.saying_preview import preview_saying
from gatepost.support import extra as services
from gatepost.support import extra_queries, extra_rules, notices
from gatepost.support.extra_forms import ExtraHelpForm
from gatepost.support.models import ExtraHelp, ExtraHelpTold


@page_on(Child, may=extra_rules.may_give_extra_help)
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def of_child(request: Request, child: Child) -> HttpResponse:
    """What the child gets and what each adult says; something new, a look at what they will read, and it goes."""
    actor = request.actor
    form = ExtraHelpForm(request.POST or None, school_id=child.school_id, who=actor.person_id)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        if "send" not in request.POST:
            return render(request, "support/staff/extra_check.html", _before(request, child, form))
        try:
            services.begin(child, form.words(), led_by=form.cleaned_data["led_by"], by=actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. Every adult of the child is told what it is for."))
            return redirect(request.path)
    context = {"child": child, "form": form, "given": extra_queries.extra_help_of(child, actor)}
    return render(request, "support/staff/extra.html", context)


def _before(request: Request, child: Child, form: ExtraHelpForm) -> dict[str, object]:
    words, lines = form.words(), lines_for(notices.extra_help, [child])
    school, who = School.objects.get(pk=child.school_id), Person.objects.get(pk=request.actor.staff_id).name
    return {
        "child": child,
        "form": form,
        "words": words,
        "saying": preview_saying(words.said, lines, notices.extra_help, school=school, who=who) if words.said else None,
        "findings": look_over(words.purpose) if words.purpose else None,
        "preview": preview(lines, seen_by=request.actor),
        "uncosted": True,
    }


@page_on(ExtraHelpTold, may=extra_rules.may_key_in)
@require_POST
def key_in(request: Request, told: ExtraHelpTold) -> HttpResponse:
    """What an adult said on the telephone: the same answer as by a click."""
    said = request.POST.get("say", "")
    if said in (services.YES, services.NOT_YET):
        services.say(told, understood=said == services.YES, way=Touch.Way.PHONE, by=request.actor)
        messages.success(request, _("Noted: you have heard from %(name)s.") % {"name": told.adult.name})
    return redirect("extra:of_child", told.extra.child_id)


@page_on(ExtraHelp, may=extra_rules.may_end)
@require_POST
def end(request: Request, extra: ExtraHelp) -> HttpResponse:
    """It is over."""
    try:
        services.end(extra, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("extra:of_child", extra.child_id)
