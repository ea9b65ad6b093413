"""The page on which something is said aloud or signed: what there is to hear, and a form for one more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import gettext as _

from gatepost.core import ranges
from gatepost.core.errors import Refused
from gatepost.org.actor import Actor, Request
from gatepost.org.rules import may_know_of_orders
from gatepost.reach.forms.recordings import RecordingForm
from gatepost.reach.models import Recording, Translation
from gatepost.reach.models.translations import BROADCAST, MESSAGE
from gatepost.reach.services import recordings

HEARS_ITSELF: Any = settings.SECURE_CSP | {"media-src": [CSP.SELF, "blob:"]}
"""What was recorded in the browser is heard there before it is sent."""
MICROPHONE = "camera=(self), geolocation=(), microphone=(self)"


PLACES: dict[str, str] = {MESSAGE: "reach:aloud", BROADCAST: "reach:aloud_to_many"}
"""Which words of the school are said aloud where; a package above adds its own."""


def register_places(names: Iterable[str], opens: str) -> None:
    """Say where words of these names, which somebody puts into another language, can be said aloud instead."""
    PLACES.update(dict.fromkeys(names, opens))


def place_of(row: Translation) -> str:
    """Where the same can be said aloud; blank for what a family wrote, and for what is not said aloud."""
    opens = PLACES.get(row.part.partition(":")[0])
    return reverse(opens, args=[row.of]) if opens and not row.incoming else ""


@dataclass(frozen=True)
class Words:
    """What is to be said aloud, and what happens once it is."""

    of: UUID
    school_id: UUID
    text: str
    back: str
    tell: Callable[[Recording, Actor], None]
    read_first: bool = False
    language: str = ""  # that of the one adult who gets it


def record(request: Request, words: Words) -> HttpResponse:
    """The page of all that is said aloud: what there is, and a form for one more."""
    if played := request.GET.get("play"):
        return play(request, _one(words, played))
    form = RecordingForm(None, initial={"language": words.language})
    if request.method == "POST":
        if act := request.POST.get("act"):
            return _act(request, words, act)
        form = RecordingForm(request.POST, request.FILES)
        if form.is_valid() and _kept(request, words, form):
            return redirect(request.path)
    held = Recording.objects.filter(of=words.of).select_related("by", "passed_by")
    context = {
        "words": words.text,
        "back": words.back,
        "form": form,
        "held": [(each, _may_pass(request, each), each.by_id == request.actor.person_id) for each in held],
    }
    response = render(request, "reach/staff/recordings.html", context)
    response.headers["Permissions-Policy"] = MICROPHONE
    return response


def _kept(request: Request, words: Words, form: RecordingForm) -> bool:
    """Keep it; what was said before in this language gives way, and nobody is told again."""
    said, media = form.cleaned_data["language"], form.cleaned_data["file"]
    again = Recording.objects.filter(of=words.of, language=said).exists()
    by, first = request.actor, words.read_first
    try:
        kept = recordings.add(words.of, media, said, school_id=words.school_id, read_first=first, by=by)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return False
    if not again:
        words.tell(kept, request.actor)
    if words.read_first:
        messages.success(request, _("Kept. Somebody else hears it before the family does."))
    else:
        messages.success(request, _("Kept. Families who speak this language hear it on their page."))
    return True


def _act(request: Request, words: Words, act: str) -> HttpResponse:
    recording = _one(words, request.POST.get("recording", ""))
    try:
        if act == "remove" and recording.by_id == request.actor.person_id:
            recordings.remove(recording, by=request.actor)
            messages.success(request, _("Taken away: nobody hears it."))
        elif act in {"send", "back"} and _may_pass(request, recording):
            recordings.pass_on(recording, send=act == "send", by=request.actor)
            recording.refresh_from_db()
            words.tell(recording, request.actor)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(request.path)


def _may_pass(request: Request, recording: Recording) -> bool:
    waits = recording.state == Recording.State.TO_PASS and recording.by_id != request.actor.person_id
    return waits and may_know_of_orders(request.actor)


def _one(words: Words, asked: str) -> Recording:
    found = next((each for each in Recording.objects.filter(of=words.of) if str(each.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def play(request: Request, recording: Recording | None) -> HttpResponse:
    """The sound or the film itself."""
    if recording is None:
        raise Http404
    return ranges.answer(request, recording.file.open("rb"), size=recording.size, kind=recording.kind)
