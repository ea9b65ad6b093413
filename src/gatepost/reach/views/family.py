"""The page on which an adult ends messages that nobody needs: one click in the mail program, or one button here."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from gatepost.core import limits, scope
from gatepost.core.limits import Budget
from gatepost.language.table import FAMILY_LANGUAGES
from gatepost.org.actor import Actor, Tier
from gatepost.org.door import public_page
from gatepost.org.models import School
from gatepost.reach.delivery import mailtokens
from gatepost.reach.delivery.mailtokens import For
from gatepost.reach.door import frame_of
from gatepost.reach.kinds import KINDS
from gatepost.reach.models import Notice, Touch
from gatepost.reach.services import optouts

CLICKS = Budget("clicks on one way out", 30, 3600)


@csrf_exempt  # RFC 8058: a mail program posts it, without a cookie; whoever knows the token has the mail
@public_page
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks and changes nothing, since programs that look at mails open every link; POST does it at once."""
    pk = mailtokens.named(For.STOP, token)
    if pk is None:
        raise Http404
    schools = list(School.objects.all())
    with scope.only([school.pk for school in schools]):
        notice = Notice.objects.filter(pk=pk).select_related("school").first()
    if notice is None or not KINDS[notice.kind].optional:
        raise Http404
    if request.method == "POST" and limits.spend(CLICKS, pk):
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    with scope.only([notice.school_id], organisation=notice.school.organisation_id):
        return _answer(request, notice)


def _answer(request: HttpRequest, notice: Notice) -> HttpResponse:
    asked = request.GET.get("in", "")
    tag = asked if asked in FAMILY_LANGUAGES else notice.language
    request.family = frame_of(request, notice.school, tag)  # type: ignore[attr-defined]  # read by config.context
    adult = notice.adult
    by = Actor(
        adult_id=adult.pk,
        schools=frozenset([notice.school_id]),
        organisation=notice.school.organisation_id,
        tier=Tier.LINK,
    )
    if request.method == "POST":
        if "again" in request.POST:
            optouts.begin_again(notice, by=by)
        else:
            optouts.stop(notice, way=Touch.Way.EMAIL, by=by)
    context = {"stopped": not optouts.wants(adult, KINDS[notice.kind]), "school": notice.school.name}
    with translation.override(tag):
        page = render(request, "reach/family/stop.html", context)
    page.headers["Content-Language"], page.headers["Cache-Control"] = tag, "no-store"
    return page
