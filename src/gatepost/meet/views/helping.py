"""What would help a family to come, on a page of its own: behind a code, so that it can say what they have told us."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gatepost.disclosure import Fact
from gatepost.meet import rules
from gatepost.meet.forms.booking import HelpForm
from gatepost.meet.helps import BEHIND_A_CODE
from gatepost.meet.models import Invitation
from gatepost.meet.queries.helping import shown_help
from gatepost.meet.services import helping
from gatepost.org.actor import Request
from gatepost.reach.door import code_page, draft_of, forget_draft, token_of
from gatepost.reach.steps import stays_in_language
from gatepost.reach.visits import MORE


@code_page("invite:open", Invitation, may=rules.may_answer, facts={Fact.LOGISTICS})
@require_http_methods(["GET", "HEAD", "POST"])
def helps(request: Request, invitation: Invitation) -> HttpResponse:
    """What stands in their way, what we offer for it, and how far it is; what is not ticked any more is not needed."""
    shown = shown_help(invitation)
    ticked = draft_of(request).get("help", "")  # before they had typed their code
    form = HelpForm(request.POST or None, shown=shown, initial={"help": ticked.split(MORE)} if ticked else None)
    stay = stays_in_language(request)
    if request.method == "POST" and "code" not in request.POST and form.is_valid():
        helping.tick_help(invitation, form.cleaned_data["help"], offered=BEHIND_A_CODE, by=request.actor)
        forget_draft(request)
        return redirect(request.path + (f"{stay}&done=1" if stay else "?done=1"))
    token = token_of(request)
    back, other = (reverse(name, args=[token]) + stay for name in ("invite:open", "invite:none_of_these"))
    said = {"shown": shown, "form": form, "back": back, "other_url": other, "done": "done" in request.GET}
    return render(request, "meet/family/helps.html", said)
