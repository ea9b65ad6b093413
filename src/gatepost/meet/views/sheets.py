"""The sheet with which an adult gets ready: their own, and what they have shared of it with the school."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.levels import Level
from gatepost.disclosure import Fact
from gatepost.meet import queries, rules
from gatepost.meet.forms.agenda import SheetForm
from gatepost.meet.models import Booking, Invitation, Sheet
from gatepost.meet.services import sheets as services
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.org.reading import opens
from gatepost.reach.door import code_page, draft_of, forget_draft, token_of
from gatepost.reach.steps import stays_in_language


@code_page("invite:open", Invitation, may=rules.may_answer, facts={Fact.LOGISTICS})
@opens(Level.P4)
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Request, invitation: Invitation) -> HttpResponse:
    """Three questions, for oneself. Shared with the school by a button of its own, and by nothing else."""
    back = reverse("invite:open", args=[token_of(request)]) + stays_in_language(request)
    if queries.booking_of(invitation) is None:
        return redirect(back)
    sheet = Sheet.objects.filter(invitation=invitation).first()
    stands = {name: getattr(sheet, name) for name in services.QUESTIONS} if sheet else {}
    form = SheetForm(request.POST if "know" in request.POST else None, initial=stands | draft_of(request))
    kept = request.method == "POST" and form.is_valid()
    if kept:
        verb = services.share if request.POST.get("act") == "share" else services.keep
        sheet = verb(invitation, form.cleaned_data, by=request.actor)
        forget_draft(request)
    is_shared = bool(sheet and sheet.shared_at)
    said = {"form": form, "back": back, "kept": kept, "shared": is_shared, "now": request.POST.get("act") == "share"}
    return render(request, "meet/family/sheet.html", said)


@page_on(Booking, may=rules.may_prepare)
@opens(Level.P4)
@require_safe
def shared(request: Request, booking: Booking) -> HttpResponse:
    """What the adult has shared, as they shared it. Nothing of what they keep for themselves."""
    sheet = Sheet.objects.filter(invitation=booking.invitation_id).exclude(shared_at=None).first()
    if sheet is None:
        raise Http404
    form = SheetForm()
    said = [(form[name].label, sheet.shared[name]) for name in services.QUESTIONS if sheet.shared.get(name)]
    context = {"booking": booking, "adult": booking.invitation.adult, "said": said, "at": sheet.shared_at}
    return render(request, "meet/staff/sheet.html", context)
