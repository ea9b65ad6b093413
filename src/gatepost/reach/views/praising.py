"""A letter of praise to a parent about themselves: written, looked at in their language, signed; who has had none."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.core.paging import page_of
from gatepost.know.models import Adult, Channel
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.pressing import press_of
from gatepost.org.rules import may_teach
from gatepost.reach import notices, sayings
from gatepost.reach.audience import lines_for
from gatepost.reach.forms.saying import LetterForm, offered, picked_in
from gatepost.reach.queries.threads import balance_of
from gatepost.reach.rules import threads as rules
from gatepost.reach.saying_preview import CHECK_PAGE, before_it_leaves
from gatepost.reach.services import threads
from gatepost.reach.unpraised import praise_of_parents

SUITS = (sayings.PARENT,)
"""The groups of phrases that suit a letter to a parent about themselves."""


@page(may_teach)
@require_safe
def unpraised(request: Request) -> HttpResponse:
    """Parents who have had no letter of praise this term, each one press from a letter."""
    found = praise_of_parents(request.actor)
    context = {"found": found, "page_obj": page_of(request, found.without)}
    return render(request, "reach/staff/unpraised.html", context)


@page_on(Adult, may=rules.may_write_to)
@require_http_methods(["GET", "HEAD", "POST"])
def praise_parent(request: Request, adult: Adult) -> HttpResponse:
    """Pick what they did, say about which child, sign; see it in their language; then it waits for the printer."""
    picked = picked_in(request, SUITS)
    if not picked:
        context = {"adult": adult, "phrasebook": offered((), SUITS), "phrase_open": True, "balance": balance_of(adult)}
        return render(request, "reach/staff/praise_parent.html", context)
    children = list(rules.children_written_about(request.actor, adult))
    form = LetterForm(request.POST or None, picked=picked, by=request.actor, children=children)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        if "send" not in request.POST:
            return render(request, CHECK_PAGE, _before(request, adult, form))
        if _written(request, adult, form):
            return redirect("reach:unpraised")
    context = {"adult": adult, "form": form, "phrasebook": offered(picked, SUITS), "phrase_open": True}
    return render(request, "reach/staff/praise_parent.html", context)


def _before(request: Request, adult: Adult, form: LetterForm) -> dict[str, object]:
    lines = [line for line in lines_for(notices.praise_letter, [form.child()]) if line.adult == adult]
    return before_it_leaves(
        form,
        lines,
        notices.praise_letter,
        by=request.actor,
        send_words=_("Put it with the letters to print") if lines[0].channel == Channel.LETTER else _("Send it"),
        signed=form.signed(),
        line=lines[0],
        uncosted=True,
    )


def _written(request: Request, adult: Adult, form: LetterForm) -> bool:
    try:
        child, signed, pressed = form.child(), form.signed(), threads.Page(key=press_of(request))
        threads.write_letter(adult, form.saying(), about=child, signed=signed, page=pressed, by=request.actor)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Written, and it counts as good news. A letter is signed before it leaves."))
    return True
