"""Another way to talk: the adult says which, and a colleague agrees the rest with them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.disclosure import Fact
from gatepost.meet import rules, services
from gatepost.meet.forms.booking import NoneForm
from gatepost.meet.models import AnotherWay
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.reach.door import link_page
from gatepost.reach.steps import stays_in_language

READS = ("invitation__ask__adult", "invitation__ask__child")


@link_page("another:open", AnotherWay, may=rules.may_say_another_way, facts={Fact.LOGISTICS}, reads=READS)
@require_http_methods(["GET", "HEAD", "POST"])
def another_way(request: Request, offered: AnotherWay) -> HttpResponse:
    """When, and in which way. What was said before is not shown again."""
    form = NoneForm(request.POST or None)
    said = request.method == "POST" and form.is_valid() and bool(form.said())
    if said:
        services.say_another_way(offered, form.said(), by=request.actor)
    here = request.path + stays_in_language(request)
    return render(request, "meet/family/another_way.html", {"form": form, "said": said, "here": here})


@page(rules.may_plan)
@require_safe
def another_ways(request: Request) -> HttpResponse:
    """Who has said which other way would suit them."""
    waits = rules.another_ways_open_to(request.actor).filter(settled_at=None, said_at__isnull=False)
    rows = waits.select_related("invitation__adult", "invitation__child", "invitation__event")
    return render(request, "meet/staff/another_ways.html", {"rows": rows})


@page_on(AnotherWay, may=rules.may_settle_another_way)
@require_POST
def settle(request: Request, offered: AnotherWay) -> HttpResponse:
    """Something is agreed with them."""
    services.settle_another_way(offered, by=request.actor)
    return redirect("meet:another_ways")
