"""Finding what families are good at, asking for it, and saying thank you."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.know.models import Strength
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.models import School
from gatepost.reach.services import language_for
from gatepost.support import queries, rules, services
from gatepost.support.forms import HelpForm, ThanksForm
from gatepost.support.models import Help


@page(rules.may_look_for_strengths)
@require_safe
def strengths(request: Request) -> HttpResponse:
    """Search what families are good at, in any language (`?q=`), and see what was asked and how it went."""
    asked_for = request.GET.get("q", "").replace("\0", "").strip()[:100]
    known = rules.strengths_open_to(request.actor)
    found = queries.find_strengths(known, asked_for) if asked_for else None
    asked = page_of(request, queries.with_answers(rules.helps_open_to(request.actor)), parameter="asked")
    context = {
        "q": asked_for,
        "found": page_of(request, found) if found is not None else None,
        "known": known.count(),
        "asked": asked,
        "rows": queries.shown_asked(asked),
        "may_ask_everybody": rules.may_ask_everybody(request.actor),
    }
    return render(request, "support/staff/strengths.html", context)


@page(rules.may_ask_everybody)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_everybody(request: Request) -> HttpResponse:
    """Once a year: how many would be asked and in which languages, before anything leaves; then ask them."""
    school = School.objects.get(pk=request.actor.school_id)
    if request.method == "POST":
        sent = services.ask_strengths(school, by=request.actor)
        words = ngettext("%(number)s question is on its way.", "%(number)s questions are on their way.", sent)
        messages.success(request, words % {"number": sent})
        return redirect("support:strengths")
    adults = [adult for adult, _child in queries.to_be_asked()]
    languages = Counter(language_for(adult) for adult in adults)
    context = {"number": len(adults), "languages": languages.most_common()}
    return render(request, "support/staff/ask_everybody.html", context)


@page_on(Strength, may=rules.may_ask_for)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_help(request: Request, strength: Strength) -> HttpResponse:
    """Ask one adult for what they said they would enjoy."""
    form = HelpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.ask_for_help(strength, **form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": strength.adult.name})
            return redirect("support:strengths")
    return render(request, "support/staff/ask_for_help.html", {"strength": strength, "form": form})


@page_on(Help, may=rules.may_thank)
@require_http_methods(["GET", "HEAD", "POST"])
def thank(request: Request, wanted: Help) -> HttpResponse:
    """Say thank you."""
    form = ThanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.thank(wanted, words=form.cleaned_data["words"], by=request.actor)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("%(name)s is thanked.") % {"name": wanted.adult.name})
        return redirect("support:strengths")
    return render(request, "support/staff/thank.html", {"wanted": wanted, "form": form})
