"""Every outgoing message as its recipient would see it, so that one person can play all parts. Demonstration only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gatepost.core import scope
from gatepost.core.paging import page_of
from gatepost.know.models import Channel
from gatepost.language.table import get
from gatepost.org.actor import Request
from gatepost.org.models import School
from gatepost.reach.models import PostRoomCopy
from gatepost.reach.rules import may_open_the_post_room
from gatepost.reach.services import incoming

type View = Callable[..., HttpResponse]


def post_room_page(view: View) -> View:
    """A page that does not exist where real families live; it sees the letters of every school of the demonstration."""

    @wraps(view)
    def opened(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_open_the_post_room(request.actor):
            raise Http404
        schools = list(School.objects.all())
        organisation = schools[0].organisation_id if schools else None
        with scope.only([school.pk for school in schools], organisation=organisation):
            return view(request, *args, **kwargs)

    opened.may = may_open_the_post_room  # type: ignore[attr-defined]  # the URL sweep and the middleware look for it
    return opened


@post_room_page
@require_safe
def letters(request: Request) -> HttpResponse:
    """What went out, newest first; `?who=` keeps the letters to one person."""
    who = request.GET.get("who", "").replace("\0", "").strip()
    copies = PostRoomCopy.objects.select_related("delivery__notice")
    if who:
        copies = copies.filter(recipient__icontains=who)
    return render(request, "reach/staff/letters.html", {"page_obj": page_of(request, copies), "who": who})


@post_room_page
@require_safe
def letter(request: Request, pk: UUID) -> HttpResponse:
    """One message as its recipient sees it: a mail with its subject, a text as on a telephone. Its link is live."""
    copy = get_object_or_404(PostRoomCopy.objects.select_related("delivery__notice"), pk=pk)
    context = {
        "letter": copy,
        "tongue": get(copy.delivery.notice.language),
        "is_text": copy.delivery.channel == Channel.SMS,
    }
    return render(request, "reach/staff/letter.html", context)


@post_room_page
@require_POST
def answer_text(request: Request, pk: UUID) -> HttpResponse:
    """Write back to a text, as its recipient would on their telephone: it comes in as from a gateway."""
    copy = get_object_or_404(PostRoomCopy.objects.select_related("delivery"), pk=pk, delivery__channel=Channel.SMS)
    incoming.take_text(copy.address, request.POST.get("words", "").replace("\0", ""), school=copy.school)
    messages.success(request, _("Your text is on its way to the school."))
    return redirect("post_room:letter", pk=pk)
