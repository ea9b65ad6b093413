"""What is picked from the phrasebook: filled in, looked at in every language that its readers read, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render

from gatepost.core.errors import Refused
from gatepost.know.models import Adult, Child
from gatepost.language.phrasebook import Phrase
from gatepost.org.actor import Request
from gatepost.org.pressing import press_of
from gatepost.reach import sayings
from gatepost.reach.audience import lines_for
from gatepost.reach.forms.saying import SayToOneForm, offered
from gatepost.reach.saying_preview import CHECK_PAGE, before_it_leaves
from gatepost.reach.services import threads


def say_to_one(
    request: Request,
    adult: Adult,
    children: Sequence[Child],
    picked: Sequence[Phrase],
    *,
    answers: datetime | None = None,
) -> HttpResponse:
    """Phrases to one adult: what is missing in them, a look at them in their language, and they go.

    `answers`: what the family had written by then, where their thread was shown.
    """
    form = SayToOneForm(request.POST or None, picked=picked, by=request.actor, children=children)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        about, saying = form.child(), form.saying()
        if "send" not in request.POST:
            kind = threads.KINDS[sayings.tone_of(saying)]
            lines = [line for line in lines_for(kind, [about]) if line.adult == adult]
            return render(request, CHECK_PAGE, before_it_leaves(form, lines, kind, by=request.actor))
        try:
            pressed = threads.Page(answers, press_of(request))
            said = threads.write(adult, about=about, said=saying, page=pressed, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reach:thread", said.thread_id)
    context = {"adult": adult, "form": form, "phrasebook": offered(picked), "back": request.path}
    return render(request, "reach/staff/say_to_one.html", context)
