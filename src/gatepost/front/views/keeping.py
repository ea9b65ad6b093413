"""What the office keeps in order: bonds, teams, households, and two records of one adult."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core.errors import Refused
from gatepost.disclosure import Tri
from gatepost.front import merging
from gatepost.front.editing import EDIT, edit, page_of_adult, typed
from gatepost.know import services as know
from gatepost.know.forms import (
    AddressForm,
    BondForm,
    LastDayForm,
    ReasonForm,
    TeamForm,
    TogetherForm,
)
from gatepost.know.models import Adult, AdultMerge, Care, Child, ContactPoint, Household, HouseholdMember, TeamMember
from gatepost.know.rules import (
    adults_open_to,
    children_open_to,
    may_end_team,
    may_keep_adult,
    may_keep_child,
    may_keep_household,
    may_move_out,
    may_open_address,
    may_settle,
    may_undo_merge,
)
from gatepost.org.actor import Actor, Request
from gatepost.org.door import page_on
from gatepost.org.models import Person
from gatepost.reach import services as reach

MOST_ALIKE = 20


def page_of_child(child: Child) -> str:
    """Where a child's page is."""
    return reverse("front:child", args=[child.pk])


def page_of_family(household: Household) -> str:
    """Where a household's page is."""
    return reverse("front:family", args=[household.pk])


@page_on(Care, may=may_settle)
@require_http_methods(EDIT)
def bond(request: Request, care: Care) -> HttpResponse:
    """What an adult is to a child: each fact with its dates."""
    form = BondForm(typed(request), care=care)

    def save() -> None:
        know.say_facts(care, form.facts(), by=request.actor)
        reach.release(care.adult, child=care.child, by=request.actor)

    return edit(
        request,
        form,
        save,
        title=_("%(adult)s and %(child)s") % {"adult": care.adult.name, "child": care.child.called},
        back=page_of_child(care.child),
        template="front/families/bond.html",
        held=care.held,
        settle_url=reverse("front:settle", args=[care.pk]),
    )


# ── who works with a child ───────────────────────────────────────────────────────────────────────


@page_on(Child, may=may_keep_child)
@require_http_methods(EDIT)
def join_team(request: Request, child: Child) -> HttpResponse:
    """Somebody at the school works with this child."""
    form = TeamForm(typed(request), people=_staff(request.actor))

    def save() -> None:
        said = form.cleaned_data
        person = form.people[said["person"]]
        know.join_team(child, person, role=said["role"], from_on=said["from_on"], by=request.actor)

    title = _("Who works with %(name)s") % {"name": child.called}
    return edit(request, form, save, title=title, back=page_of_child(child))


@page_on(TeamMember, may=may_end_team)
@require_http_methods(EDIT)
def leave_team(request: Request, member: TeamMember) -> HttpResponse:
    """Somebody's work with a child ends."""
    form = LastDayForm(typed(request))
    return edit(
        request,
        form,
        lambda: know.leave_team(member, until_on=form.cleaned_data["until_on"], by=request.actor),
        title=_("%(name)s leaves the team of %(child)s") % {"name": member.person.name, "child": member.child.called},
        back=page_of_child(member.child),
    )


def _staff(actor: Actor) -> QuerySet[Person]:
    return Person.objects.filter(jobs__school=actor.school_id, jobs__until_on=None).distinct().order_by("name")


# ── who lives where ──────────────────────────────────────────────────────────────────────────────


@page_on(Child, may=may_keep_child)
@require_http_methods(EDIT)
def found_household(request: Request, child: Child) -> HttpResponse:
    """Write down who lives with this child. Those of whom it is said already are ticked."""
    cares = list(child.cares.filter(ended_on=None).select_related("adult"))
    others = Care.objects.filter(adult__in=[care.adult_id for care in cares], ended_on=None).values("child")
    around = list(children_open_to(request.actor).filter(pk__in=others).exclude(pk=child.pk))
    living = [care.adult for care in cares if care.lives_with == Tri.YES]
    form = TogetherForm(typed(request), who=[child, *(care.adult for care in cares), *around], living=[child, *living])
    if form.is_bound and form.is_valid():
        organisation = request.actor.organisation or child.school.organisation_id
        household = know.found_household(form.chosen(), organisation=organisation, by=request.actor)
        return redirect(page_of_family(household))
    context = {
        "form": form,
        "title": _("Who lives with %(name)s?") % {"name": child.called},
        "back": page_of_child(child),
    }
    return render(request, "front/families/edit.html", context)


@page_on(Household, may=may_keep_household)
@require_http_methods(EDIT)
def move_in(request: Request, household: Household) -> HttpResponse:
    """Somebody of the family comes to live here, too."""
    here = list(household.members.filter(until_on=None))
    adults = {member.adult_id for member in here if member.adult_id}
    children = {member.child_id for member in here if member.child_id}
    known = Care.objects.filter(ended_on=None)
    their_children = known.filter(adult__in=adults).values("child")
    their_adults = known.filter(child__in=children).values("adult")
    who: list[Adult | Child] = [
        *adults_open_to(request.actor).filter(pk__in=their_adults).exclude(pk__in=adults),
        *children_open_to(request.actor).filter(pk__in=their_children).exclude(pk__in=children),
    ]
    form = TogetherForm(typed(request), who=who)

    def save() -> None:
        for each in form.chosen():
            know.move_in(household, each, by=request.actor)

    title = _("Who lives here, too?")
    back = page_of_family(household)
    return edit(request, form, save, title=title, back=back, nobody=not who)


@page_on(HouseholdMember, may=may_move_out)
@require_http_methods(EDIT)
def move_out(request: Request, member: HouseholdMember) -> HttpResponse:
    """Somebody does not live here any more."""
    form = LastDayForm(typed(request))
    who = member.adult or member.child
    return edit(
        request,
        form,
        lambda: know.move_out(member, until_on=form.cleaned_data["until_on"], by=request.actor),
        title=_("%(name)s does not live here any more") % {"name": who.name if who else ""},
        back=page_of_family(member.household),
    )


@page_on(Household, may=may_keep_household)
@require_http_methods(EDIT)
def address(request: Request, household: Household) -> HttpResponse:
    """Where they live. A confidential address is replaced here and never shown."""
    form = AddressForm(typed(request), address=household.address)

    def save() -> None:
        words = form.cleaned_data["address"]
        if household.address_confidential or "secret" in request.POST:
            know.hide_address(household, address=words, by=request.actor)
        else:
            know.show_address(household, words, by=request.actor)

    return edit(
        request,
        form,
        save,
        title=_("Where they live"),
        back=page_of_family(household),
        template="front/families/address.html",
        confidential=household.address_confidential,
    )


@page_on(Household, may=may_open_address, step_up=True)
@require_http_methods(EDIT)
def open_address(request: Request, household: Household) -> HttpResponse:
    """The confidential address as bare words, for one who has to act on it now. No page ever holds it."""
    form = ReasonForm(typed(request))
    if form.is_bound and form.is_valid():
        words = know.open_address(household, reason=form.cleaned_data["reason"], by=request.actor)
        bare = HttpResponse(words or _("No address is known."), content_type="text/plain; charset=utf-8")
        bare["Cache-Control"] = "no-store"
        return bare
    context = {
        "form": form,
        "title": _("Open the confidential address"),
        "back": page_of_family(household),
        "intro": _("You see it once, as bare words. That you opened it, and why, is written down."),
        "button": _("Open it"),
    }
    return render(request, "front/families/edit.html", context)


# ── two records of one adult ─────────────────────────────────────────────────────────────────────


@page_on(Adult, may=may_keep_adult)
@require_http_methods(EDIT)
def merge(request: Request, adult: Adult) -> HttpResponse:
    """Two records of one adult: choose the other, see what moves, then say so."""
    search = request.GET.get("q", "").strip()[:100]
    others = adults_open_to(request.actor).exclude(pk=adult.pk).filter(merged_into=None)
    chosen = _one(others, request.POST.get("with") or request.GET.get("with", ""))
    plan = merging.plan(adult, chosen) if chosen else None
    if request.method == "POST" and chosen:
        try:
            merging.merge(adult, chosen, by=request.actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("They are one adult now. You can take it back as long as nothing is added."))
            return redirect(page_of_adult(adult))
    found = others.filter(name__icontains=search) if search else others.filter(_alike(adult))
    context = {
        "adult": adult,
        "search": search,
        "plan": plan,
        "found": found.distinct().order_by("name", "id")[:MOST_ALIKE],
        "back": page_of_adult(adult),
    }
    return render(request, "front/families/merge.html", context)


@page_on(AdultMerge, may=may_undo_merge)
@require_POST
def undo_merge(request: Request, done: AdultMerge) -> HttpResponse:
    """Make them two again."""
    try:
        merging.undo(done, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("They are two adults again."))
    return redirect(page_of_adult(done.kept))


def _one(adults: QuerySet[Adult], key: str) -> Adult | None:
    try:
        return adults.filter(pk=key).first() if key else None
    except ValidationError:
        return None


def _alike(adult: Adult) -> Q:
    """The same name, number or mailbox: worth a look, and no more than that."""
    values = ContactPoint.objects.filter(adult=adult, ended_on=None).values("value")
    return Q(name__iexact=adult.name) | Q(contact_points__value__in=values)
