"""A member of staff's day, and the job they do it in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.front import queries
from gatepost.front.forms import ActingForm
from gatepost.org.actor import Request
from gatepost.org.door import ACTING_AS, any_staff, page, public_page
from gatepost.org.models import Person
from gatepost.org.queries import jobs_now
from gatepost.org.rules import may_lead, may_teach


@public_page
@require_safe
def today(request: Request) -> HttpResponse:
    """The first address: staff see their day, everybody else the door that is theirs. Nothing of it is public."""
    if request.actor.is_staff:
        return my_day(request)
    if request.user.is_authenticated:
        return render(request, "front/no_job.html", {"sign_out_url": reverse("account_logout")})
    return redirect("demo:people" if settings.GATEPOST_DEMO else "account_login")


@page(may_teach)
def my_day(request: Request) -> HttpResponse:
    """Who comes, what I promised, what is to be written down, who waits; each row one tap from done."""
    actor = request.actor
    context = {
        "meetings": queries.meetings_of(actor),
        "to_write_down": queries.to_write_down(actor),
        "promises": queries.promises_due(actor),
        "waiting": queries.waiting(actor),
        "may_lead": may_lead(actor),
    }
    return render(request, "front/today.html", context)


@page(any_staff)
@require_http_methods(["GET", "HEAD", "POST"])
def acting_as(request: Request) -> HttpResponse:
    """Somebody with several jobs says which one they do now: rights are those of one job, never of all together."""
    person = request.user
    jobs = list(jobs_now(person)) if isinstance(person, Person) else []
    chosen = request.session.get(ACTING_AS) or (str(jobs[0].pk) if jobs else "")
    form = ActingForm(request.POST or None, jobs=jobs, initial={"job": chosen})
    if request.method == "POST" and form.is_valid():
        request.session.cycle_key()
        request.session[ACTING_AS] = form.cleaned_data["job"]
        return redirect("front:today")
    return render(request, "front/acting_as.html", {"form": form, "several": len(jobs) > 1})
