"""What a talk is about, as the school writes it: from the page on which a meeting is made ready."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gatepost.core.errors import Refused
from gatepost.meet import rules
from gatepost.meet.forms.agenda import AnswerForm, SchoolItemForm
from gatepost.meet.models import AgendaItem, Booking
from gatepost.meet.services import agenda as services
from gatepost.org.actor import Request
from gatepost.org.door import page_on


@page_on(Booking, may=rules.may_prepare)
@require_POST
def agenda(request: Request, booking: Booking) -> HttpResponse:
    """Add something, also for the family, answer what it wrote, or take off what is the school's own."""
    form = (AnswerForm if "item" in request.POST else SchoolItemForm)(request.POST)
    try:
        if not form.is_valid():
            messages.error(request, _("Please write something, in 1,000 letters or fewer."))
        elif isinstance(form, SchoolItemForm) and form.cleaned_data["theirs"]:
            services.add_for_family(booking.invitation, form.cleaned_data["words"], by=request.actor)
        elif isinstance(form, SchoolItemForm):
            item = services.add_for_school(booking, form.cleaned_data["words"], by=request.actor)
            if item and item.state == AgendaItem.State.ASKED:
                messages.success(
                    request, _("The agenda is settled already, so they are asked whether that is all right.")
                )
        elif form.cleaned_data["off"]:
            services.take_off_for_school(booking, form.cleaned_data["item"], by=request.actor)
        else:
            services.answer(booking, form.cleaned_data["item"], form.cleaned_data["words"], by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("meet:prepare", pk=booking.pk)
