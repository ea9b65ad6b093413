"""What a text gateway tells us: a text that came, and what became of one we sent. For machines that hold a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from gatepost.core import limits, scope
from gatepost.core.limits import Budget
from gatepost.core.plain import plain
from gatepost.org.door import public_page
from gatepost.org.models import School
from gatepost.reach import gatekeys
from gatepost.reach.delivery import receipts
from gatepost.reach.services import incoming

WRONG_KEYS = Budget("wrong keys of gateways", 30, 3600)
CALLS = Budget("calls of a school's gateway", 6000, 60)
BIGGEST = 65_536  # bytes; a text has far fewer

type View = Callable[[HttpRequest, School], HttpResponse]

NOTIFY_SAYS = {
    "delivered": "delivered",
    "permanent-failure": "undelivered",
    "temporary-failure": "undelivered",
    "technical-failure": "undelivered",
}


def gateway_page(view: View) -> Callable[..., Any]:
    """Opens for whoever knows the school's key, in that school's scope. For everybody else it is not there."""

    @csrf_exempt
    @public_page
    @wraps(view)
    def opened(request: HttpRequest, key: str) -> HttpResponse:
        school = gatekeys.school_of(key)
        if school is None:
            network = limits.network_of(request)
            if network and limits.spend(WRONG_KEYS, network):
                return _wait()
            raise Http404
        if limits.spend(CALLS, school.pk):
            return _wait()
        with scope.only([school.pk], organisation=school.organisation_id):
            return view(request, school)

    return opened


@gateway_page
def text(request: HttpRequest, school: School) -> HttpResponse:
    """A text came: `from`, `text` and the gateway's `id`. The same id is taken in once."""
    said = request.POST if request.method == "POST" else request.GET
    _take(said.get("from", ""), said.get("text", ""), said.get("id", ""), school)
    return _thanks()


@gateway_page
def receipt(request: HttpRequest, school: School) -> HttpResponse:
    """What became of a text of ours: its `id`, and the gateway's `status`. What we do not know changes nothing."""
    said = request.POST if request.method == "POST" else request.GET
    meant = settings.GATEPOST_GATEWAY_RECEIPTS.get(said.get("status", ""))
    _report(said.get("id", ""), meant, f"The text gateway reports {said.get('status', '')[:20]}.")
    return _thanks()


@gateway_page
def notify(request: HttpRequest, school: School) -> HttpResponse:
    """The same from GOV.UK Notify, which sends JSON: a receipt names our reference, a text its sender."""
    try:
        said = json.loads(request.body[:BIGGEST] or b"{}")
    except ValueError:
        return HttpResponse(status=400)
    if not isinstance(said, dict):
        return HttpResponse(status=400)
    if "source_number" in said:
        _take(str(said["source_number"]), str(said.get("message", "")), str(said.get("id", "")), school)
    else:
        status = str(said.get("status", ""))
        _report(str(said.get("reference", "")), NOTIFY_SAYS.get(status), f"GOV.UK Notify reports {status[:30]}.")
    return _thanks()


def _take(number: str, words: str, source_id: str, school: School) -> None:
    if number.strip():
        incoming.take_text(incoming.read_sender(plain(number)), words, school=school, source_id=plain(source_id))


def _report(told: str, meant: str | None, problem: str) -> None:
    try:
        delivery_id = UUID(told)
    except ValueError:
        return
    if meant:
        receipts.report(delivery_id, receipts.WORDS[meant], problem=problem)


def _thanks() -> HttpResponse:
    """Nothing is said back: some gateways would text it to the family."""
    return HttpResponse(content_type="text/plain")


def _wait() -> HttpResponse:
    return HttpResponse(status=429, headers={"Retry-After": "60"}, content_type="text/plain")
