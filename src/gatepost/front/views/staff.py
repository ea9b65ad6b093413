"""A member of staff's day, and the job they do it in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.agree.rules import may_see_promises
from gatepost.front import held_leaflets, places, queries
from gatepost.front.forms import ActingForm
from gatepost.front.leaflets import CHECKED
from gatepost.language.dates import say_date
from gatepost.language.table import FAMILY_LANGUAGES, get
from gatepost.meet.queries.interpreting import interpreting_of
from gatepost.meet.queries.outings import alarms_of, mine_now
from gatepost.meet.rules import may_plan, outings_open_to
from gatepost.org import session
from gatepost.org.actor import Request
from gatepost.org.door import ACTING_AS, any_staff, page, public_page
from gatepost.org.models import Person, School
from gatepost.org.queries import hats_of
from gatepost.org.rules import may_read_words, may_see_families
from gatepost.reach.queries.threads import to_praise
from gatepost.reach.rules.threads import waiting_for
from gatepost.support.home_queries import ideas_waiting_for, wants_help


@public_page
@require_safe
def today(request: Request) -> HttpResponse:
    """The first address: staff see their day, everybody else the door that is theirs. Nothing of it is public."""
    if request.actor.is_staff:
        return my_day(request)
    if request.user.is_authenticated and not session.is_proved(request):
        return redirect("mfa_index")
    if request.user.is_authenticated:
        return render(request, "front/no_job.html", {"sign_out_url": reverse("account_logout")})
    return redirect("demo:people" if settings.GATEPOST_DEMO else "account_login")


@page(any_staff)
def my_day(request: Request) -> HttpResponse:
    """Who comes, what I promised, what is to be written down, who waits; of these, what belongs to my role."""
    actor = request.actor
    waiting = queries.waiting(actor)
    context = {
        "meetings": queries.meetings_of(actor),
        "alarms": alarms_of(actor, outings_open_to(actor)),
        "mine": mine_now(actor),
        "interprets": interpreting_of(actor),
        "to_write_down": queries.to_write_down(actor),
        "sent_back": queries.sent_back_to(actor),
        "promises": queries.promises_due(actor),
        "written": waiting_for(actor)[: queries.ROWS],
        "to_praise": to_praise(actor),
        "wants_help": wants_help(actor)[: queries.ROWS],
        "ideas": ideas_waiting_for(actor)[: queries.ROWS],
        "waiting": [each for each in waiting if each.number],
        "quiet": [each for each in waiting if not each.number],
        "wire": queries.wire_of(actor),
        "places": places.places_of(actor),
        "may_meet": may_plan(actor),
        "may_promise": may_see_promises(actor),
        "may_wait": may_see_families(actor),
    }
    return render(request, "front/today.html", context)


@page(may_read_words)
@require_safe
def leaflets(request: Request) -> HttpResponse:
    """Which leaflets and pages of guidance families have in which language, and what is missing."""
    several = School.objects.count() > 1  # one school needs no number in its address
    guide_url = reverse("guide:home") + (f"?{urlencode({'at': str(request.actor.school_id)})}" if several else "")
    names = [get(tag).english_name for tag in FAMILY_LANGUAGES]
    context = {
        "guide_url": guide_url,
        "guide_address": settings.GATEPOST_ORIGIN + guide_url,
        "columns": [_("Page"), *names],
        "rows": held_leaflets.rows(str(request.actor.school_id)),
        "gaps": held_leaflets.without_leaflets(),
        "checked": say_date(CHECKED, "en"),
    }
    return render(request, "front/leaflets.html", context)


@page(any_staff)
@require_http_methods(["GET", "HEAD", "POST"])
def acting_as(request: Request) -> HttpResponse:
    """Somebody with several jobs says which one they do now: rights are those of one job, never of all together."""
    person = request.user
    hats = hats_of(person) if isinstance(person, Person) else []
    chosen = request.session.get(ACTING_AS) or (hats[0].key if hats else "")
    form = ActingForm(request.POST or None, hats=hats, initial={"job": chosen})
    if request.method == "POST" and form.is_valid():
        session.rotate(request)
        request.session[ACTING_AS] = form.cleaned_data["job"]
        return redirect("front:today")
    return render(request, "front/acting_as.html", {"form": form, "several": len(hats) > 1})
