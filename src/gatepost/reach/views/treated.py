"""What waits to be put right, and that it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.reading import opens
from gatepost.reach.models import Treated
from gatepost.reach.queries.heard import with_english
from gatepost.reach.services import treated


@page(treated.may_repair_any)
@require_safe
def repairs(request: Request) -> HttpResponse:
    """Families who said that they were not treated well, and with whom they had spoken."""
    part = page_of(request, treated.to_repair(request.actor))
    context = {"page_obj": part, "rows": with_english(part), "today": clock.today()}
    return render(request, "reach/staff/repairs.html", context)


@page_on(Treated, may=treated.may_repair)
@opens(Level.P3)
@require_POST
def repaired(request: Request, asked: Treated) -> HttpResponse:
    """Somebody else has rung them."""
    try:
        treated.repaired(asked, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: you have spoken with %(name)s.") % {"name": asked.adult.name})
    return redirect("reach:repairs")
