"""What an adult sees with the link to a question about what they are good at. It says nothing about a child."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.reach.door import link_page
from gatepost.reach.models import Ask
from gatepost.support import queries, rules, services
from gatepost.support.forms import AnswerForm, TellForm
from gatepost.support.models import Help

EDUCATION = {Fact.EDUCATION}


@link_page("strengths:tell", Ask, may=rules.may_tell, facts=EDUCATION)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request, asked: Ask) -> HttpResponse:
    """Say what one is good at and would enjoy. What was said before is not shown: a link may be passed on."""
    form = TellForm(request.POST or None)
    said = request.method == "POST" and form.is_valid()
    if said:
        typed = form.cleaned_data
        language = asked.adult.language or get_language() or "en"
        services.tell_strengths(asked, typed["words"], language=language, times=typed["times"], by=request.actor)
        form = TellForm()
    return render(request, "support/family/tell.html", {"form": form, "said": said})


@link_page("strengths:help", Help, may=rules.may_answer, facts=EDUCATION)
@require_http_methods(["GET", "HEAD", "POST"])
def help_page(request: Request, wanted: Help) -> HttpResponse:
    """Say whether one would help this time."""
    form = AnswerForm(request.POST or None)
    said = ""
    if request.method == "POST" and form.is_valid():
        said, words = form.cleaned_data["say"], form.cleaned_data["words"]
        services.answer_help(wanted, yes=said == "yes", words=words, by=request.actor)
    context = {"form": form, "said": said, "asked": queries.shown(wanted)}
    return render(request, "support/family/help.html", context)
