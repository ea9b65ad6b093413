"""What texts may cost: the office says it, and sees what is used."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.org.actor import Request
from gatepost.org.door import page
from gatepost.reach.delivery.few import most_a_week
from gatepost.reach.forms.budget import BudgetForm, FewForm
from gatepost.reach.models import TextBudget
from gatepost.reach.rules import may_set_text_budget
from gatepost.reach.services import budgets


@page(may_set_text_budget)
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: Request) -> HttpResponse:
    """So many parts in a month or a term; left empty, there is no budget."""
    held, school = TextBudget.objects.first(), request.actor.school_id
    initial = {"parts": held.parts, "each": held.each} if held else None
    form = BudgetForm(request.POST if "each" in request.POST else None, initial=initial)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        budgets.set_budget(said["parts"], said["each"], school_id=school, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("reach:budget")
    few = FewForm(request.POST if "most" in request.POST else None, initial={"most": most_a_week(school)})
    if few.is_bound and few.is_valid():
        budgets.set_few(few.cleaned_data["most"], school_id=school, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("reach:budget")
    context = {"form": form, "few": few, "budget": budgets.standing(school)}
    return render(request, "reach/staff/budget.html", context)
