"""What an event takes from teaching, and who teaches instead."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gatepost.core.errors import Refused
from gatepost.meet import rules
from gatepost.meet.forms.release import CoverForm, LessonsForm
from gatepost.meet.models import Event, LessonTimes
from gatepost.meet.queries import preparing
from gatepost.meet.queries import release as queries
from gatepost.meet.services import release as services
from gatepost.org.actor import Request
from gatepost.org.door import page_on


@page_on(Event, may=rules.may_send)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: Request, event: Event) -> HttpResponse:
    """How many hours of staff the event takes, who would be teaching then, and who teaches instead."""
    needs = queries.needs_of(event)
    act = request.POST.get("act", "")
    form = CoverForm(request.POST if act == "cover" else None, needs=needs)
    lessons = LessonsForm(request.POST if act == "lessons" else None)
    keeps = rules.may_keep_rooms(request.actor)
    try:
        if form.is_bound and form.is_valid():
            typed = form.cleaned_data
            services.arrange_cover(event, form.needs[typed["need"]], typed["words"], form.pence(), by=request.actor)
            return redirect("meet:cover", pk=event.pk)
        if keeps and lessons.is_bound and lessons.is_valid():
            services.say_lesson_times(**lessons.cleaned_data, school_id=event.school_id, by=request.actor)
            return redirect("meet:cover", pk=event.pk)
    except Refused as refusal:
        (form if form.is_bound else lessons).add_error(None, str(refusal))
    context = {
        "event": event,
        "needs": [(need, need.cover.pence / 100 if need.cover else 0) for need in needs],
        "hours": queries.hours_of(event),
        "cover_cost": sum(need.cover.pence for need in needs if need.cover) / 100,
        "other_cost": preparing.cost_of(event) / 100,
        "said": _said(event),
        "form": form,
        "lessons": lessons,
        "keeps": keeps,
    }
    return render(request, "meet/staff/cover.html", context)


def _said(event: Event) -> tuple[str, str] | None:
    """When there are lessons, as the clock on the wall shows it."""
    times = LessonTimes.objects.filter(school=event.school_id).first()
    return (times.begins.isoformat("minutes"), times.ends.isoformat("minutes")) if times else None
