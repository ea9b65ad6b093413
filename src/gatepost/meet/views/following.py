"""A colleague's meetings in their own calendar: the page on which they begin it, and the address that it reads."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core import scope
from gatepost.meet import calendar, rules, services
from gatepost.meet.models import Feed
from gatepost.meet.queries.following import meetings_of
from gatepost.org.actor import Request
from gatepost.org.door import page, public_page
from gatepost.org.permissions import Permission
from gatepost.org.queries import staff_now


@page(rules.may_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request) -> HttpResponse:
    """My meetings in my own calendar. The address is shown once, when it is made."""
    if request.POST.get("act") == "end":
        services.end_feed(by=request.actor)
        return redirect("meet:follow")
    address = ""
    if request.POST.get("act") == "begin":
        token = services.begin_feed(by=request.actor)
        address = settings.GATEPOST_ORIGIN + reverse("feed:open", args=[token])
    mine = Feed.objects.filter(person=request.actor.staff_id, ended_at=None)
    response = render(request, "meet/staff/follow.html", {"address": address, "feed": mine.first()})
    response.headers["Cache-Control"] = "no-store"
    return response


@public_page
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """All meetings of whoever holds this address, while they work here. No family stands in it."""
    found = services.feed_of(token)
    if found is None:
        raise Http404
    with scope.only([found.school_id], organisation=found.school.organisation_id):
        if not staff_now(found.school_id, able=Permission.PLAN).filter(pk=found.person_id).exists():
            raise Http404
        name = _("Meetings at %(school)s") % {"school": found.school.name}
        body = calendar.to_follow(meetings_of(found.person), name)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
