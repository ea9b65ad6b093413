"""The office's queue: what an adult is to a child, what to say in person, what waits, what did not arrive."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core import clock
from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.disclosure import RULES
from gatepost.front import queries, saying
from gatepost.front.calling import call_for
from gatepost.front.forms import SettleForm
from gatepost.front.orders import tasks_of
from gatepost.front.rules import may_open_the_office
from gatepost.front.texts import with_what_came_before
from gatepost.know import services as know
from gatepost.know.models import Care
from gatepost.know.rules import may_settle
from gatepost.meet.models import Invitation
from gatepost.meet.rules import may_answer_for
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.rules import may_protect
from gatepost.reach import services as reach
from gatepost.reach.delivery import ladder
from gatepost.reach.models import Delivery, IncomingText, Notice
from gatepost.reach.rules import may_clear, may_settle_delivery, may_settle_text, may_stop_all
from gatepost.reach.services import calls
from gatepost.reach.services.incoming import settle_text

SETTLED = {"yes": reach.it_came, "other": ladder.did_not_come}
"""What somebody can say of a message that perhaps came; all else is: send it again."""


@page(may_open_the_office)
@require_safe
def office(request: Request) -> HttpResponse:
    """The queues; `?show=` opens one. Without it, the first one in which somebody waits."""
    queues = queries.queues_of(request.actor)
    counts = {name: queue(request.actor).count() for name, queue in queues.items()}
    asked = request.GET.get("show", "")
    waits = (name for name, number in counts.items() if number and name != "to_find_out")
    show = asked if asked in queues else next(waits, next(iter(queues)))
    rows = page_of(request, queues[show](request.actor))
    if show == "texts":
        rows.object_list = with_what_came_before(rows.object_list, seen_by=request.actor)
    orders = len(tasks_of(request.actor)) if may_protect(request.actor) else 0
    context = {
        "orders": (orders, queries.PAGE_WORDS["front:orders"] % orders),
        "counts": [(number, queries.QUEUE_WORDS[name] % number, f"?show={name}") for name, number in counts.items()],
        "show": show,
        "page_obj": rows,
        "rules": RULES,
        "today": clock.today(),
        "may_protect": may_protect(request.actor),
        "wire": queries.wire_of(request.actor),
        "may_stop": may_stop_all(request.actor),
    }
    return render(request, "front/office.html", context)


@page_on(Care, may=may_settle)
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Request, care: Care) -> HttpResponse:
    """Say what an adult is to a child, so that they are told what is theirs to know."""
    form = SettleForm.about(care, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            know.settle(care, **form.facts(), by=request.actor)
            reach.release(care.adult, child=care.child, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Settled: %(name)s.") % {"name": care.adult.name})
            return redirect(f"{reverse('front:office')}?show=to_settle")
    return render(request, "front/settle.html", {"care": care, "form": form})


@page_on(Notice, may=may_clear)
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Request, notice: Notice) -> HttpResponse:
    """What to say in person, in plain words; then that it was said."""
    words = saying.to_say(notice)
    problem = ""
    if request.method == "POST" and not words.forbidden:
        try:
            noted = _came_of_it(request, notice)
        except Refused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, noted % {"name": words.adult})
            return redirect(f"{reverse('front:office')}?show=by_hand")
    context = {
        "words": words,
        "call": call_for(notice, seen_by=request.actor),
        "problem": problem,
        "open_still": notice.state == Notice.State.BY_HAND,
        "answer_url": _answer_url(request, notice),
    }
    return render(request, "front/say.html", context)


@page_on(Delivery, may=may_settle_delivery)
@require_POST
def uncertain(request: Request, delivery: Delivery) -> HttpResponse:
    """Say whether a message came of which nobody could be sure, or send it again."""
    settled = SETTLED.get(request.POST.get("came", ""), reach.send_again)
    try:
        settled(delivery, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('front:office')}?show=trouble")


def _came_of_it(request: Request, notice: Notice) -> str:
    """Write down what came of the call, or that it was said."""
    if request.POST.get("came") == "nobody":
        calls.nobody_answered(notice, by=request.actor)
        return _("Noted: nobody picked up. It is on the list again tomorrow.")
    if number := request.POST.get("wrong", ""):
        point = next((point for point in calls.numbers_for(notice) if str(point.pk) == number), None)
        if point is None:
            raise Refused(_("This number is not asked any more."))
        calls.wrong_number(notice, point, by=request.actor)
        return _("Noted: this number is doubted. Please ask %(name)s for the right one.")
    reach.said_in_person(notice, by=request.actor)
    return _("Noted: you have told %(name)s.")


def _answer_url(request: Request, notice: Notice) -> str:
    """Where to write in what the adult answers, if the notice is about an invitation."""
    invitation = Invitation.objects.filter(pk=notice.subject).first() if notice.subject else None
    if invitation is None or not may_answer_for(request.actor, invitation):
        return ""
    return reverse("meet:answer_for", args=[invitation.pk])


@page_on(IncomingText, may=may_settle_text)
@require_POST
def text_read(request: Request, text: IncomingText) -> HttpResponse:
    """Somebody has read a text that waited, and did what it asks."""
    try:
        settle_text(text, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect(reverse("front:office") + "?show=texts")
