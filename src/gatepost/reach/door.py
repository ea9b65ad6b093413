"""The page door for families: a link opens one thing for one adult, if the gate still allows it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, wraps
from typing import Any, Concatenate
from uuid import UUID

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from gatepost.core import clock, limits, scope
from gatepost.core.errors import Wait
from gatepost.core.limits import Budget
from gatepost.core.readings import worded_once
from gatepost.disclosure import Fact
from gatepost.disclosure.gate import decide_all
from gatepost.know.models import Child, ContactPoint
from gatepost.know.queries import bonds_of
from gatepost.language.table import DRAFTED, FAMILY_LANGUAGES, get
from gatepost.org.actor import Actor, Request, Tier
from gatepost.org.models import School
from gatepost.reach import links, services, steps, visits
from gatepost.reach.models import FamilyLink
from gatepost.reach.steps import stays_in_language

LETTERS, LARGE, USUAL = "letters", "large", "usual"  # in the session, and in the address
ACTS_OF_A_LINK = Budget("acts of a link", 60, 3600)

type FamilyView[M] = Callable[Concatenate[Request, M, ...], HttpResponse]


def link_page[M: models.Model](
    purpose: str, model: type[M], *, may: Callable[[Actor, M], bool], facts: set[Fact], reads: Sequence[str] = ()
) -> Callable[[FamilyView[M]], Callable[..., HttpResponse]]:
    """Tier A: whoever holds the link may act for one purpose. Opening it spends nothing and shows nothing private.

    An unknown, old or revoked link, and one that the gate no longer lets pass, get the same 404. `reads` names what
    the page shows of the thing besides its adult and its child: it comes with it, in one query.
    """

    def decorate(view: FamilyView[M]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: Request, token: str, **parts: Any) -> HttpResponse:
            link = links.link_of(token, purpose)
            if link is None:
                raise Http404
            with scope.only([link.school_id], organisation=link.school.organisation_id):
                request.actor = _actor(link, Tier.LINK)
                request.family_link = link  # type: ignore[attr-defined]  # for `_link_of` below
                thing = _thing(model, link, reads)
                if not _passes(request, link, facts) or not may(request.actor, thing):
                    raise Http404
                until = limits.spend(ACTS_OF_A_LINK, link.pk) if request.method == "POST" else None
                if until:
                    return _in_their_language(request, link, lambda: _not_so_fast(request, until))
                return _in_their_language(request, link, lambda: view(request, thing, **parts))

        opened.may = may  # type: ignore[attr-defined]  # the URL sweep and the middleware look for it
        return opened

    return decorate


def code_page[M: models.Model](
    purpose: str, model: type[M], *, may: Callable[[Actor, M], bool], facts: set[Fact]
) -> Callable[[FamilyView[M]], Callable[..., HttpResponse]]:
    """Tier B: the link, and a short code sent to the adult's own contact point, both spent by a button."""

    def decorate(view: FamilyView[M]) -> Callable[..., HttpResponse]:
        def with_code(request: Request, thing: M, **parts: Any) -> HttpResponse:
            link = _link_of(request)
            if not visits.has_visit(request, link, Tier.CODE, visits.CODE_VISIT):
                return steps.ask_for_code(request, link)
            request.actor = _actor(link, Tier.CODE)
            return view(request, thing, **parts)

        return link_page(purpose, model, may=may, facts=facts)(wraps(view)(with_code))

    return decorate


def record_page[M: models.Model](
    purpose: str, model: type[M], *, may: Callable[[Actor, M], bool], facts: set[Fact]
) -> Callable[[FamilyView[M]], Callable[..., HttpResponse]]:
    """Tier C: the link, and a second proof (`proofs.py`). Open for half an hour since it was last used, in one browser.

    What is typed after that is kept (`draft_of`); a form with a button named `close` ends the visit.
    """

    def decorate(view: FamilyView[M]) -> Callable[..., HttpResponse]:
        def with_proof(request: Request, thing: M, **parts: Any) -> HttpResponse:
            link = _link_of(request)
            if not visits.has_visit(request, link, Tier.RECORD, visits.RECORD_VISIT):
                return steps.ask_for_record(request, link)
            if request.method == "POST" and "close" in request.POST:
                visits.end_visit(request, link)
                return redirect(request.path + stays_in_language(request))
            visits.keep_open(request, link)
            request.actor = _actor(link, Tier.RECORD)
            return view(request, thing, **parts)

        return link_page(purpose, model, may=may, facts=facts)(wraps(view)(with_proof))

    return decorate


def draft_of(request: Request) -> dict[str, str]:
    """What somebody typed here after their visit had ended, for `initial=` of the forms that ask for it again."""
    return visits.kept_words(request, _link_of(request))


def forget_draft(request: Request) -> None:
    """They have sent it now."""
    visits.forget_words(request, _link_of(request))


def _link_of(request: Request) -> FamilyLink:
    """The link that the door has let in."""
    link: FamilyLink = request.family_link  # type: ignore[attr-defined]  # set by the door before the view is called
    return link


def token_of(request: HttpRequest) -> str:
    """The token in the address of a family's page."""
    return str(request.resolver_match.kwargs["token"]) if request.resolver_match else ""


def _thing[M: models.Model](model: type[M], link: FamilyLink, reads: Sequence[str]) -> M:
    """What the link opens, with its adult and its child; where they are those of the link, they are not read twice."""
    people = [name for name in ("adult", "child") if name in {field.name for field in model._meta.fields}]
    found = _reading_of(model, (*people, *reads))(link.subject)
    if not found:
        raise Http404
    thing: M = found[0]
    for name in people:
        if getattr(thing, f"{name}_id") == getattr(link, f"{name}_id"):
            setattr(link, name, getattr(thing, name))
    if getattr(thing, "school_id", None) == link.school_id:
        thing.school = link.school  # type: ignore[attr-defined]  # a row of a school, as we have just seen
    return thing


@cache
def _reading_of[M: models.Model](model: type[M], with_it: tuple[str, ...]) -> Callable[[UUID], list[M]]:
    def reading(pk: UUID) -> models.QuerySet[M]:
        rows = model._default_manager.filter(pk=pk).order_by()
        return rows.select_related(*with_it) if with_it else rows

    return worded_once(reading)


def _passes(request: Request, link: FamilyLink, facts: set[Fact]) -> bool:
    if link.child is None:
        return True
    bonds = bonds_of(link.adult, link.child)
    request.apart = bonds.apart  # type: ignore[attr-defined]  # for `kept_apart` below
    return decide_all(bonds.facts, frozenset(facts), on=clock.today()).allowed


def kept_apart(request: Request) -> set[UUID] | None:
    """Whom this adult is not to meet by chance, as the door has just read it; None where it had no need to."""
    return getattr(request, "apart", None)


def _actor(link: FamilyLink, tier: Tier) -> Actor:
    return Actor(
        adult_id=link.adult_id,
        schools=frozenset([link.school_id]),
        organisation=link.school.organisation_id,
        tier=tier,
        purpose=link.purpose,
        subject=link.subject,
        came_by=link.contact_point_id,
    )


def _not_so_fast(request: Request, until: datetime) -> HttpResponse:
    """Many acts in a short time: nothing is done, and nothing that was typed is lost."""
    context = {"words": visits.typed(request), "wait": steps.words_of_wait(Wait(until))}
    return render(request, "reach/family/wait.html", context, status=429)


def _in_their_language(request: Request, link: FamilyLink, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Show the page in the adult's language, or the one they choose on it."""
    asked = request.GET.get("in", "")
    tag = asked if asked in FAMILY_LANGUAGES else services.language_for(link.adult)
    request.family = family_frame(request, link, tag)  # type: ignore[attr-defined]  # read by config.context
    with translation.override(tag):
        response = answer()
    response.headers["Content-Language"] = tag
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def family_frame(request: HttpRequest, link: FamilyLink, tag: str) -> dict[str, Any]:
    """What the frame of every family page needs to know, as plain words."""
    return frame_of(request, link.school, tag)


def frame_of(request: HttpRequest, school: School, tag: str) -> dict[str, Any]:
    """The same for a page that no link of theirs opens."""
    large = _wants_large(request)
    return {
        "large": large,
        "letters_url": _address_with(request, letters=USUAL if large else LARGE),
        "school_name": school.name,
        "guide_at": str(school.pk),
        "office_name": school.office_name,
        "office_phone": school.office_phone,
        "language": get(tag),
        "drafted": tag in DRAFTED,
        "languages": [
            (f"{request.path}?in={other}", get(other).own_name, other) for other in FAMILY_LANGUAGES if other != tag
        ],
        "messages": (),  # what the school's staff were told in this browser is not for families
        "in_language": request.GET.get("in", ""),
        "listening": _is_get(request) and "listen" in request.GET,
        "listen_url": _address_with(request, listen="1"),
    }


def _is_get(request: HttpRequest) -> bool:
    return request.method == "GET"


def _wants_large(request: HttpRequest) -> bool:
    """Larger letters stay for the visit; no script, and nothing is kept of who asked for them."""
    asked = request.GET.get("letters")
    if asked in {LARGE, USUAL} and (asked == LARGE) != bool(request.session.get(LETTERS)):
        request.session[LETTERS] = asked == LARGE
    return bool(request.session.get(LETTERS))


def _address_with(request: HttpRequest, **changed: str) -> str:
    """The same page, asked for otherwise; blank where it answers what somebody has sent."""
    if not _is_get(request):
        return ""
    asked = request.GET.copy()
    for name, value in changed.items():
        asked[name] = value
    return f"{request.path}?{asked.urlencode()}"


def link_of_page(request: Request) -> FamilyLink:
    """The link itself, for a page that makes more of them; it says what is true now of who reads where it went."""
    nameless(request)
    return _link_of(request)


def nameless(request: Request) -> bool:
    """Whether others read the contact point to which the link went, then or now: then its pages name no child."""
    link = _link_of(request)
    if not link.nameless and link.contact_point_id and not hasattr(request, "read_alone"):
        link.nameless = bool(_read_by_others(link.contact_point_id))
        request.read_alone = not link.nameless  # type: ignore[attr-defined]  # asked once for a page
    return link.nameless


@worded_once
def _read_by_others(point: UUID) -> models.QuerySet[ContactPoint, Any]:
    return ContactPoint.objects.filter(pk=point, shared=True).order_by().values_list("pk")


def child_of_link(request: Request) -> Child | None:
    """For whose sake this link was sent."""
    return _link_of(request).child
