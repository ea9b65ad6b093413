"""What an adult sees with the link in a note for home: one thing to try, and three ways to answer."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.levels import Level
from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.org.pressing import press_of
from gatepost.org.reading import opens
from gatepost.reach.aloud import play
from gatepost.reach.door import link_page, nameless
from gatepost.reach.models import Explain
from gatepost.reach.queries import recordings as recording_queries
from gatepost.reach.services import explaining
from gatepost.support import home, home_queries, home_rules, notices
from gatepost.support.home_forms import HomeAnswerForm
from gatepost.support.models import HomeTry


@link_page(notices.HOME_OPENS, HomeTry, may=home_rules.may_try, facts={Fact.EDUCATION})
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: Request, tried: HomeTry) -> HttpResponse:
    """The note; "we tried it", "we would like help", or what the family does. What was answered is not shown again."""
    if how := explaining.asked_in(request):
        where, owner = Explain.Where.HOME, tried.note.sent_by_id
        wanted = explaining.Wanted(tried.note_id, where, tried.adult, tried.child, owner)
        explaining.ask(wanted, how, by=request.actor)
        return redirect(request.get_full_path())
    said = request.POST.get("say", "")
    form = HomeAnswerForm(request.POST if said == home.IDEA else None)
    done = ""
    if said == home.TRIED:
        home.say_tried(tried, by=request.actor)
        done = said
    elif said == home.HELP:
        home.ask_for_help(tried, by=request.actor)
        done = said
    elif form.is_bound and form.is_valid():
        typed = form.cleaned_data
        name_shown, key = typed["name_shown"], press_of(request)
        home.tell_idea(tried, typed["words"], name_shown=name_shown, key=key, by=request.actor)
        done, form = said, HomeAnswerForm()
    shown = home_queries.shown(tried, nameless=nameless(request))
    context = {
        "note": shown,
        "explain": explaining.offer(tried.note_id, tried.adult, lacking=shown.lacking),
        "others": home_queries.other_families(tried),
        "form": form,
        "done": done,
    }
    return render(request, "support/family/learning.html", context)


@link_page(notices.HOME_OPENS, HomeTry, may=home_rules.may_try, facts={Fact.EDUCATION})
@opens(Level.P3)
@require_safe
def hear(request: Request, tried: HomeTry, recording: UUID) -> HttpResponse:
    """The note, said aloud or signed by somebody of the school, for its player."""
    return play(request, recording_queries.of_thing(tried.note_id).filter(pk=recording).first())
