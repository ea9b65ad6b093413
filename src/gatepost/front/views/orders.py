"""Orders: write one down, look at it, open its words, lift it with a second person; and ask everybody to wait."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.front import orders
from gatepost.front.order_forms import NAMES, CheckStep, LiftForm, ProlongForm, Step, Wizard
from gatepost.front.rules import may_decide_time
from gatepost.know import services as know
from gatepost.know.models import Care, Child, Order
from gatepost.know.rules import children_open_to, may_agree_to_lift, may_hold, may_record_order, may_see_order
from gatepost.meet import services as meet
from gatepost.meet.models import Booking
from gatepost.org.actor import Actor, Request
from gatepost.org.door import page, page_on
from gatepost.org.reading import opens
from gatepost.org.rules import may_protect, may_see_families

FOUND = 20  # children on a page of the search


@page(may_protect)
@opens(Level.P3)
@require_safe
def all_orders(request: Request) -> HttpResponse:
    """What has to be decided, and every order that stands."""
    standing = page_of(request, orders.standing(request.actor))
    context = {
        "tasks": page_of(request, orders.tasks_of(request.actor), parameter="task"),
        "page_obj": standing,
        "rows": [(order, orders.said_of(order.bars)) for order in standing],
    }
    return render(request, "front/orders/all.html", context)


@page(may_protect)
@require_safe
def begin(request: Request) -> HttpResponse:
    """Of which child is it? Brothers and sisters come later."""
    return render(request, "front/orders/begin.html", _search(request))


def _search(request: Request) -> dict[str, object]:
    asked = request.GET.get("q", "").strip()
    found = _children(request.actor, asked) if asked else Child.objects.none()
    return {"q": asked, "page_obj": page_of(request, found, size=FOUND)}


def _children(actor: Actor, asked: str) -> QuerySet[Child]:
    """By the name of the child or of one of their adults."""
    named = Q(name__icontains=asked) | Q(cares__adult__name__icontains=asked, cares__ended_on=None)
    found = children_open_to(actor).filter(named).distinct().order_by("name", "id")
    return found.prefetch_related("cares__adult", "groups")


@never_cache
@page_on(Child, may=may_record_order)
@require_http_methods(["GET", "HEAD", "POST"])
def record_order(request: Request, child: Child) -> HttpResponse:
    """One question a page; on the last one, what it changes; then it binds."""
    wizard = Wizard(request.POST, child=child, actor=request.actor)
    step, agreed = wizard.turn()
    if agreed:
        try:
            made = know.record_orders(
                wizard.answers["adult"], wizard.answers["children"], seen=wizard.seen, by=request.actor
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("It binds from now on.", "It binds from now on, for %(number)s children.", len(made))
            messages.success(request, words % {"number": len(made)})
            return redirect("front:order", pk=made[0].pk)
    return render(request, "front/orders/record.html", _shown(wizard, step, child))


def _shown(wizard: Wizard, step: Step, child: Child) -> dict[str, object]:
    number = NAMES.index(step.name)
    context: dict[str, object] = {
        "child": child,
        "form": step,
        "step": step,
        "number": number + 1,
        "all": len(NAMES),
        "before": NAMES[number - 1] if number else "",
        "carried": list(wizard.carried(step)),
        "typed": list(wizard.carried(None)),
    }
    if isinstance(step, CheckStep):
        context |= {
            "said": wizard.answers,
            "seen": wizard.seen,
            "bars": orders.said_of(wizard.seen.bars),
            "after": orders.after(wizard.answers["adult"], wizard.answers["children"], wizard.seen),
        }
    return context


@never_cache
@page_on(Order, may=may_see_order)
@opens(Level.P3)
@require_safe
def order(request: Request, order: Order) -> HttpResponse:
    """One order: what it takes away, what was stopped by it, and how it is lifted. Its words stay shut."""
    return render(request, "front/orders/order.html", _order_context(request, order))


def _order_context(request: Request, order: Order) -> dict[str, object]:
    open_still = order.lifting_agreed_by_id is None
    asked = open_still and order.lifted_by_id is not None
    return {
        "order": order,
        "bars": orders.said_of(order.bars),
        "now": orders.now(order),
        "stopped": orders.stopped_by(order, request.actor),
        "open_still": open_still,
        "asked": asked,
        "may_agree": asked and may_agree_to_lift(request.actor, order),
        "mine": asked and order.lifted_by_id == request.actor.person_id,
        "ran_out": orders.has_run_out(order),
        "lift": LiftForm(),
        "prolong": ProlongForm(),
    }


@never_cache
@page_on(Order, may=may_see_order, step_up=True)
@require_POST
def order_words(request: Request, order: Order) -> HttpResponse:
    """Open the words of an order. It is written down who did."""
    context = _order_context(request, order) | {"words": know.read_order(order, by=request.actor), "opened": True}
    return render(request, "front/orders/order.html", context)


@page_on(Order, may=may_see_order, step_up=True)
@require_POST
def ask_to_lift(request: Request, order: Order) -> HttpResponse:
    """The first of two people."""
    form = LiftForm(request.POST)
    if form.is_valid():
        try:
            know.ask_to_lift(order, **form.cleaned_data, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. It binds until somebody else has seen the paper and agreed."))
            return redirect("front:order", pk=order.pk)
    return render(request, "front/orders/order.html", _order_context(request, order) | {"lift": form})


@page_on(Order, may=may_agree_to_lift, step_up=True)
@require_POST
def agree_to_lift(request: Request, order: Order) -> HttpResponse:
    """The second of two people, never the same: they agree, or they do not."""
    agreed = request.POST.get("agree") == "yes"
    try:
        (know.agree_to_lift if agreed else know.keep_order)(order, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is lifted.") if agreed else _("It goes on as before."))
    return redirect("front:order", pk=order.pk)


@page_on(Order, may=may_see_order)
@require_POST
def keep_order(request: Request, order: Order) -> HttpResponse:
    """Take back what was asked: nothing changes."""
    try:
        know.keep_order(order, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It goes on as before."))
    return redirect("front:order", pk=order.pk)


@page_on(Order, may=may_see_order)
@require_POST
def prolong_order(request: Request, order: Order) -> HttpResponse:
    """It goes on. Nothing is taken back by that, so one person is enough."""
    form = ProlongForm(request.POST)
    if form.is_valid():
        try:
            know.prolong_order(order, until_on=form.cleaned_data["until_on"], by=request.actor)
        except Refused as refusal:
            form.add_error("until_on", str(refusal))
        else:
            messages.success(request, _("It goes on."))
            return redirect("front:order", pk=order.pk)
    return render(request, "front/orders/order.html", _order_context(request, order) | {"prolong": form})


@page_on(Booking, may=may_decide_time)
@require_http_methods(["GET", "HEAD", "POST"])
def barred_time(request: Request, booking: Booking) -> HttpResponse:
    """An adult under an order has a time: the office decides what becomes of it."""
    if request.method == "POST":
        try:
            meet.withdraw(booking, by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The time is free again. Gatepost tells nobody why."))
        return redirect("front:orders")
    return render(request, "front/orders/time.html", {"booking": booking})


@page(may_see_families)
@require_safe
def wait(request: Request) -> HttpResponse:
    """Somebody has heard something: find the child, and ask everybody to wait."""
    return render(request, "front/orders/wait.html", _search(request))


@page_on(Care, may=may_hold)
@require_POST
def hold(request: Request, care: Care) -> HttpResponse:
    """One press: nothing more is told to this adult about this child until the office has looked."""
    know.hold(care, by=request.actor)
    words = _(
        "Nothing more is told to %(name)s about %(child)s until the office has looked. Please tell the office why."
    )
    messages.success(request, words % {"name": care.adult.name, "child": care.child.called})
    return redirect("front:today")
