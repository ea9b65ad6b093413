"""The office's side of an adviser: who agreed with whom, writing it down, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.know.models import Adult
from gatepost.know.rules import adults_open_to
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.support import advice_rules as rules
from gatepost.support import advised, agreeing
from gatepost.support.advice_forms import AgreeForm, FindAdultForm
from gatepost.support.models import FamilyAgreed

SHORTEST, MOST = 3, 20


@page(rules.may_keep_agreements)
@require_safe
def agreements(request: Request) -> HttpResponse:
    """Who has agreed with which adviser; find an adult to write down another."""
    asked = request.GET.get("name", "").strip()
    found = adults_open_to(request.actor).filter(name__icontains=asked)[:MOST] if len(asked) >= SHORTEST else []
    rows = rules.agreements_open_to(request.actor).filter(ended_at=None)
    part = page_of(request, rows.select_related("adult", "adviser__person", "shared_with"))
    context = {
        "find": FindAdultForm(initial={"name": asked}),
        "asked": asked,
        "found": [(adult.pk, adult.name) for adult in found],
        "page_obj": part,
        "rows": advised.rows_of(part),
    }
    return render(request, "support/advice/agreements.html", context)


@page_on(Adult, may=rules.may_agree_for)
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: Request, adult: Adult) -> HttpResponse:
    """Write down that an adult has said yes to an adviser; below, what they agreed to before."""
    form = AgreeForm(request.POST or None, advisers=advised.advisers_now())
    if request.method == "POST" and form.is_valid():
        try:
            agreeing.agree(adult, form.adviser(), until_on=form.cleaned_data["until_on"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. %(name)s gets a message about it.") % {"name": adult.name})
            return redirect("advice:agreements")
    made = FamilyAgreed.objects.filter(adult=adult).select_related("adult", "adviser__person", "shared_with")
    context = {"adult": adult.name, "form": form, "rows": advised.rows_of(made.order_by("-from_on", "id"))}
    return render(request, "support/advice/agree.html", context)


@page_on(FamilyAgreed, may=rules.may_end)
@require_POST
def end(request: Request, agreement: FamilyAgreed) -> HttpResponse:
    """The adult has told the office that it is over."""
    agreeing.end(agreement, by=request.actor)
    messages.success(request, _("Ended. The adviser opens nothing of this family any more."))
    return redirect("advice:agreements")
