"""What the frame of every page needs: the school, the language, where staff can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from gatepost.design.parts import NavItem
from gatepost.language.table import get
from gatepost.org.actor import NOBODY, Actor
from gatepost.org.models import Role, School
from gatepost.org.rules import may_lead, may_run_the_office, may_teach

_PLACES = [
    ("front:today", _("Today"), may_teach),
    ("meet:events", _("Meetings"), may_teach),
    ("agree:promises", _("Promises"), may_teach),
    ("measure:not_heard", _("Not heard from yet"), may_run_the_office),
    ("measure:attendance", _("Who came"), may_lead),
    ("front:office", _("Office"), may_run_the_office),
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
        return common | family
    actor: Actor = getattr(request, "actor", NOBODY)
    if not actor.is_staff:
        return common
    school = School.objects.get(pk=actor.school_id)
    return common | {
        "school_name": school.name,
        "office_name": school.office_name,
        "office_phone": school.office_phone,
        "home_url": reverse("front:today"),
        "nav": [
            NavItem(reverse(name), label, current=_stands_on(request.path, reverse(name)))
            for name, label, rule in _PLACES
            if rule(actor)
        ],
        "signed_in": {
            "name": str(request.user),
            "role": Role(actor.acting_role).label,
            "sign_out_url": reverse("account_logout"),
        },
    }


def _stands_on(path: str, place: str) -> bool:
    return path == place if place == "/" else path.startswith(place)
