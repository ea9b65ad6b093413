"""The print room: letters that wait, runs, what came back by post, and slips to key in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.reading import opens
from gatepost.reach.delivery import letters
from gatepost.reach.delivery import press as the_press
from gatepost.reach.forms.talks import FindSlipForm, SlipForm
from gatepost.reach.models import Delivery, PrintRun, Sheet
from gatepost.reach.rules import (
    may_key_in,
    may_open_run,
    may_print,
    may_print_sealed,
    may_see_letter,
    may_settle_delivery,
)
from gatepost.reach.services import printing, slips

ORDINARY, SEALED = PrintRun.Kind.ORDINARY, PrintRun.Kind.SEALED


@page(may_print)
@require_http_methods(["GET", "HEAD", "POST"])
def print_room(request: Request) -> HttpResponse:
    """Letters that wait: those to hand out class by class, and those to post. A press prints them."""
    return _room(request, ORDINARY, "reach/staff/print_room.html")


@page(may_print_sealed)
@require_http_methods(["GET", "HEAD", "POST"])
def sealed_room(request: Request) -> HttpResponse:
    """The same for addresses that are kept secret, for whoever may open them."""
    return _room(request, SEALED, "reach/staff/sealed_room.html")


def _room(request: Request, kind: PrintRun.Kind, template: str) -> HttpResponse:
    if request.method == "POST":
        try:
            made = printing.make_run(kind, by=request.actor)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
        return redirect("reach:print_run", pk=made.pk)
    rows = printing.waiting(request.actor, kind)
    context = {
        "page_obj": page_of(request, rows),
        "number": len(rows),
        "runs": list(printing.open_runs(kind)),
        "sealed": 0 if kind == SEALED else len(printing.waiting(request.actor, SEALED)),
        "may_seal": may_print_sealed(request.actor),
        "may_print": may_print(request.actor),
    }
    return render(request, template, context)


@page_on(PrintRun, may=may_open_run)
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: Request, run: PrintRun) -> HttpResponse:
    """What became of the paper: printed and on its way, or some or all of it once more."""
    if request.method == "POST":
        try:
            _settle(request, run)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
        return redirect("reach:sealed_letters" if run.kind == SEALED else "reach:letters")
    is_open = run.settled_at is None
    rows = list(printing.in_run(run, request.actor)) if is_open else []
    out = printing.forbidden_now(run) if is_open else []
    context = {"run": run, "rows": rows, "out": out, "problem": the_press.problem()}
    context["with_above"] = printing.in_one_envelope(rows)
    return render(request, "reach/staff/print_run.html", context)


def _settle(request: Request, run: PrintRun) -> None:
    if request.POST.get("act") == "all_again":
        printing.print_all_again(run, by=request.actor)
        messages.success(request, _("They wait again, to be printed once more."))
        return
    ticked = set(request.POST.getlist("again"))
    again = [row.pk for row in printing.in_run(run, request.actor) if str(row.pk) in ticked]
    out = {row.pk for row in printing.forbidden_now(run) if str(row.pk) in request.POST.getlist("out")}
    printing.settle_run(run, spoilt=again, taken_out=out, by=request.actor)
    if again:
        words = ngettext("%(number)s letter waits again.", "%(number)s letters wait again.", len(again))
        messages.success(request, words % {"number": len(again)})
    messages.success(request, _("Written down: the letters are on their way."))


@page_on(PrintRun, may=may_open_run)
@opens(Level.P3)
@require_safe
def press(request: Request, run: PrintRun) -> HttpResponse:
    """The run on paper: one PDF; where this machine cannot make one, the same sheets for the browser's own printer."""
    sheets = printing.pages_of(run)
    if not sheets:
        messages.warning(request, _("The pages of this run are gone: somebody said that they are on their way."))
        return redirect("reach:print_run", pk=run.pk)
    try:
        answer = HttpResponse(the_press.pdf_of(sheets), content_type="application/pdf")
        answer.headers["Content-Disposition"] = 'inline; filename="letters.pdf"'
    except the_press.NoPress:
        answer = HttpResponse(the_press.document(sheets))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@page_on(Delivery, may=may_see_letter)
@require_safe
def twin(request: Request, delivery: Delivery) -> HttpResponse:
    """A letter as a page: the same words, without the address, without a link that works."""
    letter = letters.worded(delivery.notice)
    context = {"letter": letter, "delivery": delivery, "in_full": letters.says_more(delivery.notice)}
    return render(request, "reach/staff/letter_twin.html", context)


@page(may_print)
@require_safe
def gone(request: Request) -> HttpResponse:
    """Letters that left in the last weeks: one that comes back is found here."""
    who = request.GET.get("who", "").replace("\0", "").strip()
    rows = printing.posted(request.actor)
    rows = rows.filter(notice__adult__name__icontains=who) if who else rows
    return render(request, "reach/staff/letters_gone.html", {"page_obj": page_of(request, rows), "who": who})


@page_on(Delivery, may=may_settle_delivery)
@require_POST
def came_back(request: Request, delivery: Delivery) -> HttpResponse:
    """The post brought a letter back."""
    try:
        printing.came_back(delivery, by=request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Written down, with all in its envelope. The office says it in person; please ask where they live now."),
        )
    return redirect("reach:letters_gone")


@page(may_print)
@require_http_methods(["GET", "HEAD", "POST"])
def find_slip(request: Request) -> HttpResponse:
    """A slip came back: its number leads to it. One that leads nowhere waits for a person, with what stands on it."""
    form = FindSlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, words = form.cleaned_data["number"], form.cleaned_data["words"]
        sheet = slips.find_sheet(number)
        if sheet and may_key_in(request.actor, sheet):
            return redirect("reach:slip", pk=sheet.pk)
        if words.strip():
            slips.key_in_unmatched(number, words, by=request.actor)
            messages.success(request, _("Kept for the office: nobody knows yet whose it is."))
            return redirect("reach:find_slip")
        form.add_error("number", _("No slip of ours has this number. Write down what is on it."))
    return render(request, "reach/staff/find_slip.html", {"form": form})


@page_on(Sheet, may=may_key_in)
@require_http_methods(["GET", "HEAD", "POST"])
def slip(request: Request, sheet: Sheet) -> HttpResponse:
    """The slip as it was printed, to tick what the family ticked."""
    form = SlipForm(request.POST or None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            slips.key_in(sheet, form.cleaned_data["ticked"], form.cleaned_data["words"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            name = sheet.delivery.notice.adult.name
            messages.success(request, _("Noted: you have heard from %(name)s.") % {"name": name})
            return redirect("reach:find_slip")
    return render(request, "reach/staff/slip_in.html", {"form": form, "sheet": sheet, "notice": sheet.delivery.notice})
