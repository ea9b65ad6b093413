"""The conversation page with its four stages, sharing, the list of promises, and the history of a record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.agree import queries, rules, services
from gatepost.agree.forms import STAGE_FORMS, BecauseForm, PromiseForm, TargetForm
from gatepost.agree.models import Action, Record, Target
from gatepost.agree.views import showing
from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.meet.models import Booking
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.reading import opens


@page_on(Booking, may=rules.may_talk)
@opens(Level.P3, of=lambda booking: Record.objects.filter(booking=booking).first())
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, booking: Booking) -> HttpResponse:
    """Begin a talk, or go on where it was left, on any device."""
    if request.method == "POST":
        return _begin(request, booking)
    record = Record.objects.filter(booking=booking).first()
    if record is None:
        return render(request, "agree/staff/begin.html", showing.before(booking, request.actor))
    if not rules.may_write(request.actor, record):
        return redirect("agree:record", pk=record.pk)
    return render(request, "agree/staff/talk.html", showing.stage_of(record, request.GET.get("stage", "")))


def _begin(request: Request, booking: Booking) -> HttpResponse:
    if rules.may_begin(request.actor, booking):
        try:
            services.open_record(booking, by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect("agree:talk", pk=booking.pk)


@page_on(Record, may=rules.may_write)
@opens(Level.P3)
@require_POST
def save(request: Request, record: Record) -> HttpResponse:
    """Keep what was typed, while somebody types or when they press the button."""
    stage = request.POST.get("stage", "")
    if stage not in STAGE_FORMS:
        raise Http404
    form = STAGE_FORMS[stage](request.POST, record=record)
    by_itself = "X-Autosave" in request.headers
    if not form.is_valid() and not by_itself:
        return render(request, "agree/staff/talk.html", showing.stage_of(record, stage, form=form))
    seen = form.cleaned_data.get("revision", -1)
    try:
        saved = services.write_down(record, form.typed(), seen_version=seen, by=request.actor)
    except services.SavedMeanwhile as refusal:
        return _saved_meanwhile(request, record, stage, refusal, by_itself=by_itself)
    return JsonResponse(showing.saved(saved, form)) if by_itself else _onward(request, saved, stage)


def _saved_meanwhile(
    request: Request, record: Record, stage: str, refusal: Refused, *, by_itself: bool
) -> HttpResponse:
    """Both versions, side by side; the writer's own stays in the boxes. Pressing Save again then means it."""
    if by_itself:
        told = _("%(problem)s Your words are still here. Press Save to see both.") % {"problem": refusal}
        return JsonResponse({"message": told}, status=409)
    record.refresh_from_db()
    mine = request.POST.copy()
    mine["revision"] = str(record.version)
    form = STAGE_FORMS[stage](mine, record=record)
    context = showing.stage_of(record, stage, form=form) | {"theirs": showing.theirs(form, record)}
    return render(request, "agree/staff/talk.html", context, status=409)


def _onward(request: Request, record: Record, stage: str) -> HttpResponse:
    go = request.POST.get("go", "")
    if go == "pause":
        messages.success(request, _("Saved. You can go on with it on any device."))
        return redirect("meet:event", pk=record.booking.slot.event_id)
    if go == "share":
        return redirect("agree:share", pk=record.pk)
    after = showing.stage_after(stage) if go == "next" else Record.Stage(stage)
    services.turn_to(record, after, by=request.actor)
    messages.success(request, _("Saved."))
    return redirect("agree:talk", pk=record.booking_id)


@page_on(Record, may=rules.may_write)
@opens(Level.P3)
@require_POST
def add_target(request: Request, record: Record) -> HttpResponse:
    """One more thing the child works towards."""
    form = TargetForm(request.POST)
    if not form.is_valid():
        return render(request, "agree/staff/talk.html", showing.stage_of(record, "plan", target_form=form))
    services.add_target(record, **form.cleaned_data, by=request.actor)
    services.turn_to(record, Record.Stage.PLAN, by=request.actor)
    return redirect("agree:talk", pk=record.booking_id)


@page_on(Record, may=rules.may_write)
@opens(Level.P3)
@require_POST
def promise(request: Request, record: Record) -> HttpResponse:
    """One more promise."""
    form = PromiseForm(request.POST, record=record)
    if form.is_valid():
        try:
            services.promise(record, form.promise(), by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            services.turn_to(record, Record.Stage.PLAN, by=request.actor)
            return redirect("agree:talk", pk=record.booking_id)
    return render(request, "agree/staff/talk.html", showing.stage_of(record, "plan", promise_form=form))


@page_on(Target, may=rules.may_write_target)
@require_POST
def drop_target(request: Request, target: Target) -> HttpResponse:
    """Take a target back before the family has seen it."""
    try:
        services.drop_target(target, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("agree:talk", pk=target.record.booking_id)


@page_on(Action, may=rules.may_write_action)
@require_POST
def drop(request: Request, action: Action) -> HttpResponse:
    """Take a promise back before the family has seen it."""
    try:
        services.drop(action, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("agree:talk", pk=action.record.booking_id)


@page_on(Record, may=rules.may_write)
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Request, record: Record) -> HttpResponse:
    """Before it leaves: what the family will read, how it reaches them, and what is still missing."""
    if request.method == "POST":
        try:
            as_it_is = request.POST.get("act") == "as_it_is"
            shared = (services.share_as_it_is if as_it_is else services.share)(record, by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("agree:share", pk=record.pk)
        waits = queries.waiting_reading(shared)
        told = (
            _("Somebody else reads this first. Then the family is told.") if waits else _("The family is being told.")
        )
        messages.success(request, told)
        return redirect("agree:record", pk=record.pk)
    return render(request, "agree/staff/share.html", showing.before_sharing(record))


@page_on(Record, may=rules.may_read)
@opens(Level.P3)
@require_safe
def record(request: Request, record: Record) -> HttpResponse:
    """What was said and promised, what the family answered, and every version of the words."""
    revisions = page_of(request, record.revisions.select_related("by"), size=10)
    context = showing.whole(record, request.actor) | {
        "page_obj": revisions,
        "versions": [(each, showing.lines_of(each.content)) for each in revisions],
    }
    return render(request, "agree/staff/record.html", context)


@page(rules.may_see_promises)
@require_safe
def promises(request: Request) -> HttpResponse:
    """What was promised, the longest overdue first."""
    rows = queries.in_order(rules.actions_open_to(request.actor))
    part = page_of(request, rows.select_related("owner", "record__child", "record__adult"))
    settled = rules.actions_settled_by(request.actor)
    return render(
        request,
        "agree/staff/promises.html",
        {"page_obj": part, "rows": showing.with_forms(queries.rows_to_settle(part, settled))},
    )


@page_on(Action, may=rules.may_settle)
@require_POST
def kept(request: Request, action: Action) -> HttpResponse:
    """It was done."""
    try:
        services.keep(action, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down as kept."))
    return _back(request)


@page_on(Action, may=rules.may_settle)
@require_http_methods(["GET", "HEAD", "POST"])
def not_kept(request: Request, action: Action) -> HttpResponse:
    """It was not done: say why."""
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.not_kept(action, because=form.cleaned_data["because"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down, with the reason."))
            return _back(request)
    return render(request, "agree/staff/not_kept.html", {"action": action, "form": form})


def _back(request: Request) -> HttpResponse:
    """To the page it was pressed on, if that is one of ours."""
    asked = request.POST.get("back", "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked) if ours else redirect("agree:promises")
