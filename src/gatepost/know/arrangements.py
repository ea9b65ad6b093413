"""What the school offers for each barrier: a parent who names one is never left with the name alone."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gatepost.know.models import Barrier

type Words = str | Promise

ARRANGEMENTS: dict[str, Words] = {
    Barrier.Kind.TRANSPORT: _("Meet nearer home, by phone, or pay the fare."),
    Barrier.Kind.CHILDCARE: _("Bring the other children along: somebody looks after them."),
    Barrier.Kind.TIME: _("Offer early, late and weekend times, or a talk by phone."),
    Barrier.Kind.MONEY: _("Costs nothing: pay the fare, the food and what is needed."),
    Barrier.Kind.OWN_SCHOOLING: _("Meet outside the school, or let them bring somebody they trust."),
    Barrier.Kind.RIGHT_PERSON: _("Give one name and one number, and ring back the same day."),
    Barrier.Kind.LANGUAGE: _("Book an interpreter, and write in their language."),
    Barrier.Kind.HEALTH: _("Meet at home or by phone, with breaks, and ask what helps."),
    Barrier.Kind.OTHER: _("Ask what would make it easier, and write it down."),
}
"""Kind of barrier → what is offered. Every kind has a line; a test says so."""

OFFERS: dict[str, Words] = {
    Barrier.Kind.TRANSPORT: _("We can meet nearer your home, talk by phone, or pay your fare."),
    Barrier.Kind.CHILDCARE: _("Bring the other children along. Somebody looks after them."),
    Barrier.Kind.TIME: _("We can meet early, late or at the weekend, or talk by phone."),
    Barrier.Kind.MONEY: _("It costs you nothing. We pay the fare, the food and what is needed."),
    Barrier.Kind.OWN_SCHOOLING: _("We can meet outside the school. Bring somebody you trust."),
    Barrier.Kind.RIGHT_PERSON: _("You get one name and one number, and an answer the same day."),
    Barrier.Kind.LANGUAGE: _("We bring an interpreter, and write in your language."),
    Barrier.Kind.HEALTH: _("We can meet at your home or talk by phone, with breaks. Tell us what helps."),
    Barrier.Kind.OTHER: _("We will ask you what would make it easier."),
}
"""The same, as it is said to the family."""
