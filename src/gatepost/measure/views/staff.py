"""Whom we have not heard from, and who came."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gatepost.core.paging import page_of
from gatepost.measure import charts, queries, releases
from gatepost.org.actor import Request
from gatepost.org.door import page
from gatepost.org.rules import may_lead, may_run_the_office


@page(may_run_the_office)
@require_safe
def not_heard(request: Request) -> HttpResponse:
    """Adults we have not heard from, with a next step each; below, the counts that may leave the school."""
    rows = queries.not_heard_from(request.actor)
    context = {
        "page_obj": page_of(request, rows),
        "number": len(rows),
        "weeks": queries.WEEKS,
        "tables": releases.not_heard_tables(rows),
    }
    return render(request, "measure/not_heard.html", context)


@page(may_run_the_office)
@require_safe
def not_heard_csv(request: Request) -> HttpResponse:
    """The counts as a file: no names, no small numbers."""
    rows = queries.not_heard_from(request.actor)
    return releases.as_csv(releases.not_heard_tables(rows), "not-heard-from")


@page(may_lead)
@require_safe
def attendance(request: Request) -> HttpResponse:
    """How many of the adults who were invited came; below, what may leave the school."""
    report = queries.attendance()
    context = {
        "report": report,
        "chart": charts.bars_of(report.events),
        "tables": releases.attendance_tables(report),
    }
    return render(request, "measure/attendance.html", context)


@page(may_lead)
@require_safe
def attendance_csv(request: Request) -> HttpResponse:
    """The counts as a file: no names, no small numbers."""
    return releases.as_csv(releases.attendance_tables(queries.attendance()), "who-came")
