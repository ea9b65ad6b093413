"""What somebody else at the school reads before a family does, with marks where to look twice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gatepost.agree import queries, rules, services
from gatepost.agree.forms import SendBackForm
from gatepost.agree.models import Reading
from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.disclosure.freetext import pieces
from gatepost.know.queries import orders_standing
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.org.reading import opens


@page_on(Reading, may=rules.may_read_first)
@opens(Level.P3, of=lambda reading: reading.record)
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: Request, reading: Reading) -> HttpResponse:
    """Read it; then let it go, or send it back with words."""
    if reading.state != Reading.State.WAITING:
        messages.info(request, _("Somebody has read this already."))
        return redirect("/")
    form = SendBackForm(request.POST if request.POST.get("act") == "send_back" else None)
    if request.method == "POST":
        try:
            if _done(request, reading, form):
                return redirect("/")
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("agree:reading", pk=reading.pk)
    return render(request, "agree/staff/reading.html", _shown(reading) | {"form": form})


def _done(request: Request, reading: Reading, form: SendBackForm) -> bool:
    """Do what was pressed, and say whether anything was."""
    if request.POST.get("act") == "release":
        services.release(reading, seen=request.POST.get("seen", ""), by=request.actor)
        messages.success(request, _("Let go. The family is being told."))
        return True
    if form.is_bound and form.is_valid():
        services.send_back(reading, words=form.cleaned_data["words"], by=request.actor)
        messages.success(request, _("Sent back, with your words."))
        return True
    return False


def _shown(reading: Reading) -> dict[str, Any]:
    record, read = reading.record, queries.passages(reading)
    names = queries.names_to_mark(record)
    return {
        "reading": reading,
        "record": record,
        "passages": [(each, pieces(each.text, names=names)) for each in read],
        "seen": queries.fingerprint(read),
        "orders": orders_standing(record.child),
    }
