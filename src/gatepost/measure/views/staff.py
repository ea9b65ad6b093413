"""Whom we have not heard from, and who came."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gatepost.core.paging import page_of
from gatepost.measure import charts, contacts, queries, releases, rules
from gatepost.org.actor import Request
from gatepost.org.door import page


@page(rules.may_see_figures)
@require_safe
def figures(request: Request) -> HttpResponse:
    """What governors and the authority see: counts without names, and no small number."""
    context = {
        "not_heard": releases.not_heard_tables(_whole_school(request)),
        "came": releases.attendance_tables(queries.attendance()),
        "at_home": contacts.at_home_tables(contacts.at_home()),
    }
    return render(request, "measure/figures.html", context)


@page(rules.may_see_not_heard)
@require_safe
def not_heard(request: Request) -> HttpResponse:
    """Adults we have not heard from, with a next step each; below, the counts that may leave the school."""
    rows = queries.not_heard_from(request.actor)
    context = {
        "page_obj": page_of(request, rows),
        "number": len(rows),
        "weeks": queries.WEEKS,
        "tables": releases.not_heard_tables(queries.not_heard_at_school(request.actor, rows)),
        "may_note": rules.may_note(request.actor),
    }
    return render(request, "measure/not_heard.html", context)


@page(rules.may_take_not_heard, step_up=True)
@require_safe
def not_heard_csv(request: Request) -> HttpResponse:
    """The counts as a file: no names, no small numbers."""
    return releases.as_csv(releases.not_heard_tables(_whole_school(request)), "not-heard-from")


def _whole_school(request: Request) -> list[queries.NotHeard]:
    return queries.not_heard_at_school(request.actor, queries.not_heard_from(request.actor))


@page(rules.may_see_attendance)
@require_safe
def attendance(request: Request) -> HttpResponse:
    """How many of the adults who were invited came; below, what may leave the school."""
    report = queries.attendance()
    context = {
        "report": report,
        "chart": charts.bars_of(report.events),
        "at_home": contacts.at_home(),
        "unlinked": contacts.unlinked(),
        "tables": releases.attendance_tables(report),
    }
    return render(request, "measure/attendance.html", context)


@page(rules.may_take_attendance, step_up=True)
@require_safe
def attendance_csv(request: Request) -> HttpResponse:
    """The counts as a file: no names, no small numbers."""
    return releases.as_csv(releases.attendance_tables(queries.attendance()), "who-came")
