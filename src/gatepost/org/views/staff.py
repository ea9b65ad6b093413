"""Who works here, as what, from when until when; who leads which strand; and what each role may do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.org import queries, rules, services
from gatepost.org.actor import Request
from gatepost.org.door import any_staff, page, page_on
from gatepost.org.forms import AppointForm, EndForm, StrandForm
from gatepost.org.models import Job, Lead, Role, School, Strand
from gatepost.org.permissions import by_strand


@page(rules.may_manage_staff)
@require_safe
def people(request: Request) -> HttpResponse:
    """Everybody who works here, or did, and the strands they lead."""
    part = page_of(request, queries.jobs_here())
    return render(
        request,
        "org/people.html",
        {"page_obj": part, "rows": queries.rows_of_jobs(part), "strands": queries.strands_here()},
    )


@page(rules.may_manage_staff, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Give somebody a job at this school."""
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            job, fresh = services.appoint(
                typed["email"],
                name=typed["name"],
                role=Role(typed["role"]),
                school=School.objects.get(pk=request.actor.school_id),
                from_on=typed["from_on"],
                by=request.actor,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("%(who)s works here now.") if fresh else _("%(who)s had this job already. Nothing was changed.")
            messages.success(request, told % {"who": job})
            return redirect("staff:people")
    return render(request, "org/add.html", {"form": form})


@page(any_staff)
@require_safe
def roles(request: Request) -> HttpResponse:
    """What each role may do, as the table that decides has it."""
    return render(request, "org/roles.html", {"strands": by_strand().items()})


@page_on(Job, may=rules.may_manage_job, step_up=True)
@require_safe
def job(request: Request, job: Job) -> HttpResponse:
    """One job: end it, or hand its owner a strand to lead."""
    return _shown(request, job)


@page_on(Job, may=rules.may_manage_job, step_up=True)
@require_POST
def end(request: Request, job: Job) -> HttpResponse:
    """End it now, or on a day to come."""
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            services.end_job(job, last_day=form.cleaned_data["last_day"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted: when this job of %(name)s ends.") % {"name": job.person})
            return redirect("staff:people")
    return _shown(request, job, end_form=form)


@page_on(Job, may=rules.may_manage_job, step_up=True)
@require_POST
def give_strand(request: Request, job: Job) -> HttpResponse:
    """Hand a strand to somebody who works here."""
    form = StrandForm(request.POST)
    if form.is_valid():
        try:
            services.give_strand(
                job.person,
                Strand(form.cleaned_data["strand"]),
                school=job.school,
                until_on=form.cleaned_data["until_on"],
                by=request.actor,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Handed to %(name)s.") % {"name": job.person})
            return redirect("staff:people")
    return _shown(request, job, strand_form=form)


@page_on(Lead, may=rules.may_manage_strand, step_up=True)
@require_POST
def take_strand(request: Request, held: Lead) -> HttpResponse:
    """Take a strand back, at once."""
    try:
        services.take_strand(held, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back."))
    return redirect("staff:people")


def _shown(
    request: Request, job: Job, *, end_form: EndForm | None = None, strand_form: StrandForm | None = None
) -> HttpResponse:
    context = {
        "row": queries.row_of_job(job),
        "end_form": end_form or EndForm(),
        "strand_form": strand_form or StrandForm(),
    }
    return render(request, "org/job.html", context)
