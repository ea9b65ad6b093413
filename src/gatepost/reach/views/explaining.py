"""What families would like to have explained in their language, and that it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.reach.models import Explain
from gatepost.reach.services import explaining


@page(explaining.may_explain_any)
@require_safe
def waiting(request: Request) -> HttpResponse:
    """Who would like what explained, how, and by when."""
    rows = page_of(request, explaining.to_explain(request.actor))
    return render(request, "reach/staff/explain.html", {"page_obj": rows})


@page_on(Explain, may=explaining.may_explain)
@require_POST
def done(request: Request, asked: Explain) -> HttpResponse:
    """They have heard it in their language."""
    try:
        explaining.done(asked, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Noted: %(name)s has had it explained.") % {"name": asked.adult.name})
    return redirect("reach:explain")
