"""Who was told nothing, by which rule, and one press to mend it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gatepost.core.paging import page_of
from gatepost.measure import left_out, releases
from gatepost.measure.rules import may_tell_left_out
from gatepost.meet import services as meet
from gatepost.meet.models import Event
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.rules import may_protect


def _days(request: Request) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in left_out.WINDOWS else 30


@page(may_protect)
@require_safe
def who_was_left_out(request: Request) -> HttpResponse:
    """Each adult with what they were not told, the rule in words, and the next step; those without a rule first."""
    days = _days(request)
    rows = left_out.left_out(request.actor, days)
    context = {
        "page_obj": page_of(request, rows),
        "number": len(rows),
        "without": sum(not row.rule for row in rows),
        "days": days,
        "windows": left_out.WINDOWS,
        "tables": left_out.tables(rows),
    }
    return render(request, "measure/left_out.html", context)


@page(may_protect, step_up=True)
@require_safe
def left_out_csv(request: Request) -> HttpResponse:
    """The counts as a file: no names, no small numbers."""
    return releases.as_csv(left_out.tables(left_out.left_out(request.actor, _days(request))), "left-out")


@page_on(Event, may=may_tell_left_out)
@require_POST
def tell_left_out(request: Request, event: Event) -> HttpResponse:
    """Invite one adult who was left out without a rule. The gate is asked again."""
    try:
        only = UUID(request.POST.get("adult", "")), UUID(request.POST.get("child", ""))
    except ValueError:
        return redirect("measure:left_out")
    if meet.invite(event, by=request.actor, only=only):
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.error(request, _("Nothing was sent: they are invited already, or a rule forbids it now."))
    return redirect("measure:left_out")
