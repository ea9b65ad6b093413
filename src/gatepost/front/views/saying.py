"""Writing down what an adult says of themselves, and how they are reached. Every change is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gatepost.core.errors import Refused
from gatepost.front import own
from gatepost.front.editing import EDIT, edit, page_of_adult, typed
from gatepost.know import services as know
from gatepost.know.forms import (
    BarriersForm,
    ContactForm,
    FacetsForm,
    LanguagesForm,
    NeedsForm,
    StrengthForm,
    WishesForm,
)
from gatepost.know.models import Adult, ContactPoint, Strength
from gatepost.know.rules import may_change_strength, may_keep_adult, may_keep_contact, may_open_adult
from gatepost.org.actor import Request
from gatepost.org.door import page_on
from gatepost.reach.models import Notice
from gatepost.reach.rules import may_help_prove
from gatepost.reach.services.proofs import can_open_records


@page_on(Adult, may=may_open_adult)
@require_http_methods(EDIT)
def wishes(request: Request, adult: Adult) -> HttpResponse:
    """How they wish to be written to and spoken with."""
    form = WishesForm(typed(request), adult=adult)
    return edit(
        request,
        form,
        lambda: know.say_wishes(adult, form.facts(), by=request.actor),
        title=_("How to reach and speak with %(name)s") % {"name": adult.name},
        back=page_of_adult(adult),
    )


@page_on(Adult, may=may_open_adult)
@require_http_methods(EDIT)
def languages(request: Request, adult: Adult) -> HttpResponse:
    """What they speak, read and sign."""
    form = LanguagesForm(typed(request), adult=adult)
    return edit(
        request,
        form,
        lambda: know.say_languages(adult, form.facts(), by=request.actor),
        title=_("Languages of %(name)s") % {"name": adult.name},
        back=page_of_adult(adult),
    )


@page_on(Adult, may=may_open_adult)
@require_http_methods(EDIT)
def needs(request: Request, adult: Adult) -> HttpResponse:
    """What they need to take part."""
    form = NeedsForm(typed(request), said=adult.needs.all())
    return edit(
        request,
        form,
        lambda: know.say_needs(adult, form.facts(), by=request.actor),
        title=_("What %(name)s needs to take part") % {"name": adult.name},
        back=page_of_adult(adult),
        template="front/families/kinds.html",
    )


@page_on(Adult, may=may_open_adult)
@require_http_methods(EDIT)
def barriers(request: Request, adult: Adult) -> HttpResponse:
    """What makes it hard to take part, and what the school does about each."""
    form = BarriersForm(typed(request), said=adult.barriers.all())
    return edit(
        request,
        form,
        lambda: know.say_barriers(adult, form.facts(), by=request.actor),
        title=_("What makes it hard for %(name)s") % {"name": adult.name},
        back=page_of_adult(adult),
        template="front/families/kinds.html",
        intro=_("This is theirs: write down only what they say, and take it away when they ask. It is gone then."),
    )


@page_on(Adult, may=may_keep_adult)
@require_http_methods(EDIT)
def facets(request: Request, adult: Adult) -> HttpResponse:
    """What they say of themselves, for counting whom the school does not reach."""
    form = FacetsForm(typed(request), adult=adult)
    return edit(
        request,
        form,
        lambda: know.say_facets(adult, form.facts(), by=request.actor),
        title=_("What %(name)s says of themselves") % {"name": adult.name},
        back=page_of_adult(adult),
        intro=_("It is used for counting only: whom do we not reach? No list shows it of one person."),
    )


@page_on(Adult, may=may_open_adult)
@require_http_methods(EDIT)
def add_strength(request: Request, adult: Adult) -> HttpResponse:
    """What they are good at and would enjoy doing with us."""
    form = StrengthForm(typed(request), language=adult.language)
    return edit(
        request,
        form,
        lambda: know.add_strength(adult, **form.facts(), by=request.actor),
        title=_("What %(name)s could bring") % {"name": adult.name},
        back=page_of_adult(adult),
    )


@page_on(Strength, may=may_change_strength)
@require_http_methods(EDIT)
def strength(request: Request, strength: Strength) -> HttpResponse:
    """The same in other words, or at other times."""
    form = StrengthForm(typed(request), strength=strength)
    return edit(
        request,
        form,
        lambda: know.change_strength(strength, form.facts(), by=request.actor),
        title=_("What %(name)s could bring") % {"name": strength.adult.name},
        back=page_of_adult(strength.adult),
        remove=reverse("front:remove_strength", args=[strength.pk]),
    )


@page_on(Strength, may=may_change_strength)
@require_POST
def remove_strength(request: Request, strength: Strength) -> HttpResponse:
    """They do not offer it any more."""
    know.remove_strength(strength, by=request.actor)
    messages.success(request, _("Taken away."))
    return redirect(page_of_adult(strength.adult))


@page_on(Adult, may=may_help_prove)
@require_POST
def send_own_page(request: Request, adult: Adult) -> HttpResponse:
    """Send them the link to their own page, where they see what we hold about them and put it right."""
    try:
        notice = own.send_link(adult, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of_adult(adult))
    if notice.state == Notice.State.QUEUED:
        messages.success(request, _("The link is on its way to %(name)s.") % {"name": adult.name})
        if not can_open_records(adult):
            messages.warning(request, _("They cannot open it alone yet: choose a PIN with them, or print a code."))
    elif notice.state == Notice.State.BY_HAND:
        messages.warning(request, _("Nothing reaches them: it is on the office’s list, to say in person."))
    else:
        messages.warning(request, _("Nothing has been sent. Please speak to the office first."))
    return redirect(page_of_adult(adult))


# ── how they are reached ─────────────────────────────────────────────────────────────────────────


@page_on(Adult, may=may_keep_adult)
@require_http_methods(EDIT)
def add_contact(request: Request, adult: Adult) -> HttpResponse:
    """A new mailbox or telephone."""
    form = ContactForm(typed(request))
    return edit(
        request,
        form,
        lambda: know.add_contact(adult, **form.cleaned_data, by=request.actor),
        title=_("A new way to reach %(name)s") % {"name": adult.name},
        back=page_of_adult(adult),
    )


@page_on(ContactPoint, may=may_keep_contact)
@require_http_methods(EDIT)
def contact(request: Request, point: ContactPoint) -> HttpResponse:
    """Another number or address in the place of this one, or none."""
    form = ContactForm(typed(request), point=point)
    return edit(
        request,
        form,
        lambda: know.change_contact(point, **form.cleaned_data, by=request.actor),
        title=_("Change how we reach %(name)s") % {"name": point.adult.name},
        back=page_of_adult(point.adult),
        intro=_(
            "The old one hears once that it is not used any more, never the new one; "
            "where anybody could be in danger by that, it hears nothing."
        ),
        remove=reverse("front:end_contact", args=[point.pk]),
    )


@page_on(ContactPoint, may=may_keep_contact)
@require_POST
def end_contact(request: Request, point: ContactPoint) -> HttpResponse:
    """It is not used any more."""
    know.end_contact(point, by=request.actor)
    messages.success(request, _("Taken away."))
    return redirect(page_of_adult(point.adult))


@page_on(ContactPoint, may=may_keep_contact)
@require_POST
def confirm_contact(request: Request, point: ContactPoint) -> HttpResponse:
    """They say that it is still right."""
    know.contact_confirmed(point, by=request.actor)
    messages.success(request, _("Confirmed."))
    return redirect(page_of_adult(point.adult))
