"""The days on which the school is closed: the office keeps them, once a year or when one comes up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.org import rules, services
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.forms import DaysOffForm
from gatepost.org.models import DaysOff


@page(rules.may_run_the_office)
@require_http_methods(["GET", "HEAD", "POST"])
def days_off(request: Request) -> HttpResponse:
    """The holidays and days off that are still to come, and one more."""
    form = DaysOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        first, last = typed["first_on"], typed["last_on"] or typed["first_on"]
        try:
            services.close_on(
                typed["name"], first=first, last=last, school_id=request.actor.school_id, by=request.actor
            )
        except Refused as refusal:
            form.add_error("last_on", str(refusal))
        else:
            messages.success(request, _("Kept. What is planned from now on leaves these days out."))
            return redirect("staff:days_off")
    rows = DaysOff.objects.filter(last_on__gte=clock.today())
    return render(request, "org/days_off.html", {"form": form, "page_obj": page_of(request, rows)})


@page_on(DaysOff, may=rules.may_change_days_off)
@require_POST
def open_again(request: Request, days: DaysOff) -> HttpResponse:
    """They are school days after all."""
    services.open_again(days, by=request.actor)
    messages.success(request, _("Taken away: these are school days."))
    return redirect("staff:days_off")
