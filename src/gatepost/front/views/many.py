"""Writing to many at once: what, to whom, a look at who gets it, and a minute to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core.errors import Refused
from gatepost.front import many
from gatepost.front.many_forms import ManyForm, SayToManyForm
from gatepost.front.queries import wire_of
from gatepost.language.plain import look_over
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.models import Person, School
from gatepost.org.pressing import press_of
from gatepost.reach import notices
from gatepost.reach.audience import Line, preview
from gatepost.reach.delivery import load
from gatepost.reach.forms.saying import offered, picked_in
from gatepost.reach.models import Broadcast
from gatepost.reach.queries.tongues import read_by
from gatepost.reach.saying_preview import CHECK_PAGE, before_it_leaves
from gatepost.reach.sayings import Saying
from gatepost.reach.services import broadcasts, budgets
from gatepost.reach.services.taking_back import may_be_taken_back


@page(many.may_write_to_many)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request) -> HttpResponse:
    """What to say and to whom; then who gets it, who waits until the morning, and who is left out; then it goes."""
    picked = picked_in(request)
    form: ManyForm | SayToManyForm = ManyForm(request.POST or None, actor=request.actor)
    if picked:
        form = SayToManyForm(request.POST or None, picked=picked, by=request.actor, actor=request.actor)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        return _send(request, form) if "send" in request.POST else _check(request, form)
    mine = Broadcast.objects.filter(by=request.actor.person_id)[:5]
    context = {
        "form": form,
        "says": bool(picked),
        "phrasebook": offered(picked),
        "wire": wire_of(request.actor),
        "sent": [(each, may_be_taken_back(each.at)) for each in mine],
    }
    return render(request, "front/many/write.html", context)


def _check(request: Request, form: ManyForm | SayToManyForm) -> HttpResponse:
    lines = many.lines_of(form.audience(), request.actor)
    adults = [line.adult.pk for line in lines if line.decision.allowed]
    said = form.saying() if isinstance(form, SayToManyForm) else ()
    urgent = form.cleaned_data["urgent"]
    context = {
        "preview": preview(lines, seen_by=request.actor, kind=notices.urgent if urgent else notices.broadcast),
        "nobody_hears_for": many.nobody_hears_for(form.audience(), lines, request.actor),
        "budget": _budget(request, lines, form.cleaned_data.get("words", ""), said),
        "urgent": urgent,
        "later": 0 if urgent else len(load.who_has_had_enough(adults)),
    }
    if isinstance(form, SayToManyForm):
        context |= {"send_words": _("Send it in a minute")}
        return render(
            request, CHECK_PAGE, before_it_leaves(form, lines, notices.broadcast, by=request.actor, **context)
        )
    words = form.cleaned_data["words"]
    context |= {"form": form, "words": words, "findings": look_over(words)}
    return render(request, "front/many/check.html", context)


def _budget(request: Request, lines: list[Line], words: str, said: Saying) -> budgets.Standing | None:
    """What the texts would take of what the school means to spend."""
    school = School.objects.get(pk=request.actor.school_id)
    who = Person.objects.get(pk=request.actor.staff_id).name
    sorry = {tag: {"sorry": True} for line in lines if (tag := read_by(line.adult))}
    bill = budgets.bill(words, said, lines, school=school, who=who, theirs=sorry)
    return budgets.standing(school.pk, this=bill.parts)


def _send(request: Request, form: ManyForm | SayToManyForm) -> HttpResponse:
    lines, by = many.lines_of(form.audience(), request.actor), request.actor
    words, said = form.cleaned_data.get("words", ""), form.saying() if isinstance(form, SayToManyForm) else ()
    urgent = form.cleaned_data["urgent"]
    try:
        broadcasts.send(words, lines, said=said, urgent=urgent, school_id=by.school_id, key=press_of(request), by=by)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It leaves in a minute. Until then you can take it back."))
    return redirect("front:write_to_many")


@page_on(Broadcast, may=many.may_take_back)
@require_POST
def take_back(request: Request, sent: Broadcast) -> HttpResponse:
    """Take it back while its minute runs."""
    try:
        broadcasts.undo(sent, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Taken back: nobody gets it."))
    return redirect("front:write_to_many")
