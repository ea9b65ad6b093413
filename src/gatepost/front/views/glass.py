"""A child's records in an emergency: opened for an hour, with a reason, before the eyes of others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.agree.models import Record
from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.front import glass as opened_glass
from gatepost.front.forms import FindForm, GlassForm
from gatepost.front.rules import may_read_behind
from gatepost.org import services
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.models import BrokenGlass
from gatepost.org.reading import opens
from gatepost.org.rules import may_break_glass, may_look_at, may_see_broken_glass


@page(may_break_glass)
@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: Request) -> HttpResponse:
    """Find the child, say why, and read for an hour. Never one's own child."""
    asked = request.GET.get("name", "").strip()
    children = opened_glass.children_called(asked, by=request.actor)
    form = GlassForm(request.POST or None, children=children)
    if request.method == "POST" and form.is_valid():
        child = form.child()
        try:
            glass = services.break_glass(
                child.pk, reason=form.cleaned_data["reason"], school_id=child.school_id, by=request.actor
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("front:behind_glass", pk=glass.pk)
    context = {
        "asked": asked,
        "find": FindForm(initial={"name": asked}),
        "form": form,
        "found": bool(children),
        "open_now": opened_glass.open_now(request.actor),
    }
    return render(request, "front/glass/break.html", context)


@page_on(BrokenGlass, may=may_read_behind)
@require_safe
def behind_glass(request: Request, glass: BrokenGlass) -> HttpResponse:
    """What lies behind the glass while it is open: the child's records, to read."""
    records = Record.objects.filter(child=glass.child).select_related("booking__slot", "adult", "teacher")
    context = {
        "child": opened_glass.name_of(glass),
        "until": glass.until,
        "page_obj": page_of(request, records.order_by("-created_at")),
    }
    return render(request, "front/glass/behind.html", context)


@page(may_see_broken_glass)
@opens(Level.P3)
@require_safe
def glass_report(request: Request) -> HttpResponse:
    """Who opened whose records in an emergency, when and why, and who has looked at it since; newest first."""
    part = page_of(request, opened_glass.report(request.actor))
    return render(
        request, "front/glass/report.html", {"page_obj": part, "rows": opened_glass.rows_of(part, by=request.actor)}
    )


@page_on(BrokenGlass, may=may_look_at)
@require_POST
def look_at(request: Request, glass: BrokenGlass) -> HttpResponse:
    """Say that one has read why, and spoken with whoever it was where that was needed."""
    services.look_at(glass, by=request.actor)
    messages.success(request, _("Noted: you have looked at it."))
    return redirect("front:glass_report")
