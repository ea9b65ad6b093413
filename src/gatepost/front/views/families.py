"""A family as staff see it: who there is, what each may be told, who works with them, when they meet next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gatepost.core.levels import Level
from gatepost.core.paging import page_of
from gatepost.front import families as queries
from gatepost.know.arrangements import ARRANGEMENTS
from gatepost.know.forms import name_of
from gatepost.know.models import Adult, AdultLanguage, AdultMerge, Channel, Child, Household, TimeOfDay
from gatepost.know.rules import (
    adults_open_to,
    children_open_to,
    may_keep_adult,
    may_keep_child,
    may_keep_household,
    may_open_address,
    may_open_adult,
    may_open_child,
    may_open_household,
)
from gatepost.org.actor import Request
from gatepost.org.door import page, page_on
from gatepost.org.reading import opens
from gatepost.org.rules import may_run_the_office, may_see_families
from gatepost.reach.queries.threads import balance_of
from gatepost.reach.rules import may_help_prove
from gatepost.reach.rules.threads import may_praise, may_write_to
from gatepost.support.advice_rules import may_agree_for


@page(may_see_families)
@require_safe
def families(request: Request) -> HttpResponse:
    """Every child I work with, and their adults; `?q=` looks for a name."""
    search = request.GET.get("q", "").strip()[:100]
    context = {"search": search, "page_obj": page_of(request, queries.families(request.actor, search))}
    return render(request, "front/families/families.html", context)


@page_on(Child, may=may_open_child)
@opens(Level.P3)
@require_safe
def child(request: Request, child: Child) -> HttpResponse:
    """One child: the adults and what each may be told, the household, the team, the next meeting."""
    keeps = may_keep_child(request.actor, child)
    context = {
        "child": child,
        "groups": list(child.groups.all()),
        "bonds": queries.bonds(request.actor, child.cares.all()),
        "homes": queries.homes(child.homes.all()),
        "team": child.team.select_related("person").order_by("until_on", "from_on"),
        "meetings": queries.next_meetings(child),
        "siblings": queries.siblings(request.actor, child),
        "praises": may_praise(request.actor, child),
        "keeps": keeps,
    }
    return render(request, "front/families/child.html", context)


@page_on(Adult, may=may_open_adult)
@opens(Level.P3)
@require_safe
def adult(request: Request, adult: Adult) -> HttpResponse:
    """One adult: how to reach them, how they wish to be spoken with, what helps, what they bring."""
    keeps = may_keep_adult(request.actor, adult)
    barriers = list(adult.barriers.all())
    context = {
        "adult": adult,
        "points": adult.contact_points.filter(ended_on=None),
        "bonds": queries.bonds(request.actor, adult.cares.filter(child__in=children_open_to(request.actor))),
        "homes": queries.homes(adult.homes.all()),
        "wishes": _wishes(adult),
        "needs": adult.needs.all(),
        "barriers": [(each, ARRANGEMENTS[each.kind]) for each in barriers],
        "strengths": [(each, name_of(each.language), _times(each.times)) for each in adult.strengths.all()],
        "keeps": keeps,
        "writes": may_write_to(request.actor, adult),
        "balance": balance_of(adult),
        "proves": may_help_prove(request.actor, adult),
        "agrees": may_agree_for(request.actor, adult),
        "facets": adult.facets.all() if keeps else [],
        "merges": AdultMerge.objects.filter(kept=adult, undone_at=None).select_related("gone") if keeps else [],
    }
    return render(request, "front/families/adult.html", context)


@page_on(Child, may=may_keep_child)
@opens(Level.P3)
@require_safe
def child_past(request: Request, child: Child) -> HttpResponse:
    """What was changed about a child, their bonds and their team."""
    rows = page_of(request, child.changes.all())
    context = {
        "name": child.called,
        "page_obj": rows,
        "past": queries.past_of(rows),
        "back": reverse("front:child", args=[child.pk]),
    }
    return render(request, "front/families/past.html", context)


@page_on(Adult, may=may_keep_adult)
@opens(Level.P3)
@require_safe
def adult_past(request: Request, adult: Adult) -> HttpResponse:
    """What was changed about an adult, and how they are reached."""
    rows = page_of(request, adult.changes.all())
    context = {
        "name": adult.name,
        "page_obj": rows,
        "past": queries.past_of(rows),
        "back": reverse("front:adult", args=[adult.pk]),
    }
    return render(request, "front/families/past.html", context)


@page_on(Household, may=may_open_household)
@opens(Level.P3)
@require_safe
def family(request: Request, household: Household) -> HttpResponse:
    """One roof: who lives there, and where, unless that is to stay secret. Whom one does not work with is not named."""
    office = may_run_the_office(request.actor)
    members = household.members.filter(until_on=None).select_related("adult", "child")
    here = [each for each in members if not (each.adult and each.adult.merged_into_id)]
    theirs = {pk for each in here if (pk := each.child_id or each.adult_id)}
    open_to = set(children_open_to(request.actor).filter(pk__in=theirs).values_list("pk", flat=True))
    open_to |= set(adults_open_to(request.actor).filter(pk__in=theirs).values_list("pk", flat=True))
    shown = [each for each in here if (each.child_id or each.adult_id) in open_to]
    context = {
        "household": household,
        "members": shown,
        "others": len(here) - len(shown),
        "address": household.address if office else "",
        "confidential": office and household.address_confidential,
        "keeps": may_keep_household(request.actor, household),
        "may_unseal": may_open_address(request.actor, household),
    }
    return render(request, "front/families/household.html", context)


def _wishes(adult: Adult) -> dict[str, str]:
    """How they wish to be reached and spoken with, in words."""
    ways = dict(Channel.choices)
    held: dict[str, list[str]] = {use: [] for use in AdultLanguage.Use.values}
    for row in adult.languages.all():
        held[row.use].append(name_of(row.language))
    spoken = {use: ", ".join(names) for use, names in held.items()}
    return spoken | {
        "language": name_of(adult.language) if adult.language else "",
        "script": adult.script,
        "interpreter": name_of(adult.interpreter) if adult.interpreter else "",
        "ways": " → ".join(str(ways[way]) for way in adult.channel_order if way in ways),
        "times": _times(adult.times),
        "speaks_first": str(adult.get_speaks_first_display()),
    }


def _times(values: list[str]) -> str:
    words = dict(TimeOfDay.choices)
    return ", ".join(str(words[value]) for value in values if value in words)
