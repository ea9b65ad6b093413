"""What an adult sees with the link in a message: what was written, to and fro, and a place to answer."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gatepost.core.errors import Refused
from gatepost.core.levels import Level
from gatepost.disclosure import Fact
from gatepost.org.actor import Request
from gatepost.org.pressing import press_of
from gatepost.org.reading import opens
from gatepost.reach import notices
from gatepost.reach.aloud import play
from gatepost.reach.door import code_page, draft_of, forget_draft, link_page, nameless
from gatepost.reach.forms.threads import FamilyForm, TreatedForm
from gatepost.reach.meanings import explained
from gatepost.reach.models import Explain, Thread, Treated
from gatepost.reach.queries import recordings as recording_queries
from gatepost.reach.queries import threads as thread_queries
from gatepost.reach.rules.threads import may_read_own
from gatepost.reach.services import documents, explaining, threads, treated


@code_page(notices.THREAD_OPENS, Thread, may=may_read_own, facts={Fact.EDUCATION})
@opens(Level.P3)
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: Request, thread: Thread) -> HttpResponse:
    """All of it, the newest last. Answering goes to whoever wrote, and to those who stand in for them."""
    if request.method == "POST" and request.POST.get("say") in {"yes", "not_quite"}:
        documents.newest_was(thread, clear=request.POST["say"] == "yes", by=request.actor)
        return redirect(request.get_full_path())
    if how := explaining.asked_in(request):
        explaining.ask(_to_explain(thread), how, by=request.actor)
        return redirect(request.get_full_path())
    form = FamilyForm(request.POST or None, initial=draft_of(request))
    done = request.method == "POST" and form.is_valid()
    if done:
        threads.receive(thread, form.cleaned_data["words"], key=press_of(request), by=request.actor)
        forget_draft(request)
        form = FamilyForm()
    said = thread_queries.said_in(thread, nameless=nameless(request))
    lacking = thread.wrote_last_id is not None and any(each.lacking for each in said)
    context = {
        "explain": explaining.offer(thread.pk, thread.adult, lacking=lacking),
        "child": "" if nameless(request) else thread.child.called,
        "messages_said": said,
        "explained": explained(each.words for each in said if each.who and each.language == "en"),
        "form": form,
        "done": done,
    }
    return render(request, "reach/family/thread.html", context)


@code_page(notices.THREAD_OPENS, Thread, may=may_read_own, facts={Fact.EDUCATION})
@opens(Level.P3)
@require_safe
def hear(request: Request, thread: Thread, recording: UUID) -> HttpResponse:
    """What somebody of the school has said aloud in this thread, for its player."""
    return play(request, recording_queries.in_thread(thread).filter(pk=recording).first())


def _to_explain(thread: Thread) -> explaining.Wanted:
    """Whoever wrote last sees to it."""
    if thread.wrote_last_id is None:
        raise Http404
    return explaining.Wanted(thread.pk, Explain.Where.THREAD, thread.adult, thread.child, thread.wrote_last_id)


@link_page(notices.TREATED_OPENS, Treated, may=treated.may_say, facts={Fact.EDUCATION})
@require_http_methods(["GET", "HEAD", "POST"])
def how_treated(request: Request, asked: Treated) -> HttpResponse:
    """Well, or not; a word more if somebody likes. It names no child and nobody of the school."""
    form = TreatedForm(request.POST or None)
    done = request.method == "POST" and form.is_valid()
    if done:
        well, words = form.cleaned_data["say"] == "well", form.cleaned_data["words"]
        try:
            treated.say(asked, well=well, words=words, by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            done = False
    context = {"form": form, "done": done, "said": request.POST.get("say", ""), "rings": treated.is_rung(asked)}
    return render(request, "reach/family/treated.html", context)
