"""Where I am signed in, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.front import sessions
from gatepost.org.actor import Request
from gatepost.org.door import account_page
from gatepost.org.models import Person


@account_page
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: Request) -> HttpResponse:
    """Every browser in which I am signed in; one button ends one, another all the others."""
    person, here = request.user, request.session.session_key
    if not isinstance(person, Person):
        raise Http404
    if request.method == "POST":
        number = request.POST.get("number", "")
        ended = sessions.end(person, by=request.actor, besides=here, number=int(number) if number.isdecimal() else None)
        messages.success(request, _("Ended.") if ended else _("It had ended already."))
        return redirect("front:signed_in")
    return render(request, "front/signed_in.html", {"places": sessions.places_of(person, key=here)})
