"""What staff do by hand: note that somebody has talked with an adult."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.know.models import Adult
from gatepost.know.rules import children_open_to, may_open_adult
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.reach import services
from gatepost.reach.forms import TalkForm


@page_on(Adult, may=may_open_adult)
@require_http_methods(["GET", "HEAD", "POST"])
def note_talk(request: Request, adult: Adult) -> HttpResponse:
    """Both sides have spoken: write it down in two fields, standing in the corridor."""
    children = children_open_to(request.actor).filter(cares__adult=adult, cares__ended_on=None).distinct()
    form = TalkForm(request.POST or None, children=list(children))
    if request.method == "POST" and form.is_valid():
        school = request.actor.school_id
        services.touch(adult, **form.said(), two_way=True, school_id=school, by=request.actor)
        messages.success(request, _("Noted: you have heard from %(name)s.") % {"name": adult.name})
        return redirect(_back(request))
    return render(request, "reach/staff/note_talk.html", {"adult": adult.name, "form": form, "back": _back(request)})


def _back(request: Request) -> str:
    """The page somebody came from, if it is one of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else "/"
