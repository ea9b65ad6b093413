"""What the frame of every page needs: the school, the language, where staff can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gatepost.agree.rules import may_see_promises
from gatepost.design.parts import NavItem
from gatepost.front.rules import may_open_the_office
from gatepost.language.table import get
from gatepost.measure.rules import may_see_attendance, may_see_figures, may_see_not_heard
from gatepost.meet.rules import may_plan
from gatepost.org.actor import NOBODY, Actor
from gatepost.org.door import any_staff
from gatepost.org.models import Organisation, School
from gatepost.org.permissions import label_of
from gatepost.org.rules import may_advise, may_manage_staff, may_see_families
from gatepost.support.home_rules import may_send_home
from gatepost.support.rules import may_look_for_strengths


def _only_figures(actor: Actor) -> bool:
    """Who sees attendance meeting by meeting finds the counts below it."""
    return may_see_figures(actor) and not may_see_attendance(actor)


_PLACES = [
    ("front:today", _("Today"), any_staff),
    ("front:families", _("Families"), may_see_families),
    ("meet:events", _("Meetings"), may_plan),
    ("agree:promises", _("Promises"), may_see_promises),
    ("home:page", _("Learning at home"), may_send_home),
    ("support:strengths", _("Strengths"), may_look_for_strengths),
    ("measure:not_heard", _("Not heard from yet"), may_see_not_heard),
    ("measure:attendance", _("Who came"), may_see_attendance),
    ("measure:figures", _("Figures"), _only_figures),
    ("advice:families", _("My families"), may_advise),
    ("front:office", _("Office"), may_open_the_office),
    ("staff:people", _("Staff"), may_manage_staff),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """School, language, navigation and footer. Family pages bring their own frame, as plain words."""
    common: dict[str, Any] = {"demo": settings.GATEPOST_DEMO, "language": get(get_language() or "en")}
    if settings.GATEPOST_DEMO:
        common["demo_links"] = [
            NavItem(reverse("demo:people"), gettext("Play another part")),
            NavItem(reverse("post_room:letters"), gettext("Post room")),
        ]
    family: dict[str, Any] | None = getattr(request, "family", None)
    if family:
        return common | {"guide_url": _guide_of(family)} | family
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.is_staff:
        return common
    return (
        common
        | _where(actor)
        | {
            "home_url": reverse("front:today"),
            "nav": [
                NavItem(reverse(name), label, current=_stands_on(request.path, reverse(name)))
                for name, label, rule in _PLACES
                if rule(actor)
            ],
            "signed_in": {
                "name": str(request.user),
                "account_url": reverse("mfa_index"),
                "role": label_of(actor.acting_role),
                "sign_out_url": reverse("account_logout"),
            },
        }
    )


def _guide_of(family: dict[str, Any]) -> str:
    """Where the guide lies for this school, in the language of the page."""
    words = {"at": family.get("guide_at", ""), "in": family["language"].tag}
    return f"{reverse('guide:home')}?{urlencode(words)}"


def _where(actor: Actor) -> dict[str, Any]:
    """The school somebody works at, or the service an adviser advises for."""
    if not actor.schools and actor.organisation:
        return {"school_name": Organisation.objects.get(pk=actor.organisation).name}
    school = School.objects.get(pk=actor.school_id)
    return {"school_name": school.name, "office_name": school.office_name, "office_phone": school.office_phone}


def _stands_on(path: str, place: str) -> bool:
    return path == place if place == "/" else path.startswith(place)
