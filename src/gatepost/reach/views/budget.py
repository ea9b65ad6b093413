"""What texts may cost: the office says it, and sees what is used."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.org.actor import Request
from gatepost.org.door import page
from gatepost.reach.forms.budget import BudgetForm
from gatepost.reach.models import TextBudget
from gatepost.reach.rules import may_set_text_budget
from gatepost.reach.services import budgets


@page(may_set_text_budget)
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: Request) -> HttpResponse:
    """So many parts in a month or a term; left empty, there is no budget."""
    held = TextBudget.objects.first()
    initial = {"parts": held.parts, "each": held.each} if held else None
    form = BudgetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        budgets.set_budget(said["parts"], said["each"], school_id=request.actor.school_id, by=request.actor)
        messages.success(request, _("Kept."))
        return redirect("reach:budget")
    context = {"form": form, "budget": budgets.standing(request.actor.school_id)}
    return render(request, "reach/staff/budget.html", context)
