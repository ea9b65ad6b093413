"""The guide that everybody may read: no account, no name, nothing kept. The same for staff, families and strangers."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_safe

from gatepost.core.paging import page_of
from gatepost.front import guide
from gatepost.front.guidance import Guidance
from gatepost.front.leaflets import Leaflet
from gatepost.org.actor import Request
from gatepost.org.door import public_page

KEPT = 600  # seconds for which whoever stands in between may keep a page
WORDS_ON_A_PAGE = 24

type View = Callable[..., HttpResponse]


def guide_page(view: View) -> View:
    """A page of the guide, in the language of the address or of the browser; anybody in between may keep it."""

    @public_page
    @require_safe
    @wraps(view)
    def opened(request: Request, **parts: str) -> HttpResponse:
        place = guide.place_of(request)
        request.family = guide.frame_of(request, place)  # type: ignore[attr-defined]  # read by config.context
        with translation.override(place.tag):
            response = view(request, place, **parts)
        response.headers["Content-Language"] = place.tag
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        return response

    return opened  # type: ignore[return-value]  # an answer of ours, behind a door for every kind


@guide_page
def home(request: Request, place: guide.Place) -> HttpResponse:
    """What every family may want to know, and what the law gives it."""
    pages, leaflets = guide.ways(place)
    context = {"pages": pages, "leaflets": leaflets, "words_url": place.to("guide:words")}
    return render(request, "front/family/guide.html", context)


@guide_page
def words(request: Request, place: guide.Place) -> HttpResponse:
    """What school words mean, from A to Z."""
    part = page_of(request, guide.all_meanings(), size=WORDS_ON_A_PAGE)
    context = {"page_obj": part, "explained": tuple(part), "home_url": place.to("guide:home")}
    return render(request, "front/family/guide_words.html", context)


@guide_page
def leaflet(request: Request, place: guide.Place, slug: str) -> HttpResponse:
    """One right: what it is, what you can do, and where it stands."""
    return _page(request, place, _found(guide.leaflet_of(slug)))


@guide_page
def leaflet_sheet(request: Request, place: guide.Place, slug: str) -> HttpResponse:
    """The same on one sheet of paper."""
    return _sheet(place, _found(guide.leaflet_of(slug)))


@guide_page
def guidance(request: Request, place: guide.Place, slug: str) -> HttpResponse:
    """One thing that is good to know."""
    return _page(request, place, _found(guide.guidance_of(slug)))


@guide_page
def guidance_sheet(request: Request, place: guide.Place, slug: str) -> HttpResponse:
    """The same on one sheet of paper."""
    return _sheet(place, _found(guide.guidance_of(slug)))


def _found[T](page: T | None) -> T:
    if page is None:
        raise Http404
    return page


def _address(place: guide.Place, page: Leaflet | Guidance, **changed: str) -> str:
    return place.to("guide:leaflet" if isinstance(page, Leaflet) else "guide:guidance", page.slug, **changed)


def _page(request: Request, place: guide.Place, page: Leaflet | Guidance) -> HttpResponse:
    on_paper = "guide:leaflet_sheet" if isinstance(page, Leaflet) else "guide:guidance_sheet"
    context = {
        "page": guide.show(page),
        "sheet_url": place.to(on_paper, page.slug),
        "home_url": place.to("guide:home"),
    }
    return render(request, "front/family/guide_page.html", context)


def _sheet(place: guide.Place, page: Leaflet | Guidance) -> HttpResponse:
    """The PDF; or the page itself, which a browser prints as well."""
    body = guide.press(guide.sheet_of(guide.show(page), place, address=_address(place, page, letters="")))
    if body is None:
        return redirect(_address(place, page))
    answer = HttpResponse(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{page.slug}-{place.tag}.pdf"'
    return answer
