"""Who lives under one roof, and where; and how an address stays secret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.know.models import Adult, AdultChange, Child, Household, HouseholdMember, SealedAddress
from gatepost.know.services import history
from gatepost.org.actor import Actor


@transaction.atomic
def found_household(
    members: Iterable[Adult | Child], *, organisation: UUID, from_on: date | None = None, by: Actor | None
) -> Household:
    """Write down who lives together. Where they live comes after."""
    household = Household.objects.create(organisation_id=organisation)
    for member in members:
        move_in(household, member, from_on=from_on, by=by)
    audit.record("know.household_founded", household, by=by)
    return household


@transaction.atomic
def move_in(
    household: Household, who: Adult | Child, *, from_on: date | None = None, by: Actor | None
) -> HouseholdMember:
    """An adult or a child lives here from a day on."""
    named = {"adult": who} if isinstance(who, Adult) else {"child": who}
    if household.members.filter(**named, until_on=None).exists():
        raise Refused(_("%(name)s lives here already.") % {"name": who.name})
    member = HouseholdMember.objects.create(
        organisation_id=household.organisation_id, household=household, from_on=from_on, **named
    )
    history.note(member, {"household": ("", "joined")}, of=who, by=by)
    audit.record("know.moved_in", member, by=by)
    return member


@transaction.atomic
def move_out(member: HouseholdMember, *, until_on: date | None = None, by: Actor | None) -> None:
    """An adult or a child does not live here any more."""
    day = until_on or clock.today()
    if member.from_on and day < member.from_on:
        raise Refused(_("The last day comes before the first."))
    member.until_on = day
    member.save()
    of = member.adult or member.child
    if of is not None:
        history.note(member, {"household": ("", "left")}, of=of, by=by)
    audit.record("know.moved_out", member, by=by)


@transaction.atomic
def show_address(household: Household, address: str, *, by: Actor | None) -> None:
    """The address of a household that need not hide. One that hides is refused: two different decisions."""
    if household.address_confidential:
        raise Refused(_("This address is confidential. Only the safeguarding lead may change that."))
    before, household.address = household.address, address.strip()
    doubted, household.returned_on = household.returned_on, None
    if before == household.address and doubted is None:
        return
    household.save()
    for member in household.members.filter(until_on=None, adult__isnull=False).select_related("adult"):
        if member.adult:
            history.note(household, {"address": (before, household.address)}, of=member.adult, by=by)
    audit.record("know.address_changed", household, by=by)


@transaction.atomic
def hide_address(household: Household, *, address: str = "", by: Actor) -> None:
    """From now on the address of this household is confidential. `address`: blank leaves the one that is known.

    Holds afterwards: it lies sealed and apart; no page, letter or export can show it; what the history kept of it is
    blanked; no contact point of anybody who lives here hears of a change.
    """
    words = address.strip() or household.address
    household.address, household.address_confidential = "", True
    if address.strip():
        household.returned_on = None
    household.save()
    if words:
        sealed = SealedAddress.objects.filter(household=household).first() or SealedAddress(
            organisation_id=household.organisation_id, household=household
        )
        sealed.sealed_address = words
        sealed.save()
    kept = AdultChange.objects.filter(thing="Household", thing_id=household.pk, field="address")
    kept.update(old="", new="")
    audit.record("know.address_hidden", household, by=by)


@transaction.atomic
def letter_came_back(household: Household, *, by: Actor) -> None:
    """A letter to this address came back: nobody writes there again before somebody gives the address anew."""
    household.returned_on = clock.today()
    household.save()
    audit.record("know.address_doubted", household, by=by)


@transaction.atomic
def open_address(household: Household, *, reason: str, by: Actor) -> str:
    """The confidential address, for one who has to act on it now. Opening it leaves a line with the reason."""
    if not reason.strip():
        raise Refused(_("Please say why you need it."))
    sealed = SealedAddress.objects.filter(household=household).first()
    audit.record("know.address_opened", household, by=by, reason=reason.strip()[:200])
    audit.read(household, by=by)
    return str(sealed.sealed_address) if sealed else ""
